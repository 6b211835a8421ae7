package io.tallymark.ledger;

import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.Limit;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;

/** A member uses a right that its tier brings. */
final class BenefitHandler implements Handler {
    private final Admission admission;

    BenefitHandler(final Admission admission) {
        this.admission = admission;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.debit(c, e)) {
            return;
        }
        final MemberDraft d = e.member;
        final BenefitRules rules = e.program.current().benefitRules;
        final int place = rules.place(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
        final Benefit benefit = place < 0 ? null : rules.of(d, place, e.timeMs);
        if (benefit == null) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        final Limit limit = benefit.limit();
        final int rule = Periods.rule(rules.number(place), limit.per());
        final int period = Periods.startOf(limit.per(), e.localDay);
        if (limit.isLimited()) {
            if (d.usage.get(MemberUsage.BENEFIT, rule, period) >= limit.times()) {
                e.reject(ResultCode.RULE_LIMIT_REACHED);
                return;
            }
            d.usage.add(MemberUsage.BENEFIT, rule, period, 1);
        }
        final UseDraft use = e.use;
        use.clear();
        use.ofBenefit = true;
        use.counted = limit.isLimited();
        use.number = rule;
        use.period = use.counted ? period : 0;
        e.hasUse = true;
        e.accept();
    }

    /** Adds a row for each benefit that the effect's member has, see {@link RowKind#BENEFITS}. */
    static void list(final Effect e) {
        final MemberDraft d = e.member;
        final BenefitRules rules = e.program.current().benefitRules;
        e.rows.begin(RowKind.BENEFITS);
        for (int place = 0; place < rules.count(); place++) {
            final Benefit benefit = rules.of(d, place, e.timeMs);
            if (benefit == null) {
                continue;
            }
            final Limit limit = benefit.limit();
            long times = -1;
            long left = -1;
            if (limit.isLimited()) {
                final int rule = Periods.rule(rules.number(place), limit.per());
                times = limit.times();
                left = times - d.usage.get(MemberUsage.BENEFIT, rule, Periods.startOf(limit.per(), e.localDay));
            }
            e.rows.add(
                    rules.id(place),
                    times,
                    Math.max(limit.isLimited() ? 0 : -1, left),
                    benefit.discountMicros(),
                    0,
                    0,
                    0);
        }
    }
}

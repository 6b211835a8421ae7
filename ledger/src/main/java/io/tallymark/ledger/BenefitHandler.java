package io.tallymark.ledger;

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
        final int place = rules.ids.find(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
        final BenefitRules.Entry found = place < 0 ? null : rules.of(d, place, e.timeMs);
        if (found == null) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        if (found.limit().isReached(d.usage, e.localDay)) {
            e.reject(ResultCode.RULE_LIMIT_REACHED);
            return;
        }
        final Limit limit = found.benefit().limit();
        final UseDraft use = e.use;
        use.clear();
        use.ofBenefit = true;
        use.number = found.limit().rule();
        use.counted = limit.isLimited();
        use.period = use.counted ? Periods.startOf(limit.per(), e.localDay) : 0;
        e.hasUse = true;
        found.limit().count(d.usage, e.localDay);
        e.accept();
    }

    /** Adds a row for each benefit that the effect's member has, see {@link RowKind#BENEFITS}. */
    static void list(final Effect e) {
        final BenefitRules rules = e.program.current().benefitRules;
        e.rows.begin(RowKind.BENEFITS);
        for (int place = 0; place < rules.ids.count(); place++) {
            final BenefitRules.Entry found = rules.of(e.member, place, e.timeMs);
            if (found != null) {
                final Limit limit = found.benefit().limit();
                e.rows.add(
                        rules.ids.id(place),
                        limit.isLimited() ? limit.times() : -1,
                        found.limit().left(e.member.usage, e.localDay),
                        found.benefit().discountMicros(),
                        0,
                        0,
                        0);
            }
        }
    }
}

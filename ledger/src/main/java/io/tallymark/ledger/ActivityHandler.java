package io.tallymark.ledger;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** A member does something that earns without an order; the rule says how much and how often. */
final class ActivityHandler implements Handler {
    private static final int PERIODS = Activity.Per.values().length;

    private final Admission admission;
    private final TierEngine tiers;

    ActivityHandler(final Admission admission, final TierEngine tiers) {
        this.admission = admission;
        this.tiers = tiers;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.credit(c, e)) {
            return;
        }
        final ProgramVersion version = e.program.current();
        final int place = version.findActivity(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
        if (place < 0) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        final Activity activity = version.compiled.activities().get(place);
        // Counted apart by the kind of period: a Monday is a day too.
        final int number =
                version.activityNumbers[place] * PERIODS + activity.per().ordinal();
        final int period = Periods.startOf(activity.per(), e.eventDay);
        final MemberDraft d = e.member;
        final boolean tooOften = activity.times() != CompiledProgram.UNLIMITED
                && d.usage.get(MemberUsage.ACTIVITY, number, period) >= activity.times();
        if (activity.times() != CompiledProgram.UNLIMITED) {
            d.usage.add(MemberUsage.ACTIVITY, number, period, 1);
        }
        d.lastActivityDay = e.program.expiresByInactivity() ? e.localDay : 0;
        d.issue(activity.points(), 0, e.program.expiryDay(e.localDay), e.localDay, e.movement);
        tiers.count(d, e.eventDay, 0, activity.points(), 0, 0);
        admission.upgrade(e);
        e.points = activity.points();
        Admission.acceptWithinLimits(e);
        if (tooOften && e.accepted) {
            e.reject(ResultCode.RULE_LIMIT_REACHED);
        }
    }
}

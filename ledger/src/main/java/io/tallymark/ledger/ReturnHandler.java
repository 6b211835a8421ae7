package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** A return without its order: clawed at the plain base rate, where the program takes such returns. */
final class ReturnHandler implements Handler {
    private final Admission admission;
    private final TierEngine tiers;

    ReturnHandler(final Admission admission, final TierEngine tiers) {
        this.admission = admission;
        this.tiers = tiers;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofValue(c.amountMinor());
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.time(c, e) || !admission.knownMember(e)) {
            return;
        }
        if (!e.program.compiled().refund().unreferenced()) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        final long claw = e.program.current().earnPlan.rules.points(c.amountMinor(), 0);
        if (claw == EarnRules.TOO_MANY) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        Claw.reverse(e, claw);
        tiers.count(e.member, e.eventDay, -c.amountMinor(), -claw, 0, 0);
        admission.undoTiers(e);
        e.points = -claw;
        e.valueMinor = c.amountMinor();
        e.accept();
    }
}

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
        final WalletRules wallets = e.program.current().walletRules;
        long counted = 0;
        for (int wallet = 0; wallet <= wallets.count; wallet++) {
            final long claw = claw(e, wallets, wallet, c.amountMinor());
            if (claw == EarnRules.TOO_MANY) {
                e.reject(ResultCode.LIMIT_EXCEEDED);
                return;
            }
            Claw.reverse(e, wallet, claw);
            tell(e, wallet, -claw);
            counted += wallet == wallets.qualifying ? claw : 0;
        }
        tiers.count(e.member, e.eventDay, -c.amountMinor(), -counted, 0, 0);
        admission.undoTiers(e);
        e.valueMinor = c.amountMinor();
        e.accept();
    }

    /** What is clawed in a wallet, or {@link EarnRules#TOO_MANY}. */
    private static long claw(final Effect e, final WalletRules wallets, final int wallet, final long amountMinor) {
        if (wallet == Account.POINTS) {
            return e.program.current().earnPlan.rules.points(amountMinor, 0);
        }
        final boolean concerned =
                wallets.rate(wallet) != null && wallets.refund(wallet).unreferenced();
        return concerned ? wallets.rate(wallet).points(amountMinor, 0) : 0;
    }

    private static void tell(final Effect e, final int wallet, final long points) {
        if (wallet == Account.POINTS) {
            e.points = points;
        } else {
            e.wallets.add(wallet, points);
        }
    }
}

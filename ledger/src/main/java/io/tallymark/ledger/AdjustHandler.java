package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** An operator corrects a balance: upwards is issued, downwards is taken and may become debt where flagged. */
final class AdjustHandler implements Handler {
    private final Admission admission;

    AdjustHandler(final Admission admission) {
        this.admission = admission;
    }

    @Override
    public ResultCode check(final Command c) {
        // The magnitude of the smallest long is negative and so no value.
        return CommandForm.ofValue(Math.abs(c.points()));
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.points() > 0) {
            planUp(c, e);
        } else {
            planDown(c, e);
        }
    }

    private void planUp(final Command c, final Effect e) {
        if (!admission.credit(c, e)) {
            return;
        }
        final int wallet = wallet(c, e);
        if (wallet == WalletRules.NONE) {
            return;
        }
        final int account = Account.of(wallet);
        e.member.issue(c.points(), 0, e.program.expiryDay(e.localDay, account), account, e.localDay, e.movement);
        e.points = c.points();
        Admission.acceptWithinLimits(e);
    }

    private void planDown(final Command c, final Effect e) {
        if (!admission.debit(c, e)) {
            return;
        }
        final int wallet = wallet(c, e);
        if (wallet == WalletRules.NONE) {
            return;
        }
        final long wanted = -c.points();
        final long addedDebt = wanted - Math.min(wanted, e.member.availablePoints(wallet));
        if (addedDebt > 0 && (c.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) == 0) {
            e.reject(ResultCode.INSUFFICIENT_POINTS);
            return;
        }
        final long debtLimitPoints =
                e.program.current().walletRules.refund(wallet).debtLimitPoints();
        if (addedDebt > 0 && e.member.debtPoints(wallet) + addedDebt > debtLimitPoints) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        e.member.take(wallet, wanted, null, e.movement);
        if (addedDebt > 0) {
            e.member.owe(wallet, addedDebt, e.movement);
        }
        e.movement.ofWallet(wallet).adjustedDown += wanted;
        e.points = c.points();
        e.addedDebtPoints = addedDebt;
        Admission.acceptWithinLimits(e);
    }

    /** The wallet that is adjusted; {@link WalletRules#NONE}: refused in the effect. */
    private static int wallet(final Command c, final Effect e) {
        final int wallet = e.program.current().walletRules.find(c);
        if (wallet == WalletRules.NONE) {
            e.reject(ResultCode.NOT_OFFERED);
        } else {
            e.wallets.subject = wallet;
        }
        return wallet;
    }
}

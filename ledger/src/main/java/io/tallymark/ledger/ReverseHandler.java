package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** A redemption, or a capture, is taken back whole or by value: the points return to their lots. */
final class ReverseHandler implements Handler {
    private final Originals originals;
    private final Admission admission;
    private final Rewards rewards;

    ReverseHandler(final Originals originals, final Admission admission, final Rewards rewards) {
        this.originals = originals;
        this.admission = admission;
        this.rewards = rewards;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofOptionalValue(c.amountMinor());
    }

    @Override
    public void plan(final Command c, final Effect e) {
        e.happened(c);
        final int entry = originals.loadRedemption(c, e);
        if (entry == 0) {
            reverseSpending(c, e);
            return;
        }
        if (!admission.isOpen(e)) {
            return;
        }
        final RedemptionDraft r = e.redemption;
        final long rest = r.valueMinor - r.returnedValueMinor;
        final long value = c.amountMinor() == 0 ? rest : c.amountMinor();
        if (value > rest || rest == 0 && r.returnedPoints == r.points) {
            e.reject(ResultCode.REVERSAL_EXCEEDS_ORIGINAL);
            return;
        }
        final long returnedBefore = r.returnedPoints;
        r.returnedValueMinor += value;
        r.returnedPoints = r.valueMinor == r.returnedValueMinor
                ? r.points
                : EarnRules.floorOfProduct(r.points, r.returnedValueMinor, r.valueMinor);
        e.hasRedemption = true;
        e.redemptionEntry = entry;
        e.points = r.returnedPoints - returnedBefore;
        e.valueMinor = value;
        giveBack(e, returnedBefore, e.points);
        e.wallets.subject = r.wallet();
        e.movement.ofWallet(r.wallet()).redeemed -= e.points;
        if (r.reward != 0 && r.returnedValueMinor == r.valueMinor) {
            rewards.reverse(e, r, originals.sequence(entry));
        }
        Admission.acceptWithinLimits(e);
    }

    /** Stored value comes back as it was taken, last first. */
    private void reverseSpending(final Command c, final Effect e) {
        final int entry = originals.loadSpending(c, e);
        if (entry == 0) {
            e.reject(ResultCode.ORIGINAL_NOT_FOUND);
            return;
        }
        if (!admission.isOpen(e)) {
            return;
        }
        final ValueDraft s = e.spending;
        final long rest = s.remainingMinor();
        final long amount = c.amountMinor() == 0 ? rest : c.amountMinor();
        if (amount > rest || rest == 0) {
            e.reject(ResultCode.REVERSAL_EXCEEDS_ORIGINAL);
            return;
        }
        final long gift = Math.min(amount, s.giftMinor - s.returnedGiftMinor);
        s.returnedGiftMinor += gift;
        s.returnedPrincipalMinor += amount - gift;
        e.hasSpending = true;
        e.spendingEntry = entry;
        StoredValue.unspend(e, s.wallet, amount - gift, gift);
        e.valueMinor = amount;
        StoredValue.tell(e, s.wallet);
        Admission.acceptWithinLimits(e);
    }

    /** Last-taken lot first: what was returned before came off the end. */
    static void giveBack(final Effect e, final long returnedBefore, final long points) {
        final RedemptionDraft r = e.redemption;
        long skip = returnedBefore;
        long rest = points;
        for (int part = r.count - 1; part >= 0 && rest > 0; part--) {
            final long there = r.partPoints[part] - Math.min(skip, r.partPoints[part]);
            skip -= r.partPoints[part] - there;
            final long given = Math.min(rest, there);
            if (given > 0) {
                giveBack(e, r.expiryDay[part], r.account[part], given);
                e.settles.add(r.account[part], r.counterpart, -given);
                rest -= given;
            }
        }
    }

    private static void giveBack(final Effect e, final int expiryDay, final int account, final long points) {
        int day = expiryDay;
        if (expiryDay <= e.localDay) {
            final int graceDays = e.program.compiled().burn().graceDays();
            if (graceDays == CompiledProgram.UNLIMITED) {
                e.movement.of(account).expired += points;
                return;
            }
            day = e.localDay + graceDays + 1;
        }
        e.member.arrive(points, 0, day, account, e.localDay, e.movement);
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** A member spends points, all or nothing, by themselves or for a reward. */
final class RedeemHandler implements Handler {
    private final Spending spending;

    private final Rewards rewards;

    RedeemHandler(final Spending spending, final Rewards rewards) {
        this.spending = spending;
        this.rewards = rewards;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofSpending(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.length(VarField.RULE_ID) > 0) {
            rewards.redeem(c, e);
            return;
        }
        final long points = spending.price(c, e);
        if (points < 0) {
            return;
        }
        final RedemptionDraft redemption = e.redemption;
        redemption.clear();
        redemption.memberSlot = e.member.slot;
        redemption.points = points;
        redemption.valueMinor = c.amountMinor() != 0 ? e.valueMinor : points;
        e.hasRedemption = true;
        spending.active(e);
        spending.take(c, e, e.wallets.subject, points);
        e.points = -points;
        e.accept();
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** A member spends points, all or nothing. */
final class RedeemHandler implements Handler {
    private final Spending spending;

    RedeemHandler(final Spending spending) {
        this.spending = spending;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofSpending(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
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
        redemption.counterpart = e.program.current().issuerRules.ofBrand(c);
        e.member.take(points, redemption, e.movement);
        e.settles.add(redemption);
        e.movement.redeemed += points;
        e.points = -points;
        e.accept();
    }
}

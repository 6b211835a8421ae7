package io.tallymark.ledger;

import io.tallymark.ledger.program.Price;
import io.tallymark.protocol.Command;

/** A member pays points for a chance. The random bits came with the command, so the same journal gives the same prizes. */
final class DrawHandler implements Handler {
    private final Offers offers;
    private final Spending spending;
    private final PrizeGrant[] grants;

    /** @param grants what prizes may be beside points */
    DrawHandler(final Offers offers, final Spending spending, final PrizeGrant... grants) {
        this.offers = offers;
        this.spending = spending;
        this.grants = grants;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final DrawRules rules = e.program.current().drawRules;
        final int draw = rules.find(c);
        final Price price = offers.ask(c, e, draw < 0 ? null : rules.offer(draw), null, 0);
        if (price == null) {
            return;
        }
        spending.active(e);
        spending.takeForGood(c, e, rules.offer(draw).wallet, price.points());
        rules.offer(draw).limit.count(e.member.usage, e.localDay);
        e.points = -price.points();
        final int prize = rules.won(draw, c.randomBits());
        if (prize >= 0) {
            win(e, draw, prize);
        }
        Admission.acceptWithinLimits(e);
    }

    private void win(final Effect e, final int draw, final int prize) {
        final ProgramVersion version = e.program.current();
        final DrawRules rules = version.drawRules;
        final int number = rules.number(draw, prize);
        if (!e.program.prizeStocks.hasLeft(number, rules.stock(number), e.timeMs)) {
            return;
        }
        for (final PrizeGrant grant : grants) {
            if (!grant.canWin(e, version, draw, prize)) {
                return;
            }
        }
        e.stock.take(Stocks.PRIZES, number);
        final long points = rules.prize(draw, prize).points();
        if (points > 0) {
            final int account = Account.of(rules.offer(draw).wallet);
            e.member.issue(points, 0, e.program.expiryDay(e.localDay, account), account, e.localDay, e.movement);
            e.points += points;
        }
        for (final PrizeGrant grant : grants) {
            grant.win(e, version, draw, prize);
        }
        rules.tell(number, e.rows);
        // For a reply that never came: who asks again is told the same.
        final RedemptionDraft record = e.redemption;
        record.clear();
        record.memberSlot = e.member.slot;
        record.prize = number + 1;
        record.version = version.number;
        e.hasRedemption = true;
    }
}

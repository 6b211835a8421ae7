package io.tallymark.ledger;

import io.tallymark.ledger.program.Price;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** What rewards, packs and draws share: whether a member may have something, and at what price. One thread. */
final class Offers {
    private final Admission admission;
    private final TierEngine tiers;
    private final EarnFacts facts = new EarnFacts();

    Offers(final Admission admission, final TierEngine tiers) {
        this.admission = admission;
        this.tiers = tiers;
    }

    /**
     * The price that the member in the effect pays, which it can. Nothing is counted or taken.
     *
     * @param rules  null: the version in force has no such rule
     * @param stocks where its units are counted, null: it has no stock
     * @param number its stable number there
     * @return null: refused in the effect
     */
    Price ask(final Command c, final Effect e, final OfferRules rules, final Stocks stocks, final int number) {
        if (!admission.debit(c, e)) {
            return null;
        }
        if (e.program.redemptionsPaused) {
            return refuse(e, ResultCode.PAUSED);
        }
        if (rules == null) {
            return refuse(e, ResultCode.NOT_OFFERED);
        }
        final int rank = tiers.rank(e.member, e.timeMs);
        final Price price = rules.price(rank);
        Earning.about(c, e, rank, facts);
        if (price == null || !rules.holds(facts)) {
            return refuse(e, ResultCode.NOT_OFFERED);
        }
        if (rank < rules.fromRank) {
            return refuse(e, ResultCode.TIER_REQUIRED);
        }
        if (rules.limit.isReached(e.member.usage, e.localDay)) {
            return refuse(e, ResultCode.RULE_LIMIT_REACHED);
        }
        if (stocks != null && !stocks.hasLeft(number, rules.stock, e.timeMs)) {
            return refuse(e, ResultCode.OUT_OF_STOCK);
        }
        if (e.member.debtPoints(rules.wallet) > 0) {
            return refuse(e, ResultCode.IN_DEBT);
        }
        return price.points() > e.member.availablePoints(rules.wallet)
                ? refuse(e, ResultCode.INSUFFICIENT_POINTS)
                : price;
    }

    private static Price refuse(final Effect e, final ResultCode why) {
        e.reject(why);
        return null;
    }
}

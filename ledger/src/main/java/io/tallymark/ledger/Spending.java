package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/**
 * What redemptions, holds and their preview share: whether a member may spend, how many points it takes, and the taking
 * of all points that buy something.
 */
final class Spending {
    private final Admission admission;
    private final TierEngine tiers;
    private final EarnFacts facts = new EarnFacts();

    Spending(final Admission admission, final TierEngine tiers) {
        this.admission = admission;
        this.tiers = tiers;
    }

    /**
     * The points that a command spends, which the member has; sets the effect's value.
     *
     * @return negative: refused in the effect
     */
    long price(final Command c, final Effect e) {
        if (!admission.debit(c, e)) {
            return -1;
        }
        if (e.program.redemptionsPaused) {
            return refuse(e, ResultCode.PAUSED);
        }
        final int wallet = wallet(c, e);
        if (wallet == WalletRules.NONE) {
            return refuse(e, ResultCode.NOT_OFFERED);
        }
        e.wallets.subject = wallet;
        final BurnRules rules = e.program.current().burnRules;
        long points = c.points();
        if (c.amountMinor() != 0) {
            if (!rules.offersAmounts() || c.cashMinor() != 0 && !rules.takesCash()) {
                return refuse(e, ResultCode.NOT_OFFERED);
            }
            e.valueMinor = c.amountMinor() - c.cashMinor();
            Earning.about(c, e, tiers.rank(e.member, e.timeMs), facts);
            points = rules.points(e.valueMinor, facts);
            if (points == EarnRules.TOO_MANY) {
                return refuse(e, ResultCode.LIMIT_EXCEEDED);
            }
            if (c.cashMinor() != 0 && points < rules.minPointsWithCash()) {
                return refuse(e, ResultCode.BELOW_MINIMUM);
            }
        }
        if (e.member.debtPoints(wallet) > 0) {
            return refuse(e, ResultCode.IN_DEBT);
        }
        return points > e.member.availablePoints(wallet) ? refuse(e, ResultCode.INSUFFICIENT_POINTS) : points;
    }

    /** The wallet that a command spends from; {@link WalletRules#NONE}: it cannot. */
    private static int wallet(final Command c, final Effect e) {
        final WalletRules wallets = e.program.current().walletRules;
        final int wallet = wallets.find(c);
        final boolean may = wallet == Account.POINTS
                || wallet != WalletRules.NONE && wallets.isRedeemable(wallet) && c.amountMinor() == 0;
        return may ? wallet : WalletRules.NONE;
    }

    /** Takes what the effect's redemption costs from a wallet, at the brand that the command names. */
    void take(final Command c, final Effect e, final int wallet, final long points) {
        final RedemptionDraft redemption = e.redemption;
        redemption.counterpart = e.program.current().issuerRules.ofBrand(c);
        e.member.take(wallet, points, redemption, e.movement);
        e.settles.add(redemption);
        e.movement.ofWallet(wallet).redeemed += points;
        e.wallets.subject = redemption.wallet();
    }

    /** As {@link #take}, for what no later command gives back: no record says where the points came from. */
    void takeForGood(final Command c, final Effect e, final int wallet, final long points) {
        e.member.take(
                wallet, points, e.settles.with(e.program.current().issuerRules.ofBrand(c)), e.movement);
        e.movement.ofWallet(wallet).redeemed += points;
        e.wallets.subject = wallet;
    }

    /** Ends a hold: the effect's redemption takes points of it at the brand at which it was made, the rest is released. */
    void capture(final Effect e, final int hold, final long points) {
        final RedemptionDraft redemption = e.redemption;
        e.holdState = OrderStore.CAPTURED;
        active(e);
        redemption.counterpart = e.member.holds.counterpart[hold];
        e.wallets.subject = e.member.holds.wallet(hold);
        e.member.endHold(hold, points, redemption, e.localDay, e.movement);
        e.settles.add(redemption);
        e.movement.ofWallet(e.wallets.subject).redeemed += points;
        e.points = -points;
    }

    /** Notes that the member was active. */
    void active(final Effect e) {
        if (e.program.expiresByInactivity()) {
            e.member.lastActivityDay = e.localDay;
        }
    }

    private static long refuse(final Effect e, final ResultCode why) {
        e.reject(why);
        return -1;
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.Price;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** Rewards are redeemed, held, captured, released and taken back: points, stock, limit and what they grant. */
final class Rewards {
    private final Offers offers;
    private final Spending spending;
    private final RewardGrant[] grants;

    /** @param grants what rewards may bring, in the order in which it is given */
    Rewards(final Offers offers, final Spending spending, final RewardGrant... grants) {
        this.offers = offers;
        this.spending = spending;
        this.grants = grants;
    }

    /** The price of the reward that a command names; null: refused in the effect. */
    private Price ask(final Command c, final Effect e, final int place) {
        final RewardRules rules = e.program.current().rewardRules;
        return place < 0
                ? offers.ask(c, e, null, null, 0)
                : offers.ask(c, e, rules.offer(place), e.program.stocks(Stocks.REWARDS), rules.number(place));
    }

    /** Plans a redemption. */
    void redeem(final Command c, final Effect e) {
        final ProgramVersion version = e.program.current();
        final int place = version.rewardRules.find(c);
        final Price price = ask(c, e, place);
        if (price == null) {
            return;
        }
        final int number = version.rewardRules.number(place);
        final RedemptionDraft redemption = e.redemption;
        begin(redemption, e, price.points());
        redemption.reward = number + 1;
        redemption.version = version.number;
        redemption.cashMinor = price.cashMinor();
        redemption.day = e.localDay;
        spending.active(e);
        spending.take(c, e, version.rewardRules.offer(place).wallet, price.points());
        version.rewardRules.offer(place).limit.count(e.member.usage, e.localDay);
        e.stock.take(Stocks.REWARDS, number);
        e.points = -price.points();
        e.cashMinor = price.cashMinor();
        grant(e, version, place);
    }

    /** Plans a hold until a deadline. */
    void hold(final Command c, final Effect e, final long deadlineMs) {
        final ProgramVersion version = e.program.current();
        final int place = version.rewardRules.find(c);
        final Price price = ask(c, e, place);
        if (price == null) {
            return;
        }
        final int number = version.rewardRules.number(place);
        final int wallet = version.rewardRules.offer(place).wallet;
        e.member.hold(wallet, e.sequence, deadlineMs, 0, price.points(), e.movement);
        e.wallets.subject = price.points() == 0 ? Account.POINTS : wallet;
        e.member.holds.forReward(number + 1, version.number, price.cashMinor(), e.localDay);
        version.rewardRules.offer(place).limit.count(e.member.usage, e.localDay);
        e.stock.hold(Stocks.REWARDS, number, e.sequence, deadlineMs);
        e.points = -price.points();
        e.cashMinor = price.cashMinor();
        e.accept();
    }

    /** Plans the capture of a hold for a reward: as if it had been redeemed when it was held. */
    void capture(final Command c, final Effect e, final int hold) {
        final HoldBook holds = e.member.holds;
        final long points = holds.points(hold);
        if (c.points() != 0 && c.points() != points) {
            e.reject(c.points() > points ? ResultCode.OVER_CAPTURE : ResultCode.NOT_OFFERED);
            return;
        }
        final RedemptionDraft redemption = e.redemption;
        begin(redemption, e, points);
        redemption.reward = holds.reward[hold];
        redemption.version = holds.version[hold];
        redemption.cashMinor = holds.cashMinor[hold];
        redemption.day = holds.day[hold];
        e.stock.capture(Stocks.REWARDS, redemption.reward - 1, holds.number[hold]);
        spending.capture(e, hold, points);
        e.cashMinor = redemption.cashMinor;
        final ProgramVersion version = e.program.version(redemption.version);
        grant(e, version, version.rewardRules.place(redemption.reward - 1));
    }

    private static void begin(final RedemptionDraft redemption, final Effect e, final long points) {
        redemption.clear();
        redemption.memberSlot = e.member.slot;
        redemption.points = points;
        redemption.grantedDay = e.localDay;
        // Something must be left that can be reversed where it cost no points.
        redemption.valueMinor = Math.max(1, points);
        e.hasRedemption = true;
    }

    private void grant(final Effect e, final ProgramVersion version, final int place) {
        for (final RewardGrant grant : grants) {
            grant.grant(e, version, place);
        }
        Admission.acceptWithinLimits(e);
    }

    /** Plans what else comes back when a hold is voided. */
    static void release(final Effect e, final int hold) {
        final HoldBook holds = e.member.holds;
        giveBackLimit(e.member, hold, e.localDay);
        e.stock.release(Stocks.REWARDS, holds.reward[hold] - 1, holds.number[hold]);
    }

    /** A hold ends unused on a day: what it had used of the member's limit comes back if the period is the same. */
    static void giveBackLimit(final MemberDraft d, final int hold, final int today) {
        giveBackLimit(d, d.holds.reward[hold] - 1, d.holds.version[hold], d.holds.day[hold], today);
    }

    private static void giveBackLimit(
            final MemberDraft d, final int number, final int version, final int day, final int today) {
        final RewardRules rules = d.program.version(version).rewardRules;
        rules.offer(rules.place(number)).limit.giveBack(d.usage, day, today);
    }

    /** Plans what comes back beside the points when nothing is left of a redemption. */
    void reverse(final Effect e, final RedemptionDraft r, final long sequence) {
        final ProgramVersion version = e.program.version(r.version);
        e.cashMinor = r.cashMinor;
        giveBackLimit(e.member, r.reward - 1, r.version, r.day, e.localDay);
        e.stock.giveBack(Stocks.REWARDS, r.reward - 1);
        final int place = version.rewardRules.place(r.reward - 1);
        for (final RewardGrant grant : grants) {
            grant.takeBack(e, version, place, sequence, r.grantedDay);
        }
    }
}

package io.tallymark.server.program;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.LineRate;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.ledger.program.Price;
import io.tallymark.ledger.program.Referral;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Reward;
import io.tallymark.ledger.program.Tier;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** {@link ProgramTexts#FULL} put together by hand. */
final class FullProgram {
    private FullProgram() {}

    static CompiledProgram build() {
        return earning().catalogue(catalogue()).build();
    }

    private static CompiledProgram.Builder earning() {
        final Instant march = Instant.parse("2026-02-28T23:00:00Z");
        final CompiledProgram.Builder b = CompiledProgram.builder("full")
                .currency("EUR")
                .utcOffsetMinutes(60)
                .lateWindowMs(12 * 3_600_000L)
                .keyDays(30)
                .orderDays(400)
                .expiry(Expiry.inactivity(24))
                .activation(new Activation(true, 15))
                .refund(new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 7, true))
                .baseRate(3, 200)
                .baseWhen(
                        Condition.builder().channels("app", "shop").fullPrice().build())
                .addLineRate(new LineRate(Condition.builder().brands("gold").build(), 2, 100))
                .addLineRate(new LineRate(
                        Condition.builder().categories("toys").skus("4711").build(), 5, 1_000))
                .caps(new EarnCaps(5_000, true, 9_000, false))
                .addActivity(new Activity("sign-in", 5, Activity.Per.WEEK, 2))
                .addActivity(new Activity("survey", 40, Activity.Per.DAY, -1, "growth"));
        b.addCampaign(new Campaign(
                "double",
                10,
                Campaign.Mode.MULTIPLY,
                2_500_000,
                0,
                false,
                "best",
                Condition.builder()
                        .between(
                                march.toEpochMilli(),
                                Instant.parse("2026-04-01T11:00:00Z").toEpochMilli())
                        .minutes(22 * 60, 2 * 60)
                        .weekdays(0b110_0000)
                        .build(),
                100,
                500,
                200,
                1_000_000));
        final Condition first =
                Condition.builder().firstPurchase().minOrderMinor(2_000).build();
        b.addCampaign(granting("welcome", 50, first, new CouponGrant("e50", 2, 10)));
        b.addCampaign(
                granting("voucher", 0, Condition.builder().channels("shop").build(), new CouponGrant("lunch", 0, 0)));
        final Condition birthday = Condition.builder()
                .birthdayMonth()
                .tiers("gold")
                .stores("s1")
                .monthDays(1 << 8)
                .build();
        b.addCampaign(
                new Campaign("birthday", 100, Campaign.Mode.ADD, 2_000_000, 0, false, "", birthday, -1, -1, -1, -1));
        b.addTier("basic", 0, 1_000_000)
                .addTier(new Tier(
                        "silver",
                        1_250_000,
                        new Requirement(true, 50_000, 10, 0, 0),
                        Tier.Window.CALENDAR_YEAR,
                        0,
                        1,
                        new Requirement(false, 0, 0, 0, 6),
                        30,
                        0,
                        0,
                        100,
                        List.of(
                                new Benefit("price", Benefit.Way.ANY, 50_000, Limit.NONE),
                                new Benefit("shipping", Benefit.Way.ANY, 0, new Limit(Activity.Per.MONTH, 1)))))
                .addTier(new Tier(
                        "gold",
                        1_000_000,
                        new Requirement(false, 0, 4, 1_000, 0),
                        Tier.Window.ROLLING_MONTHS,
                        12,
                        0,
                        null,
                        0,
                        12,
                        Tier.FOR_EVER,
                        0,
                        List.of(
                                new Benefit("lounge", Benefit.Way.EARNED, 0, Limit.NONE),
                                new Benefit("desk", Benefit.Way.PAID, 0, new Limit(Activity.Per.YEAR, 2)),
                                new Benefit("guest", Benefit.Way.INVITED, 0, Limit.NONE)),
                        "card"))
                .retireTier("bronze", "basic")
                .burn(new Burn(
                        1,
                        1,
                        50,
                        7,
                        List.of(new Burn.BurnCampaign(
                                "thursday",
                                2_000_000,
                                Condition.builder().weekdays(0b1000).build()))))
                .transferDailyLimitPoints(1_000)
                .claimDays(90);
        return b;
    }

    private static Campaign granting(
            final String id, final long points, final Condition when, final CouponGrant grant) {
        return new Campaign(
                id, 100, Campaign.Mode.BONUS, 0, points, points > 0, "", when, -1, -1, -1, -1, List.of(grant));
    }

    private static Catalogue catalogue() {
        final Limit yearly = new Limit(Activity.Per.YEAR, 1);
        final Condition may = Condition.builder()
                .between(Instant.parse("2026-04-30T23:00:00Z").toEpochMilli(), Condition.NO_TIME)
                .channels("app")
                .birthdayMonth()
                .build();
        final Condition memberDays =
                Condition.builder().monthDays(1 << 8 | 1 << 18).build();
        final Offer stove = new Offer(new Price(20_000, 900), List.of(), yearly, "silver", may, 100);
        final Offer tea = new Offer(
                null,
                List.of(
                        new Offer.TierPrice("silver", new Price(0, 3_900)),
                        new Offer.TierPrice("gold", new Price(5, 0))),
                Limit.NONE,
                "",
                memberDays,
                -1,
                "stars");
        final Offer nobody = new Offer(null, List.of(), Limit.NONE, "", Condition.ALWAYS, -1);
        final Offer card = Offer.of(0, 29_900)
                .withStock(5_000)
                .withLimit(new Limit(Activity.Per.LIFETIME, 1))
                .fromTier("basic")
                .from("stars");
        final Offer wheel = new Offer(
                new Price(50, 0),
                List.of(new Offer.TierPrice("gold", new Price(0, 0))),
                new Limit(Activity.Per.DAY, 3),
                "basic",
                Condition.builder().weekdays(0b1_0000).build(),
                -1,
                "stars");
        return Catalogue.builder()
                .add(new PointsWallet(
                        "growth",
                        1,
                        200,
                        Condition.builder().channels("app").categories("toys").build(),
                        true,
                        Expiry.never(),
                        new Activation(false, 3),
                        new RefundPolicy(RefundPolicy.Claw.DEBT, 900, false),
                        false,
                        true))
                .add(new PointsWallet(
                        "stars",
                        0,
                        1,
                        Condition.ALWAYS,
                        false,
                        Expiry.months(6),
                        Activation.IMMEDIATE,
                        new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 0, false),
                        true,
                        false))
                .add(new MoneyWallet(
                        "balance",
                        List.of(new MoneyWallet.TopUp(50_000, 5_000), new MoneyWallet.TopUp(90_000, 15_000))))
                .add(new Reward("stove", stove, List.of(new CouponGrant("lunch", 0, 0)), "balance", 1_000))
                .add(Reward.of("tea", tea))
                .add(Reward.of("tv", nobody))
                .add(new Coupon(
                        "e50",
                        5_000,
                        3,
                        30,
                        Expiry.NEVER_DAY,
                        new Limit(Activity.Per.LIFETIME, 2),
                        Condition.builder().stores("s1").build()))
                .add(new Coupon(
                        "lunch", 0, 1, 0, (int) LocalDate.of(2026, 12, 31).toEpochDay(), Limit.NONE, Condition.ALWAYS))
                .add(new Pack("card", card, List.of(new CouponGrant("lunch", 4, 365)), Pack.Refund.UNUSED_SHARE))
                .add(new Draw(
                        "wheel",
                        wheel,
                        List.of(
                                new Draw.Prize(Draw.Kind.REWARD, "tv", 0, 1, 10_000, 10),
                                new Draw.Prize(Draw.Kind.COUPON, "e50", 0, 1, 100, -1),
                                new Draw.Prize(Draw.Kind.POINTS, "", 77, 1, 10, -1))))
                .referral(new Referral(Referral.On.FIRST_PURCHASE, 200, 3_000, new Limit(Activity.Per.MONTH, 10)))
                .add(board("shops", Board.By.STORE, Board.Score.SPEND, "05-31T23", "06-18T23", 100, 25))
                .add(board("friends", Board.By.REFERRER, Board.Score.REGISTRATIONS, "06-02T09", "06-30T23", 0, 100))
                .add(new Issuer("bank-a", 1, 20, new Limit(Activity.Per.MONTH, 1), 100, 80))
                .add(new Issuer("sister", 0, 0, Limit.NONE, 0, 0))
                .brand("Sister & Co", "sister")
                .add(new PointSale("p1000", 1_000, 1_100, new Limit(Activity.Per.YEAR, 5), "stars"))
                .add(new Precredit("batch-09", 200, "growth"))
                .build();
    }

    private static Board board(
            final String id,
            final Board.By by,
            final Board.Score score,
            final String from,
            final String until,
            final long minOrderMinor,
            final int top) {
        return new Board(
                id,
                by,
                score,
                Instant.parse("2026-" + from + ":00:00Z").toEpochMilli(),
                Instant.parse("2026-" + until + ":00:00Z").toEpochMilli(),
                Condition.builder().minOrderMinor(minOrderMinor).build(),
                top);
    }
}

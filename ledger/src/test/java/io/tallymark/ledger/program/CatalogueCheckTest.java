package io.tallymark.ledger.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A program whose catalogue is sound but for one thing: that thing is named, and nothing else. */
final class CatalogueCheckTest {
    private static final long TOO_MUCH = 1_000_000_000_000_001L;
    private static final long NONE = CompiledProgram.UNLIMITED;
    private static final Limit NEVER = new Limit(Activity.Per.DAY, 0);
    private static final Condition FIRST = Condition.builder().firstPurchase().build();
    private static final Condition BIG = Condition.builder().minOrderMinor(1).build();
    private static final Condition LINES = Condition.builder().fullPrice().build();
    private static final Offer TEN = Offer.of(10, 0);

    private interface Change extends UnaryOperator<Catalogue.Builder> {}

    private static CompiledProgram.Builder program(final Change change) {
        final Catalogue.Builder catalogue = Catalogue.builder()
                .add(Coupon.of("e50", 5_000, 30))
                .add(Reward.of("cup", TEN.withStock(0)))
                .referral(new Referral(Referral.On.FIRST_PURCHASE, 1, 0, Limit.NONE))
                .add(new Issuer("bank", 1, 20, Limit.NONE, 100, 80))
                .brand("Gold", "bank")
                .add(new MoneyWallet("balance", List.of()))
                .add(wallet("growth", 1, 100, Condition.ALWAYS, true))
                .add(wallet("stars", 1, 1_000, LINES, false));
        return CompiledProgram.builder("shop")
                .currency("CNY")
                .baseRate(1, 100)
                .addActivity(new Activity("sign-in", 1, Activity.Per.DAY, 1))
                .addTier("low", 0, 1_000_000)
                .catalogue(change.apply(catalogue).build());
    }

    private static Arguments wrong(final String path, final Change change) {
        return Arguments.of(path, change);
    }

    private static Arguments wrongOffer(final String path, final Offer offer) {
        return wrong("rewards.x" + path, c -> c.add(Reward.of("x", offer)));
    }

    private static Offer byTier(final Offer.TierPrice... prices) {
        return new Offer(null, List.of(prices), Limit.NONE, "", Condition.ALWAYS, NONE);
    }

    static Stream<Arguments> offers() {
        final Offer.TierPrice low = new Offer.TierPrice("low", new Price(1, 0));
        return Stream.of(
                wrongOffer(".price", Offer.of(0, 0)),
                wrongOffer(".price", byTier()),
                wrongOffer(".price.points", Offer.of(-1, 5)),
                wrongOffer(".price.points", Offer.of(TOO_MUCH, 0)),
                wrongOffer(".price.cash", Offer.of(1, TOO_MUCH)),
                wrongOffer(".priceByTier.none", byTier(new Offer.TierPrice("none", new Price(1, 0)))),
                wrongOffer(".priceByTier.low", byTier(low, low)),
                wrongOffer(".priceByTier.low", byTier(new Offer.TierPrice("low", new Price(0, 0)))),
                wrongOffer(".limit.times", TEN.withLimit(NEVER)),
                wrongOffer(".limit.times", TEN.withLimit(new Limit(Activity.Per.YEAR, 1_000_001))),
                wrongOffer(".fromTier", TEN.fromTier("high")),
                wrongOffer(".when", TEN.when(FIRST)),
                wrongOffer(".when", TEN.when(BIG)),
                wrongOffer(".when", TEN.when(LINES)),
                wrongOffer(
                        ".when.tier", TEN.when(Condition.builder().tiers("high").build())),
                wrongOffer(".stock", TEN.withStock(-2)),
                wrongOffer(".stock", TEN.withStock(1_000_000_001L)));
    }

    private static Arguments wrongReward(final String path, final String id, final String wallet, final long gift) {
        return wrong("rewards." + id + path, c -> c.add(new Reward(id, TEN, List.of(), wallet, gift)));
    }

    private static Arguments wrongGrant(final String key, final CouponGrant grant) {
        return wrong(
                "rewards.x.grants[1]." + key,
                c -> c.add(new Reward("x", TEN, List.of(new CouponGrant("e50", 0, 0), grant), "", 0)));
    }

    static Stream<Arguments> rewardsAndCoupons() {
        return Stream.of(
                wrongReward("", "X", "", 0),
                wrongReward("", "cup", "", 0),
                wrongReward(".gift.wallet", "x", "points", 1),
                wrongReward(".gift.amount", "x", "balance", 0),
                wrongReward(".gift.wallet", "x", "", 1),
                wrongGrant("coupon", new CouponGrant("e51", 0, 0)),
                wrongGrant("uses", new CouponGrant("e50", -1, 0)),
                wrongGrant("validDays", new CouponGrant("e50", 0, 36_601)),
                wrong(
                        "rewards.x.grants",
                        c -> c.add(new Reward(
                                "x",
                                TEN,
                                IntStream.range(0, 17)
                                        .mapToObj(i -> new CouponGrant("e50", 0, 0))
                                        .toList(),
                                "",
                                0))),
                wrong("coupons.e50", c -> c.add(Coupon.of("e50", 0, 0))),
                wrong("coupons.x.value", c -> c.add(Coupon.of("x", -1, 0))),
                wrong("coupons.x.validDays", c -> c.add(Coupon.of("x", 0, -1))),
                wrong("coupons.x.uses", c -> c.add(coupon(0, 0, Expiry.NEVER_DAY, Limit.NONE, Condition.ALWAYS))),
                wrong("coupons.x.lastDay", c -> c.add(coupon(1, 1, 20_000, Limit.NONE, Condition.ALWAYS))),
                wrong("coupons.x.lastDay", c -> c.add(coupon(1, 0, 2_932_897, Limit.NONE, Condition.ALWAYS))),
                wrong("coupons.x.limit.times", c -> c.add(coupon(1, 0, 20_000, NEVER, Condition.ALWAYS))),
                wrong("coupons.x.when", c -> c.add(coupon(1, 0, 20_000, Limit.NONE, BIG))));
    }

    private static Coupon coupon(
            final int uses, final int validDays, final int lastDay, final Limit limit, final Condition when) {
        return new Coupon("x", 0, uses, validDays, lastDay, limit, when);
    }

    private static Arguments wrongDraw(final String path, final Offer offer, final Draw.Prize... prizes) {
        return wrong("draws.x" + path, c -> c.add(new Draw("x", offer, List.of(prizes))));
    }

    private static Draw.Prize points(final long points, final long numerator, final long denominator) {
        return new Draw.Prize(Draw.Kind.POINTS, "", points, numerator, denominator, NONE);
    }

    static Stream<Arguments> packsAndDraws() {
        final Draw.Prize third = points(5, 1, 3);
        final List<CouponGrant> one = List.of(new CouponGrant("e50", 0, 0));
        final long million = 1_000_000_000_000L;
        return Stream.of(
                wrong("packs.x.grants", c -> c.add(new Pack("x", TEN, List.of(), Pack.Refund.WHOLE))),
                wrong("packs.x.price", c -> c.add(new Pack("x", byTier(), one, Pack.Refund.WHOLE))),
                wrong("packs.x.stock", c -> c.add(new Pack("x", TEN.withStock(-2), one, Pack.Refund.WHOLE))),
                wrongDraw(".price", byTier(), third),
                wrongDraw(".price.cash", Offer.of(1, 1), third),
                wrongDraw(".stock", TEN.withStock(5), third),
                wrongDraw(".when", TEN.when(BIG), third),
                wrongDraw(".prizes", TEN),
                wrongDraw(".prizes[0].points", TEN, points(0, 1, 3)),
                wrongDraw(".prizes[0].odds", TEN, points(1, 0, 3)),
                wrongDraw(".prizes[0].odds", TEN, points(1, 1, million + 1)),
                // A third three times is 1, and no more fits; however little.
                wrongDraw(".prizes[3].odds", TEN, third, third, third, points(1, 1, million)),
                wrongDraw(
                        ".prizes[2].odds",
                        TEN,
                        points(1, 333_333_333_333L, 999_999_999_989L),
                        points(1, 333_333_333_333L, 999_999_999_989L),
                        points(1, 333_333_333_334L, 999_999_999_989L)),
                wrongDraw(".prizes[0].reward", TEN, new Draw.Prize(Draw.Kind.REWARD, "tv", 0, 1, 3, 1)),
                wrongDraw(".prizes[0].coupon", TEN, new Draw.Prize(Draw.Kind.COUPON, "cup", 0, 1, 3, 1)),
                wrongDraw(".prizes[0].points", TEN, new Draw.Prize(Draw.Kind.COUPON, "e50", 1, 1, 3, 1)),
                wrongDraw(".prizes[0]", TEN, new Draw.Prize(Draw.Kind.POINTS, "e50", 1, 1, 3, 1)),
                wrongDraw(".prizes[0].stock", TEN, new Draw.Prize(Draw.Kind.COUPON, "e50", 0, 1, 3, -2)));
    }

    private static Arguments wrongBoard(
            final String path, final Board.By by, final Board.Score score, final long until, final Condition when) {
        return wrong("boards.x" + path, c -> c.add(new Board("x", by, score, 5, until, when, 100)));
    }

    private static Arguments wrongReferral(final String key, final Referral referral) {
        return wrong("referral." + key, c -> c.referral(referral));
    }

    static Stream<Arguments> community() {
        final Board.By referrer = Board.By.REFERRER;
        final Board.Score registrations = Board.Score.REGISTRATIONS;
        return Stream.of(
                wrongBoard(".until", Board.By.MEMBER, Board.Score.SPEND, 5, Condition.ALWAYS),
                wrongBoard(".until", Board.By.MEMBER, Board.Score.SPEND, TOO_MUCH, Condition.ALWAYS),
                wrongBoard(".when", Board.By.MEMBER, Board.Score.SPEND, 6, LINES),
                wrongBoard(".score", Board.By.STAFF, registrations, 6, Condition.ALWAYS),
                wrongBoard(".when", referrer, registrations, 6, BIG),
                wrongBoard(".when", referrer, registrations, 6, FIRST),
                wrongBoard(
                        ".when",
                        referrer,
                        registrations,
                        6,
                        Condition.builder().tiers("low").build()),
                wrong(
                        "boards.x.top",
                        c -> c.add(new Board("x", referrer, registrations, 5, 6, Condition.ALWAYS, 1_001))),
                wrong(
                        "boards.x.by",
                        c -> c.referral(null).add(new Board("x", referrer, Board.Score.SPEND, 5, 6, BIG, 1))),
                wrongReferral("points", new Referral(Referral.On.REGISTRATION, 0, 0, Limit.NONE)),
                wrongReferral("minAmount", new Referral(Referral.On.REGISTRATION, 1, 1, Limit.NONE)),
                wrongReferral("minAmount", new Referral(Referral.On.FIRST_PURCHASE, 1, -1, Limit.NONE)),
                wrongReferral("limit.times", new Referral(Referral.On.REGISTRATION, 1, 0, NEVER)));
    }

    private static Arguments wrongIssuer(
            final String path,
            final long points,
            final long per,
            final Limit limit,
            final long settle,
            final long worth) {
        return wrong("issuers.x" + path, c -> c.add(new Issuer("x", points, per, limit, settle, worth)));
    }

    private static Arguments wrongWallet(final String path, final MoneyWallet.TopUp... topUps) {
        return wrong("wallets.x" + path, c -> c.add(new MoneyWallet("x", List.of(topUps))));
    }

    static Stream<Arguments> issuersAndPurses() {
        final MoneyWallet.TopUp five = new MoneyWallet.TopUp(500, 50);
        return Stream.of(
                wrongIssuer(".import.per", 1, 0, Limit.NONE, 0, 0),
                wrongIssuer(".import.points", 0, 1, Limit.NONE, 0, 0),
                wrongIssuer(".import.limit", 0, 0, new Limit(Activity.Per.DAY, 1), 0, 0),
                wrongIssuer(".import.limit.times", 1, 1, NEVER, 0, 0),
                wrongIssuer(".settle.worth", 0, 0, Limit.NONE, 1, 0),
                wrongIssuer(".settle.points", 0, 0, Limit.NONE, 1_000_000_007L, 1),
                wrong("issuers.sign-in", c -> c.add(new Issuer("sign-in", 1, 1, Limit.NONE, 0, 0))),
                wrong("brands.Gold", c -> c.brand("Gold", "bank")),
                wrong("brands.Silver", c -> c.brand("Silver", "mint")),
                wrong("brands.a\nb", c -> c.brand("a\nb", "bank")),
                wrong("pointSales.bank", c -> c.add(new PointSale("bank", 1, 1, Limit.NONE))),
                wrong("pointSales.x.points", c -> c.add(new PointSale("x", 0, 1, Limit.NONE))),
                wrong("pointSales.x.price.cash", c -> c.add(new PointSale("x", 1, 0, Limit.NONE))),
                wrong("pointSales.x.limit.times", c -> c.add(new PointSale("x", 1, 1, NEVER))),
                wrong("precredit.sign-in", c -> c.add(new Precredit("sign-in", 1))),
                wrong("precredit.x.points", c -> c.add(new Precredit("x", TOO_MUCH))),
                wrong("wallets.points", c -> c.add(new MoneyWallet("points", List.of()))),
                wrongWallet(".topUps[1].from", five, five),
                wrongWallet(".topUps[0].from", new MoneyWallet.TopUp(0, 50)),
                wrongWallet(".topUps[0].gift", new MoneyWallet.TopUp(1, 0)));
    }

    /** Redeemable unless it is what tiers count. */
    private static PointsWallet wallet(
            final String id, final long points, final long per, final Condition when, final boolean qualifying) {
        return new PointsWallet(
                id,
                points,
                per,
                when,
                true,
                Expiry.months(12),
                Activation.IMMEDIATE,
                new RefundPolicy(RefundPolicy.Claw.DEBT, 0, false),
                !qualifying,
                qualifying);
    }

    private static PointsWallet kept(
            final String id, final Expiry expiry, final Activation activation, final long debtLimitPoints) {
        final RefundPolicy refund = new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, debtLimitPoints, true);
        return new PointsWallet(id, 0, 0, Condition.ALWAYS, false, expiry, activation, refund, true, false);
    }

    private static Arguments wrongPoints(final String path, final PointsWallet wallet) {
        return wrong("wallets." + wallet.id() + path, c -> c.add(wallet));
    }

    static Stream<Arguments> walletsOfPoints() {
        final Activation now = Activation.IMMEDIATE;
        final Expiry never = Expiry.never();
        return Stream.of(
                wrongPoints("", kept("X", never, now, 0)),
                wrongPoints("", kept("points", never, now, 0)),
                wrongPoints("", kept("balance", never, now, 0)),
                wrongPoints("", kept("stars", never, now, 0)),
                wrongPoints(".earn.points", wallet("x", -1, 1, Condition.ALWAYS, false)),
                wrongPoints(".earn.points", wallet("x", 1_000_000_001L, 1, Condition.ALWAYS, false)),
                wrongPoints(".earn.per", wallet("x", 1, 0, Condition.ALWAYS, false)),
                wrongPoints(".earn.per", wallet("x", 1, 1_000_000_000_001L, Condition.ALWAYS, false)),
                wrongPoints(
                        ".earn.when.tier",
                        wallet("x", 1, 1, Condition.builder().tiers("high").build(), false)),
                wrongPoints(".expiry", kept("x", null, now, 0)),
                wrongPoints(".expiry", kept("x", Expiry.inactivity(12), now, 0)),
                wrongPoints(".activation.afterDays", kept("x", never, new Activation(true, 3_661), 0)),
                wrongPoints(".refund.limit", kept("x", never, now, TOO_MUCH)),
                wrongPoints(".qualifying", wallet("x", 1, 1, Condition.ALWAYS, true)),
                wrong("wallets", c -> {
                    IntStream.range(0, 6).forEach(i -> c.add(kept("x" + i, never, now, 0)));
                    return c;
                }),
                wrongOffer(".wallet", TEN.from("moon")),
                wrongOffer(".wallet", TEN.from("points")),
                wrongOffer(".wallet", TEN.from("balance")),
                wrongOffer(".wallet", TEN.from("growth")),
                wrongDraw(".wallet", TEN.from("growth"), points(5, 1, 3)),
                wrong(
                        "packs.x.wallet",
                        c -> c.add(new Pack(
                                "x", TEN.from("moon"), List.of(new CouponGrant("e50", 0, 0)), Pack.Refund.WHOLE))),
                wrong("pointSales.x.wallet", c -> c.add(new PointSale("x", 1, 1, Limit.NONE, "balance"))),
                wrong("precredit.x.wallet", c -> c.add(new Precredit("x", 1, "moon"))));
    }

    @Test
    void anActivityNamesAWalletThatIsThere() {
        final CompiledProgram.Builder b = program(c -> c)
                .addActivity(new Activity("grow", 1, Activity.Per.DAY, 1, "growth"))
                .addActivity(new Activity("save", 1, Activity.Per.DAY, 1, "balance"));
        assertEquals(
                List.of("activities.save.wallet"),
                b.mistakes().stream().map(ProgramMistake::path).toList());
    }

    @Test
    void refundsNeedLinesWhereAWalletLooksAtThem() {
        assertTrue(program(c -> c).build().hasLineRules());
        final CompiledProgram.Builder plain = CompiledProgram.builder("shop")
                .currency("CNY")
                .baseRate(1, 100)
                .catalogue(Catalogue.builder()
                        .add(wallet("growth", 1, 100, BIG, true))
                        // Orders earn nothing there, whatever its condition.
                        .add(wallet("stars", 0, 100, LINES, false))
                        .build());
        assertFalse(plain.build().hasLineRules());
    }

    @Test
    void sevenWalletsMayEarnAtTheLimits() {
        final CompiledProgram built = program(c -> {
                    c.add(wallet("x", 1_000_000_000L, 1, FIRST, false));
                    c.add(wallet("y", 1, 1_000_000_000_000L, BIG, false));
                    IntStream.range(0, 3)
                            .forEach(i -> c.add(
                                    kept("z" + i, Expiry.fixed(2, 29, 0), new Activation(true, 3_660), TOO_MUCH - 1)));
                    return c.add(Reward.of("mug", TEN.from("stars"))).add(new Precredit("card", 9, "growth"));
                })
                .build();
        assertEquals(7, built.catalogue().pointsWallets().size());
        assertEquals("stars", built.catalogue().rewards().get(1).offer().wallet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"offers", "rewardsAndCoupons", "packsAndDraws", "community", "issuersAndPurses", "walletsOfPoints"})
    void theOneMistakeIsNamed(final String path, final Change change) {
        assertEquals(List.of(), program(c -> c).mistakes());
        final CompiledProgram.Builder wrong = program(change);
        assertEquals(
                List.of(path),
                wrong.mistakes().stream().map(ProgramMistake::path).toList());
        assertEquals(
                path, assertThrows(InvalidProgramException.class, wrong::build).path());
    }

    @Test
    void whatIsNearAMistakeIsNone() {
        final CompiledProgram built = program(c -> c.add(Reward.of("prize-only", byTier()))
                        .add(new Draw(
                                "free", Offer.of(0, 0), List.of(points(1, 1, 3), points(1, 1, 3), points(1, 1, 3))))
                        .add(new Draw(
                                "sure",
                                Offer.of(0, 0),
                                List.of(new Draw.Prize(Draw.Kind.REWARD, "prize-only", 0, 1, 1, 0))))
                        .add(new Issuer("sister", 0, 0, Limit.NONE, 0, 0))
                        .add(new Precredit("sister", 5))
                        .add(new Board(
                                "b",
                                Board.By.REFERRER,
                                Board.Score.REGISTRATIONS,
                                0,
                                1,
                                Condition.builder().weekdays(1).stores("s").build(),
                                1_000)))
                .build();
        assertEquals(2, built.catalogue().draws().size());
    }

    @Test
    void ratesAndOddsAreInLowestTerms() {
        assertEquals(points(1, 1, 3), points(1, 5, 15));
        assertEquals(new Issuer("x", 1, 20, Limit.NONE, 5, 4), new Issuer("x", 50, 1_000, Limit.NONE, 100, 80));
    }

    @Test
    void aTierNamesAPackAndWaysThatAreThere() {
        final Requirement much = Requirement.spend(999);
        final CompiledProgram.Builder b = program(c -> c);
        b.addTier(new Tier(
                "t",
                1_000_000,
                much,
                Tier.Window.LIFETIME,
                0,
                0,
                null,
                0,
                0,
                0,
                0,
                List.of(new Benefit("a", Benefit.Way.PAID, 1_000_001, NEVER), Benefit.of("a"), Benefit.of("a")),
                "card"));
        assertEquals(
                List.of(
                        "tiers[1].ways.paid.pack",
                        "tiers[1].ways.paid.pack",
                        "tiers[1].benefits",
                        "tiers[1].ways.paid.benefits",
                        "tiers[1].ways.paid.benefits.limit.times",
                        "tiers[1].ways.paid.benefits"),
                b.mistakes().stream().map(ProgramMistake::path).toList());
    }
}

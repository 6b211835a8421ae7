package io.tallymark.ledger.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Sound catalogues of every shape, the same for the same seed. */
final class RandomCatalogues {
    private static final long MAX = 1_000_000_000_000_000L;
    private static final String[] BRANDS = {"gold", "计数", "Größe L", "a.b", "x".repeat(64)};

    private final Random random;
    private final int tiers;
    private final Function<Random, Condition> ofOffers;
    private final Function<Random, Condition> ofOrders;
    private final Function<Random, Condition> ofLines;
    private final int couponCount;
    private final int rewardCount;
    private final int packCount;
    private final int issuerCount;
    private final int walletCount;
    private final int pointsWalletCount;
    private final int qualifying;

    /**
     * @param tiers    how many there are: {@code t0} and so on
     * @param ofOffers makes conditions without lines, amounts, first purchase
     * @param ofOrders makes conditions without lines
     * @param ofLines  makes conditions of any kind
     */
    RandomCatalogues(
            final Random random,
            final int tiers,
            final Function<Random, Condition> ofOffers,
            final Function<Random, Condition> ofOrders,
            final Function<Random, Condition> ofLines) {
        this.random = random;
        this.tiers = tiers;
        this.ofOffers = ofOffers;
        this.ofOrders = ofOrders;
        this.ofLines = ofLines;
        this.couponCount = random.nextInt(5);
        this.rewardCount = random.nextInt(5);
        this.packCount = couponCount == 0 ? 0 : random.nextInt(4);
        this.issuerCount = random.nextInt(4);
        this.walletCount = random.nextInt(3);
        this.pointsWalletCount = random.nextInt(Catalogue.MAX_POINTS_WALLETS + 1);
        this.qualifying = random.nextInt(Catalogue.MAX_POINTS_WALLETS + 1);
    }

    /** A pack of the catalogue, or none. */
    String pack() {
        return packCount == 0 ? "" : "k" + random.nextInt(packCount);
    }

    Catalogue next() {
        final Catalogue.Builder b = Catalogue.builder();
        final boolean hasReferral = random.nextBoolean();
        if (hasReferral) {
            final boolean first = random.nextBoolean();
            b.referral(new Referral(
                    first ? Referral.On.FIRST_PURCHASE : Referral.On.REGISTRATION,
                    points(1),
                    first ? points(0) : 0,
                    limit()));
        }
        all(couponCount, this::coupon).forEach(b::add);
        all(rewardCount, this::reward).forEach(b::add);
        all(packCount, this::pack).forEach(b::add);
        all(random.nextInt(4), this::draw).forEach(b::add);
        all(random.nextInt(4), i -> board(i, hasReferral)).forEach(b::add);
        all(issuerCount, this::issuer).forEach(b::add);
        for (int i = 0; issuerCount > 0 && i < BRANDS.length; i += 1 + random.nextInt(3)) {
            b.brand(BRANDS[i], "i" + random.nextInt(issuerCount));
        }
        all(random.nextInt(3), i -> new PointSale("s" + i, points(1), points(1), limit(), filled()))
                .forEach(b::add);
        all(random.nextInt(3), i -> new Precredit("p" + i, points(1), filled())).forEach(b::add);
        all(walletCount, this::wallet).forEach(b::add);
        all(pointsWalletCount, this::pointsWallet).forEach(b::add);
        return b.build();
    }

    List<CouponGrant> grants() {
        final List<CouponGrant> grants = new ArrayList<>();
        for (int i = random.nextInt(3); i < couponCount; i += 1 + random.nextInt(3)) {
            grants.add(new CouponGrant("c" + i, random.nextInt(3), random.nextInt(2) * 36_600));
        }
        return grants;
    }

    Limit limit() {
        return random.nextBoolean()
                ? Limit.NONE
                : new Limit(
                        Activity.Per.values()[random.nextInt(Activity.Per.values().length)],
                        1 + random.nextInt(1_000_000));
    }

    private Offer offer(final boolean hasCash, final boolean hasStock) {
        final List<Offer.TierPrice> byTier = new ArrayList<>();
        for (int i = random.nextInt(3); i < tiers; i += 1 + random.nextInt(3)) {
            byTier.add(new Offer.TierPrice("t" + i, price(hasCash)));
        }
        return new Offer(
                byTier.isEmpty() || random.nextBoolean() ? price(hasCash) : null,
                byTier,
                limit(),
                tiers == 0 || random.nextBoolean() ? "" : "t" + random.nextInt(tiers),
                ofOffers.apply(random),
                hasStock ? stock() : CompiledProgram.UNLIMITED,
                spent());
    }

    private Price price(final boolean hasCash) {
        if (!hasCash) {
            return new Price(points(0), 0);
        }
        return random.nextBoolean() ? new Price(points(1), points(0)) : new Price(0, points(1));
    }

    private long stock() {
        return random.nextBoolean() ? CompiledProgram.UNLIMITED : random.nextLong(Catalogue.MAX_STOCK + 1);
    }

    private Coupon coupon(final int i) {
        final int days = random.nextBoolean() ? 0 : 1 + random.nextInt(36_600);
        final boolean hasLastDay = days == 0 && random.nextBoolean();
        return new Coupon(
                "c" + i,
                points(0),
                1 + random.nextInt(1_000_000),
                days,
                hasLastDay ? random.nextInt(Coupon.MAX_LAST_DAY + 1) : Expiry.NEVER_DAY,
                limit(),
                ofOffers.apply(random));
    }

    private Reward reward(final int i) {
        final boolean fills = walletCount > 0 && random.nextBoolean();
        return new Reward(
                "r" + i,
                offer(true, true),
                grants(),
                fills ? "w" + random.nextInt(walletCount) : "",
                fills ? points(1) : 0);
    }

    /** The first coupon is in each pack: without coupons there are no packs. */
    private Pack pack(final int i) {
        final Pack.Refund refund = Pack.Refund.values()[random.nextInt(3)];
        return new Pack("k" + i, offer(true, true), List.of(new CouponGrant("c0", 1, i)), refund);
    }

    private Draw draw(final int i) {
        final List<Draw.Prize> prizes = new ArrayList<>();
        final int count = 1 + random.nextInt(5);
        for (int k = 0; k < count; k++) {
            // At most 1/5 each.
            final long denominator = 5 + random.nextLong(Draw.MAX_ODDS - 4);
            final long numerator = 1 + random.nextLong(denominator / 5);
            final Draw.Kind kind = kind();
            prizes.add(new Draw.Prize(
                    kind,
                    kind == Draw.Kind.POINTS ? "" : kind == Draw.Kind.COUPON ? "c0" : "r0",
                    kind == Draw.Kind.POINTS ? points(1) : 0,
                    numerator,
                    denominator,
                    stock()));
        }
        return new Draw("d" + i, offer(false, false), prizes);
    }

    private Draw.Kind kind() {
        final Draw.Kind kind = Draw.Kind.values()[random.nextInt(3)];
        final boolean isThere = kind == Draw.Kind.COUPON ? couponCount > 0 : rewardCount > 0;
        return isThere ? kind : Draw.Kind.POINTS;
    }

    private Board board(final int i, final boolean hasReferral) {
        final Board.By by = Board.By.values()[random.nextInt(hasReferral ? 4 : 3)];
        final boolean registrations = by == Board.By.REFERRER && random.nextBoolean();
        final long from = random.nextLong(MAX);
        return new Board(
                "b" + i,
                by,
                registrations ? Board.Score.REGISTRATIONS : Board.Score.values()[random.nextInt(3)],
                from,
                from + 1 + random.nextLong(MAX - from),
                registrations ? Condition.builder().stores("s1").build() : ofOrders.apply(random),
                1 + random.nextInt(Board.MAX_TOP));
    }

    private Issuer issuer(final int i) {
        final boolean imports = random.nextBoolean();
        final boolean settles = random.nextBoolean();
        return new Issuer(
                "i" + i,
                imports ? 1 + random.nextInt(100) : 0,
                imports ? 1 + random.nextInt(100) : 0,
                imports ? limit() : Limit.NONE,
                settles ? 1 + random.nextInt(100) : 0,
                settles ? 1 + random.nextInt(100) : 0);
    }

    private MoneyWallet wallet(final int i) {
        long from = 0;
        final List<MoneyWallet.TopUp> topUps = new ArrayList<>();
        for (int k = random.nextInt(4); k > 0; k--) {
            from += 1 + random.nextInt(100_000);
            topUps.add(new MoneyWallet.TopUp(from, points(1)));
        }
        return new MoneyWallet("w" + i, topUps);
    }

    /** A wallet of points that something goes into; empty: points. */
    String filled() {
        return pointsWalletCount == 0 || random.nextBoolean() ? "" : "v" + random.nextInt(pointsWalletCount);
    }

    /** A wallet that prices are taken from; every other one is redeemable. */
    private String spent() {
        return pointsWalletCount == 0 || random.nextBoolean()
                ? ""
                : "v" + 2 * random.nextInt((pointsWalletCount + 1) / 2);
    }

    private PointsWallet pointsWallet(final int i) {
        final Expiry expiry = switch (random.nextInt(3)) {
            case 0 -> Expiry.never();
            case 1 -> Expiry.fixed(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(101));
            default -> Expiry.months(1 + random.nextInt(1_200));
        };
        return new PointsWallet(
                "v" + i,
                random.nextInt(3) == 0 ? 0 : 1 + random.nextLong(CompiledProgram.MAX_RATE_POINTS),
                1 + random.nextLong(CompiledProgram.MAX_RATE_MINOR),
                ofLines.apply(random),
                random.nextBoolean(),
                expiry,
                new Activation(random.nextBoolean(), random.nextInt(3_661)),
                new RefundPolicy(RefundPolicy.Claw.values()[random.nextInt(3)], points(0), random.nextBoolean()),
                i % 2 == 0,
                i == qualifying);
    }

    private long points(final long least) {
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> MAX;
            case 2 -> least + random.nextInt(1_000);
            default -> least + random.nextLong(MAX - least);
        };
    }

    private static <T> List<T> all(final int count, final IntFunction<T> one) {
        final List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(one.apply(i));
        }
        return all;
    }
}

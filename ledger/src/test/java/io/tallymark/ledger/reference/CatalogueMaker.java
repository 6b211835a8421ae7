package io.tallymark.ledger.reference;

import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Price;
import io.tallymark.ledger.program.Reward;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random rewards, coupons, packs and draws over few ids, with stocks that run out. */
final class CatalogueMaker {
    static final String[] REWARDS = {"mug", "bag", "cup"};
    static final String[] COUPONS = {"coffee", "wash", "tea"};
    static final String[] PACKS = {"box", "plus"};
    static final String[] DRAWS = {"wheel", "egg"};
    static final String[] BENEFITS = {"lounge", "ship", "sale"};

    private static final long ODDS = 1_000_000_000_000L;

    private final Random random;
    private final Supplier<Condition> conditions;

    /** Coupons and packs of the version that is being made. */
    private List<String> coupons = List.of();

    private List<String> packs = List.of();
    private List<String> rewards = List.of();
    private List<String> tiers = List.of();
    private final CommunityMaker community;
    private final WalletMaker wallets;

    /** Whether each version has a catalogue, and members use it. */
    final boolean busy;

    CatalogueMaker(
            final Random random,
            final Supplier<Condition> conditions,
            final CommunityMaker community,
            final WalletMaker wallets) {
        this.wallets = wallets;
        this.random = random;
        this.community = community;
        this.conditions = conditions;
        busy = random.nextInt(2) == 0;
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    private long pick(final long... values) {
        return values[random.nextInt(values.length)];
    }

    private List<String> some(final String... ids) {
        return new ArrayList<>(List.of(ids))
                .stream().filter(id -> chance(busy ? 11 : 8, 12)).toList();
    }

    /** Draws what the next version lists, before its tiers are made. */
    void begin() {
        final boolean any = busy || chance(3, 5);
        community.begin();
        coupons = any ? some(COUPONS) : List.of();
        packs = any ? some(PACKS) : List.of();
        rewards = any ? some(REWARDS) : List.of();
    }

    /** A pack that a tier comes with, or none. */
    String anyPack() {
        return packs.isEmpty() || chance(1, 2) ? "" : packs.get(random.nextInt(packs.size()));
    }

    Catalogue make(final List<String> listedTiers) {
        tiers = listedTiers;
        wallets.make();
        final Catalogue.Builder b = Catalogue.builder();
        coupons.forEach(id -> b.add(coupon(id)));
        rewards.forEach(id -> b.add(reward(id)));
        final List<CouponGrant> none = List.of();
        for (final String id : packs) {
            List<CouponGrant> grants = coupons.isEmpty() ? none : grants(2);
            while (grants.isEmpty() && !coupons.isEmpty()) {
                grants = grants(2);
            }
            if (!grants.isEmpty()) {
                final Pack.Refund[] refunds = Pack.Refund.values();
                b.add(new Pack(id, offer(true), grants, refunds[random.nextInt(refunds.length)]));
            }
        }
        for (final String id : DRAWS) {
            if (chance(busy ? 11 : 8, 12)) {
                b.add(new Draw(id, offer(false), prizes()));
            }
        }
        community.add(b);
        return b.build();
    }

    private Reward reward(final String id) {
        final String wallet = community.anyWallet();
        final long gift = wallet.isEmpty() ? 0 : pick(1, 500);
        return new Reward(id, offer(true), grants(chance(1, 2) ? 0 : 2), wallet, gift);
    }

    /** Whether packs can be made at all: they need coupons. */
    boolean hasPacks() {
        return !coupons.isEmpty();
    }

    private Limit limit() {
        final Activity.Per[] pers = Activity.Per.values();
        return chance(1, 2) ? Limit.NONE : new Limit(pers[random.nextInt(pers.length)], 1 + random.nextInt(2));
    }

    private Coupon coupon(final String id) {
        final boolean byDays = chance(1, 2);
        final int day = (int) (History.START_MS / CompiledProgram.DAY_MS);
        final int last = chance(1, 2) ? Expiry.NEVER_DAY : day + (int) pick(-1, 0, 1, 3, 40, 400);
        return new Coupon(
                id,
                pick(0, 500),
                1 + random.nextInt(3),
                byDays ? (int) pick(1, 3, 40) : 0,
                byDays ? Expiry.NEVER_DAY : last,
                limit(),
                when());
    }

    private Condition when() {
        return chance(busy ? 7 : 4, 8) ? Condition.ALWAYS : conditions.get();
    }

    /** Some of the listed coupons, one of them maybe twice. */
    List<CouponGrant> grants(final int most) {
        final List<CouponGrant> grants = new ArrayList<>();
        final List<String> left = new ArrayList<>(coupons);
        for (int i = random.nextInt(most + 1); i > 0 && !left.isEmpty(); i--) {
            final String id = chance(1, 6) ? left.get(0) : left.remove(random.nextInt(left.size()));
            grants.add(new CouponGrant(id, (int) pick(0, 0, 1, 4), (int) pick(0, 0, 2)));
        }
        return grants;
    }

    private Price price(final boolean withCash) {
        final long points = pick(0, 1, 30, 100);
        final long cash = withCash ? pick(0, 0, 990) : 0;
        return new Price(withCash && points + cash == 0 ? 10 : points, cash);
    }

    private Offer offer(final boolean goods) {
        final List<Offer.TierPrice> byTier = new ArrayList<>();
        for (final String tier : tiers) {
            if (chance(1, 5)) {
                byTier.add(new Offer.TierPrice(tier, price(goods)));
            }
        }
        return new Offer(
                byTier.isEmpty() || chance(2, 3) ? price(goods) : null,
                byTier,
                limit(),
                tiers.isEmpty() || chance(busy ? 9 : 7, 10) ? "" : tiers.get(random.nextInt(tiers.size())),
                when(),
                goods ? pick(UNLIMITED, 0, 1, 3, 10) : UNLIMITED,
                wallets.payable());
    }

    private List<Draw.Prize> prizes() {
        final List<Draw.Prize> prizes = new ArrayList<>();
        final int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            final long denominator = pick(3, 4, 7, ODDS);
            final long numerator = denominator == ODDS ? 1 + random.nextLong(ODDS / 4) : 1;
            final long stock = pick(UNLIMITED, 0, 1, 3);
            final int kind = random.nextInt(3);
            if (kind == 0 && !coupons.isEmpty()) {
                prizes.add(new Draw.Prize(
                        Draw.Kind.COUPON,
                        coupons.get(random.nextInt(coupons.size())),
                        0,
                        numerator,
                        denominator,
                        stock));
            } else if (kind == 1 && !rewards.isEmpty()) {
                prizes.add(new Draw.Prize(
                        Draw.Kind.REWARD,
                        rewards.get(random.nextInt(rewards.size())),
                        0,
                        numerator,
                        denominator,
                        stock));
            } else {
                final long points = pick(1, 50, 300, io.tallymark.protocol.Limits.MAX_VALUE);
                prizes.add(new Draw.Prize(Draw.Kind.POINTS, "", points, numerator, denominator, stock));
            }
        }
        return prizes;
    }

    /** Random bits, often at the very edge of some odds. */
    long bits() {
        if (chance(1, 2)) {
            return random.nextLong();
        }
        final java.math.BigInteger all = java.math.BigInteger.TWO.pow(64);
        final long denominator = pick(3, 4, 7, 12, 21, 28, 84);
        final long numerator = random.nextLong(denominator + 1);
        return all.multiply(java.math.BigInteger.valueOf(numerator))
                        .divide(java.math.BigInteger.valueOf(denominator))
                        .longValue()
                + random.nextInt(3)
                - 1;
    }

    List<Benefit> benefits(final boolean earned, final boolean paid, final boolean invited) {
        final List<Benefit> benefits = new ArrayList<>();
        for (final String id : BENEFITS) {
            for (final Benefit.Way way : Benefit.Way.values()) {
                final boolean offered = switch (way) {
                    case ANY -> true;
                    case EARNED -> earned;
                    case PAID -> paid;
                    case INVITED -> invited;
                };
                if (offered && chance(1, 4)) {
                    benefits.add(new Benefit(id, way, pick(0, 100_000), limit()));
                }
            }
        }
        return benefits;
    }
}

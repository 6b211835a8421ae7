package io.tallymark.ledger.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Sound programs of every shape, the same for the same seed. */
final class RandomPrograms {
    private static final long MAX = 1_000_000_000_000_000L;
    private static final String[] TEXTS = {"app", "shop", "计数", "Größe L", "a b", "x".repeat(64), "é".repeat(32)};

    private final Random random;
    private final int tierCount;
    private final RandomCatalogues catalogues;

    RandomPrograms(final Random random) {
        this.random = random;
        this.tierCount = random.nextInt(6);
        this.catalogues = new RandomCatalogues(
                random,
                tierCount,
                r -> condition(false, false),
                r -> condition(false, true),
                r -> condition(true, true));
    }

    CompiledProgram.Builder next() {
        final CompiledProgram.Builder b = CompiledProgram.builder("p-" + random.nextInt(100))
                .currency(random.nextBoolean() ? "CNY" : "EUR")
                .utcOffsetMinutes(random.nextInt(2 * 1_080 + 1) - 1_080)
                .enrolUnknownMembers(random.nextBoolean());
        if (random.nextBoolean()) {
            final int late = random.nextInt(30);
            final int keys = late + 1 + random.nextInt(100);
            b.lateWindowMs(late * CompiledProgram.DAY_MS).keyDays(keys);
            b.orderDays(random.nextBoolean() ? keys + random.nextInt(1_000) : CompiledProgram.FOREVER);
        }
        b.baseRate(1 + random.nextInt(50), 1 + random.nextInt(1_000))
                .expiry(expiry())
                .activation(new Activation(random.nextBoolean(), random.nextInt(3_661)))
                .refund(new RefundPolicy(of(RefundPolicy.Claw.values()), points(0), random.nextBoolean()))
                .baseWhen(condition(true, true));
        many(2, () -> new LineRate(condition(true, true), 1 + random.nextInt(9), 1 + random.nextInt(1_000)))
                .forEach(b::addLineRate);
        numbered(9, this::campaign).forEach(b::addCampaign);
        b.caps(new EarnCaps(optional(), random.nextBoolean(), optional(), random.nextBoolean()));
        numbered(
                        5,
                        id -> new Activity(
                                "a-" + id,
                                points(1),
                                of(Activity.Per.values()),
                                random.nextInt(9) == 0 ? -1 : 3,
                                catalogues.filled()))
                .forEach(b::addActivity);
        b.burn(burn());
        b.transferDailyLimitPoints(optional()).claimDays(random.nextInt(36_602) - 1);
        long spend = random.nextInt(3);
        for (int i = 0; i < tierCount; i++) {
            spend += 1 + random.nextInt(1_000_000);
            b.addTier(tier(i, spend));
            b.retireTier("old-" + (9 - i) + random.nextInt(10), "t" + i);
        }
        return b.catalogue(catalogues.next());
    }

    private Expiry expiry() {
        return switch (random.nextInt(4)) {
            case 0 -> Expiry.never();
            case 1 -> Expiry.fixed(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(101));
            case 2 -> Expiry.months(1 + random.nextInt(1_200));
            default -> Expiry.inactivity(1 + random.nextInt(1_200));
        };
    }

    private Campaign campaign(final int id) {
        final Campaign.Mode mode = id < 8 ? of(Campaign.Mode.values()) : Campaign.Mode.ADD;
        final boolean bonus = mode == Campaign.Mode.BONUS;
        final List<CouponGrant> grants = catalogues.grants();
        final boolean perUnit = bonus && random.nextBoolean();
        return new Campaign(
                "c-" + id,
                random.nextInt(4),
                mode,
                bonus ? 0 : 1_000_001 + random.nextInt(999_000_000),
                bonus ? points(grants.isEmpty() || perUnit ? 1 : 0) : 0,
                perUnit,
                random.nextBoolean() ? "" : "g" + random.nextInt(3),
                condition(true, true),
                optional(),
                optional(),
                optional(),
                optional(),
                grants);
    }

    private Burn burn() {
        final int grace = random.nextInt(3_662) - 1;
        if (random.nextBoolean()) {
            return new Burn(0, 0, -1, grace, List.of());
        }
        return new Burn(
                1 + random.nextInt(1_000),
                1 + random.nextInt(1_000),
                optional(),
                grace,
                numbered(
                        4,
                        id -> new Burn.BurnCampaign("b-" + id, 1_000_001 + random.nextInt(9), condition(false, true))));
    }

    private Tier tier(final int index, final long spend) {
        final boolean earned = random.nextInt(5) > 0;
        final Tier.Window window = earned ? of(Tier.Window.values()) : Tier.Window.LIFETIME;
        final int paid = earned ? random.nextInt(1_202) - 1 : -1;
        final int invited = random.nextInt(1_202) - 1;
        final boolean ends = window != Tier.Window.LIFETIME;
        return new Tier(
                "t" + index,
                1_000_000 + random.nextInt(999_000_001),
                earned ? requirement(spend) : null,
                window,
                window == Tier.Window.ROLLING_MONTHS ? 12 + random.nextInt(109) : 0,
                ends ? random.nextInt(101) : 0,
                ends && random.nextBoolean() ? requirement(random.nextInt(2)) : null,
                ends ? random.nextInt(3_661) : 0,
                paid,
                invited,
                earned ? points(0) : 0,
                numbered(4, i -> benefit(i, earned, paid, invited)),
                paid == 0 || random.nextBoolean() ? "" : catalogues.pack());
    }

    private Benefit benefit(final int i, final boolean earned, final int paid, final int invited) {
        final Benefit.Way way = of(Benefit.Way.values());
        final boolean offered = way == Benefit.Way.EARNED && earned
                || way == Benefit.Way.PAID && paid != 0
                || way == Benefit.Way.INVITED && invited != 0;
        return new Benefit(
                "right-" + i, offered ? way : Benefit.Way.ANY, random.nextInt(1_000_001), catalogues.limit());
    }

    private Requirement requirement(final long spend) {
        return new Requirement(
                random.nextBoolean(),
                spend,
                random.nextInt(3),
                random.nextInt(3) == 0 ? points(0) : 0,
                random.nextInt(13));
    }

    private Condition condition(final boolean ofLines, final boolean ofOrders) {
        final Condition.Builder b = Condition.builder();
        if (random.nextInt(3) == 0) {
            final long from = random.nextInt(4) == 0 ? Condition.NO_TIME : random.nextLong(MAX - 1);
            b.between(from, random.nextInt(4) == 0 ? Condition.NO_TIME : MAX);
        }
        if (random.nextInt(3) == 0) {
            final int from = random.nextInt(1_440);
            b.minutes(from, from == 600 ? 601 : 600);
        }
        b.weekdays(random.nextBoolean() ? 0 : random.nextInt(128));
        b.monthDays(random.nextBoolean() ? 0 : random.nextInt() & ~1);
        b.channels(texts()).stores(texts());
        if (tierCount > 0 && random.nextInt(4) == 0) {
            b.tiers("t" + random.nextInt(tierCount));
        }
        if (ofOrders && random.nextInt(4) == 0) {
            b.firstPurchase();
        }
        if (random.nextInt(4) == 0) {
            b.birthdayMonth();
        }
        b.minOrderMinor(!ofOrders || random.nextBoolean() ? 0 : points(0));
        if (ofLines && random.nextBoolean()) {
            b.skus(texts()).categories(texts()).brands(texts());
        }
        if (ofLines && random.nextInt(4) == 0) {
            b.fullPrice();
        }
        return b.build();
    }

    private String[] texts() {
        return random.nextInt(3) > 0
                ? new String[0]
                : random.ints(random.nextInt(4), 0, TEXTS.length)
                        .distinct()
                        .mapToObj(i -> TEXTS[i])
                        .toArray(String[]::new);
    }

    private long optional() {
        return random.nextBoolean() ? CompiledProgram.UNLIMITED : points(1);
    }

    private long points(final long least) {
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> MAX;
            case 2 -> least + random.nextInt(1_000);
            default -> least + random.nextLong(MAX - least);
        };
    }

    private <E> E of(final E[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> many(final int most, final Supplier<T> one) {
        return numbered(most, i -> one.get());
    }

    private <T> List<T> numbered(final int most, final java.util.function.IntFunction<T> one) {
        final List<T> all = new ArrayList<>();
        final int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            all.add(one.apply(i));
        }
        return all;
    }
}

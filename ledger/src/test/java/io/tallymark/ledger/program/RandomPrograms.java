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

    RandomPrograms(final Random random) {
        this.random = random;
        this.tierCount = random.nextInt(6);
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
                .baseWhen(condition(true));
        many(2, () -> new LineRate(condition(true), 1 + random.nextInt(9), 1 + random.nextInt(1_000)))
                .forEach(b::addLineRate);
        numbered(9, this::campaign).forEach(b::addCampaign);
        b.caps(new EarnCaps(optional(), random.nextBoolean(), optional(), random.nextBoolean()));
        numbered(
                        5,
                        id -> new Activity(
                                "a-" + id, points(1), of(Activity.Per.values()), random.nextInt(9) == 0 ? -1 : 3))
                .forEach(b::addActivity);
        b.burn(burn());
        b.transferDailyLimitPoints(optional()).claimDays(random.nextInt(36_602) - 1);
        long spend = random.nextInt(3);
        for (int i = 0; i < tierCount; i++) {
            spend += 1 + random.nextInt(1_000_000);
            b.addTier(tier(i, spend));
            b.retireTier("old-" + (9 - i) + random.nextInt(10), "t" + i);
        }
        return b;
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
        return new Campaign(
                "c-" + id,
                random.nextInt(4),
                mode,
                bonus ? 0 : 1_000_001 + random.nextInt(999_000_000),
                bonus ? points(1) : 0,
                bonus && random.nextBoolean(),
                random.nextBoolean() ? "" : "g" + random.nextInt(3),
                condition(true),
                optional(),
                optional(),
                optional(),
                optional());
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
                numbered(4, id -> new Burn.BurnCampaign("b-" + id, 1_000_001 + random.nextInt(9), condition(false))));
    }

    private Tier tier(final int index, final long spend) {
        final boolean earned = random.nextInt(5) > 0;
        final Tier.Window window = earned ? of(Tier.Window.values()) : Tier.Window.LIFETIME;
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
                earned ? random.nextInt(1_202) - 1 : -1,
                random.nextInt(1_202) - 1,
                earned ? points(0) : 0,
                many(4, () -> Benefit.of("right-" + random.nextInt(1_000_000))));
    }

    private Requirement requirement(final long spend) {
        return new Requirement(
                random.nextBoolean(),
                spend,
                random.nextInt(3),
                random.nextInt(3) == 0 ? points(0) : 0,
                random.nextInt(13));
    }

    private Condition condition(final boolean ofLines) {
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
        if (random.nextInt(4) == 0) {
            b.firstPurchase();
        }
        if (random.nextInt(4) == 0) {
            b.birthdayMonth();
        }
        b.minOrderMinor(random.nextBoolean() ? 0 : points(0));
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

package io.tallymark.ledger;

import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.LineRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random programs, orders and refunds, biased to edges: few texts, so that conditions hold often; ties; limits. */
final class EarnRandom {
    private static final String[] TEXTS = {"", "a", "b", "店铺", "tv-55", "a-long-text-of-more-than-8-bytes"};
    private static final long[] DENOMINATORS = {1, 3, 7, 20, 100, 100, 100, 128, 500};
    private static final long[] MULTIPLIERS = {
        1_000_000, 1_000_001, 1_100_000, 1_500_000, 1_500_000, 2_000_000, 2_000_000, 3_000_000, 1_333_333, 1_000_000_000
    };
    private static final long TIME_MS = Desk.NOON_MS;
    private static final long DAY_MS = CompiledProgram.DAY_MS;

    private final Random random;

    EarnRandom(final long seed) {
        random = new Random(seed);
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(final int n) {
        return random.nextInt(n) == 0;
    }

    private long pick(final long... values) {
        return values[random.nextInt(values.length)];
    }

    private String text() {
        return TEXTS[1 + random.nextInt(TEXTS.length - 1)];
    }

    CompiledProgram program() {
        final CompiledProgram.Builder b = CompiledProgram.builder("random")
                .currency("CNY")
                .utcOffsetMinutes((int) pick(0, 480, -570, 1_080))
                .baseRate(1 + random.nextInt(5), pick(DENOMINATORS));
        final int tiers = random.nextInt(4);
        for (int i = 1; i <= tiers; i++) {
            b.addTier("t" + i, 100L * i, pick(MULTIPLIERS));
        }
        if (oneIn(3)) {
            b.baseWhen(condition(tiers, oneIn(2)));
        }
        if (oneIn(3)) {
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                b.addLineRate(new LineRate(condition(tiers, true), 1 + random.nextInt(9), pick(DENOMINATORS)));
            }
        }
        final boolean ofLines = !oneIn(3);
        final int campaigns = oneIn(6) ? 0 : oneIn(10) ? 20 : 1 + random.nextInt(5);
        int multiplying = 0;
        for (int i = 0; i < campaigns; i++) {
            final Campaign c = campaign(i, tiers, ofLines, multiplying < EarnPlan.MAX_MULTIPLYING);
            multiplying += c.mode() == Campaign.Mode.MULTIPLY ? 1 : 0;
            b.addCampaign(c);
        }
        if (oneIn(3)) {
            b.caps(new EarnCaps(
                    oneIn(2) ? -1 : 1 + random.nextInt(2_000),
                    oneIn(2),
                    oneIn(2) ? -1 : 1 + random.nextInt(5_000),
                    oneIn(2)));
        }
        return b.build();
    }

    private Campaign campaign(final int i, final int tiers, final boolean ofLines, final boolean mayMultiply) {
        final Campaign.Mode mode = Campaign.Mode.values()[random.nextInt(3)];
        final Campaign.Mode allowed = mode == Campaign.Mode.MULTIPLY && !mayMultiply ? Campaign.Mode.ADD : mode;
        final boolean bonus = allowed == Campaign.Mode.BONUS;
        return new Campaign(
                (char) ('z' - i) + "-" + i,
                random.nextInt(3),
                allowed,
                bonus ? 0 : Math.max(1_000_001, pick(MULTIPLIERS)),
                bonus ? 1 + random.nextInt(100) : 0,
                bonus && ofLines && oneIn(2),
                oneIn(2) ? "" : "g" + random.nextInt(2),
                oneIn(3) ? Condition.ALWAYS : condition(tiers, ofLines),
                oneIn(4) ? 1 + random.nextInt(500) : -1,
                oneIn(4) ? 1 + random.nextInt(3_000) : -1,
                oneIn(4) ? 1 + random.nextInt(1_000) : -1,
                oneIn(4) ? 1 + random.nextInt(10_000) : -1);
    }

    private Condition condition(final int tiers, final boolean ofLines) {
        final Condition.Builder b = Condition.builder();
        final int asked = ofLines ? 14 : 9;
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            switch (random.nextInt(asked)) {
                case 0 ->
                    b.between(oneIn(2) ? Condition.NO_TIME : TIME_MS - DAY_MS, TIME_MS + random.nextInt(4) * DAY_MS);
                case 1 -> b.minutes(2 * random.nextInt(720), 1 + 2 * random.nextInt(720));
                case 2 -> b.weekdays(1 + random.nextInt(127));
                case 3 -> b.monthDays(random.nextInt() & ~1 | 1 << 22);
                case 4 -> b.channels(listed("a", text()));
                case 5 -> b.stores(listed(text(), "b", "c"));
                case 6 -> {
                    if (tiers > 0) {
                        b.tiers("t" + (1 + random.nextInt(tiers)));
                    }
                }
                case 7 -> b.minOrderMinor(random.nextInt(20_000));
                case 8 -> {
                    if (oneIn(2)) {
                        b.firstPurchase();
                    } else {
                        b.birthdayMonth();
                    }
                }
                case 9 -> b.skus(listed(text(), text()));
                case 10 -> b.categories(listed(text(), text(), "a"));
                case 11 -> b.brands(listed(text()));
                default -> b.fullPrice();
            }
        }
        return b.build();
    }

    /** What a program may list: nothing empty, nothing twice. */
    private static String[] listed(final String... texts) {
        return Arrays.stream(texts).filter(text -> !text.isEmpty()).distinct().toArray(String[]::new);
    }

    EarnOracle.Order order(final CompiledProgram program) {
        final EarnOracle.Order o = new EarnOracle.Order();
        o.eventMs = TIME_MS + random.nextInt(4) * DAY_MS + random.nextInt(2 * (int) DAY_MS) - DAY_MS;
        o.tier = random.nextInt(program.tiers().size() + 1);
        o.first = oneIn(3);
        o.birthday = oneIn(3);
        o.channel = TEXTS[random.nextInt(3)];
        o.store = TEXTS[random.nextInt(4)];
        if (oneIn(10) && !program.campaigns().isEmpty()) {
            o.paused = Set.of(program.campaigns()
                    .get(random.nextInt(program.campaigns().size()))
                    .id());
        }
        if (oneIn(4)) {
            o.amount = amount(1);
            return o;
        }
        final int lines = oneIn(50) ? 40 : 1 + random.nextInt(4);
        int number = 0;
        for (int i = 0; i < lines; i++) {
            number += 1 + random.nextInt(oneIn(10) ? 100 : 1);
            final long lineMinor = o.amount == 0 && i == lines - 1 ? amount(1) : amount(0);
            o.lines.add(new EarnOracle.Line(
                    number,
                    oneIn(100) ? Integer.MAX_VALUE : 1 + random.nextInt(4),
                    lineMinor,
                    oneIn(4),
                    oneIn(8),
                    TEXTS[random.nextInt(TEXTS.length)],
                    TEXTS[random.nextInt(TEXTS.length)],
                    TEXTS[random.nextInt(3)]));
            o.amount += lineMinor;
        }
        return o;
    }

    private long amount(final int least) {
        return switch (random.nextInt(40)) {
            case 0 -> least;
            case 1 -> 1_000_000_000_000_000L / 50 - random.nextInt(100);
            case 2 -> random.nextInt(3) + least;
            default -> 1 + random.nextInt(20_000);
        };
    }

    /** Parts of a refund by lines, mostly of lines that there are. */
    List<EarnBench.Part> parts(final EarnOracle.Order o) {
        final List<EarnBench.Part> parts = new ArrayList<>();
        for (final EarnOracle.Line l : o.linesOrOne()) {
            if (!oneIn(2)) {
                continue;
            }
            final boolean ofQuantity = oneIn(2) || l.amount() == 0;
            final long left = l.amount() - o.refundedAmount.getOrDefault(l.number(), 0L);
            final int units = l.quantity() - o.refundedQuantity.getOrDefault(l.number(), 0);
            parts.add(new EarnBench.Part(
                    l.number() + (oneIn(100) ? 50_000 : 0),
                    ofQuantity ? 1 + random.nextInt(Math.max(1, units)) : 0,
                    ofQuantity ? 0 : 1 + (long) (random.nextDouble() * left) / (1 + random.nextInt(3))));
        }
        parts.sort(java.util.Comparator.comparingInt(EarnBench.Part::number));
        return parts;
    }

    long part(final long of) {
        return 1 + (long) (random.nextDouble() * of);
    }

    Burn burn() {
        final List<Burn.BurnCampaign> campaigns = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            campaigns.add(new Burn.BurnCampaign(
                    "b" + (9 - i),
                    pick(1_000_001, 2_000_000, 2_000_000, 1_500_000, 1_000_000_000),
                    condition(0, false)));
        }
        return new Burn(pick(1, 100, 333, 1_000_000_000L), pick(1, 80, 7, 1_000_000_000_000L), -1, -1, campaigns);
    }
}

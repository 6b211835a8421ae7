package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.ledger.program.LineRate;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic at the ends of its range, and its numbers beside big integers. */
final class EarnExtremesTest {
    private static final long MAX_MICROS = CompiledProgram.MAX_MULTIPLIER_MICROS;
    private final OrderDraft draft = new OrderDraft();

    private static Campaign campaign(final String id, final Campaign.Mode mode, final long micros) {
        return new Campaign(id, 1, mode, micros, 0, false, "", Condition.ALWAYS, -1, -1, -1, -1);
    }

    /** Denominators as large and as coprime as they may be: nothing is left to shorten. */
    private static CompiledProgram worst(final long tierMicros, final long ratePoints, final long micros) {
        final CompiledProgram.Builder b = CompiledProgram.builder("p")
                .currency("CNY")
                .baseRate(ratePoints, 999_983)
                .addLineRate(new LineRate(Condition.builder().skus("odd").build(), ratePoints, 1_000_003))
                .addTier("top", 0, tierMicros);
        for (int i = 0; i < 56; i++) {
            b.addCampaign(campaign("a" + (10 + i), Campaign.Mode.ADD, micros - 2 * i));
        }
        for (int i = 0; i < EarnPlan.MAX_MULTIPLYING; i++) {
            b.addCampaign(campaign("m" + i, Campaign.Mode.MULTIPLY, micros));
        }
        return b.build();
    }

    private static EarnOracle.Order thousandLines(final long amountMinor) {
        final EarnOracle.Order o = new EarnOracle.Order();
        o.eventMs = Desk.NOON_MS;
        o.tier = 1;
        for (int i = 1; i <= Limits.MAX_LINES; i++) {
            final String sku = i % 2 == 0 ? "odd" : "even";
            o.lines.add(new EarnOracle.Line(i, 1, amountMinor / Limits.MAX_LINES, false, false, sku, "", ""));
        }
        o.amount = o.lines.stream().mapToLong(EarnOracle.Line::amount).sum();
        return o;
    }

    @Test
    void theLargestSumsAreTakenExactly() {
        // As many factors as can be without going beyond the limit; all denominators are 10^6, those of the rates
        // coprime.
        final CompiledProgram program = worst(1_000_001, 1, 2_000_003);
        final EarnBench bench = new EarnBench(program);
        final EarnOracle.Order o = thousandLines(Limits.MAX_VALUE);
        final EarnOracle oracle = new EarnOracle(program);
        assertTrue(oracle.earn(o));
        assertEquals(ResultCode.ACCEPTED, bench.earn(o, draft));
        assertEquals(o.base, draft.granted.basePoints);
        assertEquals(o.tierShare, draft.granted.tierPoints);
        assertEquals(o.shares.size(), draft.granted.count);
        int i = 0;
        for (final EarnOracle.Share share : o.shares.values()) {
            assertEquals(share.points, draft.granted.points[i++]);
        }
    }

    @Test
    void aboveTheLimitIsRefusedNotWrapped() {
        final EarnBench bench = new EarnBench(worst(MAX_MICROS, 999_999_937, MAX_MICROS));
        assertEquals(ResultCode.LIMIT_EXCEEDED, bench.earn(thousandLines(Limits.MAX_VALUE), draft));
        assertEquals(ResultCode.LIMIT_EXCEEDED, bench.earn(thousandLines(1_000_000), draft));
    }

    /** The bound of {@link EarnPlan} itself, run without stopping at the limit. */
    @Test
    void theStatedBoundFitsTheNumbers() {
        final EarnWide wide = new EarnWide(2);
        BigInteger plain = BigInteger.valueOf(Limits.MAX_VALUE);
        wide.set(0, Limits.MAX_VALUE);
        final long[] factors = {1_000_000_000L, 1_000_000_000_000L, 64_936L, 1_000_000L};
        for (final long factor : factors) {
            wide.multiply(0, factor);
            plain = plain.multiply(BigInteger.valueOf(factor));
        }
        for (int i = 0; i < EarnPlan.MAX_MULTIPLYING; i++) {
            wide.multiply(0, MAX_MICROS);
            plain = plain.multiply(BigInteger.valueOf(MAX_MICROS));
        }
        assertTrue(plain.bitLength() <= 400, "bits: " + plain.bitLength());
        BigInteger divisor = BigInteger.ONE;
        while (plain.divide(divisor).bitLength() > 50) {
            wide.divide(0, 999_999_999_989L);
            divisor = divisor.multiply(BigInteger.valueOf(999_999_999_989L));
        }
        assertEquals(plain.divide(divisor).longValueExact(), wide.points(0));
    }

    @Test
    void wideNumbersAreThoseOfBigIntegers() {
        final Random random = new Random(7);
        final EarnWide wide = new EarnWide(2);
        for (int round = 0; round < 100_000; round++) {
            final BigInteger[] plain = {edge(random), edge(random)};
            wide.set(0, plain[0].longValueExact());
            wide.set(1, plain[1].longValueExact());
            for (int step = random.nextInt(10); step > 0; step--) {
                final int i = random.nextInt(2);
                final BigInteger operand = edge(random);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        if (plain[i].bitLength() < 400) {
                            wide.multiply(i, operand.longValueExact());
                            plain[i] = plain[i].multiply(operand);
                        }
                    }
                    case 1 -> {
                        wide.add(i, wide, 1 - i);
                        plain[i] = plain[i].add(plain[1 - i]);
                    }
                    case 2 -> {
                        final BigInteger divisor = operand.shiftRight(1).max(BigInteger.ONE);
                        assertEquals(plain[i].mod(divisor).longValueExact(), wide.divide(i, divisor.longValueExact()));
                        plain[i] = plain[i].divide(divisor);
                    }
                    default -> {
                        final BigInteger divisor = operand.shiftRight(1).max(BigInteger.ONE);
                        wide.divideUp(i, divisor.longValueExact());
                        plain[i] =
                                plain[i].add(divisor).subtract(BigInteger.ONE).divide(divisor);
                    }
                }
                assertEquals(Integer.signum(plain[0].compareTo(plain[1])), Integer.signum(wide.compare(0, 1)));
                assertEquals(pointsOf(plain[i]), wide.points(i));
            }
        }
    }

    private static long pointsOf(final BigInteger plain) {
        return plain.compareTo(EarnOracle.LIMIT) > 0 ? EarnRules.TOO_MANY : plain.longValueExact();
    }

    private static BigInteger edge(final Random random) {
        final BigInteger power = BigInteger.ONE.shiftLeft(random.nextInt(63));
        return switch (random.nextInt(4)) {
            case 0 -> power.subtract(BigInteger.ONE);
            case 1 -> power;
            default -> new BigInteger(random.nextInt(64), random);
        };
    }

    @Test
    void moreWouldNotFitAndIsRefusedWhenTheVersionIsPrepared() {
        final CompiledProgram.Builder nine =
                CompiledProgram.builder("p").currency("CNY").baseRate(1, 100);
        for (int i = 0; i < 9; i++) {
            nine.addCampaign(campaign("m" + i, Campaign.Mode.MULTIPLY, 2_000_000));
        }
        assertThrows(InvalidProgramException.class, () -> new EarnPlan(nine.build(), id -> 0));
        assertThrows(InvalidProgramException.class, () -> new EarnPlan(worst(1, 1, 1_000_000), id -> 0));
        final CompiledProgram.Builder coprime = CompiledProgram.builder("p")
                .currency("CNY")
                .baseRate(1, 1_000_003)
                .addLineRate(new LineRate(Condition.ALWAYS, 1, 1_000_000));
        assertThrows(InvalidProgramException.class, () -> new EarnPlan(coprime.build(), id -> 0));
    }

    @Test
    void pricesInPointsRoundUpAndTakeTheLargestCampaign() {
        final EarnFacts facts = new EarnFacts();
        facts.clear();
        for (long seed = 1; seed <= 20_000; seed++) {
            final EarnRandom random = new EarnRandom(seed);
            final Burn burn = random.burn();
            final CompiledProgram program = CompiledProgram.builder("p")
                    .currency("CNY")
                    .baseRate(1, 100)
                    .burn(burn)
                    .build();
            final BurnRules rules = new BurnRules(program);
            final EarnOracle.Order o = random.order(program);
            facts.at(o.eventMs, 0);
            facts.amountMinor = o.amount;
            facts.firstPurchase = o.first;
            facts.birthdayMonth = o.birthday;
            facts.textsOf(new EarnBench(program).commandOf(o));
            final EarnOracle oracle = new EarnOracle(program);
            Burn.BurnCampaign largest = null;
            for (final Burn.BurnCampaign c : burn.campaigns()) {
                if (oracle.orderHolds(c.when(), o, o.amount)
                        && (largest == null
                                || c.multiplierMicros() > largest.multiplierMicros()
                                || c.multiplierMicros() == largest.multiplierMicros()
                                        && c.id().compareTo(largest.id()) < 0)) {
                    largest = c;
                }
            }
            final int place = rules.campaignFor(facts);
            assertEquals(largest, place < 0 ? null : burn.campaigns().get(place), "seed " + seed);
            final long micros = largest == null ? 1_000_000 : largest.multiplierMicros();
            final BigInteger price =
                    EarnOracle.price(BigInteger.valueOf(o.amount), burn.ratePoints(), burn.rateMinor(), micros);
            assertEquals(pointsOf(price), rules.points(o.amount, facts), "seed " + seed);
        }
    }
}

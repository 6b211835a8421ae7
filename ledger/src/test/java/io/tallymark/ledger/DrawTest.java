package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Draw.Prize;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on draws, in numbers. */
class DrawTest {
    private static final long NONE = CompiledProgram.UNLIMITED;

    private static Prize points(final long points, final long odds, final long of, final long stock) {
        return new Prize(Draw.Kind.POINTS, "", points, odds, of, stock);
    }

    private static RewardBench bench(final Offer offer, final Prize... prizes) {
        return new RewardBench(Catalogue.builder()
                .add(Reward.of("tote", Offer.of(5, 0).withStock(7)))
                .add(new Draw("wheel", offer, List.of(prizes))));
    }

    private static Command draw(final String document, final long member, final long bits) {
        return RewardBench.about(CommandType.DRAW, document, member, "wheel").randomBits(bits);
    }

    private static String told(final Outcome o) {
        assertEquals(ResultCode.ACCEPTED, o.code);
        final String prize = o.rows.count() == 0
                ? "nothing"
                : new String(o.rows.text(0), StandardCharsets.US_ASCII) + " " + o.rows.value(0, 0) + " "
                        + o.rows.value(0, 1);
        return prize + ", " + o.points + " " + o.availablePoints;
    }

    @Test
    void oddsAreExactToTheLastBit() {
        // 2^64 ÷ 3 = 6,148,914,691,236,517,205.33; with one half more, 15,372,286,728,091,293,013.33.
        final RewardBench b = bench(Offer.of(0, 0), points(1, 1, 3, NONE), points(2, 1, 2, NONE));
        b.points(1, 10);
        final String[] expected = {"points 1 1", "points 2 2", "points 2 2", "nothing", "points 1 1", "nothing"};
        final long[] bits = {
            6_148_914_691_236_517_205L,
            6_148_914_691_236_517_206L,
            Long.parseUnsignedLong("15372286728091293013"),
            Long.parseUnsignedLong("15372286728091293014"),
            0,
            -1
        };
        for (int i = 0; i < bits.length; i++) {
            final String told = told(b.desk.apply(draw("b" + i, 1, bits[i])));
            assertEquals(expected[i], told.substring(0, told.indexOf(',')));
        }
    }

    @Test
    void oddsOfOneTogetherAlwaysWin() {
        final RewardBench b = bench(Offer.of(0, 0), points(1, 1, 2, NONE), points(2, 1, 2, NONE));
        b.points(1, 10);
        assertEquals("points 1 1, 1 11", told(b.desk.apply(draw("a", 1, Long.MAX_VALUE))));
        assertEquals("points 2 2, 2 13", told(b.desk.apply(draw("b", 1, Long.MIN_VALUE))));
        assertEquals("points 2 2, 2 15", told(b.desk.apply(draw("c", 1, -1))));
    }

    @Test
    void aDrawCostsPointsAndAPrizeWithoutStockGivesNothing() {
        final RewardBench b = bench(
                Offer.of(30, 0).withLimit(new Limit(Activity.Per.DAY, 4)),
                new Prize(Draw.Kind.REWARD, "tote", 0, 1, 4, 1),
                points(100, 1, 4, NONE));
        b.points(1, 100);
        assertEquals("reward/tote 1 0, -30 70", told(b.desk.apply(draw("a", 1, 0))));
        assertEquals("nothing, -30 40", told(b.desk.apply(draw("b", 1, 0))));
        b.stock("tote", 7, 7, 0, 0).stock("wheel/1", 1, 0, 1, 0).stock("wheel/2", -1, -1, 0, -1);
        b.expect(ResultCode.ACCEPTED, b.restock("wheel/1", 1));
        b.expect(ResultCode.NOT_OFFERED, b.restock("wheel/2", 1))
                .expect(ResultCode.NOT_OFFERED, b.restock("wheel/3", 1));
        assertEquals("reward/tote 1 0, -30 10", told(b.desk.apply(draw("c", 1, 0))));
        b.expect(ResultCode.INSUFFICIENT_POINTS, b.desk.apply(draw("d", 1, 0)));
        b.points(1, 20);
        // A quarter: the second prize. It is available at once, and what came of it is told again.
        final Outcome won = b.desk.apply(draw("e", 1, 1L << 62));
        assertEquals("points 2 100, 70 100", told(won));
        final Outcome again = b.desk.apply(draw("e", 1, 77));
        assertTrue(again.replayed);
        assertEquals("points 2 100, 70 100", told(again));
        b.expect(ResultCode.RULE_LIMIT_REACHED, b.desk.apply(draw("f", 1, 0)));
        b.expect(ResultCode.ORIGINAL_NOT_FOUND, b.end(CommandType.REVERSE, "e"));
        b.desk.afterDays(1);
        b.expect(ResultCode.ACCEPTED, b.desk.apply(draw("g", 1, -1)));
    }

    @Test
    void prizesComeAsOftenAsTheirOddsSayAndTheSameCommandsGiveTheSamePrizes() {
        final long seed = System.nanoTime();
        final int draws = 1_000_000;
        final Prize[] prizes = {
            points(500, 1, 10_000, NONE), points(50, 3, 1_000, NONE), points(5, 1, 7, NONE), points(1, 1, 2, NONE)
        };
        final long[] first = play(seed, draws, prizes);
        System.out.println("DrawTest: seed " + seed + ", prizes " + Arrays.toString(first));
        double rest = draws;
        for (int i = 0; i < prizes.length; i++) {
            final double p = (double) prizes[i].oddsNumerator() / prizes[i].oddsDenominator();
            assertWithin5Sigma(seed, i, draws, p, first[i]);
            rest -= first[i];
        }
        final double nothing = 1 - (0.0001 + 0.003 + 1.0 / 7 + 0.5);
        assertWithin5Sigma(seed, prizes.length, draws, nothing, (long) rest);
        assertEquals(Arrays.toString(first), Arrays.toString(play(seed, draws, prizes)));
    }

    private static void assertWithin5Sigma(
            final long seed, final int prize, final int draws, final double p, final long count) {
        final double sigma = Math.sqrt(draws * p * (1 - p));
        assertTrue(
                Math.abs(count - draws * p) <= 5 * sigma,
                "seed " + seed + ": prize " + prize + " came " + count + " times instead of " + draws * p);
    }

    /** How often each prize came, then the halves of the state's hash. */
    private static long[] play(final long seed, final int draws, final Prize... prizes) {
        final RewardBench b = bench(Offer.of(0, 0), prizes);
        b.points(1, 1);
        final SplittableRandom random = new SplittableRandom(seed);
        final Ledger ledger = b.desk.ledger;
        final long[] result = new long[prizes.length + 2];
        final Outcome o = new Outcome();
        long rows = 17;
        for (int i = 0; i < draws; i++) {
            // A day passes: keys come and go.
            b.desk.after(i % 1_000 == 0 ? CompiledProgram.DAY_MS : 0);
            ledger.apply(draw("x" + i, 1, random.nextLong()), ledger.lastSequence() + 1, b.desk.nowMs, o);
            if (o.rows.count() > 0) {
                assertEquals(RowKind.PRIZE, o.rows.kind());
                result[(int) o.rows.value(0, 0) - 1]++;
                rows = rows * 31 + o.rows.value(0, 0) * o.sequence;
            }
        }
        result[prizes.length] = ledger.stateHash().high();
        result[prizes.length + 1] = ledger.stateHash().low() ^ rows;
        return result;
    }
}

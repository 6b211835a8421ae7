package io.tallymark.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderStoryTest {
    private static final int ORDERS = 100_000;
    private static final int MEMBERS = 10_000;

    private final OrderStory story = OrderStory.tell(11, ORDERS, MEMBERS);

    @Test
    void theSameSeedTellsTheSameStoryOnEveryMachine() {
        assertEquals(digest(story), digest(OrderStory.tell(11, ORDERS, MEMBERS)));
        assertNotEquals(digest(story), digest(OrderStory.tell(12, ORDERS, MEMBERS)));
        assertEquals(145_567_693, digest(OrderStory.tell(11, 1_000, 100)), "pinned: as on every JDK before");
    }

    private static int digest(final OrderStory story) {
        int digest = 1;
        for (int i = 0; i < story.size(); i++) {
            digest = 31 * digest + story.deed(i).ordinal();
            digest = 31 * digest + Long.hashCode(story.memberId(i));
            digest = 31 * digest + Long.hashCode(story.value(i));
            digest = 31 * digest + story.original(i);
            digest = 31 * digest + story.hoursLate(i);
        }
        return digest;
    }

    @Test
    void aboutTwoInAHundredAreLateOrDoubledAndAFewMalformed() {
        final Map<Deed, Integer> counts = new EnumMap<>(Deed.class);
        for (int i = 0; i < story.dayEnd(); i++) {
            counts.merge(story.deed(i), 1, Integer::sum);
        }
        assertEquals(ORDERS, story.dayEnd());
        assertBetween(1_700, counts.get(Deed.LATE) + counts.get(Deed.DOUBLED), 2_300);
        for (final Deed deed : new Deed[] {Deed.CHANGED, Deed.NEGATIVE, Deed.UNKNOWN_PROGRAM, Deed.AMOUNT_MISMATCH}) {
            assertBetween(50, counts.get(deed), 150);
        }
        assertEquals(null, counts.get(Deed.REDEMPTION));
        for (int i = story.dayEnd(); i < story.redemptionsEnd(); i++) {
            assertEquals(Deed.REDEMPTION, story.deed(i));
        }
        for (int i = story.redemptionsEnd(); i < story.saleEnd(); i++) {
            assertEquals(Deed.ATTEMPT, story.deed(i));
        }
        for (int i = story.saleEnd(); i < story.size(); i++) {
            assertEquals(Deed.ORDER, story.deed(i));
        }
    }

    @Test
    void everyBuyerTriesOnceAndATenthOfThemTwice() {
        final Map<Long, Integer> attempts = new HashMap<>();
        for (int i = story.redemptionsEnd(); i < story.saleEnd(); i++) {
            attempts.merge(story.memberId(i), 1, Integer::sum);
        }
        assertEquals(3_000, story.buyers());
        assertEquals(3_000, attempts.size());
        assertEquals(300, attempts.values().stream().filter(n -> n == 2).count());
        assertEquals(3_300, story.saleEnd() - story.redemptionsEnd());
        assertEquals(40, OrderStory.tell(11, 1_000, 40).buyers(), "all there are");
    }

    @Test
    void aDoubledOrderIsAnEarlierOneAndAChangedOneDiffersInItsAmount() {
        for (int i = 0; i < story.size(); i++) {
            final int original = story.original(i);
            if (story.deed(i) != Deed.DOUBLED && story.deed(i) != Deed.CHANGED) {
                assertEquals(i, original);
                continue;
            }
            assertTrue(original < i);
            assertTrue(story.deed(original) == Deed.ORDER || story.deed(original) == Deed.LATE);
            assertEquals(story.memberId(original), story.memberId(i));
            assertEquals(story.hoursLate(original), story.hoursLate(i));
            assertEquals(story.deed(i) == Deed.DOUBLED, story.value(original) == story.value(i));
        }
    }

    @Test
    void aFewMembersOrderMuchAndMostNowAndThen() {
        final int[] orders = new int[MEMBERS];
        final Set<Long> seen = new HashSet<>();
        for (int i = 0; i < story.dayEnd(); i++) {
            orders[Population.number(story.memberId(i))]++;
            seen.add(story.memberId(i));
        }
        final long[] amounts = IntStream.range(0, story.dayEnd())
                .filter(i -> story.deed(i) == Deed.ORDER)
                .mapToLong(story::value)
                .sorted()
                .toArray();
        Arrays.sort(orders);
        final int topTenth = Arrays.stream(orders, MEMBERS * 9 / 10, MEMBERS).sum();
        assertBetween(40_000, topTenth, 70_000);
        assertBetween(3, orders[MEMBERS / 2], 8);
        assertBetween(100, orders[MEMBERS - 1], 500);
        assertTrue(seen.size() > MEMBERS * 9 / 10);
        assertTrue(amounts[0] > 0);
        assertBetween(8_700, amounts[amounts.length / 2], 9_300);
        final double mean = Arrays.stream(amounts).average().orElseThrow();
        assertBetween(13_000, (long) mean, 14_000);
    }

    @Test
    void theMiddleQuarterOfTheDayHasElevenTimesTheBaseRate() {
        final DayCurve curve = new DayCurve(200_000, 16);
        final int[] perQuarterSecond = new int[64];
        long before = 0;
        for (int i = 0; i < curve.orders(); i++) {
            final long plannedNs = curve.plannedNs(i);
            assertTrue(plannedNs >= before, "planned times never go back");
            before = plannedNs;
            perQuarterSecond[(int) (plannedNs / 250_000_000L)]++;
            final long fromEdgeNs =
                    Math.min(Math.abs(plannedNs - 6_000_000_000L), Math.abs(plannedNs - 10_000_000_000L));
            final boolean inTheMiddle = plannedNs > 6_000_000_000L && plannedNs < 10_000_000_000L;
            assertTrue(fromEdgeNs < 1_000_000 || curve.isPeak(i) == inTheMiddle, "order " + i);
        }
        assertBetween(890, perQuarterSecond[10], 896);
        assertBetween(890, perQuarterSecond[50], 896);
        assertBetween(9_818, perQuarterSecond[32], 9_826);
        assertEquals(4, curve.peakSeconds(), 0.01);
    }

    private static void assertBetween(final long least, final long found, final long most) {
        assertTrue(found >= least && found <= most, found + " is not within " + least + " and " + most);
    }
}

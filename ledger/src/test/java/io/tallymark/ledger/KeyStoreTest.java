package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys that come and go for a long time, in a store that grows under them, against a queue. */
final class KeyStoreTest {
    private static final int TODAY = 20_800;
    private static final int DAYS = 120;
    private static final int MOST_A_DAY = 6_000;

    private final KeyStore keys = new KeyStore(500, 1_000_000_000);
    private final Random random = new Random(20_261_122L);
    private final ArrayDeque<long[]> alive = new ArrayDeque<>();
    private final ArrayDeque<Long> gone = new ArrayDeque<>();
    private long made;

    @Test
    void findsWhatIsAliveAndNothingElse() {
        for (int today = TODAY; today < TODAY + DAYS; today++) {
            while (!alive.isEmpty() && alive.peek()[1] <= today) {
                gone.add(alive.poll()[0]);
            }
            while (gone.size() > 10_000) {
                gone.poll();
            }
            // Little after much: what waits is deleted by ticks, as it is while nothing happens.
            final int count = random.nextInt(4) == 0 ? random.nextInt(10) : random.nextInt(MOST_A_DAY);
            for (int i = 0; i < count; i++) {
                add(++made, today);
                keys.deleteSome(today, keys.deletionsPerAdded(today));
            }
            for (int i = 0; i < 1_000; i++) {
                keys.deleteSome(today, Ledger.DELETIONS_WITHOUT_KEY);
            }
            check(today);
        }
        assertTrue(keys.stored() < made / 10, made + " made, " + keys.stored() + " stored");
    }

    private void add(final long key, final int today) {
        final boolean wide = random.nextBoolean();
        final int slot = keys.add(high(key), key, today + 4, today + 4, wide);
        keys.describe(slot, 0, key, 1, 0);
        alive.add(new long[] {key, today + 4});
    }

    private void check(final int today) {
        for (final long[] one : alive) {
            final int slot = keys.find(high(one[0]), one[0], today);
            assertTrue(slot != 0, "key " + one[0]);
            assertEquals(one[0], keys.sequence(slot));
        }
        for (final long key : gone) {
            assertEquals(0, keys.find(high(key), key, today));
        }
        assertTrue(keys.stored() >= alive.size());
    }

    /** Few hashes, so that many keys share one. */
    private static long high(final long key) {
        return key * 0x9E3779B97F4A7C15L & 0xFFFF_F000_FFFF_FFFFL;
    }
}

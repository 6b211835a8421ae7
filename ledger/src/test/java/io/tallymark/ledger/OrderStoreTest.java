package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Limits;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class OrderStoreTest {
    private static final int TODAY = 20_779;
    private static final int ENTRY_BYTES = 48;
    private static final int INDEX_BYTES = 16;

    private final KeyStore keys = new KeyStore(1_000, 1_000_000_000);
    private final OrderStore orders = new OrderStore(keys);
    private final OrderDraft o = new OrderDraft();
    private final RedemptionDraft r = new RedemptionDraft();
    private long sequence;

    /** Whether entries are added that can hold a short record themselves. */
    private boolean wide;

    private int add(final long key, final int keyEndDay, final int recordEndDay) {
        final int entry = keys.add(key * 0x9E3779B97F4A7C15L, key, keyEndDay, recordEndDay, wide);
        keys.describe(entry, key + 1, ++sequence, 1, key + 2);
        return entry;
    }

    private int find(final long key, final int today) {
        return keys.find(key * 0x9E3779B97F4A7C15L, key, today);
    }

    private int findRecord(final long key, final int today) {
        return keys.findRecord(key * 0x9E3779B97F4A7C15L, key, today);
    }

    @Test
    void recordsComeBackAsTheyWereSaved() {
        final long seed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("OrderStoreTest: seed " + seed);
        final Random random = new Random(seed);
        final RandomImages images = new RandomImages(random);
        final TreeMap<Integer, String> expected = new TreeMap<>();
        final List<Integer> entries = new ArrayList<>();
        for (int step = 0; step < 100_000; step++) {
            final boolean isNew = entries.size() < 3_000;
            wide = random.nextBoolean();
            final int entry = isNew ? add(step, TODAY, TODAY + 30) : entries.get(random.nextInt(entries.size()));
            final int kind = isNew ? 1 + random.nextInt(2) : orders.kind(entry);
            if (isNew) {
                entries.add(entry);
            } else {
                assertEquals(expected.get(entry), load(entry));
            }
            // An image that was loaded is what most saves change.
            if (kind == OrderStore.ORDER) {
                images.fill(o, 1 + random.nextInt(1 << 1 + random.nextInt(30)), step % 100 == 0 ? 1_000 : 12);
                orders.save(entry, o);
                expected.put(entry, RandomImages.text(o));
            } else {
                images.fill(r, 1 + random.nextInt(1 << 1 + random.nextInt(30)));
                orders.save(entry, r);
                expected.put(entry, RandomImages.text(r));
            }
        }
        expected.forEach((entry, text) -> {
            assertEquals(text, load(entry));
            assertEquals(TODAY, keys.keyEndDay(entry));
        });
        final long inline = expected.keySet().stream()
                .filter(entry -> !KeyStore.isBlob(keys.ref(entry)))
                .count();
        assertTrue(inline > 0 && inline < expected.size(), "standing in their entries: " + inline);
        assertEquals(expected.size() - inline, keys.arena().blocks());
    }

    private String load(final int entry) {
        if (orders.kind(entry) == OrderStore.ORDER) {
            o.clear();
            orders.load(entry, o);
            return RandomImages.text(o);
        }
        assertThrows(IllegalStateException.class, () -> orders.load(entry, o));
        orders.load(entry, r);
        return RandomImages.text(r);
    }

    @Test
    void theLongestOrderFits() {
        o.clear();
        o.memberSlot = Integer.MAX_VALUE;
        o.amountMinor = Limits.MAX_VALUE;
        for (int i = 0; i < Shares.MAX_CAMPAIGNS; i++) {
            o.granted.add(i, Limits.MAX_VALUE);
            o.granted.clipped[i] = Limits.MAX_VALUE;
            o.keptPoints[i] = Limits.MAX_VALUE - 1;
        }
        for (int i = 0; i < Limits.MAX_LINES; i++) {
            o.lines.add(i % 2 == 0 ? Integer.MAX_VALUE : 1, Integer.MAX_VALUE, Limits.MAX_VALUE - 1);
            o.lines.refundedQuantity[i] = Integer.MAX_VALUE;
            o.lines.refundedMinor[i] = Limits.MAX_VALUE;
            o.lines.rate[i] = i % 2 + 200;
            o.lines.campaigns[i] = -1L - i % 2;
        }
        final int entry = add(1, TODAY, TODAY);
        orders.save(entry, o);
        final String saved = RandomImages.text(o);
        assertEquals(saved, load(entry));
    }

    @Test
    void aKeyGoesAndItsRecordStays() {
        final int first = add(1, TODAY + 2, TODAY + 10);
        orders.saveHold(first, 5, 0);
        assertEquals(first, find(1, TODAY + 1));
        assertEquals(0, find(1, TODAY + 2), "the key is gone");
        assertEquals(first, findRecord(1, TODAY + 2));
        assertEquals(0, findRecord(2, TODAY));
        final int second = add(1, TODAY + 4, TODAY + 12);
        assertEquals(second, find(1, TODAY + 2));
        assertEquals(first, findRecord(1, TODAY + 2), "the second has no record");
        orders.saveHold(second, 6, 0);
        assertEquals(second, findRecord(1, TODAY + 2));
        assertEquals(second, findRecord(1, TODAY + 10), "the first is over");
        keys.deleteSome(TODAY + 10, 5);
        assertEquals(1, keys.stored());
        assertEquals(1, keys.arena().blocks());
        assertEquals(second, findRecord(1, TODAY + 11));
        assertEquals(0, findRecord(1, TODAY + 12));
        keys.deleteSome(TODAY + 12, 5);
        assertEquals(0, keys.arena().blocks(), "the blob went with its entry");
    }

    @Test
    void keysAndRecordsForEver() {
        final int mixed = add(1, TODAY + 2, KeyStore.FOREVER_DAY);
        final int forEver = add(2, KeyStore.FOREVER_DAY, KeyStore.FOREVER_DAY);
        orders.saveVersion(mixed, 65_535);
        orders.saveVersion(forEver, 7);
        keys.deleteSome(3_000_000, 10);
        assertEquals(0, find(1, TODAY + 2));
        assertEquals(mixed, findRecord(1, 3_000_000));
        assertEquals(forEver, find(2, 3_000_000));
        assertEquals(65_535, orders.version(mixed));
        assertEquals(TODAY + 2, keys.keyEndDay(mixed));
        assertEquals(KeyStore.FOREVER_DAY, keys.keyEndDay(forEver));
    }

    @Test
    void aHoldHasAStateBesideItsKey() {
        final int entry = add(9, TODAY + 3, TODAY + 5);
        orders.saveHold(entry, 77, 1L << 40);
        for (final int state : new int[] {OrderStore.CAPTURED, OrderStore.VOIDED, OrderStore.OPEN, 14}) {
            orders.holdState(entry, state);
            assertEquals(state, orders.holdState(entry));
            assertEquals(77, orders.holdMember(entry));
            assertEquals(1L << 40, orders.holdCashMinor(entry));
            assertEquals(TODAY + 3, keys.keyEndDay(entry));
            assertEquals(entry, find(9, TODAY));
        }
        assertEquals(sequence, orders.holdNumber(entry));
        assertEquals(OrderStore.HOLD, orders.kind(entry));
    }

    /** A stream of orders by day against a queue: what must be found is, and memory does not grow. */
    @Test
    void entriesGoInTheOrderOfTheirRecordsEnds() {
        final Random random = new Random(3);
        final ArrayDeque<long[]> alive = new ArrayDeque<>();
        long key = 0;
        long bytesAfterWarmUp = 0;
        for (int today = TODAY; today < TODAY + 60; today++) {
            final int now = today;
            while (!alive.isEmpty() && alive.peek()[1] <= now) {
                alive.poll();
            }
            for (int i = 0; i < 2_000; i++) {
                final int entry = add(++key, today + 3, today + 8);
                orders.saveHold(entry, (int) key, 0);
                alive.add(new long[] {key, today + 8, today + 3});
                keys.deleteSome(today, keys.deletionsPerAdded(today));
            }
            for (final long[] one : alive) {
                if (random.nextInt(20) == 0) {
                    final int entry = findRecord(one[0], now);
                    assertEquals((int) one[0], orders.holdMember(entry));
                    assertEquals(one[2] > now ? entry : 0, find(one[0], now));
                }
            }
            if (today == TODAY + 20) {
                bytesAfterWarmUp = keys.arena().pageBytes();
            }
        }
        assertEquals(bytesAfterWarmUp, keys.arena().pageBytes());
    }

    @Test
    void anOrderTakesAsManyBytesAsPublished() {
        final int plain = print("one line, no line rules", 0, 0, 9_990);
        final int dear = print("one line, no line rules, ¥99,999.90, two campaigns", 0, 2, 9_999_990);
        print("one line, line rules", 1, 0, 9_990);
        final int one = print("one line, line rules, a campaign", 1, 1, 9_990);
        final int five = print("five lines, line rules, a campaign", 5, 1, 99_900);
        assertTrue(plain <= 96, plain + " B");
        assertTrue(dear <= 112, dear + " B");
        assertTrue(one <= 96, one + " B");
        assertTrue(five <= 128, five + " B");
    }

    /** Publishes what an order of ten million members takes with its key; returns the bytes. */
    private int print(final String what, final int lines, final int campaigns, final long amountMinor) {
        o.clear();
        o.memberSlot = 9_876_543;
        o.version = 37;
        o.amountMinor = amountMinor;
        o.tierRank = 3;
        o.eventDay = TODAY;
        o.visit = true;
        o.granted.basePoints = amountMinor / 100;
        o.granted.tierPoints = amountMinor / 200;
        for (int i = 0; i < campaigns; i++) {
            o.granted.add(i * 3, amountMinor / 100);
            o.keptPoints[i] = amountMinor / 100;
        }
        o.retainedPoints = o.granted.total();
        o.expiryDay = TODAY + 395;
        for (int i = 0; i < lines; i++) {
            o.lines.add(i + 1, i % 2 + 1, amountMinor / lines);
            o.lines.campaigns[i] = campaigns == 0 || i % 2 == 1 ? 0 : 1;
        }
        wide = orders.pack(o);
        final int entry = add(++sequence, TODAY + 30, TODAY + 395);
        orders.save(entry, o);
        if (wide) {
            assertFalse(KeyStore.isBlob(keys.ref(entry)));
            final int bytes = ENTRY_BYTES + KeyStore.INLINE_BYTES + INDEX_BYTES;
            System.out.println("order, " + what + ": " + bytes + " B in a wide entry");
            return bytes;
        }
        final int blob = keys.arena().length(keys.ref(entry));
        final int bytes = ENTRY_BYTES + INDEX_BYTES + BlockArena.blockBytes(blob);
        System.out.println("order, " + what + ": " + bytes + " B (entry " + ENTRY_BYTES + ", index " + INDEX_BYTES
                + ", block " + BlockArena.blockBytes(blob) + " for " + (blob + 2) + ")");
        return bytes;
    }

    @Test
    void plainOrdersComeBackUpToTheirBounds() {
        final int[] versions = {1, (1 << 14) - 1, 1 << 14};
        final long[] values = {1, Limits.MAX_VALUE};
        final long[] tierPoints = {0, 0xFFFF_FFFFL, 1L << 32};
        for (final int version : versions) {
            for (final long value : values) {
                for (final long tier : tierPoints) {
                    o.clear();
                    o.memberSlot = Integer.MAX_VALUE;
                    o.version = version;
                    o.amountMinor = value;
                    o.tierRank = 64;
                    o.visit = version == 1;
                    o.eventDay = -1;
                    o.granted.basePoints = value;
                    o.granted.tierPoints = tier;
                    o.retainedPoints = value + tier;
                    o.expiryDay = Expiry.NEVER_DAY;
                    final String before = RandomImages.text(o);
                    orders.pack(o);
                    final int entry = keys.add(++sequence, 1, TODAY, TODAY, true);
                    orders.savePacked(entry);
                    final boolean isPlain = version < 1 << 14 && tier <= 0xFFFF_FFFFL;
                    assertEquals(isPlain, keys.ref(entry) == KeyStore.PLAIN_REF);
                    assertEquals(before, load(entry));
                    o.refundedMinor = 1;
                    orders.save(entry, o);
                    assertTrue(keys.ref(entry) != KeyStore.PLAIN_REF);
                    assertEquals(RandomImages.text(o), load(entry));
                }
            }
        }
    }

    @Test
    void savingAndLoadingAllocateNothing() {
        final RandomImages images = new RandomImages(new Random(8));
        images.fill(r, 5);
        final int order = add(1, TODAY, TODAY);
        final int redemption = add(2, TODAY, TODAY);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        images.fill(o, 5, 20);
        for (int attempt = 0; attempt < 20 && least > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50_000; i++) {
                o.lines.count = i % 20;
                orders.save(order, o);
                orders.load(order, o);
                orders.save(redemption, r);
                orders.load(redemption, r);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}

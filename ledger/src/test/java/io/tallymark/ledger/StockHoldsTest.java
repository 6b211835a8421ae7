package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The queue of open holds against a list that is searched through. */
class StockHoldsTest {
    private static final long SEED = 20261122;

    private record Hold(int rule, long number, long deadlineMs) {}

    @Test
    void duesAreCountedAndPoppedAsAListSays() {
        final Random random = new Random(SEED);
        final StockHolds holds = new StockHolds();
        final List<Hold> open = new ArrayList<>();
        long now = 1_000;
        for (long step = 1; step <= 60_000; step++) {
            now += random.nextInt(3);
            final long time = now;
            final int rule = random.nextInt(5);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    final Hold hold = new Hold(rule, step, now + random.nextInt(1_500));
                    holds.add(rule, step, hold.deadlineMs);
                    open.add(hold);
                }
                case 3 -> {
                    if (!open.isEmpty()) {
                        holds.remove(open.remove(random.nextInt(open.size())).number);
                    }
                }
                case 4 -> {
                    final int atMost = random.nextInt(6);
                    final List<Hold> due = open.stream()
                            .filter(h -> h.rule == rule && h.deadlineMs <= time)
                            .sorted((a, b) -> a.deadlineMs != b.deadlineMs
                                    ? Long.compare(a.deadlineMs, b.deadlineMs)
                                    : Long.compare(a.number, b.number))
                            .limit(atMost)
                            .toList();
                    assertEquals(due.size(), holds.pop(rule, now, atMost), "seed " + SEED + ", step " + step);
                    open.removeAll(due);
                }
                default -> {
                    final long due = open.stream()
                            .filter(h -> h.rule == rule && h.deadlineMs <= time)
                            .count();
                    assertEquals(due, holds.due(rule, now, Long.MAX_VALUE), "seed " + SEED + ", step " + step);
                    assertEquals(Math.min(due, 3), holds.due(rule, now, 3));
                }
            }
            assertEquals(open.size(), holds.count());
        }
        final long time = now;
        final Set<Hold> seen = new HashSet<>();
        holds.forEachOpen(now, (rule, number, deadlineMs) -> seen.add(new Hold(rule, number, deadlineMs)));
        assertEquals(
                new HashSet<>(open.stream().filter(h -> h.deadlineMs > time).toList()), seen);
        assertThrows(IllegalStateException.class, () -> holds.remove(1L << 40));
    }
}

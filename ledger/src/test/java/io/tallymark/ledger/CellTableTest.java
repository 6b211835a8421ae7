package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Long runs of cells across the end of a page and across the end of the table, where closing a gap is hardest. */
final class CellTableTest {
    private static final int CELLS = 2 * 32_768;
    private static final int CROWD = 96;

    @Test
    void closesGapsAcrossTheEndOfAPage() {
        churn(CELLS / 2 - CROWD / 2, 1);
    }

    @Test
    void closesGapsAcrossTheEndOfTheTable() {
        churn(CELLS - CROWD / 2, 2);
    }

    @Test
    void sweepsWhatIsGoneAndNothingElse() {
        final Random random = new Random(3);
        final long[] gone = {random.nextLong() & ~1L, random.nextLong()};
        for (int round = 0; round < 20; round++) {
            final CellTable table = new CellTable(CELLS);
            table.allocateAll();
            final List<Long> there = new ArrayList<>();
            // Runs are long where it is nearly full, and they cross pages and the end of the table.
            final int count = CELLS / 20 * round;
            for (int i = 1; i <= count; i++) {
                final int chunk = 1 + random.nextInt(127);
                final long cell = CellTable.cellOf(random.nextInt(), chunk << 16 | i & 0xFFFF);
                table.insert(cell);
                if ((gone[chunk / Long.SIZE] >>> chunk & 1) == 0) {
                    there.add(cell);
                }
            }
            long from = 0;
            while (from < table.capacity()) {
                from = table.sweep(from, Math.min(from + 1 + random.nextInt(3_000), table.capacity()), gone, 16);
            }
            int used = 0;
            for (int i = 0; i < table.capacity(); i++) {
                used += table.cell(i) == CellTable.EMPTY ? 0 : 1;
            }
            // Behind the beginning cells may have come back from it, and they were swept before.
            assertEquals(there.size(), used);
            checkAllAreFound(table, there);
        }
    }

    private static void churn(final int firstHome, final long seed) {
        final Random random = new Random(seed);
        final CellTable table = new CellTable(CELLS);
        table.allocateAll();
        final List<Long> there = new ArrayList<>();
        for (int step = 1; step <= 50_000; step++) {
            if (there.size() < CROWD * 2 / 3 || there.size() < CROWD && random.nextBoolean()) {
                final int home = (firstHome + random.nextInt(CROWD)) % CELLS;
                // A table of 2^16 cells has its homes in the upper 16 bits.
                final long cell = CellTable.cellOf(home << 16 | random.nextInt(1 << 16), step);
                table.insert(cell);
                there.add(cell);
            } else {
                final long gone = there.remove(random.nextInt(there.size()));
                assertTrue(table.delete(gone));
                assertFalse(table.delete(gone), "no trace is left");
            }
            check(table, there, firstHome);
        }
    }

    private static void checkAllAreFound(final CellTable table, final List<Long> there) {
        for (final long cell : there) {
            long at = table.home(CellTable.hash(cell));
            while (table.cell(at) != cell) {
                assertTrue(table.cell(at) != CellTable.EMPTY, "a gap hides a cell");
                at = table.next(at);
            }
        }
    }

    private static void check(final CellTable table, final List<Long> there, final int firstHome) {
        checkAllAreFound(table, there);
        int used = 0;
        for (int i = -CROWD; i < 3 * CROWD; i++) {
            used += table.cell((firstHome + i) % CELLS) == CellTable.EMPTY ? 0 : 1;
        }
        assertEquals(there.size(), used);
    }
}

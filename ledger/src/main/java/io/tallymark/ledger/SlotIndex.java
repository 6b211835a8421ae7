package io.tallymark.ledger;

/**
 * Finds slots by a 32-bit hash: linear probing over cells of 64 bits, the upper half the hash, the lower the slot. The
 * caller compares the key in the record. Because a cell knows its hash, deleting and growing read no records.
 *
 * <p>Growing is spread over insertions: from {@link #GROW_AT} on the pages of a table of twice the size are allocated
 * one by one, then cells move over a few at a time while both tables are searched. No insertion waits for a rehash.
 */
final class SlotIndex {
    /** Load at which growing begins; it ends below 0.6. Planned entries fill it to this: 16 bytes of index each. */
    static final double GROW_AT = 0.5;

    private static final int GUESSED_CELLS = 16;
    private static final int INSERTS_PER_PAGE = 256;
    private static final int MOVES_PER_INSERT = 32;

    private CellTable current;
    private CellTable growing;
    private CellTable leaving;
    private long moveFrom;
    private int insertsToNextPage;
    private long count;
    private long sweepFrom;

    private CellTable cursorTable;
    private long cursor;
    private int cursorHash;

    /** Whether the last search ended at an empty cell of the current table and nothing has changed since. */
    private boolean isCursorFree;

    /** @param expected entries that fit without growing */
    SlotIndex(final long expected) {
        current = new CellTable((long) (expected / GROW_AT) + 1);
        current.allocateAll();
    }

    /** Entries in it. */
    long count() {
        return count;
    }

    /** The first slot under a hash, 0: none. */
    int seek(final int hash) {
        cursorHash = hash;
        isCursorFree = false;
        cursorTable = current;
        cursor = current.home(hash);
        return probe();
    }

    /** The next slot under the hash of {@link #seek}, 0: none. */
    int seekNext() {
        return probe();
    }

    private int probe() {
        while (true) {
            final CellTable table = cursorTable;
            final long at = table.seek(cursor, cursorHash);
            final long cell = table.cell(at);
            if (cell != CellTable.EMPTY) {
                cursor = table.next(at);
                return CellTable.slot(cell);
            }
            if (leaving == null || table == leaving) {
                cursor = at;
                isCursorFree = table == current;
                return 0;
            }
            cursorTable = leaving;
            cursor = leaving.home(cursorHash);
        }
    }

    /** Adds a slot; the caller has made sure that it is not there. */
    void insert(final int hash, final int slot) {
        final long cell = CellTable.cellOf(hash, slot);
        if (isCursorFree && cursorHash == hash) {
            // The search that did not find it ended where it belongs.
            current.put(cursor, cell);
        } else {
            current.insert(cell);
        }
        isCursorFree = false;
        count++;
        if (leaving != null) {
            move();
        } else if (growing != null || count > current.capacity() * GROW_AT) {
            prepare();
        }
    }

    /** Removes a slot that is there. */
    void delete(final int hash, final int slot) {
        isCursorFree = false;
        final long cell = CellTable.cellOf(hash, slot);
        if (!current.delete(cell) && (leaving == null || !leaving.kill(cell))) {
            throw new IllegalStateException("slot " + slot + " is not in its index");
        }
        count--;
    }

    /** Entries are gone that {@link #sweep} will find: from now on they do not count. */
    void abandon(final int entries) {
        count -= entries;
    }

    /**
     * Sweeps the next cells in the order of memory: those whose slots are of chunks that are gone are taken out. Until
     * then a search meets them.
     *
     * @param cells      how many, and on to the next empty place
     * @param gone       a bit for each chunk
     * @param chunkShift slots of a chunk, as a power of two
     * @return whether a pass over all cells has ended
     */
    boolean sweep(final int cells, final long[] gone, final int chunkShift) {
        if (leaving != null) {
            return false;
        }
        isCursorFree = false;
        final long end = current.sweep(sweepFrom, Math.min(sweepFrom + cells, current.capacity()), gone, chunkShift);
        sweepFrom = end == current.capacity() ? 0 : end;
        return sweepFrom == 0;
    }

    /** Loads the cells where a hash is at home and guesses its slot, 0: another's or none. */
    int guess(final int hash) {
        long at = current.home(hash);
        for (int i = 0; i < GUESSED_CELLS; i++) {
            final long cell = current.cell(at);
            if (CellTable.hash(cell) == hash) {
                return CellTable.slot(cell);
            }
            if (cell == CellTable.EMPTY) {
                return 0;
            }
            at = current.next(at);
        }
        return 0;
    }

    /** Loads the cell where a hash is at home: most that are there are found in it or right behind it. */
    long touchHome(final int hash) {
        return current.cell(current.home(hash));
    }

    /** Loads the cells where a hash is at home, as far as a search for one that is not there usually goes. */
    long touch(final int hash) {
        return current.touch(current.home(hash));
    }

    private void prepare() {
        if (growing == null) {
            growing = new CellTable(current.capacity() * 2);
        }
        if (--insertsToNextPage <= 0) {
            insertsToNextPage = INSERTS_PER_PAGE;
            if (!growing.allocateNext()) {
                leaving = current;
                current = growing;
                growing = null;
                moveFrom = 0;
                // Cells come anywhere while they move: a pass begins behind that.
                sweepFrom = 0;
                insertsToNextPage = 0;
            }
        }
    }

    private void move() {
        final long end = Math.min(moveFrom + MOVES_PER_INSERT, leaving.capacity());
        for (; moveFrom < end; moveFrom++) {
            final long cell = leaving.cell(moveFrom);
            if (cell != CellTable.EMPTY && cell != CellTable.DEAD) {
                current.insert(cell);
                leaving.bury(moveFrom);
            }
        }
        if (moveFrom == leaving.capacity()) {
            leaving = null;
        }
    }
}

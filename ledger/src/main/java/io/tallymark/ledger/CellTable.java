package io.tallymark.ledger;

/**
 * One open-addressing table of 64-bit cells in pages, see {@link SlotIndex}. Its size is any number of pages: the home
 * of a hash is hash × capacity ÷ 2^32, so cells stand nearly in the order of their hashes.
 */
final class CellTable {
    /** A cell never used. */
    static final long EMPTY = 0;

    /** A cell left by one that moved or died; slot numbers stay below its lower half. */
    static final long DEAD = 0xFFFF_FFFFL;

    private static final int SMALL_PAGE_SHIFT = 15;

    /** Of large tables: each access reads the head of its page too, and those of thousands do not stay in the caches. */
    private static final int LARGE_PAGE_SHIFT = 18;

    private static final long LARGE_CELLS = 1 << 21;

    /** At the highest load a search ends within about so many cells. */
    private static final int PROBED_CELLS = 7;

    private static final int SWEPT_AT_ONCE = 512;

    private final int pageShift;
    private final int pageCells;
    private final int cellMask;
    private final long capacity;
    private final long[][] pages;
    private int allocated;

    /** Places of cells to be taken out; longer if a run of cells ever is. */
    private int[] found = new int[2 * SWEPT_AT_ONCE];

    /** @param cells wanted; rounded up to whole pages */
    CellTable(final long cells) {
        pageShift = cells < LARGE_CELLS ? SMALL_PAGE_SHIFT : LARGE_PAGE_SHIFT;
        pageCells = 1 << pageShift;
        cellMask = pageCells - 1;
        final long pageCount = (cells + pageCells - 1) >>> pageShift;
        capacity = pageCount << pageShift;
        pages = new long[Math.toIntExact(pageCount)][];
    }

    static long cellOf(final int hash, final int slot) {
        return (long) hash << 32 | slot & 0xFFFF_FFFFL;
    }

    static int hash(final long cell) {
        return (int) (cell >>> 32);
    }

    static int slot(final long cell) {
        return (int) cell;
    }

    long capacity() {
        return capacity;
    }

    void allocateAll() {
        while (allocateNext()) {}
    }

    /** Allocates one more page; false: all are there. */
    boolean allocateNext() {
        if (allocated == pages.length) {
            return false;
        }
        pages[allocated++] = new long[pageCells];
        return true;
    }

    long home(final int hash) {
        return (hash & 0xFFFF_FFFFL) * capacity >>> 32;
    }

    long next(final long at) {
        return at + 1 == capacity ? 0 : at + 1;
    }

    long cell(final long at) {
        return pages[(int) (at >>> pageShift)][(int) at & cellMask];
    }

    /** Loads what a search from here usually comes across: the place and the next line of the cache, if it gets there. */
    long touch(final long at) {
        final int cell = (int) at & cellMask;
        final long[] page = pages[(int) (at >>> pageShift)];
        return page[cell] + page[Math.min(cell + PROBED_CELLS, cellMask)];
    }

    /** Puts a cell into the first empty place from its home on. */
    void insert(final long cell) {
        long at = home(hash(cell));
        while (cell(at) != EMPTY) {
            at = next(at);
        }
        put(at, cell);
    }

    /** Writes a place; a cell belongs into the first empty one from its home on, which the caller has found. */
    void put(final long at, final long cell) {
        pages[(int) (at >>> pageShift)][(int) at & cellMask] = cell;
    }

    /** Marks a cell as dead. */
    void bury(final long at) {
        put(at, DEAD);
    }

    /** Marks a cell as dead without moving others; false: it is not here. */
    boolean kill(final long cell) {
        final long at = find(cell);
        if (at < 0) {
            return false;
        }
        bury(at);
        return true;
    }

    /** Takes a cell out and closes the gap, so that no trace is left; false: it is not here. */
    boolean delete(final long cell) {
        final long gap = find(cell);
        if (gap < 0) {
            return false;
        }
        close(gap);
        return true;
    }

    /**
     * Takes out the cells from one place on whose slots are of chunks that are gone.
     *
     * @param to         up to here at least, and on to the next empty place
     * @param gone       a bit for each chunk
     * @param chunkShift slots of a chunk, as a power of two
     * @return where it ended
     */
    long sweep(final long from, final long to, final long[] gone, final int chunkShift) {
        long at = from;
        while (at < to) {
            final long end = endOfRun(Math.min(at + SWEPT_AT_ONCE, to));
            final int count = findGone(at, end, gone, chunkShift);
            // The last first: what closes a gap comes from behind it and stays, and no gap is closed across an empty
            // place.
            for (int i = count - 1; i >= 0; i--) {
                close(at + found[i]);
            }
            at = end;
        }
        return at;
    }

    /** The first empty place from one on, or the end of the table. */
    private long endOfRun(final long from) {
        long at = from;
        while (at < capacity && cell(at) != EMPTY) {
            at++;
        }
        return at;
    }

    /** Notes which cells of a range are gone; where that is so can hardly be guessed, so nothing is guessed. */
    private int findGone(final long from, final long to, final long[] gone, final int chunkShift) {
        if (to - from > found.length) {
            found = new int[Math.toIntExact(to - from)];
        }
        int count = 0;
        long at = from;
        while (at < to) {
            final long[] page = pages[(int) (at >>> pageShift)];
            final long base = at & ~cellMask;
            final int end = (int) Math.min(to - base, pageCells);
            final int shift = (int) (base - from);
            for (int i = (int) at & cellMask; i < end; i++) {
                final int chunk = slot(page[i]) >>> chunkShift;
                found[count] = shift + i;
                count += (int) (gone[chunk / Long.SIZE] >>> chunk) & 1;
            }
            at = base + end;
        }
        return count;
    }

    /** Empties a place and closes the gap. */
    private void close(final long gap) {
        final long[] page = pages[(int) (gap >>> pageShift)];
        final long base = gap & ~cellMask;
        int hole = (int) gap & cellMask;
        for (int i = hole + 1; i < page.length; i++) {
            final long other = page[i];
            if (other == EMPTY) {
                page[hole] = EMPTY;
                return;
            }
            // A cell fills the gap unless its home lies behind the gap and not behind the cell itself; who fills it
            // is a coin toss, so it is computed: a wrongly guessed branch costs more than the writes.
            final long at = home(hash(other)) - base;
            final long fills = (at - hole - 1 | i - at) >> Long.SIZE - 1;
            page[hole] ^= (page[hole] ^ other) & fills;
            hole += (i - hole) & (int) fills;
        }
        closeFrom(base + hole, next(base | cellMask));
    }

    /** Closes a gap with the cells from a place on, whatever page they are in. */
    private void closeFrom(final long from, final long next) {
        long gap = from;
        long at = next;
        for (long other = cell(at); other != EMPTY; other = cell(at)) {
            if (distance(home(hash(other)), at) >= distance(gap, at)) {
                put(gap, other);
                gap = at;
            }
            at = next(at);
        }
        put(gap, EMPTY);
    }

    /** The first place from one on whose cell has a hash or is empty. */
    long seek(final long from, final int hash) {
        long at = from;
        while (true) {
            // A search seldom leaves its page, and within it a step is one load.
            final long[] page = pages[(int) (at >>> pageShift)];
            for (int i = (int) at & cellMask; i < page.length; i++) {
                final long cell = page[i];
                if (cell == EMPTY || hash(cell) == hash && cell != DEAD) {
                    return (at & ~cellMask) + i;
                }
            }
            at = next(at | cellMask);
        }
    }

    private long find(final long cell) {
        long at = home(hash(cell));
        while (true) {
            final long[] page = pages[(int) (at >>> pageShift)];
            for (int i = (int) at & cellMask; i < page.length; i++) {
                final long other = page[i];
                if (other == cell) {
                    return (at & ~cellMask) + i;
                }
                if (other == EMPTY) {
                    return -1;
                }
            }
            at = next(at | cellMask);
        }
    }

    private long distance(final long from, final long to) {
        return to >= from ? to - from : to - from + capacity;
    }
}

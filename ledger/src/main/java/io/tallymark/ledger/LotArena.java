package io.tallymark.ledger;

/**
 * Lots that do not fit into a member's record: 16 bytes each, linked in taking order, with a free list.
 *
 * <pre>
 *  long 0   points
 *  long 1   63..32 expiry day, 31..0 next lot, 0: none
 * </pre>
 */
final class LotArena {
    private static final int RECORD_LONGS = 2;

    private final RecordPages pages = new RecordPages(RECORD_LONGS);
    private int used;
    private int free;

    LotArena() {
        pages.ensure(0);
    }

    /** Takes a lot from the free list or behind the last one. */
    int allocate(final long points, final int day, final int next) {
        final int lot;
        if (free != 0) {
            lot = free;
            free = next(lot);
        } else {
            lot = ++used;
            pages.ensure(lot);
        }
        points(lot, points);
        link(lot, day, next);
        return lot;
    }

    /** Gives a lot back. */
    void release(final int lot) {
        link(lot, 0, free);
        free = lot;
    }

    long points(final int lot) {
        return pages.page(lot)[pages.at(lot)];
    }

    void points(final int lot, final long points) {
        pages.page(lot)[pages.at(lot)] = points;
    }

    int day(final int lot) {
        return (int) (pages.page(lot)[pages.at(lot) + 1] >>> 32);
    }

    int next(final int lot) {
        return (int) pages.page(lot)[pages.at(lot) + 1];
    }

    void next(final int lot, final int next) {
        link(lot, day(lot), next);
    }

    private void link(final int lot, final int day, final int next) {
        pages.page(lot)[pages.at(lot) + 1] = (long) day << 32 | next & 0xFFFF_FFFFL;
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Records of a fixed number of longs in pages, addressed by slot. It grows by a page at a time; a record never moves.
 * A page stays below half of the smallest region of the G1 collector, so it is an ordinary object there.
 */
final class RecordPages {
    /** Records of a page, as a power of two. */
    static final int PAGE_SHIFT = 13;

    /** Records of a page. */
    static final int PAGE_RECORDS = 1 << PAGE_SHIFT;

    private static final int RECORD_MASK = PAGE_RECORDS - 1;
    private static final int FIRST_PAGES = 64;

    private final int recordLongs;
    private long[][] pages = new long[FIRST_PAGES][];

    RecordPages(final int recordLongs) {
        this.recordLongs = recordLongs;
    }

    /** Makes sure that the page of a slot exists. */
    void ensure(final int slot) {
        final int page = slot >>> PAGE_SHIFT;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        if (pages[page] == null) {
            pages[page] = new long[PAGE_RECORDS * recordLongs];
        }
    }

    /** The page that holds a slot. */
    long[] page(final int slot) {
        return pages[slot >>> PAGE_SHIFT];
    }

    /** Where the record of a slot starts in its page. */
    int at(final int slot) {
        return (slot & RECORD_MASK) * recordLongs;
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Records of a fixed number of longs in pages, addressed by slot. It grows by a page at a time; a record never moves.
 * A page of the usual size stays below half of the smallest region of the G1 collector, so it is an ordinary object there.
 */
final class RecordPages {
    /** Records of a page, as a power of two, where nothing else is said. */
    static final int PAGE_SHIFT = 13;

    /** Records of such a page. */
    static final int PAGE_RECORDS = 1 << PAGE_SHIFT;

    private static final int FIRST_PAGES = 64;

    private final int recordLongs;
    private final int pageShift;
    private final int recordMask;
    private long[][] pages = new long[FIRST_PAGES][];

    RecordPages(final int recordLongs) {
        this(recordLongs, PAGE_SHIFT);
    }

    /** @param pageShift records of a page, as a power of two */
    RecordPages(final int recordLongs, final int pageShift) {
        this.recordLongs = recordLongs;
        this.pageShift = pageShift;
        this.recordMask = (1 << pageShift) - 1;
    }

    /** Makes sure that the page of a slot exists. */
    void ensure(final int slot) {
        final int page = slot >>> pageShift;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        if (pages[page] == null) {
            pages[page] = new long[recordLongs << pageShift];
        }
    }

    /** The page that holds a slot. */
    long[] page(final int slot) {
        return pages[slot >>> pageShift];
    }

    /** Where the record of a slot starts in its page. */
    int at(final int slot) {
        return (slot & recordMask) * recordLongs;
    }
}

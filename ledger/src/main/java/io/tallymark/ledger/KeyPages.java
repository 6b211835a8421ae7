package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Records of two widths in pages, addressed by slot: all of a page are of one width. It grows by a page at a time; a
 * record never moves. A page stays below half of the smallest region of the G1 collector.
 */
final class KeyPages {
    /** Records of a page, as a power of two. */
    static final int PAGE_SHIFT = 12;

    private static final int RECORD_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int FIRST_PAGES = 64;

    private long[][] pages = new long[FIRST_PAGES][];
    private int[] longsOfRecord = new int[FIRST_PAGES];
    private int count;

    /** Adds a page and returns its number: its first slot is that shifted by {@link #PAGE_SHIFT}. */
    int add(final int recordLongs) {
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, count * 2);
            longsOfRecord = Arrays.copyOf(longsOfRecord, count * 2);
        }
        pages[count] = new long[recordLongs << PAGE_SHIFT];
        longsOfRecord[count] = recordLongs;
        return count++;
    }

    /** The page that holds a slot. */
    long[] page(final int slot) {
        return pages[slot >>> PAGE_SHIFT];
    }

    /** Where the record of a slot starts in its page. */
    int at(final int slot) {
        return (slot & RECORD_MASK) * longsOfRecord[slot >>> PAGE_SHIFT];
    }

    /** Longs of the record in a slot. */
    int longs(final int slot) {
        return longsOfRecord[slot >>> PAGE_SHIFT];
    }
}

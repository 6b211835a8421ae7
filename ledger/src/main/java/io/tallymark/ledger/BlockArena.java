package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Blobs of 1 to {@link #MAX_BYTES} bytes in flat pages, addressed by a 32-bit reference in units of 16 bytes; 0: none.
 *
 * <p>A page of 64 KiB holds blocks of one size only; a block is the blob behind its length:
 *
 * <pre>
 *  0..1  length of the blob, little-endian
 *  2..   the blob
 * </pre>
 *
 * Sizes go in steps of 16 bytes up to 512, so that a small blob wastes at most 15 bytes; above, a page is cut into
 * fewer equal parts and a blob wastes at most a quarter of its block, half above 21,840 bytes. A page's end that is no
 * whole block is below 1 % of it up to 512 bytes. Freed blocks are taken first by their own size; a page whose last
 * block was freed serves all sizes again. Nothing is ever moved but the blob that is written, nothing is allocated but
 * pages and their directory. One thread.
 */
final class BlockArena {
    /** Longest blob. */
    static final int MAX_BYTES = 65_534;

    static final int PAGE_BYTES = 1 << 16;

    private static final int UNIT_SHIFT = 4;
    private static final int UNIT_BYTES = 1 << UNIT_SHIFT;
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_UNITS = 1 << PAGE_SHIFT;
    private static final int UNIT_MASK = PAGE_UNITS - 1;
    private static final int MAX_PAGES = 1 << 32 - PAGE_SHIFT;
    private static final int LENGTH_BYTES = 2;
    private static final int SMALL_CLASSES = 32;

    /** Into how many equal blocks a page is cut by the classes above 512 bytes. */
    private static final int[] LARGE_PARTS = {
        112, 96, 80, 64, 56, 48, 40, 32, 28, 24, 20, 16, 14, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1
    };

    private static final int CLASSES = SMALL_CLASSES + LARGE_PARTS.length;
    private static final int[] UNITS_OF_CLASS = unitsOfClass();
    private static final byte[] CLASS_OF_UNITS = classOfUnits();
    private static final int FIRST_PAGES = 64;

    /** No page, no block; page 0 is never used, so that reference 0 can mean none. */
    private static final int NONE = 0;

    /** Head of a page's free blocks: none. Unit 0 of a page is a block like others. */
    private static final int NO_UNIT = -1;

    private byte[][] pages = new byte[FIRST_PAGES][];

    // Per page.
    private byte[] pageClass = new byte[FIRST_PAGES];
    private int[] usedBlocks = new int[FIRST_PAGES];

    /** The first unit that was never used since the page took its class. */
    private int[] freshUnit = new int[FIRST_PAGES];

    private int[] freeUnit = new int[FIRST_PAGES];

    /** Neighbours in the list of its class's pages with room, or in the list of empty pages. */
    private int[] nextPage = new int[FIRST_PAGES];

    private int[] previousPage = new int[FIRST_PAGES];

    private int pageCount = 1;
    private int emptyPage = NONE;
    private int emptyPages;

    /** The first page with room of each class. */
    private final int[] roomyPage = new int[CLASSES];

    private long blocks;

    private static int[] unitsOfClass() {
        final int[] units = new int[CLASSES];
        for (int i = 0; i < SMALL_CLASSES; i++) {
            units[i] = i + 1;
        }
        for (int i = 0; i < LARGE_PARTS.length; i++) {
            units[SMALL_CLASSES + i] = PAGE_UNITS / LARGE_PARTS[i];
        }
        return units;
    }

    private static byte[] classOfUnits() {
        final byte[] classes = new byte[PAGE_UNITS + 1];
        int blockClass = 0;
        for (int units = 1; units <= PAGE_UNITS; units++) {
            if (units > UNITS_OF_CLASS[blockClass]) {
                blockClass++;
            }
            classes[units] = (byte) blockClass;
        }
        return classes;
    }

    /** Bytes of the block that a blob of a length takes. */
    static int blockBytes(final int length) {
        return UNITS_OF_CLASS[classFor(length)] << UNIT_SHIFT;
    }

    private static int classFor(final int length) {
        return CLASS_OF_UNITS[length + LENGTH_BYTES + UNIT_BYTES - 1 >>> UNIT_SHIFT];
    }

    /** The page of a blob; not to be written to. */
    byte[] page(final int ref) {
        return pages[ref >>> PAGE_SHIFT];
    }

    /** Where a blob starts in its page. */
    int at(final int ref) {
        return ((ref & UNIT_MASK) << UNIT_SHIFT) + LENGTH_BYTES;
    }

    /** Bytes of a blob. */
    int length(final int ref) {
        final byte[] page = page(ref);
        final int at = (ref & UNIT_MASK) << UNIT_SHIFT;
        return page[at] & 0xFF | (page[at + 1] & 0xFF) << Byte.SIZE;
    }

    /**
     * Stores a blob.
     *
     * @param ref    the blob that it replaces, 0: none
     * @param bytes  holds the blob from 0 on
     * @param length 1 to {@link #MAX_BYTES}
     * @return where it is now
     * @throws IllegalStateException if the length is out of bounds or all references are in use
     */
    int write(final int ref, final byte[] bytes, final int length) {
        if (length < 1 || length > MAX_BYTES) {
            throw new IllegalStateException("a blob of " + length + " bytes");
        }
        final int wanted = classFor(length);
        int to = ref;
        if (ref == NONE || pageClass[ref >>> PAGE_SHIFT] != wanted) {
            to = allocate(wanted);
            if (ref != NONE) {
                free(ref);
            }
        }
        final byte[] page = page(to);
        final int at = (to & UNIT_MASK) << UNIT_SHIFT;
        page[at] = (byte) length;
        page[at + 1] = (byte) (length >>> Byte.SIZE);
        System.arraycopy(bytes, 0, page, at + LENGTH_BYTES, length);
        return to;
    }

    /** Gives the block of a blob back. */
    void free(final int ref) {
        final int page = ref >>> PAGE_SHIFT;
        final int unit = ref & UNIT_MASK;
        final int blockClass = pageClass[page];
        final boolean wasFull = !hasRoom(page);
        putUnit(pages[page], unit, freeUnit[page]);
        freeUnit[page] = unit;
        blocks--;
        if (--usedBlocks[page] == 0) {
            if (!wasFull) {
                unlink(page, blockClass);
            }
            nextPage[page] = emptyPage;
            emptyPage = page;
            emptyPages++;
        } else if (wasFull) {
            link(page, blockClass);
        }
    }

    private int allocate(final int blockClass) {
        int page = roomyPage[blockClass];
        if (page == NONE) {
            page = takePage(blockClass);
        }
        final int units = UNITS_OF_CLASS[blockClass];
        int unit = freeUnit[page];
        if (unit != NO_UNIT) {
            freeUnit[page] = unit(pages[page], unit);
        } else {
            unit = freshUnit[page];
            freshUnit[page] += units;
        }
        usedBlocks[page]++;
        blocks++;
        if (!hasRoom(page)) {
            unlink(page, blockClass);
        }
        return page << PAGE_SHIFT | unit;
    }

    private boolean hasRoom(final int page) {
        return freeUnit[page] != NO_UNIT || freshUnit[page] + UNITS_OF_CLASS[pageClass[page]] <= PAGE_UNITS;
    }

    /** An empty page becomes the first with room of a class. */
    private int takePage(final int blockClass) {
        int page = emptyPage;
        if (page != NONE) {
            emptyPage = nextPage[page];
            emptyPages--;
        } else {
            page = addPage();
        }
        pageClass[page] = (byte) blockClass;
        usedBlocks[page] = 0;
        freshUnit[page] = 0;
        freeUnit[page] = NO_UNIT;
        link(page, blockClass);
        return page;
    }

    private int addPage() {
        if (pageCount == MAX_PAGES) {
            throw new IllegalStateException("no room for more than " + MAX_PAGES + " pages of blobs");
        }
        if (pageCount == pages.length) {
            final int length = pageCount * 2;
            pages = Arrays.copyOf(pages, length);
            pageClass = Arrays.copyOf(pageClass, length);
            usedBlocks = Arrays.copyOf(usedBlocks, length);
            freshUnit = Arrays.copyOf(freshUnit, length);
            freeUnit = Arrays.copyOf(freeUnit, length);
            nextPage = Arrays.copyOf(nextPage, length);
            previousPage = Arrays.copyOf(previousPage, length);
        }
        pages[pageCount] = new byte[PAGE_BYTES];
        return pageCount++;
    }

    private void link(final int page, final int blockClass) {
        final int first = roomyPage[blockClass];
        nextPage[page] = first;
        previousPage[page] = NONE;
        if (first != NONE) {
            previousPage[first] = page;
        }
        roomyPage[blockClass] = page;
    }

    private void unlink(final int page, final int blockClass) {
        final int next = nextPage[page];
        final int previous = previousPage[page];
        if (next != NONE) {
            previousPage[next] = previous;
        }
        if (previous != NONE) {
            nextPage[previous] = next;
        } else {
            roomyPage[blockClass] = next;
        }
    }

    /** A free block holds the unit of the next one, plus 1, in its first two bytes. */
    private static int unit(final byte[] page, final int unit) {
        final int at = unit << UNIT_SHIFT;
        return (page[at] & 0xFF | (page[at + 1] & 0xFF) << Byte.SIZE) - 1;
    }

    private static void putUnit(final byte[] page, final int unit, final int next) {
        final int at = unit << UNIT_SHIFT;
        page[at] = (byte) (next + 1);
        page[at + 1] = (byte) (next + 1 >>> Byte.SIZE);
    }

    /** Blobs in it. */
    long blocks() {
        return blocks;
    }

    /** Bytes of all pages, the empty ones included. */
    long pageBytes() {
        return (long) (pageCount - 1) * PAGE_BYTES;
    }

    /** Bytes of the pages that no class uses. */
    long emptyBytes() {
        return (long) emptyPages * PAGE_BYTES;
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Which slots of the key entries are in use: chunks of consecutive slots, a queue of chunks per end day and width of
 * entry, the days in rising order. A new key goes to the last chunk of its end day; deletion takes the first day's chunks from the front
 * and gives emptied chunks back to all days.
 */
final class KeyChunks {
    /** Slots of a chunk, as a power of two. */
    static final int CHUNK_SHIFT = 8;

    private static final int CHUNK_SLOTS = 1 << CHUNK_SHIFT;
    private static final int SLOT_MASK = CHUNK_SLOTS - 1;
    private static final int PAGE_CHUNKS = 1 << KeyPages.PAGE_SHIFT - CHUNK_SHIFT;
    private static final int FIRST_CHUNKS = 1_024;
    private static final int FIRST_DAYS = 512;

    /** Chunk 0 is never used, so that slot 0 can mean none. */
    private static final int NO_CHUNK = 0;

    private final KeyPages pages;
    private final int narrowLongs;
    private final int wideLongs;
    private final ChunkNumbers numbers = new ChunkNumbers();

    // Per chunk.
    private int[] nextChunk = new int[FIRST_CHUNKS];
    private int[] numberOf = new int[FIRST_CHUNKS];
    private int[] chunkEndDay = new int[FIRST_CHUNKS];

    /** Blobs that hang on entries of it. */
    private int[] blobs = new int[FIRST_CHUNKS];

    // By width: narrow, wide.
    private final int[] freeChunk = new int[2];

    /** The next one of the newest page; at its end the first of a page that is not there. */
    private final int[] freshChunk = new int[2];

    /** End day × 2 + 1 if the entries are wide, rising. */
    private long[] queueDays = new long[FIRST_DAYS];

    // By the place in that.
    private int[] heads = new int[FIRST_DAYS];
    private int[] tails = new int[FIRST_DAYS];
    private int[] tailFills = new int[FIRST_DAYS];
    private long[] counts = new long[FIRST_DAYS];
    private int days;

    /** Entries of the first day's first chunk that are deleted. */
    private int deletedInHead;

    private int lastUsedDay;

    KeyChunks(final KeyPages pages, final int narrowLongs, final int wideLongs) {
        this.pages = pages;
        this.narrowLongs = narrowLongs;
        this.wideLongs = wideLongs;
    }

    /** How the index names a slot in use. */
    int name(final int slot) {
        return numberOf[slot >>> CHUNK_SHIFT] << CHUNK_SHIFT | slot & SLOT_MASK;
    }

    /** The slot of a name, 0: its entry was deleted. */
    int slot(final int name) {
        final int chunk = numbers.chunk(name >>> CHUNK_SHIFT);
        return chunk == NO_CHUNK ? 0 : chunk << CHUNK_SHIFT | name & SLOT_MASK;
    }

    /** The numbers in the names. */
    ChunkNumbers numbers() {
        return numbers;
    }

    /** The first day on which the key in a slot is gone. */
    int endDay(final int slot) {
        return chunkEndDay[slot >>> CHUNK_SHIFT];
    }

    /** Counts the blobs that hang on entries: one comes or goes. */
    void countBlob(final int slot, final int change) {
        blobs[slot >>> CHUNK_SHIFT] += change;
    }

    /** Whether a blob hangs on any entry of a slot's chunk. */
    boolean hasBlobs(final int slot) {
        return blobs[slot >>> CHUNK_SHIFT] != 0;
    }

    /** The next slot for a key of an end day. */
    int append(final int endDay, final boolean wide) {
        final int day = queueOf((long) endDay << 1 | (wide ? 1 : 0));
        if (tailFills[day] == CHUNK_SLOTS) {
            final int chunk = allocate(queueDays[day]);
            nextChunk[tails[day]] = chunk;
            tails[day] = chunk;
            tailFills[day] = 0;
        }
        counts[day]++;
        return (tails[day] << CHUNK_SHIFT) + tailFills[day]++;
    }

    /** The slot that an {@link #append} to come will probably take if it is of the kind of the last, 0: not known. */
    int upcoming(final int appendsBefore) {
        if (lastUsedDay >= days) {
            return 0;
        }
        final int at = tailFills[lastUsedDay] + appendsBefore;
        if (at < CHUNK_SLOTS) {
            return (tails[lastUsedDay] << CHUNK_SHIFT) + at;
        }
        return (freeChunk[(int) queueDays[lastUsedDay] & 1] << CHUNK_SHIFT) + (at & SLOT_MASK);
    }

    /** How many entries are stored whose end day has come. */
    long expired(final long today) {
        long expired = 0;
        for (int day = 0; day < days && endDayOf(day) <= today; day++) {
            expired += counts[day];
        }
        return expired;
    }

    /** Whether entries of more than one end day wait to be deleted. */
    boolean isBehind(final long today) {
        for (int day = 1; day < days && endDayOf(day) <= today; day++) {
            if (endDayOf(day) != endDayOf(0)) {
                return true;
            }
        }
        return false;
    }

    private int endDayOf(final int day) {
        return (int) (queueDays[day] >> 1);
    }

    /** The first slot to be deleted, 0: none. */
    int firstExpired(final long today) {
        return days > 0 && endDayOf(0) <= today ? (heads[0] << CHUNK_SHIFT) + deletedInHead : 0;
    }

    /**
     * After {@link #firstExpired}: gives its slot back.
     *
     * @return how many entries the chunk had whose last this was; 0: it has more
     */
    int dropFirst() {
        counts[0]--;
        deletedInHead++;
        final int fill = headFill();
        if (deletedInHead < fill) {
            return 0;
        }
        final int emptied = heads[0];
        deletedInHead = 0;
        if (emptied == tails[0]) {
            removeFirstDay();
        } else {
            heads[0] = nextChunk[emptied];
        }
        final int width = pages.longs(emptied << CHUNK_SHIFT) == wideLongs ? 1 : 0;
        nextChunk[emptied] = freeChunk[width];
        freeChunk[width] = emptied;
        numbers.take(numberOf[emptied]);
        return fill;
    }

    /** What is done with a key that is alive. */
    interface Visitor {
        void visit(int slot, int endDay);
    }

    /** Visits the slots of all keys whose end day has not come. */
    void forEachAlive(final long today, final Visitor visitor) {
        for (int day = 0; day < days; day++) {
            if (endDayOf(day) > today) {
                for (int chunk = heads[day]; chunk != NO_CHUNK; chunk = nextChunk[chunk]) {
                    final int fill = chunk == tails[day] ? tailFills[day] : CHUNK_SLOTS;
                    final int first = chunk << CHUNK_SHIFT;
                    for (int slot = first; slot < first + fill; slot++) {
                        visitor.visit(slot, endDayOf(day));
                    }
                }
            }
        }
    }

    private int headFill() {
        return heads[0] == tails[0] ? tailFills[0] : CHUNK_SLOTS;
    }

    private int queueOf(final long queueDay) {
        if (lastUsedDay < days && queueDays[lastUsedDay] == queueDay) {
            return lastUsedDay;
        }
        final int found = Arrays.binarySearch(queueDays, 0, days, queueDay);
        lastUsedDay = found >= 0 ? found : insertDay(-found - 1, queueDay);
        return lastUsedDay;
    }

    private int insertDay(final int at, final long queueDay) {
        if (days == queueDays.length) {
            queueDays = Arrays.copyOf(queueDays, days * 2);
            heads = Arrays.copyOf(heads, days * 2);
            tails = Arrays.copyOf(tails, days * 2);
            tailFills = Arrays.copyOf(tailFills, days * 2);
            counts = Arrays.copyOf(counts, days * 2);
        }
        shiftDays(at, at + 1, days - at);
        days++;
        final int chunk = allocate(queueDay);
        queueDays[at] = queueDay;
        heads[at] = chunk;
        tails[at] = chunk;
        tailFills[at] = 0;
        counts[at] = 0;
        return at;
    }

    private void removeFirstDay() {
        days--;
        shiftDays(1, 0, days);
    }

    private void shiftDays(final int from, final int to, final int length) {
        System.arraycopy(queueDays, from, queueDays, to, length);
        System.arraycopy(heads, from, heads, to, length);
        System.arraycopy(tails, from, tails, to, length);
        System.arraycopy(tailFills, from, tailFills, to, length);
        System.arraycopy(counts, from, counts, to, length);
    }

    private int allocate(final long queueDay) {
        final int width = (int) queueDay & 1;
        final int chunk;
        if (freeChunk[width] != NO_CHUNK) {
            chunk = freeChunk[width];
            freeChunk[width] = nextChunk[chunk];
        } else {
            if (freshChunk[width] % PAGE_CHUNKS == 0) {
                freshChunk[width] = addPage(width);
            }
            chunk = freshChunk[width]++;
        }
        nextChunk[chunk] = NO_CHUNK;
        chunkEndDay[chunk] = (int) (queueDay >> 1);
        numberOf[chunk] = numbers.give(chunk);
        return chunk;
    }

    /** Returns the first chunk of the page. */
    private int addPage(final int width) {
        final int first = pages.add(width == 0 ? narrowLongs : wideLongs) * PAGE_CHUNKS;
        if (first + PAGE_CHUNKS > nextChunk.length) {
            final int length = nextChunk.length * 2;
            nextChunk = Arrays.copyOf(nextChunk, length);
            numberOf = Arrays.copyOf(numberOf, length);
            chunkEndDay = Arrays.copyOf(chunkEndDay, length);
            blobs = Arrays.copyOf(blobs, length);
        }
        return Math.max(first, NO_CHUNK + 1);
    }
}

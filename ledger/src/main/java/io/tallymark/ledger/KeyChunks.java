package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Which slots of the key entries are in use: chunks of consecutive slots, a queue of chunks per end day, the days in
 * rising order. A new key goes to the last chunk of its end day; deletion takes the first day's chunks from the front
 * and gives emptied chunks back to all days.
 */
final class KeyChunks {
    /** Slots of a chunk, as a power of two. */
    static final int CHUNK_SHIFT = 8;

    private static final int CHUNK_SLOTS = 1 << CHUNK_SHIFT;
    private static final int SLOT_MASK = CHUNK_SLOTS - 1;
    private static final int FIRST_CHUNKS = 1_024;
    private static final int FIRST_DAYS = 512;

    /** Chunk 0 is never used, so that slot 0 can mean none. */
    private static final int NO_CHUNK = 0;

    private final RecordPages pages;
    private final ChunkNumbers numbers = new ChunkNumbers();

    // Per chunk.
    private int[] nextChunk = new int[FIRST_CHUNKS];
    private int[] numberOf = new int[FIRST_CHUNKS];
    private int[] chunkEndDay = new int[FIRST_CHUNKS];
    private int chunkCount = 1;
    private int freeChunk = NO_CHUNK;

    // Per end day, rising; a window [firstDay, lastDay) of the arrays.
    private int[] endDays = new int[FIRST_DAYS];
    private int[] heads = new int[FIRST_DAYS];
    private int[] tails = new int[FIRST_DAYS];
    private int[] tailFills = new int[FIRST_DAYS];
    private long[] counts = new long[FIRST_DAYS];
    private int days;

    /** Entries of the first day's first chunk that are deleted. */
    private int deletedInHead;

    private int lastUsedDay;

    KeyChunks(final RecordPages pages) {
        this.pages = pages;
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

    /** The next slot for a key of an end day. */
    int append(final int endDay) {
        final int day = dayOf(endDay);
        if (tailFills[day] == CHUNK_SLOTS) {
            final int chunk = allocate(endDay);
            nextChunk[tails[day]] = chunk;
            tails[day] = chunk;
            tailFills[day] = 0;
        }
        counts[day]++;
        return (tails[day] << CHUNK_SHIFT) + tailFills[day]++;
    }

    /** How many entries are stored whose end day has come. */
    long expired(final long today) {
        long expired = 0;
        for (int day = 0; day < days && endDays[day] <= today; day++) {
            expired += counts[day];
        }
        return expired;
    }

    /** Whether entries of more than one end day wait to be deleted. */
    boolean isBehind(final long today) {
        return days > 1 && endDays[1] <= today;
    }

    /** The first slot to be deleted, 0: none. */
    int firstExpired(final long today) {
        return days > 0 && endDays[0] <= today ? (heads[0] << CHUNK_SHIFT) + deletedInHead : 0;
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
        nextChunk[emptied] = freeChunk;
        freeChunk = emptied;
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
            if (endDays[day] > today) {
                for (int chunk = heads[day]; chunk != NO_CHUNK; chunk = nextChunk[chunk]) {
                    final int fill = chunk == tails[day] ? tailFills[day] : CHUNK_SLOTS;
                    final int first = chunk << CHUNK_SHIFT;
                    for (int slot = first; slot < first + fill; slot++) {
                        visitor.visit(slot, endDays[day]);
                    }
                }
            }
        }
    }

    private int headFill() {
        return heads[0] == tails[0] ? tailFills[0] : CHUNK_SLOTS;
    }

    private int dayOf(final int endDay) {
        if (lastUsedDay < days && endDays[lastUsedDay] == endDay) {
            return lastUsedDay;
        }
        final int found = Arrays.binarySearch(endDays, 0, days, endDay);
        lastUsedDay = found >= 0 ? found : insertDay(-found - 1, endDay);
        return lastUsedDay;
    }

    private int insertDay(final int at, final int endDay) {
        if (days == endDays.length) {
            endDays = Arrays.copyOf(endDays, days * 2);
            heads = Arrays.copyOf(heads, days * 2);
            tails = Arrays.copyOf(tails, days * 2);
            tailFills = Arrays.copyOf(tailFills, days * 2);
            counts = Arrays.copyOf(counts, days * 2);
        }
        shiftDays(at, at + 1, days - at);
        days++;
        final int chunk = allocate(endDay);
        endDays[at] = endDay;
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
        System.arraycopy(endDays, from, endDays, to, length);
        System.arraycopy(heads, from, heads, to, length);
        System.arraycopy(tails, from, tails, to, length);
        System.arraycopy(tailFills, from, tailFills, to, length);
        System.arraycopy(counts, from, counts, to, length);
    }

    private int allocate(final int endDay) {
        final int chunk;
        if (freeChunk != NO_CHUNK) {
            chunk = freeChunk;
            freeChunk = nextChunk[chunk];
        } else {
            chunk = chunkCount++;
            if (chunk == nextChunk.length) {
                nextChunk = Arrays.copyOf(nextChunk, chunk * 2);
                numberOf = Arrays.copyOf(numberOf, chunk * 2);
                chunkEndDay = Arrays.copyOf(chunkEndDay, chunk * 2);
            }
            pages.ensure(chunk << CHUNK_SHIFT);
        }
        nextChunk[chunk] = NO_CHUNK;
        chunkEndDay[chunk] = endDay;
        numberOf[chunk] = numbers.give(chunk);
        return chunk;
    }
}

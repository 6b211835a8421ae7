package io.tallymark.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Idempotency keys and what became of them: one entry of 48 bytes each, found by fingerprint through a
 * {@link SlotIndex}, in chunks that hold entries of one last day only, see {@link KeyChunks}. What later commands need
 * to know of an accepted one, its record, see {@link OrderStore}, hangs on the entry as a blob; a short one stands in
 * the entry itself, which is then wide: 80 bytes.
 *
 * <pre>
 *  long 0, 1   fingerprint of (program, source, operation, document id)
 *  long 2      content hash
 *  long 3      63..16 sequence, 15..12 wallet of the points, 11..0 result code
 *  long 4      points
 *  long 5      63..60 state of the record, 59..32 end day of the key (all ones: for ever), 31..0 blob, 0: none; with
 *              state 15 the slot of the member concerned; 1, 2: the record stands in longs 6 to 9
 *  long 6..9   of a wide entry only: a record of at most 32 bytes, or a {@link PlainOrder}
 * </pre>
 *
 * Days are UTC days of engine time. A key is gone from its end day on, at once, whether its entry was deleted yet or
 * not; a record lives as long as the key or longer, and the entry as long as its record. Entries are deleted a few at a
 * time, their blobs with them.
 */
final class KeyStore {
    /** End day of a key that is kept for ever. */
    static final int FOREVER_DAY = Integer.MAX_VALUE;

    /** The longest record that a wide entry holds itself. */
    static final int INLINE_BYTES = 4 * Long.BYTES;

    /** Instead of a blob: the record stands in the entry. No blob has this reference. */
    static final int INLINE_REF = 1;

    /** As {@link #INLINE_REF}: the record is a {@link PlainOrder}. */
    static final int PLAIN_REF = 2;

    /** The most of {@link #deletionsPerAdded}. */
    static final int MAX_DELETIONS_PER_ADDED = 2;

    /** Cells of the index that are swept for each deleted entry: a sixteenth of them are of deleted ones then. */
    private static final int SWEPT_PER_DELETED = 8;

    private static final int RECORD_LONGS = 6;
    private static final int INLINE = 6;
    private static final int WIDE_LONGS = INLINE + INLINE_BYTES / Long.BYTES;
    private static final int CODE_BITS = 16;
    private static final int WALLET_SHIFT = 12;
    private static final int WALLET_MASK = 15;
    private static final long CODE_MASK = (1L << WALLET_SHIFT) - 1;
    private static final int RECORD = 5;

    /** State of an entry without a record whose blob is the slot of a member instead. */
    private static final int NAMES_MEMBER = 15;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int DAY_SHIFT = 32;
    private static final int STATE_SHIFT = 60;
    private static final int DAY_MASK = (1 << STATE_SHIFT - DAY_SHIFT) - 1;
    private static final long REF_MASK = 0xFFFF_FFFFL;

    private final BlockArena arena = new BlockArena();
    private final KeyPages pages = new KeyPages();
    private final KeyChunks chunks = new KeyChunks(pages, RECORD_LONGS, WIDE_LONGS);
    private final SlotIndex index;
    private final long max;
    private long stored;
    private boolean recordOfGoneKey;

    KeyStore(final long expected, final long max) {
        this.index = new SlotIndex(expected);
        this.max = max;
    }

    /** The blobs of all entries. */
    BlockArena arena() {
        return arena;
    }

    /** Whether the planned number of entries is alive on a day. */
    boolean isFull(final long today) {
        return stored >= max && stored - chunks.expired(today) >= max;
    }

    /** The entry of a key that is alive on a day, 0: none. */
    int find(final long high, final long low, final long today) {
        recordOfGoneKey = false;
        for (int slot = seek(high); slot != 0; slot = seekNext()) {
            final long[] page = pages.page(slot);
            final int at = pages.at(slot);
            if (page[at] == high && page[at + 1] == low) {
                if (keyEndDay(page[at + RECORD]) > today) {
                    return slot;
                }
                recordOfGoneKey |= ref(slot) != 0 && chunks.endDay(slot) > today;
            }
        }
        return 0;
    }

    private int seek(final long high) {
        return slotOrNext(index.seek(hash(high)));
    }

    private int seekNext() {
        return slotOrNext(index.seekNext());
    }

    /** The slot of a name that the index gave or, if its entry was deleted, of the next one that has one. */
    private int slotOrNext(final int found) {
        int name = found;
        int slot = chunks.slot(name);
        while (slot == 0 && name != 0) {
            name = index.seekNext();
            slot = chunks.slot(name);
        }
        return slot;
    }

    /** Whether the last {@link #find}, which found nothing, met a living record whose key is gone. */
    boolean metRecordOfGoneKey() {
        return recordOfGoneKey;
    }

    /**
     * The newest entry of a fingerprint whose record is alive on a day, also if the key is gone, 0: none. There may be
     * more than one: the same command was accepted again after its key had gone.
     */
    int findRecord(final long high, final long low, final long today) {
        int newest = 0;
        for (int slot = seek(high); slot != 0; slot = seekNext()) {
            final long[] page = pages.page(slot);
            final int at = pages.at(slot);
            if (page[at] == high
                    && page[at + 1] == low
                    && ref(slot) != 0
                    && chunks.endDay(slot) > today
                    && (newest == 0 || sequence(slot) > sequence(newest))) {
                newest = slot;
            }
        }
        return newest;
    }

    /**
     * Forgets the records of a fingerprint that are alive on a day while their keys are gone: a later one of the same
     * name takes their place. Those whose day has come may have been deleted already.
     */
    void dropRecords(final long high, final long low, final long today) {
        for (int slot = seek(high); slot != 0; slot = seekNext()) {
            final long[] page = pages.page(slot);
            final int at = pages.at(slot);
            final boolean isIt = page[at] == high && page[at + 1] == low && chunks.endDay(slot) > today;
            final int ref = isIt ? ref(slot) : 0;
            if (ref != 0) {
                free(slot);
                ref(slot, 0);
            }
        }
    }

    /** Adds a key that is not alive and will have no record; its summary is set by {@link #describe}. */
    int add(final long high, final long low, final int endDay) {
        return add(high, low, endDay, endDay, false);
    }

    /**
     * Adds a key that is not alive; its summary is set by {@link #describe}, its record by an {@link OrderStore}.
     *
     * @param recordEndDay not before the key's end day
     * @param wide         whether the entry is to hold its record itself
     */
    int add(final long high, final long low, final int keyEndDay, final int recordEndDay, final boolean wide) {
        final int slot = chunks.append(recordEndDay, wide);
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        page[at] = high;
        page[at + 1] = low;
        page[at + RECORD] = (long) Math.min(keyEndDay, DAY_MASK) << DAY_SHIFT;
        index.insert(hash(high), chunks.name(slot));
        stored++;
        return slot;
    }

    /** Sets what became of a key, whose points are of the wallet {@code points}. */
    void describe(final int slot, final long content, final long sequence, final int code, final long points) {
        describe(slot, content, sequence, code, Account.POINTS, points);
    }

    /** Sets what became of a key. */
    void describe(
            final int slot,
            final long content,
            final long sequence,
            final int code,
            final int wallet,
            final long points) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        page[at + 2] = content;
        page[at + 3] = sequence << CODE_BITS | (long) wallet << WALLET_SHIFT | code;
        page[at + 4] = points;
    }

    long content(final int slot) {
        return pages.page(slot)[pages.at(slot) + 2];
    }

    long sequence(final int slot) {
        return pages.page(slot)[pages.at(slot) + 3] >>> CODE_BITS;
    }

    int code(final int slot) {
        return (int) (pages.page(slot)[pages.at(slot) + 3] & CODE_MASK);
    }

    /** The wallet that {@link #points} are of. */
    int wallet(final int slot) {
        return (int) (pages.page(slot)[pages.at(slot) + 3] >>> WALLET_SHIFT) & WALLET_MASK;
    }

    long points(final int slot) {
        return pages.page(slot)[pages.at(slot) + 4];
    }

    /** The first day on which the key is gone. */
    int keyEndDay(final int slot) {
        return keyEndDay(pages.page(slot)[pages.at(slot) + RECORD]);
    }

    private static int keyEndDay(final long record) {
        final int day = (int) (record >>> DAY_SHIFT) & DAY_MASK;
        return day == DAY_MASK ? FOREVER_DAY : day;
    }

    /** The blob in {@link #arena}, 0: none, {@link #INLINE_REF} and {@link #PLAIN_REF}: it stands in the entry. */
    int ref(final int slot) {
        final long record = pages.page(slot)[pages.at(slot) + RECORD];
        return record >>> STATE_SHIFT == NAMES_MEMBER ? 0 : (int) record;
    }

    /** The member that the entry's command concerned, where it has no record; 0: none. */
    int memberSlot(final int slot) {
        final long record = pages.page(slot)[pages.at(slot) + RECORD];
        return record >>> STATE_SHIFT == NAMES_MEMBER ? (int) record : 0;
    }

    /** Notes the member that the command of an entry without a record concerned. */
    void memberSlot(final int slot, final int member) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot) + RECORD;
        page[at] = page[at] & ~REF_MASK | member;
        state(slot, NAMES_MEMBER);
    }

    void ref(final int slot, final int value) {
        final int before = ref(slot);
        final int change = (isBlob(value) ? 1 : 0) - (isBlob(before) ? 1 : 0);
        if (change != 0) {
            chunks.countBlob(slot, change);
        }
        final long[] page = pages.page(slot);
        final int at = pages.at(slot) + RECORD;
        page[at] = page[at] & ~REF_MASK | value & REF_MASK;
    }

    /** Whether a reference is that of a blob: those begin with the second page. */
    static boolean isBlob(final int ref) {
        return ref >>> 2 != 0;
    }

    /** Whether an entry can hold a record of {@link #INLINE_BYTES} itself. */
    boolean isWide(final int slot) {
        return pages.longs(slot) == WIDE_LONGS;
    }

    /** Puts a record into a wide entry. */
    void putInline(final int slot, final byte[] bytes) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot) + INLINE;
        for (int i = 0; i < INLINE_BYTES / Long.BYTES; i++) {
            page[at + i] = (long) LONG.get(bytes, i * Long.BYTES);
        }
    }

    /** Gets a record out of a wide entry. */
    void getInline(final int slot, final byte[] bytes) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot) + INLINE;
        for (int i = 0; i < INLINE_BYTES / Long.BYTES; i++) {
            LONG.set(bytes, i * Long.BYTES, page[at + i]);
        }
    }

    /** Puts a plain order into a wide entry, in place of the record that it has. */
    void putPlain(final int slot, final OrderDraft o) {
        free(slot);
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        PlainOrder.pack(o, page, at + INLINE);
        page[at + RECORD] = page[at + RECORD] & ~REF_MASK | PLAIN_REF;
    }

    /** Fills the image of a plain order in a wide entry. */
    void getPlain(final int slot, final OrderDraft o) {
        PlainOrder.unpack(pages.page(slot), pages.at(slot) + INLINE, o);
    }

    /** A number from 0 to 15 that means what the record's kind says. */
    int state(final int slot) {
        return (int) (pages.page(slot)[pages.at(slot) + RECORD] >>> STATE_SHIFT);
    }

    void state(final int slot, final int value) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot) + RECORD;
        page[at] = page[at] & ~(-1L << STATE_SHIFT) | (long) value << STATE_SHIFT;
    }

    /**
     * How many expired entries a command that adds one deletes. One for one keeps pace with an even stream and costs
     * every command the same; more only if the entries of more than one day wait, so that deletion catches up.
     */
    int deletionsPerAdded(final long today) {
        return chunks.isBehind(today) ? MAX_DELETIONS_PER_ADDED : 1;
    }

    /** Deletes at most a few entries whose end day has come. */
    void deleteSome(final long today, final int atMost) {
        for (int i = 0; i < atMost; i++) {
            final int slot = chunks.firstExpired(today);
            if (slot == 0) {
                return;
            }
            if (chunks.hasBlobs(slot)) {
                free(slot);
            }
            stored--;
            final int emptied = chunks.dropFirst();
            if (emptied > 0) {
                sweep(emptied);
            }
        }
    }

    private void free(final int slot) {
        final int ref = ref(slot);
        if (isBlob(ref)) {
            arena.free(ref);
            ref(slot, 0);
        }
    }

    /** The index forgets deleted entries in the order of its memory, a chunk's worth at a time: no loads are waited for. */
    private void sweep(final int deleted) {
        index.abandon(deleted);
        final int cells = deleted * SWEPT_PER_DELETED;
        if (index.sweep(cells, chunks.numbers().gone(), KeyChunks.CHUNK_SHIFT)) {
            chunks.numbers().passEnded();
        }
    }

    /** Entries not deleted yet, alive or not. */
    long stored() {
        return stored;
    }

    /** Loads the places that the next entries will take: a store that misses holds up those behind it. */
    long touchUpcoming(final int entries) {
        long sum = 0;
        for (int i = 0; stored > 0 && i < entries; i++) {
            final int slot = chunks.upcoming(i);
            sum += pages.page(slot)[pages.at(slot)] + pages.page(slot)[pages.at(slot) + RECORD];
        }
        return sum;
    }

    /** Loads the cell of the index for a fingerprint. */
    long touch(final long high) {
        return index.touch(hash(high));
    }

    /** Visits the entries whose key or record is alive on a day. */
    void forEachAlive(final long today, final KeyChunks.Visitor visitor) {
        chunks.forEachAlive(today, visitor);
    }

    /** Gives an entry without its record to a hasher. */
    void hash(final int slot, final StateHasher hasher) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        for (int i = 0; i < RECORD; i++) {
            hasher.word(page[at + i]);
        }
        hasher.word(page[at + RECORD] >>> DAY_SHIFT);
    }

    private static int hash(final long high) {
        return (int) (high >>> 32);
    }
}

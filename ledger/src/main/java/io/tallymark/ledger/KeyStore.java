package io.tallymark.ledger;

/**
 * Idempotency keys and what became of them: one entry of 48 bytes each, found by fingerprint through a
 * {@link SlotIndex}, in chunks that hold keys of one last day only, see {@link KeyChunks}.
 *
 * <pre>
 *  long 0, 1   fingerprint of (program, source, operation, document id)
 *  long 2      content hash
 *  long 3      63..16 sequence, 15..0 result code
 *  long 4      points
 *  long 5      base points of an accrual, version of a publication, else 0
 * </pre>
 *
 * Days are UTC days of engine time. A key is gone from its end day on, at once, whether its entry was deleted yet or
 * not; entries are deleted a few at a time.
 */
final class KeyStore {
    /** End day of a key that is kept for ever. */
    static final int FOREVER_DAY = Integer.MAX_VALUE;

    /** The most of {@link #deletionsPerAdded}. */
    static final int MAX_DELETIONS_PER_ADDED = 2;

    private static final int RECORD_LONGS = 6;
    private static final int CODE_BITS = 16;
    private static final long CODE_MASK = (1L << CODE_BITS) - 1;

    private final RecordPages pages = new RecordPages(RECORD_LONGS);
    private final KeyChunks chunks = new KeyChunks(pages);
    private final SlotIndex index;
    private final long max;

    KeyStore(final long expected, final long max) {
        this.index = new SlotIndex(expected);
        this.max = max;
    }

    /** Whether the planned number of keys is alive on a day. */
    boolean isFull(final long today) {
        return index.count() - chunks.expired(today) >= max;
    }

    /** The entry of a key that is alive on a day, 0: none. */
    int find(final long high, final long low, final long today) {
        for (int slot = index.seek(hash(high)); slot != 0; slot = index.seekNext()) {
            final long[] page = pages.page(slot);
            final int at = pages.at(slot);
            if (page[at] == high && page[at + 1] == low && chunks.endDay(slot) > today) {
                return slot;
            }
        }
        return 0;
    }

    /** Adds a key that is not alive; its summary is set by {@link #describe}. */
    int add(final long high, final long low, final int endDay) {
        final int slot = chunks.append(endDay);
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        page[at] = high;
        page[at + 1] = low;
        index.insert(hash(high), slot);
        return slot;
    }

    /** Sets what became of a key. */
    void describe(
            final int slot,
            final long content,
            final long sequence,
            final int code,
            final long points,
            final long detail) {
        final long[] page = pages.page(slot);
        final int at = pages.at(slot);
        page[at + 2] = content;
        page[at + 3] = sequence << CODE_BITS | code;
        page[at + 4] = points;
        page[at + 5] = detail;
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

    long points(final int slot) {
        return pages.page(slot)[pages.at(slot) + 4];
    }

    /** Base points of an accrual, version of a publication. */
    long detail(final int slot) {
        return pages.page(slot)[pages.at(slot) + 5];
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
            index.delete(hash(pages.page(slot)[pages.at(slot)]), slot);
            chunks.dropFirst();
        }
    }

    /** Entries not deleted yet, alive or not. */
    long stored() {
        return index.count();
    }

    /** Loads the cell of the index for a fingerprint. */
    long touch(final long high) {
        return index.touch(hash(high));
    }

    /** Loads the cell of the index for a hash that {@link #nextExpired} gave. */
    long touch(final int hash) {
        return index.touch(hash);
    }

    /**
     * Gives the hashes of the entries that {@link #deleteSome} comes to next.
     *
     * @return how many
     */
    int nextExpired(final long today, final int[] hashes, final int atMost) {
        int slot = chunks.firstExpired(today);
        int count = 0;
        while (count < atMost && slot != 0) {
            hashes[count++] = hash(pages.page(slot)[pages.at(slot)]);
            slot = chunks.followingInFirstDay(slot);
        }
        return count;
    }

    /** Gives every key that is alive on a day to a hasher. */
    void hashAlive(final long today, final StateHasher hasher) {
        chunks.forEachAlive(today, (slot, endDay) -> {
            final long[] page = pages.page(slot);
            final int at = pages.at(slot);
            hasher.begin(endDay);
            for (int i = 0; i < RECORD_LONGS; i++) {
                hasher.word(page[at + i]);
            }
            hasher.add();
        });
    }

    private static int hash(final long high) {
        return (int) (high >>> 32);
    }
}

package io.tallymark.ledger;

/** Reads what a {@link BlobWriter} packed, in place. Reused; one thread. */
final class BlobReader {
    private byte[] bytes;
    private int at;

    BlobReader wrap(final BlockArena arena, final int ref) {
        bytes = arena.page(ref);
        at = arena.at(ref);
        return this;
    }

    /** An unsigned number. */
    long next() {
        final byte first = bytes[at++];
        if (first >= 0) {
            return first;
        }
        long value = first & 0x7F;
        int shift = 7;
        byte b;
        do {
            b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            shift += 7;
        } while (b < 0);
        return value;
    }

    int nextInt() {
        return (int) next();
    }

    long nextSigned() {
        final long value = next();
        return value >>> 1 ^ -(value & 1);
    }

    int nextDay(final int none) {
        final long value = next();
        if (value == 0) {
            return none;
        }
        final long fromBase = value - 1 >>> 1 ^ -(value - 1 & 1);
        return (int) (fromBase + BlobWriter.DAY_BASE);
    }

    long nextTime() {
        final long value = next();
        if (value == 1) {
            return Long.MAX_VALUE;
        }
        return (value & 1) == 0 ? (value >>> 1) * BlobWriter.MINUTE_MS : value >>> 1;
    }
}

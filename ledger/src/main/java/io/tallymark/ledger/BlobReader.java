package io.tallymark.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what a {@link BlobWriter} packed, in place. Reused; one thread. */
final class BlobReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int at;

    BlobReader wrap(final BlockArena arena, final int ref) {
        bytes = arena.page(ref);
        at = arena.at(ref);
        return this;
    }

    /** Reads from the start of an array. */
    BlobReader wrap(final byte[] from) {
        bytes = from;
        at = 0;
        return this;
    }

    /** An unsigned number. */
    long next() {
        final int following = Integer.numberOfTrailingZeros(~bytes[at]);
        if (following >= Byte.SIZE) {
            final long value = (long) LONG.get(bytes, at + 1);
            at += 1 + Long.BYTES;
            return value;
        }
        final int length = following + 1;
        final long word = at + Long.BYTES <= bytes.length ? (long) LONG.get(bytes, at) : last(length);
        at += length;
        return (word & -1L >>> Long.SIZE - Byte.SIZE * length) >>> length;
    }

    /** At the end of a page, byte by byte. */
    private long last(final int length) {
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = word << Byte.SIZE | bytes[at + i] & 0xFF;
        }
        return word;
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

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Packs numbers into a blob for a {@link BlockArena}: seven bits a byte with the number of bytes in the first (as many
 * ones at its bottom as bytes follow, then a zero; a first byte of all ones: eight bytes follow), days and times so that
 * those of today are short.
 * {@link BlobReader} is its reverse. Reused; one thread.
 */
final class BlobWriter {
    /** 2026-01-01: days are counted from here, so that those of some decades take two bytes. */
    static final int DAY_BASE = 20_454;

    static final long MINUTE_MS = CompiledProgram.DAY_MS / (24 * 60);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** With room for the long that a number at the end is written by. */
    private final byte[] bytes = new byte[BlockArena.MAX_BYTES + Long.BYTES + 1];

    private int at;

    BlobWriter begin() {
        at = 0;
        return this;
    }

    /** Packed so far, from 0 on. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return at;
    }

    /** An unsigned number. */
    void put(final long value) {
        if (value >>> Long.SIZE - Byte.SIZE != 0) {
            bytes[at] = -1;
            LONG.set(bytes, at + 1, value);
            at += 1 + Long.BYTES;
            return;
        }
        // As many ones at the bottom as bytes follow the first: written at once, without a loop over bytes.
        final int length = (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
        LONG.set(bytes, at, value << length | (1L << length - 1) - 1);
        at += length;
    }

    /** A number that may be negative; small magnitudes are short. */
    void putSigned(final long value) {
        put(value << 1 ^ value >> Long.SIZE - 1);
    }

    /** A day, or one that stands for none and takes one byte. */
    void putDay(final int day, final int none) {
        if (day == none) {
            put(0);
        } else {
            final long fromBase = (long) day - DAY_BASE;
            put((fromBase << 1 ^ fromBase >> Long.SIZE - 1) + 1);
        }
    }

    /** Epoch milliseconds from 0 to {@link Ledger#MAX_TIME_MS}, or {@code Long.MAX_VALUE}; whole minutes are short. */
    void putTime(final long ms) {
        if (ms == Long.MAX_VALUE) {
            // Millisecond 0 is a whole minute, so its other form is free.
            put(1);
        } else if (ms % MINUTE_MS == 0) {
            put(ms / MINUTE_MS << 1);
        } else {
            put(ms << 1 | 1);
        }
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;

/**
 * Packs numbers into a blob for a {@link BlockArena}: unsigned LEB128, days and times so that those of today are short.
 * {@link BlobReader} is its reverse. Reused; one thread.
 */
final class BlobWriter {
    /** 2026-01-01: days are counted from here, so that those of some decades take two bytes. */
    static final int DAY_BASE = 20_454;

    static final long MINUTE_MS = CompiledProgram.DAY_MS / (24 * 60);

    private final byte[] bytes = new byte[BlockArena.MAX_BYTES];
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
        long rest = value;
        int to = at;
        while ((rest & ~0x7FL) != 0) {
            bytes[to++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[to] = (byte) rest;
        at = to + 1;
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

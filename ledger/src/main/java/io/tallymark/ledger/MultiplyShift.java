package io.tallymark.ledger;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A keyed hash of words for values that stay inside: the upper 64 bits of (a0 + a1·w1 + … + an·wn) mod 2^128 with secret
 * 128-bit numbers a, made from a seed by {@link SipHash}. Two different messages of words, the shorter one filled up with
 * zeros, have the same value for one in 2^64 of all a, whatever the messages are (strong universality; Martin
 * Dietzfelbinger, "Universal hashing and k-wise independent random variables via integer arithmetic without primes",
 * STACS 1996). So nobody who sees no values can steer them. Its products do not wait for each other, as the rounds of
 * {@link SipHash} do.
 *
 * <p>Values are mixed at the end, one to one, so that messages in a row do not lead to values in a row. Reused; one
 * thread.
 */
final class MultiplyShift {
    private static final int FIRST_A = 2;

    /** Pairs of lower and upper half. */
    private final long[] a;

    private int next;
    private long low;
    private long high;

    /**
     * A hash of its own.
     *
     * @param seeds    what the numbers are made from
     * @param purpose  tells it from others of the same seed
     * @param maxWords of a message
     */
    MultiplyShift(final SipHash seeds, final long purpose, final int maxWords) {
        a = new long[2 + 2 * maxWords];
        for (int i = 0; i < a.length; i += 2) {
            seeds.begin().word(purpose).word(i).end();
            a[i] = seeds.low();
            a[i + 1] = seeds.high();
        }
    }

    /** Begins a message. */
    MultiplyShift begin() {
        low = a[0];
        high = a[1];
        next = FIRST_A;
        return this;
    }

    /** The next word. */
    MultiplyShift word(final long w) {
        final long aLow = a[next];
        final long product = aLow * w;
        // The upper half of an unsigned product, made from that of the signed one.
        high += Math.multiplyHigh(aLow, w)
                + (aLow >> Long.SIZE - 1 & w)
                + (w >> Long.SIZE - 1 & aLow)
                + a[next + 1] * w;
        low += product;
        high += Long.compareUnsigned(low, product) < 0 ? 1 : 0;
        next += 2;
        return this;
    }

    /** A run of bytes as words; its length must be part of the message before. */
    MultiplyShift bytes(final DirectBuffer bytes, final int offset, final int count) {
        final int end = offset + count;
        int at = offset;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            word(bytes.getLong(at, ByteOrder.LITTLE_ENDIAN));
        }
        return at == end ? this : word(SipHash.tail(bytes, at, end));
    }

    /** The value of the message. */
    long end() {
        long mixed = high;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
        return mixed ^ mixed >>> 32;
    }
}

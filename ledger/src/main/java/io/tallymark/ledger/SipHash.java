package io.tallymark.ledger;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * SipHash-2-4 with 128-bit output: a keyed hash whose values cannot be steered by those who choose the input.
 * Described in Jean-Philippe Aumasson and Daniel J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012; the
 * 128-bit output is the variant of the authors' reference implementation.
 *
 * <p>A message is given as whole words first, then at most one run of bytes. Reused; not thread-safe.
 */
final class SipHash {
    private static final int MAX_PENDING = 15;

    private final long key0;
    private final long key1;

    /** Words given and not yet taken in, and room for the last one. */
    private final long[] words = new long[MAX_PENDING + 1];

    private int pending;

    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long length;
    private long high;
    private boolean isHighMade;
    private long low;

    SipHash(final long key0, final long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** Begins a message. */
    SipHash begin() {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
        length = 0;
        pending = 0;
        return this;
    }

    /** The next 8 bytes, little-endian. */
    SipHash word(final long m) {
        if (pending == MAX_PENDING) {
            absorb();
        }
        words[pending++] = m;
        length += Long.BYTES;
        return this;
    }

    /** Ends the message without further bytes. */
    SipHash end() {
        return finish(0);
    }

    /** Ends the message with a run of bytes. */
    SipHash end(final DirectBuffer bytes, final int offset, final int count) {
        int at = offset;
        final int words = offset + (count & -Long.BYTES);
        for (; at < words; at += Long.BYTES) {
            word(bytes.getLong(at, ByteOrder.LITTLE_ENDIAN));
        }
        length += offset + count - at;
        return finish(tail(bytes, at, offset + count));
    }

    /** Bits 64 to 127 of the ended message's hash: the second 8 bytes of the output. Made only when asked for. */
    long high() {
        if (!isHighMade) {
            v1 ^= 0xdd;
            rounds(4);
            high = v0 ^ v1 ^ v2 ^ v3;
            isHighMade = true;
        }
        return high;
    }

    /** Bits 0 to 63 of the ended message's hash: the first 8 bytes of the output. */
    long low() {
        return low;
    }

    private static long tail(final DirectBuffer bytes, final int from, final int to) {
        if (from == to) {
            return 0;
        }
        if (from + Long.BYTES <= bytes.capacity()) {
            return bytes.getLong(from, ByteOrder.LITTLE_ENDIAN) & (1L << Byte.SIZE * (to - from)) - 1;
        }
        long tail = 0;
        for (int at = to - 1; at >= from; at--) {
            tail = tail << 8 | bytes.getByte(at) & 0xFF;
        }
        return tail;
    }

    private SipHash finish(final long tail) {
        words[pending++] = length << 56 | tail;
        absorb();
        v2 ^= 0xee;
        rounds(4);
        low = v0 ^ v1 ^ v2 ^ v3;
        isHighMade = false;
        return this;
    }

    /** Takes the pending words in, with the state in registers from the first to the last. */
    private void absorb() {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int i = 0; i < pending; i++) {
            final long m = words[i];
            d ^= m;
            for (int round = 0; round < 2; round++) {
                a += b;
                c += d;
                b = Long.rotateLeft(b, 13) ^ a;
                d = Long.rotateLeft(d, 16) ^ c;
                a = Long.rotateLeft(a, 32);
                c += b;
                a += d;
                b = Long.rotateLeft(b, 17) ^ c;
                d = Long.rotateLeft(d, 21) ^ a;
                c = Long.rotateLeft(c, 32);
            }
            a ^= m;
        }
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
        pending = 0;
    }

    private void rounds(final int count) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int round = 0; round < count; round++) {
            a += b;
            c += d;
            b = Long.rotateLeft(b, 13) ^ a;
            d = Long.rotateLeft(d, 16) ^ c;
            a = Long.rotateLeft(a, 32);
            c += b;
            a += d;
            b = Long.rotateLeft(b, 17) ^ c;
            d = Long.rotateLeft(d, 21) ^ a;
            c = Long.rotateLeft(c, 32);
        }
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
    }
}

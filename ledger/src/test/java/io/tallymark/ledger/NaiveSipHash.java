package io.tallymark.ledger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** SipHash-c-d with 128-bit output, word by word as the paper tells it. */
final class NaiveSipHash {
    private final long[] v;

    private NaiveSipHash(final long key0, final long key1) {
        v = new long[] {
            key0 ^ 0x736f6d6570736575L,
            key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L,
            key1 ^ 0x7465646279746573L
        };
    }

    /** The 16 bytes in hexadecimal digits. */
    static String hash(final long key0, final long key1, final int c, final int d, final byte[] message) {
        final NaiveSipHash state = new NaiveSipHash(key0, key1);
        state.v[1] ^= 0xee;
        final byte[] padded = Arrays.copyOf(message, message.length / 8 * 8 + 8);
        padded[padded.length - 1] = (byte) message.length;
        final ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        while (words.hasRemaining()) {
            final long m = words.getLong();
            state.v[3] ^= m;
            state.rounds(c);
            state.v[0] ^= m;
        }
        final ByteBuffer output = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        state.v[2] ^= 0xee;
        state.rounds(d);
        output.putLong(state.all());
        state.v[1] ^= 0xdd;
        state.rounds(d);
        output.putLong(state.all());
        return HexFormat.of().formatHex(output.array());
    }

    private long all() {
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private void rounds(final int count) {
        for (int i = 0; i < count; i++) {
            half(0, 1, 13, true);
            half(2, 3, 16, false);
            half(0, 3, 21, false);
            half(2, 1, 17, true);
        }
    }

    /** One addition, rotation and exclusive or; the first word is turned by 32 where the paper does. */
    private void half(final int a, final int b, final int by, final boolean turns) {
        v[a] += v[b];
        v[b] = Long.rotateLeft(v[b], by) ^ v[a];
        if (turns) {
            v[a] = Long.rotateLeft(v[a], 32);
        }
    }
}

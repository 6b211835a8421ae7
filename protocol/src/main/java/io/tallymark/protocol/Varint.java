package io.tallymark.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Unsigned LEB128 (seven bits a byte, low bits first, high bit: more follow) and the zigzag mapping of signed numbers,
 * as in the encoding guide of Protocol Buffers.
 */
public final class Varint {
    /** Most bytes of a 64-bit number. */
    public static final int MAX_BYTES = 10;

    private Varint() {}

    /** Writes an unsigned number; returns the position behind it. */
    public static int put(final MutableDirectBuffer buffer, final int offset, final long value) {
        int at = offset;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer.putByte(at++, (byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        buffer.putByte(at, (byte) rest);
        return at + 1;
    }

    /** Bytes that {@link #put} takes for a value. */
    public static int size(final long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Maps a signed number so that small magnitudes are short. */
    public static long zigzag(final long value) {
        return (value << 1) ^ (value >> 63);
    }

    /** The reverse of {@link #zigzag}. */
    public static long unzigzag(final long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** A cursor over varints; not thread-safe. Throws {@link IndexOutOfBoundsException} at the end of its range. */
    public static final class Reader {
        private DirectBuffer buffer;
        private int position;
        private int limit;

        /** Reads {@code length} bytes from {@code offset} on. */
        public Reader wrap(final DirectBuffer source, final int offset, final int length) {
            buffer = source;
            position = offset;
            limit = offset + length;
            return this;
        }

        public int position() {
            return position;
        }

        public int remaining() {
            return limit - position;
        }

        /** Moves on and returns where the skipped bytes start. */
        public int skip(final int length) {
            if (length < 0 || length > limit - position) {
                throw new IndexOutOfBoundsException("needs " + length + " bytes, has " + (limit - position));
            }
            final int at = position;
            position += length;
            return at;
        }

        public byte nextByte() {
            return buffer.getByte(skip(1));
        }

        /** The next unsigned number; a number of more than 64 bits is out of bounds too. */
        public long next() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                final byte b = nextByte();
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IndexOutOfBoundsException("a number of more than 64 bits at " + position);
        }

        public long nextSigned() {
            return unzigzag(next());
        }
    }
}

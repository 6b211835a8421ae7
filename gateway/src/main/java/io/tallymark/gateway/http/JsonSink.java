package io.tallymark.gateway.http;

import java.io.OutputStream;
import java.util.Arrays;
import org.agrona.AsciiEncoding;

/**
 * Bytes of one JSON document after the other, in an array that grows to the longest. What is written again and again is
 * put here as bytes made once, beside what a generator writes. Not thread-safe.
 */
final class JsonSink extends OutputStream {
    private static final byte[] SMALLEST = ResponseWriter.ascii(Long.toString(Long.MIN_VALUE));
    private static final byte[] HEX = ResponseWriter.ascii("0123456789ABCDEF");

    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private byte[] bytes = new byte[2_048];
    private int length;

    /** The bytes, from index 0 on. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Goes back to where the length was this. */
    void cut(final int newLength) {
        length = newLength;
    }

    @Override
    public void write(final int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(final byte[] source, final int offset, final int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** All of an array. */
    void put(final byte[] source) {
        write(source, 0, source.length);
    }

    /** Name, colon and whatever else is in the array, and a number behind. */
    void put(final byte[] source, final long value) {
        put(source);
        number(value);
    }

    /** A whole number. */
    void number(final long value) {
        if (value == Long.MIN_VALUE) {
            put(SMALLEST);
            return;
        }
        long rest = value;
        if (value < 0) {
            write('-');
            rest = -value;
        }
        final int digits = AsciiEncoding.digitCount(rest);
        reserve(digits);
        length += digits;
        int at = length;
        while (rest >= 10) {
            final long hundreds = rest / 100;
            final int pair = 2 * (int) (rest - hundreds * 100);
            bytes[--at] = PAIRS[pair + 1];
            bytes[--at] = PAIRS[pair];
            rest = hundreds;
        }
        if (at > length - digits) {
            bytes[--at] = (byte) ('0' + rest);
        }
    }

    /** One byte of a UTF-8 text, escaped where JSON needs it. */
    void escaped(final byte b) {
        if (b == '"' || b == '\\') {
            write('\\');
            write(b);
        } else if (b >= 0 && b < ' ') {
            control(b);
        } else {
            write(b);
        }
    }

    private void control(final byte b) {
        write('\\');
        switch (b) {
            case '\b' -> write('b');
            case '\t' -> write('t');
            case '\n' -> write('n');
            case '\f' -> write('f');
            case '\r' -> write('r');
            default -> {
                write('u');
                write('0');
                write('0');
                write(HEX[b >> 4]);
                write(HEX[b & 0xF]);
            }
        }
    }

    private void reserve(final int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}

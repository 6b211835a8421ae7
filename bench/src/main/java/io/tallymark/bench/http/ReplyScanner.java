package io.tallymark.bench.http;

import io.netty.buffer.ByteBuf;

/** Finds the end of HTTP/1.1 replies that carry a Content-Length, and their status. */
final class ReplyScanner {
    private static final byte[] LENGTH = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'};
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /** Moves behind the next whole reply and returns its status; 0: there is none yet. */
    int next(final ByteBuf in) {
        final int start = in.readerIndex();
        final int end = in.writerIndex();
        int length = 0;
        int line = start;
        while (line < end) {
            final int feed = in.indexOf(line, end, (byte) '\n');
            if (feed < 0) {
                return 0;
            }
            if (feed - line <= 1) {
                if (end - feed - 1 < length) {
                    return 0;
                }
                in.readerIndex(feed + 1 + length);
                return number(in, start + STATUS_AT);
            }
            if (isLength(in, line, feed)) {
                length = number(in, line + LENGTH.length + 1);
            }
            line = feed + 1;
        }
        return 0;
    }

    private static boolean isLength(final ByteBuf in, final int line, final int end) {
        if (end - line < LENGTH.length) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            if ((in.getByte(line + i) | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int number(final ByteBuf in, final int from) {
        int value = 0;
        int at = from;
        byte digit = in.getByte(at);
        while (digit >= '0' && digit <= '9') {
            value = value * 10 + digit - '0';
            digit = in.getByte(++at);
        }
        return value;
    }
}

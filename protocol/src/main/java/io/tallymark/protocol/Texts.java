package io.tallymark.protocol;

import org.agrona.DirectBuffer;

/** What texts may consist of. Never throws for bytes inside the buffer, allocates nothing. */
public final class Texts {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final byte[] POINTS = {'p', 'o', 'i', 'n', 't', 's'};

    private Texts() {}

    /** Whether all bytes are lower-case letters, digits or hyphens. */
    public static boolean isProgramName(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = offset, end = offset + length; i < end; i++) {
            final int b = buffer.getByte(i);
            if (!(b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-')) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes are {@code points}, the wallet that every program has and that is meant where none is named. */
    public static boolean isPointsWallet(final DirectBuffer buffer, final int offset, final int length) {
        boolean is = length == POINTS.length;
        for (int i = 0; is && i < length; i++) {
            is = buffer.getByte(offset + i) == POINTS[i];
        }
        return is;
    }

    /** Whether all bytes are visible ASCII, 0x21 to 0x7E. */
    public static boolean isVisibleAscii(final DirectBuffer buffer, final int offset, final int length) {
        return allBetween(buffer, offset, length, 0x21);
    }

    /** Whether the bytes are valid UTF-8 without control characters (U+0000–U+001F, U+007F–U+009F). */
    public static boolean isPlainUtf8(final DirectBuffer buffer, final int offset, final int length) {
        return allBetween(buffer, offset, length, 0x20) || isPlainUtf8Slow(buffer, offset, length, false);
    }

    /** As {@link #isPlainUtf8}, but tab, line feed and carriage return are allowed too. */
    public static boolean isUtf8Lines(final DirectBuffer buffer, final int offset, final int length) {
        return isPlainUtf8Slow(buffer, offset, length, true);
    }

    /** Whether all bytes are in [least, 0x7E]; eight at a time, since document ids are on the hot path. */
    private static boolean allBetween(final DirectBuffer buffer, final int offset, final int length, final int least) {
        final int end = offset + length;
        int i = offset;
        for (; i <= end - 8; i += 8) {
            final long word = buffer.getLong(i);
            // A byte below the least borrows into its high bit, one above 0x7E carries into it or has it already.
            if (((word - ONES * least | word + ONES | word) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; i < end; i++) {
            final int b = buffer.getByte(i);
            if (b < least || b > 0x7E) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainUtf8Slow(
            final DirectBuffer buffer, final int offset, final int length, final boolean lineEnds) {
        final int end = offset + length;
        int i = offset;
        while (i < end) {
            final int lead = buffer.getByte(i++) & 0xFF;
            if (lead < 0x80) {
                final boolean allowed =
                        lead >= 0x20 && lead != 0x7F || lineEnds && (lead == '\t' || lead == '\n' || lead == '\r');
                if (!allowed) {
                    return false;
                }
                continue;
            }
            final int more = lead >= 0xC2 && lead <= 0xDF ? 1 : lead >= 0xE0 && lead <= 0xEF ? 2 : 3;
            if (lead < 0xC2 || lead > 0xF4 || end - i < more) {
                return false;
            }
            int codePoint = lead & (0x3F >> more);
            for (int k = 0; k < more; k++) {
                final int b = buffer.getByte(i++) & 0xFF;
                if ((b & 0xC0) != 0x80) {
                    return false;
                }
                codePoint = codePoint << 6 | b & 0x3F;
            }
            if (!isAllowedAboveAscii(codePoint, more)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowedAboveAscii(final int codePoint, final int continuationBytes) {
        return switch (continuationBytes) {
            case 1 -> codePoint >= 0xA0;
            case 2 -> codePoint >= 0x800 && (codePoint < 0xD800 || codePoint > 0xDFFF);
            default -> codePoint >= 0x1_0000 && codePoint <= 0x10_FFFF;
        };
    }
}

package io.tallymark.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Copies texts of a few bytes, which is what commands and replies are made of: in words, since a call into the virtual
 * machine's copying costs more than the copy. Both buffers check their bounds.
 */
final class ShortCopy {
    private static final int MOST_BYTES = 64;

    private ShortCopy() {}

    static void copy(
            final DirectBuffer source,
            final int sourceOffset,
            final MutableDirectBuffer target,
            final int targetOffset,
            final int length) {
        if (length > MOST_BYTES) {
            target.putBytes(targetOffset, source, sourceOffset, length);
            return;
        }
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            target.putLong(targetOffset + i, source.getLong(sourceOffset + i));
        }
        if (i <= length - Integer.BYTES) {
            target.putInt(targetOffset + i, source.getInt(sourceOffset + i));
            i += Integer.BYTES;
        }
        for (; i < length; i++) {
            target.putByte(targetOffset + i, source.getByte(sourceOffset + i));
        }
    }
}

package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** Moves over one message and never leaves it: every length is checked before what it spans is touched. */
final class WireCursor {
    private DirectBuffer buffer;
    private int block;
    private int blockLength;
    private int position;
    private int limit;
    private boolean laterVersion;
    private int dataOffset;
    private int dataLength;

    void wrap(
            final DirectBuffer source,
            final int blockOffset,
            final int end,
            final int declaredBlockLength,
            final boolean isLaterVersion) {
        buffer = source;
        block = blockOffset;
        blockLength = declaredBlockLength;
        position = blockOffset + declaredBlockLength;
        limit = end;
        laterVersion = isLaterVersion;
    }

    /** Whether the block is in the message and as long as this version says, or longer in a later one. */
    boolean hasBlock(final int known) {
        return isLength(blockLength, known) && position <= limit;
    }

    /** Whether nothing follows, or what follows may be what a later version appended. */
    boolean atEnd() {
        return position == limit || laterVersion;
    }

    long blockLong(final int offset) {
        return buffer.getLong(block + offset, LITTLE_ENDIAN);
    }

    int blockInt(final int offset) {
        return buffer.getInt(block + offset, LITTLE_ENDIAN);
    }

    int blockShort(final int offset) {
        return buffer.getShort(block + offset, LITTLE_ENDIAN) & 0xFFFF;
    }

    int blockByte(final int offset) {
        return buffer.getByte(block + offset) & 0xFF;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    /** Where the data of the last {@link #nextText} or {@link #nextBytes} stand. */
    int dataOffset() {
        return dataOffset;
    }

    int dataLength() {
        return dataLength;
    }

    /** Whether two stretches that were moved over have the same bytes. */
    boolean isSame(final int first, final int second, final int length) {
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(first + i) != buffer.getByte(second + i)) {
                return false;
            }
        }
        return true;
    }

    /** Moves over data with a length of one byte; false if they leave the message or their length is not in range. */
    boolean nextText(final int least, final int most) {
        if (position >= limit) {
            return false;
        }
        return data(position + 1, buffer.getByte(position) & 0xFF, least, most);
    }

    /** Moves over data with a length of four bytes; false if they leave the message or their length is not in range. */
    boolean nextBytes(final int least, final int most) {
        if (limit - position < Integer.BYTES) {
            return false;
        }
        return data(position + Integer.BYTES, buffer.getInt(position, LITTLE_ENDIAN), least, most);
    }

    /** Moves over a group's dimensions: the number of entries, or -1 if they leave the message or make no sense. */
    int nextGroup(final int knownEntryLength) {
        if (limit - position < 2 * Short.BYTES) {
            return -1;
        }
        final int entryLength = buffer.getShort(position, LITTLE_ENDIAN) & 0xFFFF;
        final int count = buffer.getShort(position + 2, LITTLE_ENDIAN) & 0xFFFF;
        position += 2 * Short.BYTES;
        dataLength = entryLength;
        return isLength(entryLength, knownEntryLength) ? count : -1;
    }

    /** Length of the fixed part of each entry, right after {@link #nextGroup}. */
    int entryLength() {
        return dataLength;
    }

    /** Moves over the fixed part of an entry; false if it leaves the message. */
    boolean nextEntry(final int entryLength) {
        if (limit - position < entryLength) {
            return false;
        }
        block = position;
        position += entryLength;
        return true;
    }

    private boolean isLength(final int declared, final int known) {
        return declared == known || laterVersion && declared > known;
    }

    private boolean data(final int offset, final int length, final int least, final int most) {
        if (length < least || length > most || length > limit - offset) {
            return false;
        }
        dataOffset = offset;
        dataLength = length;
        position = offset + length;
        return true;
    }
}

package io.tallymark.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * The layout of a frame: what one append puts into the log, little-endian.
 *
 * <pre>
 *  0  magic           u32   89 54 4D FF: no UTF-8 text can hold it
 *  4  crc32c          u32   over bytes 8 to the end of the frame
 *  8  length          u32   whole frame, header included
 * 12  version         u8    1
 * 13  kind            u8    1 START, 2 BATCH, 3 STOP
 * 14  reserved        u16   0
 * 16  epoch           u32
 * 20  recordCount     u32
 * 24  firstSequence   i64   of the first record; of START and STOP: the one that comes next
 * 32  engineTimeMs    i64   engine time of the first record
 * 40  forcedThrough   i64   watermark as known when the frame was written
 * 48  previousChain   i64   chain value of the frame before, also across epochs; 0 before the first
 * 56  payload
 * </pre>
 *
 * The chain value of a frame mixes the chain value before, its CRC and its first sequence: a frame that was replaced,
 * dropped or moved breaks it.
 */
final class Frame {
    static final int MAGIC = 0xFF4D5489;
    static final int VERSION = 1;
    static final int START = 1;
    static final int BATCH = 2;
    static final int STOP = 3;

    static final int CRC_OFFSET = 4;
    static final int LENGTH_OFFSET = 8;
    static final int VERSION_OFFSET = 12;
    static final int KIND_OFFSET = 13;
    static final int RESERVED_OFFSET = 14;
    static final int EPOCH_OFFSET = 16;
    static final int COUNT_OFFSET = 20;
    static final int FIRST_SEQUENCE_OFFSET = 24;
    static final int ENGINE_TIME_OFFSET = 32;
    static final int FORCED_THROUGH_OFFSET = 40;
    static final int PREVIOUS_CHAIN_OFFSET = 48;
    static final int HEADER_BYTES = 56;

    /** No frame is longer: a length beyond it is damage. */
    static final int MAX_BYTES = 16 << 20;

    private Frame() {}

    /** CRC of the frame at {@code offset} of a buffer; moves the buffer's position and limit. */
    static int crc(final CRC32C crc, final ByteBuffer bytes, final int offset, final int length) {
        crc.reset();
        bytes.limit(offset + length).position(offset + LENGTH_OFFSET);
        crc.update(bytes);
        bytes.clear();
        return (int) crc.getValue();
    }

    /** The chain value of the whole frame at {@code offset}. */
    static long chain(final DirectBuffer buffer, final int offset) {
        long h = buffer.getLong(offset + PREVIOUS_CHAIN_OFFSET) * 0x9E3779B97F4A7C15L;
        h ^= buffer.getInt(offset + CRC_OFFSET) & 0xFFFF_FFFFL | (long) buffer.getInt(offset + LENGTH_OFFSET) << 32;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        h ^= buffer.getLong(offset + FIRST_SEQUENCE_OFFSET);
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        return h ^ (h >>> 32);
    }

    static int length(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET);
    }

    static int kind(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + KIND_OFFSET);
    }

    static int epoch(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + EPOCH_OFFSET);
    }

    static int count(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + COUNT_OFFSET);
    }

    static long firstSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FIRST_SEQUENCE_OFFSET);
    }

    static long engineTimeMs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + ENGINE_TIME_OFFSET);
    }

    static long forcedThrough(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FORCED_THROUGH_OFFSET);
    }

    static long previousChain(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + PREVIOUS_CHAIN_OFFSET);
    }

    /**
     * Why the bytes at {@code offset} are no whole frame, or null if they are one.
     *
     * @param available bytes from {@code offset} on
     */
    static String fault(
            final CRC32C crc,
            final DirectBuffer buffer,
            final ByteBuffer bytes,
            final int offset,
            final int available) {
        if (available < HEADER_BYTES) {
            return "a frame cut in its header";
        }
        if (buffer.getInt(offset) != MAGIC) {
            return "no frame's magic number";
        }
        final int length = length(buffer, offset);
        if (length < HEADER_BYTES || length > MAX_BYTES) {
            return "a frame length of " + length;
        }
        if (length > available) {
            return "a frame cut after " + available + " of " + length + " bytes";
        }
        if (crc(crc, bytes, offset, length) != buffer.getInt(offset + CRC_OFFSET)) {
            return "a frame with a wrong checksum";
        }
        if (buffer.getByte(offset + VERSION_OFFSET) != VERSION) {
            return "a frame of version " + buffer.getByte(offset + VERSION_OFFSET) + ", this build reads " + VERSION;
        }
        return null;
    }
}

package io.tallymark.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The bytes around the messages on the binary port, the same in both directions; little-endian.
 *
 * <pre>
 *  frame
 *   0  frameLength    u32   of the whole frame, these four bytes included
 *   4  messageCount   u16   1 to {@link Limits#MAX_FRAME_MESSAGES}
 *   6  zero           u16
 *   8  then per message
 *      messageLength  u32   of the SBE header and body that follow
 *      message              SBE header (8 bytes) and body
 * </pre>
 *
 * Messages are not padded; their lengths fill the frame exactly.
 */
public final class Framing {
    /** Bytes before the first message. */
    public static final int HEADER_BYTES = 8;

    /** Bytes of the length before each message. */
    public static final int MESSAGE_LENGTH_BYTES = 4;

    /** An SBE header without a body: nothing shorter is a message. */
    public static final int MIN_MESSAGE_BYTES = 8;

    /** The longest message that fits a frame. */
    public static final int MAX_MESSAGE_BYTES = Limits.MAX_FRAME_BYTES - HEADER_BYTES - MESSAGE_LENGTH_BYTES;

    private Framing() {}

    /** Length of the frame at {@code offset} as it claims; may be negative or absurd, so check before use. */
    public static int frameLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    /** How many messages the frame at {@code offset} claims to hold. */
    public static int messageCount(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + 4, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Writes the header of a frame. */
    public static void putHeader(
            final MutableDirectBuffer buffer, final int offset, final int frameLength, final int messageCount) {
        buffer.putInt(offset, frameLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + 4, messageCount, ByteOrder.LITTLE_ENDIAN);
    }

    /** The length that stands at {@code offset} before a message. */
    public static int messageLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the length before a message. */
    public static void putMessageLength(final MutableDirectBuffer buffer, final int offset, final int messageLength) {
        buffer.putInt(offset, messageLength, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Checks the first eight bytes of a frame, before anything behind them is there.
     *
     * @return null if they can begin a frame, else a sentence
     */
    public static String checkHeader(final DirectBuffer buffer, final int offset) {
        final int frameLength = frameLength(buffer, offset);
        if (frameLength < HEADER_BYTES + MESSAGE_LENGTH_BYTES + MIN_MESSAGE_BYTES) {
            return "frameLength: shorter than a frame with one message";
        }
        if (frameLength > Limits.MAX_FRAME_BYTES) {
            return "frameLength: more than " + Limits.MAX_FRAME_BYTES + " bytes";
        }
        final int count = messageCount(buffer, offset);
        if (count < 1 || count > Limits.MAX_FRAME_MESSAGES) {
            return "messageCount: not 1 to " + Limits.MAX_FRAME_MESSAGES;
        }
        if (buffer.getShort(offset + 6) != 0) {
            return "zero: bytes 6 and 7 of a frame are 0";
        }
        return null;
    }

    /**
     * Checks that the message lengths of a whole frame, whose header passed {@link #checkHeader}, fill it exactly.
     *
     * @return null if they do, else a sentence
     */
    public static String checkMessages(final DirectBuffer buffer, final int offset) {
        final int end = offset + frameLength(buffer, offset);
        int at = offset + HEADER_BYTES;
        for (int left = messageCount(buffer, offset); left > 0; left--) {
            if (end - at < MESSAGE_LENGTH_BYTES) {
                return "messageLength: the frame ends before its last message";
            }
            final int length = messageLength(buffer, at);
            at += MESSAGE_LENGTH_BYTES;
            if (length < MIN_MESSAGE_BYTES || length > end - at) {
                return "messageLength: not within the frame";
            }
            at += length;
        }
        return at == end ? null : "frameLength: bytes behind the last message";
    }
}

package io.tallymark.journal;

import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Limits;

/**
 * How a journal is written.
 *
 * @param durability    what {@link Journal#force()} does
 * @param fileBytes     a file is left for the next one before it grows beyond this
 * @param maxFrameBytes longest frame, header included; the largest command always fits an empty one
 */
public record JournalOptions(Durability durability, long fileBytes, int maxFrameBytes) {
    /** A size that keeps rolls rare and files handy. */
    public static final long DEFAULT_FILE_BYTES = 256L << 20;

    /** A size at which the cost of a force is spread well. */
    public static final int DEFAULT_MAX_FRAME_BYTES = 512 << 10;

    /** Smallest frame limit that takes the largest command. */
    public static final int MIN_MAX_FRAME_BYTES = Frame.HEADER_BYTES + RecordCodec.maxBytes(Limits.MAX_COMMAND_BYTES);

    /** Largest frame limit. */
    public static final int MAX_MAX_FRAME_BYTES = Frame.MAX_BYTES;

    public JournalOptions {
        if (durability == null) {
            throw new IllegalArgumentException("durability is missing");
        }
        if (maxFrameBytes < MIN_MAX_FRAME_BYTES || maxFrameBytes > MAX_MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("maxFrameBytes is " + maxFrameBytes + ", must be " + MIN_MAX_FRAME_BYTES
                    + " to " + MAX_MAX_FRAME_BYTES);
        }
        if (fileBytes < maxFrameBytes || fileBytes > 1L << 40) {
            throw new IllegalArgumentException("fileBytes is " + fileBytes + ", must be maxFrameBytes to 1 TiB");
        }
    }

    /** With the default sizes. */
    public static JournalOptions of(final Durability durability) {
        return new JournalOptions(durability, DEFAULT_FILE_BYTES, DEFAULT_MAX_FRAME_BYTES);
    }
}

package io.tallymark.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The replies of one batch, on their way from the writer to the event loops. The writer fills it; once the batch is
 * durable each event loop that has connections in it reads it and releases it; when the last one has, it is free for
 * the writer again. Nothing is copied in between.
 *
 * <pre>
 *  entry, aligned to 8 bytes
 *   0  replyTo        int64   {@link Command#replyTo()}
 *   8  messageLength  int32
 *  12  message        SBE header and body of one reply
 * </pre>
 */
public final class ReplyBlock {
    /** Bytes before the message of an entry. */
    public static final int ENTRY_HEADER_BYTES = 12;

    private static final int ALIGNMENT = 8;

    private final UnsafeBuffer buffer;
    private final AtomicInteger holders = new AtomicInteger();
    private final Runnable onFree;
    private int limit;
    private int count;

    /**
     * @param capacity bytes of all entries
     * @param onFree   called by whoever releases last, on its thread
     */
    public ReplyBlock(final int capacity, final Runnable onFree) {
        this.buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        this.onFree = onFree;
    }

    /** The bytes; entries stand in [0, {@link #limit()}). */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the next entry begins. */
    public int limit() {
        return limit;
    }

    /** How many entries there are. */
    public int count() {
        return count;
    }

    /** Whether an entry with a message of this many bytes fits. */
    public boolean hasRoomFor(final int messageLength) {
        return messageLength <= buffer.capacity() - limit - ENTRY_HEADER_BYTES - ALIGNMENT;
    }

    /** Where the message of the next entry is to be written; {@link #endEntry} completes it. */
    public int messageOffset() {
        return limit + ENTRY_HEADER_BYTES;
    }

    /** Completes an entry whose message was written at {@link #messageOffset()}. */
    public void endEntry(final long replyTo, final int messageLength) {
        buffer.putLong(limit, replyTo);
        buffer.putInt(limit + 8, messageLength);
        limit = next(limit);
        count++;
    }

    /** Where the entry behind the one at {@code offset} begins. */
    public int next(final int offset) {
        final int end = offset + ENTRY_HEADER_BYTES + buffer.getInt(offset + 8);
        return (end + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Whom the entry at {@code offset} is for. */
    public long replyTo(final int offset) {
        return buffer.getLong(offset);
    }

    /** Length of the message of the entry at {@code offset}; it starts {@link #ENTRY_HEADER_BYTES} behind. */
    public int messageLength(final int offset) {
        return buffer.getInt(offset + 8);
    }

    /** Empties the block; the writer calls it before it fills a free one. */
    public void clear() {
        limit = 0;
        count = 0;
    }

    /** Says how many readers will release the block, before it is handed to the first. */
    public void retain(final int readers) {
        holders.set(readers);
    }

    /** One reader is done; the last one frees the block. */
    public void release() {
        final int left = holders.decrementAndGet();
        if (left == 0) {
            onFree.run();
        } else if (left < 0) {
            throw new IllegalStateException("released more often than retained");
        }
    }
}

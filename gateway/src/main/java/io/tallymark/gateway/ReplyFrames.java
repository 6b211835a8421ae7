package io.tallymark.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.Limits;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Gathers the replies of one connection into frames. Used on its event loop. */
final class ReplyFrames {
    /** Where a frame is sent on and the next begun, unless one message alone is longer. */
    private static final int FULL_BYTES = 64 * 1024;

    private static final int LEAST_BYTES = 1024;

    private final ChannelHandlerContext context;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuf frame;
    private int position;
    private int messages;
    private int usualBytes = LEAST_BYTES;

    ReplyFrames(final ChannelHandlerContext context) {
        this.context = context;
    }

    void add(final DirectBuffer message, final int offset, final int length) {
        final int needed = Framing.MESSAGE_LENGTH_BYTES + length;
        if (frame != null && (position + needed > FULL_BYTES || messages == Limits.MAX_FRAME_MESSAGES)) {
            send();
        }
        if (frame == null) {
            begin(needed);
        } else if (position + needed > view.capacity()) {
            frame.writerIndex(position).ensureWritable(needed);
            lay();
        }
        Framing.putMessageLength(view, position, length);
        view.putBytes(position + Framing.MESSAGE_LENGTH_BYTES, message, offset, length);
        position += needed;
        messages++;
    }

    /** Writes the frame under way to the channel, which still has to be flushed; returns its bytes. */
    int send() {
        if (frame == null) {
            return 0;
        }
        Framing.putHeader(view, 0, position, messages);
        frame.writerIndex(position);
        // A frame as long as the last one needs no growing; shrink slowly so that one short frame changes little.
        usualBytes = Math.max(LEAST_BYTES, Math.max(position, usualBytes - usualBytes / 8));
        final ByteBuf full = frame;
        frame = null;
        context.write(full, context.voidPromise());
        return position;
    }

    void release() {
        if (frame != null) {
            frame.release();
            frame = null;
        }
    }

    private void begin(final int needed) {
        final int capacity = Math.max(usualBytes, Framing.HEADER_BYTES + needed);
        frame = context.alloc().directBuffer(capacity, Limits.MAX_FRAME_BYTES);
        position = Framing.HEADER_BYTES;
        messages = 0;
        lay();
    }

    private void lay() {
        Views.wrap(view, frame, 0, frame.capacity());
    }
}

package io.tallymark.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.Framing;
import org.agrona.concurrent.UnsafeBuffer;

/** Gathers requests into one frame. Used on the client's thread. */
final class RequestFrame {
    /** Where a frame is full, unless its one message is longer. */
    private static final int FULL_BYTES = 64 * 1024;

    /** The server lends buffers for large commands from a bounded pool, and refuses a frame that it has too few for. */
    private static final int MAX_LARGE = 8;

    private final RequestWindow window;
    private final long[] ids;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private int count;
    private int bytes = Framing.HEADER_BYTES;
    private int large;

    RequestFrame(final RequestWindow window, final int maxMessages) {
        this.window = window;
        this.ids = new long[maxMessages];
    }

    /** Takes a request up; false if it needs another frame. */
    boolean add(final long id) {
        final int length = window.length(id);
        final boolean isLarge = CommandDecoder.maxCommandBytes(length) > Command.INLINE_BYTES;
        final int needed = Framing.MESSAGE_LENGTH_BYTES + length;
        if (count == ids.length || count > 0 && (bytes + needed > FULL_BYTES || isLarge && large == MAX_LARGE)) {
            return false;
        }
        ids[count++] = id;
        bytes += needed;
        large += isLarge ? 1 : 0;
        return true;
    }

    /** Writes what was taken up to the channel, which still has to be flushed. */
    void writeTo(final Channel channel) {
        if (count == 0) {
            return;
        }
        final ByteBuf frame = channel.alloc().directBuffer(bytes, bytes);
        Views.wrap(view, frame, 0, bytes);
        Framing.putHeader(view, 0, bytes, count);
        int at = Framing.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            final int length = window.length(ids[i]);
            Framing.putMessageLength(view, at, length);
            window.copyTo(ids[i], view, at + Framing.MESSAGE_LENGTH_BYTES);
            at += Framing.MESSAGE_LENGTH_BYTES + length;
        }
        frame.writerIndex(bytes);
        channel.write(frame, channel.voidPromise());
        count = 0;
        bytes = Framing.HEADER_BYTES;
        large = 0;
    }
}

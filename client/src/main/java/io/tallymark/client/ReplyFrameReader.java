package io.tallymark.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyDecoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes reply frames off the bytes of one connection after the other. Lives on the client's thread. */
@ChannelHandler.Sharable
final class ReplyFrameReader extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(ReplyFrameReader.class.getName());

    private final ClientConnection connection;
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final Reply reply = new Reply();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuf input;

    ReplyFrameReader(final ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx) {
        dropInput();
        connection.onOpen(ctx.channel());
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        dropInput();
        connection.onClosed(ctx.channel());
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            connection.onWritable();
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        input = input == null ? bytes : appended(ctx, input, bytes);
        final int start = input.readerIndex();
        final int available = input.readableBytes();
        Views.wrap(view, input, start, available);
        int at = 0;
        while (available - at >= Framing.HEADER_BYTES) {
            String fault = Framing.checkHeader(view, at);
            final int length = Framing.frameLength(view, at);
            if (fault == null && available - at < length) {
                break;
            }
            fault = fault == null ? Framing.checkMessages(view, at) : fault;
            if (fault != null) {
                throw new IllegalStateException("the server sent a frame that is none: " + fault);
            }
            readFrame(at);
            at += length;
        }
        if (at == available) {
            dropInput();
        } else {
            input.readerIndex(start + at);
        }
        connection.onRepliesComplete();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(System.Logger.Level.ERROR, "closes the connection after an error", cause);
        }
        ctx.close();
    }

    private void readFrame(final int frameOffset) {
        int at = frameOffset + Framing.HEADER_BYTES;
        for (int left = Framing.messageCount(view, frameOffset); left > 0; left--) {
            final int length = Framing.messageLength(view, at);
            at += Framing.MESSAGE_LENGTH_BYTES;
            decoder.decode(view, at, length, reply);
            connection.onReply(reply);
            at += length;
        }
    }

    private void dropInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    private static ByteBuf appended(final ChannelHandlerContext ctx, final ByteBuf before, final ByteBuf more) {
        if (before.writableBytes() >= more.readableBytes()) {
            before.writeBytes(more);
            more.release();
            return before;
        }
        try {
            final int needed = before.readableBytes() + more.readableBytes();
            final ByteBuf larger = ctx.alloc().directBuffer(Math.max(2 * before.readableBytes(), needed));
            larger.writeBytes(before).writeBytes(more);
            return larger;
        } finally {
            before.release();
            more.release();
        }
    }
}

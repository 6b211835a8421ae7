package io.tallymark.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection of the binary port. It takes frames off the bytes as they come, admits them, and sends replies.
 *
 * <p>It is read no further while too many of its requests wait for their reply or too many replies wait to be sent,
 * so that what one client makes the server hold is bounded. Lives on one event loop.
 */
final class BinaryConnection extends ChannelInboundHandlerAdapter implements ReplyTarget, FrameAdmission.Refusals {
    private static final System.Logger LOG = System.getLogger(BinaryConnection.class.getName());
    private static final long NEVER = Long.MAX_VALUE;

    private final FrontLoop loop;
    private final FrameAdmission admission;
    private final GatewayCounters counters;
    private final UnsafeBuffer view;
    private final long partialFrameTimeoutNs;
    private final long idleTimeoutNs;

    private ChannelHandlerContext context;
    private ReplyFrames replies;
    private long replyTo;
    private ByteBuf input;
    private int inFlight;
    private boolean paused;
    private boolean stopped;
    private boolean discarding;
    private long partialSinceNs = NEVER;
    private long unwritableSinceNs = NEVER;
    private long lastRequestNs;

    BinaryConnection(final FrontLoop loop, final FrameAdmission admission) {
        this.loop = loop;
        this.admission = admission;
        this.counters = loop.counters();
        this.view = loop.view();
        this.partialFrameTimeoutNs =
                TimeUnit.MILLISECONDS.toNanos(loop.options().partialFrameTimeoutMs());
        this.idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(loop.options().idleTimeoutMs());
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx) {
        context = ctx;
        replies = new ReplyFrames(ctx);
        replyTo = loop.register(this);
        lastRequestNs = System.nanoTime();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        loop.unregister(replyTo);
        discarding = true;
        replies.release();
        dropInput();
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        if (discarding) {
            bytes.release();
            return;
        }
        counters.bytesIn.add(bytes.readableBytes());
        input = input == null ? bytes : appended(input, bytes);
        readFrames();
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        flush();
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
        unwritableSinceNs = ctx.channel().isWritable() ? NEVER : System.nanoTime();
        pauseOrResume();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        if (cause instanceof IOException) {
            // The other side went away: nothing is wrong here, and channelInactive does the rest.
            ctx.close();
        } else {
            fail(cause);
        }
    }

    @Override
    public void onReply(final DirectBuffer buffer, final int offset, final int length) {
        inFlight--;
        if (!discarding) {
            replies.add(buffer, offset, length);
        }
    }

    @Override
    public void refuse(final long correlationId, final ResultCode code, final int retryAfterMs, final String detail) {
        final int length = loop.encoder().encodeError(correlationId, code, retryAfterMs, detail, loop.scratch(), 0);
        replies.add(loop.scratch(), 0, length);
    }

    @Override
    public void flush() {
        final int sent = replies.send();
        if (sent > 0) {
            counters.bytesOut.add(sent);
            context.flush();
            if (unsentBytes() > loop.options().outboundLimitBytes()) {
                counters.slowReaders.increment();
                context.close();
                return;
            }
        }
        pauseOrResume();
    }

    @Override
    public void sweep(final long nowNs) {
        final boolean partial = partialSinceNs != NEVER && nowNs - partialSinceNs > partialFrameTimeoutNs;
        final boolean stuck = unwritableSinceNs != NEVER && nowNs - unwritableSinceNs > partialFrameTimeoutNs;
        final boolean idle = idleTimeoutNs > 0 && inFlight == 0 && nowNs - lastRequestNs > idleTimeoutNs;
        if (partial || stuck || idle) {
            counters.timeouts.increment();
            context.close();
        }
    }

    @Override
    public void stopAccepting() {
        stopped = true;
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public void fail(final Throwable cause) {
        counters.failures.increment();
        LOG.log(System.Logger.Level.ERROR, "closes a connection after an error", cause);
        discarding = true;
        context.close();
    }

    @Override
    public void closeAfterFlush() {
        replies.send();
        discarding = true;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Takes whole frames off the input while it may be read. */
    private void readFrames() {
        final int start = input.readerIndex();
        final int available = input.readableBytes();
        int at = 0;
        Views.wrap(view, input, start, available);
        while (!paused && available - at >= Framing.HEADER_BYTES) {
            final String headerFault = Framing.checkHeader(view, at);
            if (headerFault != null) {
                breakOff(headerFault, Framing.frameLength(view, at));
                return;
            }
            final int length = Framing.frameLength(view, at);
            if (available - at < length) {
                break;
            }
            final String messageFault = Framing.checkMessages(view, at);
            if (messageFault != null) {
                breakOff(messageFault, 0);
                return;
            }
            counters.frames.increment();
            takeFrame(at);
            at += length;
            paused = mustPause();
        }
        keepRest(start + at, available - at, at > 0);
        context.channel().config().setAutoRead(!paused);
    }

    private void takeFrame(final int at) {
        if (stopped) {
            admission.refuseAll(view, at, ResultCode.SHUTTING_DOWN, this);
        } else {
            inFlight += admission.admit(view, at, replyTo, this);
        }
    }

    private void keepRest(final int readerIndex, final int left, final boolean tookFrames) {
        final boolean mayWait = left > 0 && !paused;
        if (tookFrames || partialSinceNs == NEVER || !mayWait) {
            final long nowNs = System.nanoTime();
            if (tookFrames) {
                lastRequestNs = nowNs;
            }
            partialSinceNs = mayWait ? nowNs : NEVER;
        }
        if (left == 0) {
            dropInput();
        } else {
            input.readerIndex(readerIndex);
        }
    }

    private boolean mustPause() {
        // Refusals gather in the channel only when a frame of replies is full, so look at it here, not only on flush.
        return inFlight >= loop.options().maxInFlight() || !context.channel().isWritable();
    }

    private void pauseOrResume() {
        if (discarding || !paused) {
            return;
        }
        if (inFlight <= loop.options().maxInFlight() / 2 && context.channel().isWritable()) {
            paused = false;
            if (input != null) {
                readFrames();
                final int sent = replies.send();
                if (sent > 0) {
                    counters.bytesOut.add(sent);
                    context.flush();
                }
            } else {
                context.channel().config().setAutoRead(true);
            }
        }
    }

    /** A frame that is none: says so, sends no more and reads only to throw away until the client has seen it. */
    private void breakOff(final String fault, final int frameLength) {
        counters.brokenFrames.increment();
        final ResultCode code =
                frameLength > Limits.MAX_FRAME_BYTES ? ResultCode.FRAME_TOO_LARGE : ResultCode.MALFORMED;
        refuse(CommandDecoder.NO_CORRELATION, code, 0, fault);
        replies.send();
        discarding = true;
        dropInput();
        partialSinceNs = System.nanoTime();
        // To close with unread bytes would reset the connection, and the client might never see the error.
        context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(future -> ((DuplexChannel) context.channel()).shutdownOutput());
    }

    private long unsentBytes() {
        final var outbound = context.channel().unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    private void dropInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    private ByteBuf appended(final ByteBuf before, final ByteBuf more) {
        final int needed = before.readableBytes() + more.readableBytes();
        if (before.writableBytes() >= more.readableBytes()) {
            before.writeBytes(more);
            more.release();
            return before;
        }
        try {
            final ByteBuf larger = context.alloc().directBuffer(Math.max(2 * before.readableBytes(), needed));
            larger.writeBytes(before).writeBytes(more);
            return larger;
        } finally {
            before.release();
            more.release();
        }
    }
}

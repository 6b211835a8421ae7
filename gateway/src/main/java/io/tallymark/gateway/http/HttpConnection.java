package io.tallymark.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import io.tallymark.gateway.FrameAdmission;
import io.tallymark.gateway.ReplyTarget;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * One HTTP connection: what it asked and is not answered yet, and the responses on their way out. Responses leave in
 * the order of the requests, whoever answers first. It is read no further while too many requests wait or the client
 * does not read. Lives on one event loop; {@link HttpAnswers} knows what the responses say.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter
        implements ReplyTarget, StrictRequestDecoder.Reader, FrameAdmission.Refusals {
    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
    private static final long NEVER = Long.MAX_VALUE;
    private static final int FULL_BYTES = 64 * 1024;
    private static final int LEAST_BYTES = 1_024;
    private static final int MAX_HEAD_BYTES = 384;

    private final HttpFront front;
    private final StrictRequestDecoder decoder;
    private final ResponseQueue queue = new ResponseQueue();
    private final RequestIntake intake;
    private final HttpAnswers answers;
    private final long partialTimeoutNs;
    private final long idleTimeoutNs;

    private ChannelHandlerContext context;
    private ChannelHandlerContext decoderContext;
    private long replyTo;
    private ByteBuf out;
    private int usualBytes = LEAST_BYTES;
    private boolean paused;
    private boolean resuming;
    private boolean closing;
    private boolean lastResponseWritten;
    private boolean outputEnded;
    private boolean inputEnded;
    private boolean tookRequest;
    private long partialSinceNs = NEVER;
    private long unwritableSinceNs = NEVER;
    private long lingersSinceNs = NEVER;
    private long lastRequestNs;

    HttpConnection(final HttpFront front) {
        this.front = front;
        this.decoder = new StrictRequestDecoder(this, HttpFront.MAX_BODY_BYTES);
        this.answers = new HttpAnswers(front, this);
        this.intake = new RequestIntake(answers);
        this.partialTimeoutNs =
                TimeUnit.MILLISECONDS.toNanos(front.loop.options().partialFrameTimeoutMs());
        this.idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(front.loop.options().idleTimeoutMs());
    }

    StrictRequestDecoder decoder() {
        return decoder;
    }

    ResponseQueue queue() {
        return queue;
    }

    long replyTo() {
        return replyTo;
    }

    ByteBufAllocator allocator() {
        return context.alloc();
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx) {
        context = ctx;
        decoderContext = ctx.pipeline().context(decoder);
        replyTo = front.loop.register(this);
        lastRequestNs = System.nanoTime();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        front.loop.unregister(replyTo);
        closing = true;
        queue.release();
        intake.release();
        if (out != null) {
            out.release();
            out = null;
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        try {
            if (!closing) {
                intake.take((HttpObject) message);
                pauseIfFull();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void pauseIfFull() {
        paused = !inputEnded
                && (queue.size() >= front.maxInFlight || !context.channel().isWritable());
    }

    @Override
    public void takePlain(final ByteBuf buffer) {
        int taken;
        do {
            taken = takePlainWindow(buffer);
            buffer.skipBytes(taken);
        } while (taken > 0 && buffer.isReadable());
    }

    /** Takes the plain requests that begin a stretch of the bytes; returns how many bytes they are. */
    private int takePlainWindow(final ByteBuf buffer) {
        final byte[] window = front.window;
        // Never all at once: behind each request that is not plain the rest would be copied again.
        final int length = Math.min(buffer.readableBytes(), window.length);
        buffer.getBytes(buffer.readerIndex(), window, 0, length);
        int at = 0;
        int taken = -1;
        while (at > taken && at < length && !paused && !closing) {
            taken = at;
            at = intake.takePlain(front.head, window, at, length);
            pauseIfFull();
        }
        return at;
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        front.batch.admit(replyTo, this);
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
    public boolean isPaused() {
        return paused;
    }

    @Override
    public void afterRead(final int bytes) {
        front.loop.counters().received(bytes);
        final boolean within = decoder.isWithinRequest() && !paused;
        if (tookRequest || within != (partialSinceNs != NEVER)) {
            final long nowNs = System.nanoTime();
            if (tookRequest) {
                lastRequestNs = nowNs;
            }
            partialSinceNs = within ? nowNs : NEVER;
        }
        tookRequest = false;
        context.channel().config().setAutoRead(!paused);
    }

    @Override
    public void inputEnds() {
        inputEnded = true;
        paused = false;
    }

    /** All that the client sent before it ended its side has been decoded. */
    @Override
    public void inputEnded() {
        front.batch.admit(replyTo, this);
        closing = true;
        if (queue.size() == 0) {
            lastResponseWritten = true;
        }
        flush();
    }

    /** Notes a request; its number is the correlation id of its command. */
    long enqueue(final Route route, final int flags) {
        tookRequest = true;
        closing |= (flags & ResponseQueue.FLAG_CLOSE) != 0;
        return queue.add(route, flags);
    }

    /**
     * Answers a request, now or as soon as those before it are answered.
     *
     * @param headerLine as in {@link ResponseWriter#write}
     */
    void respond(
            final long number,
            final HttpStatus status,
            final byte[] contentType,
            final byte[] body,
            final int bodyLength,
            final int retryAfterSeconds,
            final byte[] headerLine) {
        final int flags = queue.flags(number);
        if (!queue.isHead(number)) {
            final ByteBuf early = context.alloc().directBuffer(MAX_HEAD_BYTES + bodyLength);
            front.writer.write(early, status, contentType, body, bodyLength, flags, retryAfterSeconds, headerLine);
            queue.keep(number, early);
            return;
        }
        front.writer.write(out(), status, contentType, body, bodyLength, flags, retryAfterSeconds, headerLine);
        queue.removeHead();
        responded(flags);
        for (ByteBuf next = queue.pollReady(); next != null; next = queue.pollReady()) {
            out().writeBytes(next);
            next.release();
            responded(queue.flagsOfRemoved());
        }
        askForBody();
    }

    /** Asks for the body that a client holds back, as soon as nothing else is to be sent before. */
    void askForBody() {
        if (queue.size() == 0 && intake.pollAwaitsContinue()) {
            out().writeBytes(ResponseWriter.CONTINUE);
        }
    }

    @Override
    public void onReply(final DirectBuffer buffer, final int offset, final int length) {
        answers.onReply(buffer, offset, length);
    }

    @Override
    public void refuse(final long correlationId, final ResultCode code, final int retryAfterMs, final String detail) {
        answers.problem(correlationId, code, detail, null);
    }

    @Override
    public void flush() {
        if (send()) {
            context.flush();
            final var outbound = context.channel().unsafe().outboundBuffer();
            if (outbound != null
                    && outbound.totalPendingWriteBytes() > front.loop.options().outboundLimitBytes()) {
                front.loop.counters().slowReader();
                context.close();
                return;
            }
        }
        if (lastResponseWritten && !outputEnded) {
            endOutput();
        }
        pauseOrResume();
    }

    @Override
    public void sweep(final long nowNs) {
        final boolean stuck = unwritableSinceNs != NEVER && nowNs - unwritableSinceNs > partialTimeoutNs;
        final boolean lingers = lingersSinceNs != NEVER && nowNs - lingersSinceNs > partialTimeoutNs;
        final boolean idle = idleTimeoutNs > 0 && queue.size() == 0 && nowNs - lastRequestNs > idleTimeoutNs;
        if (stuck || lingers || idle) {
            front.loop.counters().timedOut();
            context.close();
        } else if (!closing && partialSinceNs != NEVER && nowNs - partialSinceNs > partialTimeoutNs) {
            front.loop.counters().timedOut();
            partialSinceNs = NEVER;
            if (intake.isWithinBody()) {
                intake.timeOut();
            } else {
                closing = true;
                lastResponseWritten |= queue.size() == 0;
            }
            flush();
        }
    }

    @Override
    public void stopAccepting() {
        answers.stop();
    }

    @Override
    public int inFlight() {
        return queue.size();
    }

    @Override
    public void fail(final Throwable cause) {
        front.loop.counters().failed();
        LOG.log(System.Logger.Level.ERROR, "closes a connection after an error", cause);
        front.batch.clear();
        closing = true;
        context.close();
    }

    @Override
    public void closeAfterFlush() {
        closing = true;
        send();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void responded(final int flags) {
        lastResponseWritten |= (flags & ResponseQueue.FLAG_CLOSE) != 0 || closing && queue.size() == 0;
    }

    private ByteBuf out() {
        if (out != null && out.readableBytes() > FULL_BYTES) {
            send();
        }
        if (out == null) {
            out = context.alloc().directBuffer(usualBytes);
        }
        return out;
    }

    /** Writes what has gathered to the channel, which still has to be flushed; false: nothing has. */
    private boolean send() {
        if (out == null) {
            return false;
        }
        final ByteBuf full = out;
        out = null;
        // One as long as the last needs no growing; shrink slowly so that one short one changes little.
        usualBytes = Math.max(LEAST_BYTES, Math.max(full.readableBytes(), usualBytes - usualBytes / 8));
        front.loop.counters().sent(full.readableBytes());
        context.write(full, context.voidPromise());
        return true;
    }

    /** Ends this side and reads only to throw away, until the client has seen the last response and ends its own. */
    private void endOutput() {
        outputEnded = true;
        lingersSinceNs = System.nanoTime();
        // To close with unread bytes would reset the connection, and the client might never see the response.
        final boolean nothingUnread = inputEnded;
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (nothingUnread || inputEnded) {
                context.close();
            } else {
                ((DuplexChannel) context.channel()).shutdownOutput();
            }
        });
    }

    private void pauseOrResume() {
        if (resuming || !paused) {
            return;
        }
        resuming = true;
        try {
            while (paused
                    && context.channel().isWritable()
                    && queue.size() <= front.maxInFlight / 2
                    && context.channel().isActive()) {
                paused = false;
                decoder.resume(decoderContext);
                front.batch.admit(replyTo, this);
                if (send()) {
                    context.flush();
                }
            }
        } catch (final Exception e) {
            fail(e);
        } finally {
            resuming = false;
        }
        if (lastResponseWritten && !outputEnded) {
            endOutput();
        }
    }
}

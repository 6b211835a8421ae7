package io.tallymark.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends what is in the window and answers it, over one connection after the other. All but {@link #wake} and
 * {@link #waitForRoom} runs on the client's thread.
 */
final class ClientConnection {
    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());
    private static final long FIRST_BACKOFF_MS = 10;
    private static final long MAX_BUSY_PAUSE_MS = 1_000;

    private final ClientOptions options;
    private final EventLoop loop;
    private final RequestWindow window;
    private final RequestFrame frame;
    private final Bootstrap bootstrap;
    private final Reply ownReply = new Reply();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable sendGathered = this::sendGathered;
    private final Runnable resendWaiting = this::resendWaiting;
    private final long requestTimeoutNs;

    private Channel channel;
    private long sent;
    private long backoffMs = FIRST_BACKOFF_MS;
    private boolean resendScheduled;
    private boolean ended;
    private volatile long nowNs = System.nanoTime();
    private volatile Thread waiter;

    ClientConnection(
            final ClientOptions options, final EventLoop loop, final RequestWindow window, final boolean epoll) {
        this.options = options;
        this.loop = loop;
        this.window = window;
        this.frame = new RequestFrame(window, options.maxFrameMessages());
        this.requestTimeoutNs = TimeUnit.MILLISECONDS.toNanos(options.requestTimeoutMs());
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, options.connectTimeoutMs())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(1_024, 8_192, 128 * 1024))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(128 * 1024, 512 * 1024))
                .handler(new ReplyFrameReader(this));
    }

    /** Opens the first connection and begins to look after time limits. */
    ChannelFuture open() {
        final long everyMs = Math.max(1, Math.min(100, options.requestTimeoutMs() / 8));
        loop.scheduleWithFixedDelay(this::expire, everyMs, everyMs, TimeUnit.MILLISECONDS);
        return bootstrap.connect(options.host(), options.port());
    }

    /** Some time ago by no more than the sweep's interval: cheap to read for each request. */
    long nowNs() {
        return nowNs;
    }

    /** Whether the caller is a handler. */
    boolean isOwnThread() {
        return loop.inEventLoop();
    }

    /** Sees to it that what was added to the window is sent. Any thread. */
    void wake() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            loop.execute(sendGathered);
        }
    }

    /** Until when a submitter that finds no room now may wait for it. */
    long roomDeadlineNs() {
        return System.nanoTime() + requestTimeoutNs;
    }

    /**
     * Waits until there is room in the window; false if there was none in time. Any submitting thread; of several that
     * wait, all but the last look for room on their own every millisecond.
     */
    boolean waitForRoom(final long deadlineNs) {
        waiter = Thread.currentThread();
        try {
            while (window.isFull()) {
                if (System.nanoTime() - deadlineNs > 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(this, 1_000_000);
            }
            return true;
        } finally {
            waiter = null;
        }
    }

    void onOpen(final Channel opened) {
        if (ended) {
            opened.close();
            return;
        }
        channel = opened;
        backoffMs = FIRST_BACKOFF_MS;
        // All that has no answer goes again, in order: the key makes that safe.
        sent = window.head();
        for (long id = sent, tail = window.tail(); id < tail; id++) {
            if (window.isWaiting(id)) {
                window.reopen(id);
            }
        }
        sendGathered();
    }

    void onClosed(final Channel closed) {
        if (channel != closed) {
            return;
        }
        channel = null;
        if (ended) {
            return;
        }
        if (options.reconnect()) {
            reconnectLater();
        } else {
            end(ResultCode.DISCONNECTED);
        }
    }

    void onWritable() {
        sendGathered();
    }

    /** One reply; {@code id} is its correlation id. */
    void onReply(final Reply reply) {
        final long id = reply.correlationId;
        if (id == CommandDecoder.NO_CORRELATION && reply.kind == Reply.Kind.ERROR) {
            onFrameRefused(reply);
        } else if (window.isUnanswered(id)) {
            if (reply.kind == Reply.Kind.ERROR && isWorthRetrying(reply, id)) {
                setAside(id, reply.retryAfterMs);
            } else {
                answer(id, reply);
            }
        }
    }

    /** The replies that came together have all been handed on. */
    void onRepliesComplete() {
        final Thread waiting = waiter;
        // Half a window at a time: to wake for each free slot would cost more than the request.
        if (waiting != null && window.outstanding() <= options.window() / 2) {
            LockSupport.unpark(waiting);
        }
    }

    /** Ends for good: what has no answer gets this code. */
    void end(final ResultCode code) {
        if (ended) {
            return;
        }
        ended = true;
        if (channel != null) {
            channel.close();
            channel = null;
        }
        answerAllOneself(code);
    }

    private void sendGathered() {
        scheduled.set(false);
        if (ended) {
            answerAllOneself(ResultCode.DISCONNECTED);
            return;
        }
        if (channel == null) {
            return;
        }
        // What timed out before it could be sent is behind the head by now.
        sent = Math.max(sent, window.head());
        final long tail = window.tail();
        final boolean anything = sent < tail;
        while (sent < tail && channel.isWritable()) {
            while (sent < tail && (!window.isOpen(sent) || frame.add(sent))) {
                sent++;
            }
            frame.writeTo(channel);
        }
        if (anything) {
            channel.flush();
        }
    }

    private void answerAllOneself(final ResultCode code) {
        for (long id = window.head(), tail = window.tail(); id < tail; id++) {
            answerOneself(id, code);
        }
        onRepliesComplete();
    }

    private boolean isWorthRetrying(final Reply reply, final long id) {
        return (reply.code == ResultCode.BUSY || reply.code == ResultCode.SHUTTING_DOWN)
                && window.attempts(id) < options.busyRetries();
    }

    private void setAside(final long id, final int retryAfterMs) {
        final int attempt = window.setAside(id);
        if (!resendScheduled) {
            resendScheduled = true;
            final long pauseMs =
                    Math.min(MAX_BUSY_PAUSE_MS, (long) Math.max(1, retryAfterMs) << Math.min(10, attempt - 1));
            loop.schedule(resendWaiting, pauseMs, TimeUnit.MILLISECONDS);
        }
    }

    private void resendWaiting() {
        resendScheduled = false;
        if (channel == null) {
            return;
        }
        for (long id = window.head(); id < sent; id++) {
            if (window.isWaiting(id)) {
                window.reopen(id);
                if (!frame.add(id)) {
                    frame.writeTo(channel);
                    frame.add(id);
                }
            }
        }
        frame.writeTo(channel);
        channel.flush();
    }

    /** The server could not read a frame; to send the same bytes again would go on for ever. */
    private void onFrameRefused(final Reply reply) {
        final ResultCode code = reply.code == null ? ResultCode.MALFORMED : reply.code;
        final String detail = "the server refused a frame: " + reply.detail();
        for (long id = window.head(), end = sent; id < end; id++) {
            if (window.isUnanswered(id)) {
                ownReply.error(id, code, 0, detail);
                answer(id, ownReply);
            }
        }
    }

    private void expire() {
        nowNs = System.nanoTime();
        final long tail = window.tail();
        boolean any = false;
        for (long id = window.head();
                id < tail && nowNs - window.submittedNs(id) > requestTimeoutNs;
                id = window.head()) {
            answerOneself(id, ResultCode.TIMED_OUT);
            any = true;
        }
        if (any) {
            onRepliesComplete();
        }
    }

    private void answerOneself(final long id, final ResultCode code) {
        if (window.isUnanswered(id)) {
            ownReply.error(id, code, 0, code.meaning());
            answer(id, ownReply);
        }
    }

    private void answer(final long id, final Reply reply) {
        try {
            window.answer(id, reply);
        } catch (final RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a reply handler failed; the client goes on", e);
        }
    }

    private void reconnectLater() {
        // Spread the clients of a server that comes back.
        final long pauseMs = backoffMs / 2 + ThreadLocalRandom.current().nextLong(backoffMs / 2 + 1);
        backoffMs = Math.min(options.maxBackoffMs(), backoffMs * 2);
        loop.schedule(this::reconnect, pauseMs, TimeUnit.MILLISECONDS);
    }

    private void reconnect() {
        if (ended) {
            return;
        }
        bootstrap.connect(options.host(), options.port()).addListener(future -> {
            if (!future.isSuccess() && !ended) {
                reconnectLater();
            }
        });
    }
}

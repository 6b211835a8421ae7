package io.tallymark.gateway;

import io.netty.channel.EventLoop;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyEncoder;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One event loop as the fronts see it: its connections, the codecs that they share because they run on one thread, and
 * the replies that have come for them. All but {@link #offer} is for the loop's thread.
 */
public final class FrontLoop {
    private static final int MAX_BLOCKS_WAITING = 1_024;

    private final EventLoop eventLoop;
    private final int index;
    private final CommandPort port;
    private final GatewayOptions options;
    private final GatewayCounters counters;
    private final Connections connections;
    private final CommandDecoder decoder;
    private final DrawBits drawBits = new DrawBits();
    private final ReplyEncoder encoder = new ReplyEncoder();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[ReplyEncoder.MAX_REPLY_BYTES]);
    private final ManyToOneConcurrentArrayQueue<ReplyBlock> blocks =
            new ManyToOneConcurrentArrayQueue<>(MAX_BLOCKS_WAITING);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable deliverAll = this::deliverAll;

    FrontLoop(
            final EventLoop eventLoop,
            final int index,
            final CommandPort port,
            final GatewayOptions options,
            final GatewayCounters counters) {
        this.eventLoop = eventLoop;
        this.index = index;
        this.port = port;
        this.options = options;
        this.counters = counters;
        this.connections = new Connections(index);
        this.decoder = new CommandDecoder(
                options.identityKeys() == null ? null : new KeyedIdentityHasher(options.identityKeys()));
    }

    /** Gives a connection its number, to be set as {@link io.tallymark.protocol.Command#replyTo(long)}. */
    public long register(final ReplyTarget target) {
        counters.accepted.increment();
        return connections.add(target);
    }

    /** Forgets a connection: replies that come for it from now on are dropped. */
    public void unregister(final long replyTo) {
        counters.closed.increment();
        connections.remove(replyTo);
    }

    public CommandPort port() {
        return port;
    }

    public GatewayOptions options() {
        return options;
    }

    public GatewayCounters counters() {
        return counters;
    }

    /** The decoder of all connections of this loop. */
    public CommandDecoder decoder() {
        return decoder;
    }

    /** What decides the draws that enter through this loop. */
    DrawBits drawBits() {
        return drawBits;
    }

    /** The encoder of all connections of this loop. */
    public ReplyEncoder encoder() {
        return encoder;
    }

    /** A view to lay over incoming bytes within one call. */
    UnsafeBuffer view() {
        return view;
    }

    /** Room for one reply within one call. */
    UnsafeBuffer scratch() {
        return scratch;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Connections connections() {
        return connections;
    }

    /** Takes a block that was retained for this loop; called by the one who delivers. */
    void offer(final ReplyBlock block) {
        while (!blocks.offer(block)) {
            // The loop never waits for the one who delivers, so it will make room, unless it has ended.
            if (eventLoop.isShuttingDown()) {
                block.release();
                return;
            }
            Thread.onSpinWait();
        }
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            try {
                eventLoop.execute(deliverAll);
            } catch (final RejectedExecutionException loopHasEnded) {
                releaseAll();
            }
        }
    }

    /** Frees what nobody will read any more. */
    void releaseAll() {
        for (ReplyBlock block = blocks.poll(); block != null; block = blocks.poll()) {
            block.release();
        }
    }

    private void deliverAll() {
        scheduled.set(false);
        for (ReplyBlock block = blocks.poll(); block != null; block = blocks.poll()) {
            try {
                deliver(block);
            } finally {
                block.release();
            }
        }
        connections.flushTouched();
    }

    private void deliver(final ReplyBlock block) {
        final UnsafeBuffer buffer = block.buffer();
        final int limit = block.limit();
        int delivered = 0;
        int late = 0;
        for (int at = 0; at < limit; at = block.next(at)) {
            final long replyTo = block.replyTo(at);
            if (Connections.loopOf(replyTo) != index) {
                continue;
            }
            final ReplyTarget target = connections.find(replyTo);
            if (target == null) {
                late++;
                continue;
            }
            try {
                target.onReply(buffer, at + ReplyBlock.ENTRY_HEADER_BYTES, block.messageLength(at));
                connections.touch(replyTo);
                delivered++;
            } catch (final RuntimeException | Error e) {
                target.fail(e);
            }
        }
        counters.replies.add(delivered);
        if (late > 0) {
            counters.lateReplies.add(late);
        }
    }
}

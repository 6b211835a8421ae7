package io.tallymark.server.serve;

import io.tallymark.engine.ReplySink;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes the engine's replies: to the server itself while it publishes programs at the start, then to the gateway. The
 * server asks one thing at a time and has all its answers before the ports open; what clients are quick enough to ask
 * before the gateway is attached waits here.
 */
final class ReplyRouter implements ReplySink {
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final List<ReplyBlock> early = new ArrayList<>();
    private volatile CompletableFuture<Reply> awaited;
    private volatile Consumer<ReplyBlock> gateway;

    /** The next reply goes to this future. */
    CompletableFuture<Reply> expectReply() {
        final CompletableFuture<Reply> future = new CompletableFuture<>();
        awaited = future;
        return future;
    }

    /** From now on all replies are the gateway's, first those that came too early. */
    synchronized void attach(final Consumer<ReplyBlock> newGateway) {
        early.forEach(newGateway);
        early.clear();
        gateway = newGateway;
    }

    /** Frees replies that nobody can be sent any more. */
    static void drop(final ReplyBlock block) {
        block.retain(1);
        block.release();
    }

    @Override
    public void onDurable(final ReplyBlock block) {
        final Consumer<ReplyBlock> target = gateway;
        if (target != null) {
            target.accept(block);
        } else {
            onDurableAtStart(block);
        }
    }

    private synchronized void onDurableAtStart(final ReplyBlock block) {
        final CompletableFuture<Reply> future = awaited;
        if (gateway != null) {
            gateway.accept(block);
        } else if (block.count() == 0) {
            drop(block);
        } else if (future != null && !future.isDone()) {
            final Reply reply = new Reply();
            decoder.decode(block.buffer(), ReplyBlock.ENTRY_HEADER_BYTES, block.messageLength(0), reply);
            drop(block);
            future.complete(reply);
        } else {
            early.add(block);
        }
    }
}

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
 * Takes the engine's replies: to the server itself while it publishes programs at the start, to the gateway from the
 * moment it is attached. The server asks one thing at a time and has all its answers before the gateway opens its ports.
 * The first clients may be faster than {@link #attach}: their replies wait for it.
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

    /** From now on all replies are the gateway's, those included that came too early. */
    void attach(final Consumer<ReplyBlock> newGateway) {
        synchronized (early) {
            early.forEach(newGateway);
            early.clear();
            gateway = newGateway;
        }
    }

    /** There will be no gateway: replies are dropped, so that the engine can come to its end. */
    void abandon() {
        attach(block -> {
            block.retain(1);
            block.release();
        });
    }

    @Override
    public void onDurable(final ReplyBlock block) {
        if (gateway == null && isForGateway(block)) {
            synchronized (early) {
                if (gateway == null) {
                    early.add(block);
                    return;
                }
            }
        }
        final Consumer<ReplyBlock> target = gateway;
        if (target != null) {
            target.accept(block);
            return;
        }
        block.retain(1);
        try {
            for (int at = 0; at < block.limit(); at = block.next(at)) {
                final Reply reply = new Reply();
                decoder.decode(block.buffer(), at + ReplyBlock.ENTRY_HEADER_BYTES, block.messageLength(at), reply);
                awaited.complete(reply);
            }
        } finally {
            block.release();
        }
    }

    private boolean isForGateway(final ReplyBlock block) {
        final CompletableFuture<Reply> mine = awaited;
        return block.count() > 0 && (mine == null || mine.isDone());
    }
}

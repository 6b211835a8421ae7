package io.tallymark.server.serve;

import io.tallymark.engine.ReplySink;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyDecoder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes the engine's replies: to the server itself while it publishes programs at the start, to the gateway from the
 * moment it is attached. The server asks one thing at a time and has all its answers before it attaches the gateway.
 */
final class ReplyRouter implements ReplySink {
    private final ReplyDecoder decoder = new ReplyDecoder();
    private volatile CompletableFuture<Reply> awaited;
    private volatile Consumer<ReplyBlock> gateway;

    /** The next reply goes to this future. */
    CompletableFuture<Reply> expectReply() {
        final CompletableFuture<Reply> future = new CompletableFuture<>();
        awaited = future;
        return future;
    }

    /** From now on all replies are the gateway's. */
    void attach(final Consumer<ReplyBlock> newGateway) {
        gateway = newGateway;
    }

    @Override
    public void onDurable(final ReplyBlock block) {
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
}

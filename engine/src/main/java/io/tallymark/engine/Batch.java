package io.tallymark.engine;

import io.tallymark.protocol.ReplyBlock;
import java.util.function.Consumer;

/** What the writer hands to the durability thread: replies, and the sequence that must be durable before they go. */
final class Batch {
    private final ReplyBlock replies;
    private long lastSequence;

    Batch(final int replyBytes, final Consumer<Batch> onFree) {
        this.replies = new ReplyBlock(replyBytes, () -> onFree.accept(this));
    }

    ReplyBlock replies() {
        return replies;
    }

    /** Everything up to here was visible to the replies. */
    long lastSequence() {
        return lastSequence;
    }

    void lastSequence(final long value) {
        lastSequence = value;
    }
}

package io.tallymark.engine;

import io.tallymark.protocol.ReplyBlock;

/** Where durable replies go. */
@FunctionalInterface
public interface ReplySink {
    /**
     * Takes the replies of one batch, all of them durable, in the order in which the engine decided. Called on the
     * durability thread, must not block; the block must be {@link ReplyBlock#retain retained} for its readers and
     * released by each of them, else the engine runs dry.
     */
    void onDurable(ReplyBlock block);
}

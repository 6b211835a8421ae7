package io.tallymark.engine;

import io.tallymark.protocol.Limits;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/** A bounded pool of buffers for commands above {@link io.tallymark.protocol.Command#INLINE_BYTES}; any thread. */
final class LargeBuffers {
    private final ManyToManyConcurrentArrayQueue<UnsafeBuffer> free;

    LargeBuffers(final int count) {
        free = new ManyToManyConcurrentArrayQueue<>(Math.max(2, count));
        for (int i = 0; i < count; i++) {
            free.offer(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        }
    }

    /** A buffer of {@link Limits#MAX_COMMAND_BYTES}, or null when all are in use. */
    UnsafeBuffer tryBorrow() {
        return free.poll();
    }

    void giveBack(final UnsafeBuffer buffer) {
        if (!free.offer(buffer)) {
            throw new IllegalStateException("more large buffers given back than lent");
        }
    }
}

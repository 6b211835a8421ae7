package io.tallymark.engine;

import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * The batches between the writer and the durability thread: a fixed number of them goes round. Free ones come back
 * from the event loops. When none is free the writer stops taking commands, the ring fills and callers get BUSY.
 */
final class BatchExchange {
    private final ManyToOneConcurrentArrayQueue<Batch> free;
    private final OneToOneConcurrentArrayQueue<Batch> handed;
    private final Parking writerParking;
    private final Parking durabilityParking;
    private long handedCount;
    private volatile long forcedCount;

    BatchExchange(
            final int batches, final int replyBytes, final Parking writerParking, final Parking durabilityParking) {
        this.writerParking = writerParking;
        this.durabilityParking = durabilityParking;
        this.free = new ManyToOneConcurrentArrayQueue<>(batches);
        this.handed = new OneToOneConcurrentArrayQueue<>(batches);
        for (int i = 0; i < batches; i++) {
            free.offer(new Batch(replyBytes, this::onFree));
        }
    }

    /** A free batch, or null; writer thread. */
    Batch tryOpen() {
        final Batch batch = free.poll();
        if (batch != null) {
            batch.replies().clear();
        }
        return batch;
    }

    /** Gives a batch to the durability thread; writer thread. */
    void hand(final Batch batch) {
        handedCount++;
        if (!handed.offer(batch)) {
            throw new IllegalStateException("more batches handed over than exist");
        }
        durabilityParking.signal();
    }

    /** Whether a batch handed over now would be forced at once; writer thread. */
    boolean isDurabilityIdle() {
        return forcedCount == handedCount;
    }

    /** The next batch to make durable, or null; durability thread. */
    Batch poll() {
        return handed.poll();
    }

    /** Whether no batch waits; durability thread. */
    boolean isDurabilityDone() {
        return handed.isEmpty();
    }

    /** So many more batches are durable; durability thread. */
    void onForced(final int batches) {
        forcedCount = forcedCount + batches;
        writerParking.signal();
    }

    private void onFree(final Batch batch) {
        free.offer(batch);
        writerParking.signal();
    }
}

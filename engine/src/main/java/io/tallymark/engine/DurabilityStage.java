package io.tallymark.engine;

import io.tallymark.journal.Journal;

/**
 * Makes batches durable and sends their replies: one force for all that wait, then every reply up to it. Replies that
 * saw nothing new (queries, replays) pass here too, so none overtakes the durability of what it saw.
 *
 * <p>A plain single-threaded object: the durability thread drives it, a simulation may.
 */
final class DurabilityStage implements PipelineThread.Stage {
    private final Journal journal;
    private final BatchExchange exchange;
    private final ReplySink sink;
    private final EngineCounters counters;
    private final Batch[] taken;
    private long durableThrough;

    DurabilityStage(
            final Journal journal,
            final BatchExchange exchange,
            final int maxBatches,
            final ReplySink sink,
            final EngineCounters counters) {
        this.journal = journal;
        this.exchange = exchange;
        this.taken = new Batch[maxBatches];
        this.sink = sink;
        this.counters = counters;
    }

    @Override
    public int doWork() throws Exception {
        int count = 0;
        Batch batch;
        while (count < taken.length && (batch = exchange.poll()) != null) {
            taken[count++] = batch;
        }
        if (count == 0) {
            return 0;
        }
        final long lastSequence = taken[count - 1].lastSequence();
        if (lastSequence > durableThrough) {
            journal.force();
            durableThrough = lastSequence;
            counters.onForce(lastSequence);
        }
        exchange.onForced(count);
        for (int i = 0; i < count; i++) {
            sink.onDurable(taken[i].replies());
            taken[i] = null;
        }
        return count;
    }

    @Override
    public boolean isDone() {
        return exchange.isDurabilityDone();
    }
}

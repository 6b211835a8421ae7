package io.tallymark.engine;

import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the engine did since it started. Each number has one writing thread, which stores without a fence; any thread
 * may read, a moment late.
 */
public final class EngineCounters {
    private final AtomicLongArray decidedByCode = new AtomicLongArray(512);
    private final AtomicLongArray others = new AtomicLongArray(4);

    private static final int REPLAYED = 0;
    private static final int BATCHES = 1;
    private static final int FORCES = 2;
    private static final int DURABLE_SEQUENCE = 3;

    void onDecided(final Outcome outcome) {
        add(decidedByCode, outcome.code.number());
        if (outcome.replayed) {
            add(others, REPLAYED);
        }
    }

    void onBatch() {
        add(others, BATCHES);
    }

    void onForce(final long durableSequence) {
        add(others, FORCES);
        others.setRelease(DURABLE_SEQUENCE, durableSequence);
    }

    private static void add(final AtomicLongArray array, final int index) {
        array.setRelease(index, array.getPlain(index) + 1);
    }

    /** Commands and queries decided with this code, replays included. */
    public long decided(final ResultCode code) {
        return decidedByCode.get(code.number());
    }

    /** Commands answered with the outcome of an earlier one. */
    public long replayed() {
        return others.get(REPLAYED);
    }

    /** Batches sealed. */
    public long batches() {
        return others.get(BATCHES);
    }

    /** Times the journal was forced. */
    public long forces() {
        return others.get(FORCES);
    }

    /** The last sequence made durable since the start; 0 before the first. */
    public long durableSequence() {
        return others.get(DURABLE_SEQUENCE);
    }
}

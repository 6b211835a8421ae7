package io.tallymark.journal;

import io.tallymark.protocol.Durability;

/**
 * One epoch of a journal, from a start to its end. The writer thread appends through {@link #frames()} while the
 * durability thread forces. Once anything failed, everything fails.
 */
public final class Journal implements AutoCloseable {
    private final FrameLogs logs;
    private final FrameLog log;
    private final Watermark watermark;
    private final Durability durability;
    private final int epoch;
    private final Runnable onClose;
    private final FrameWriter frames;
    private volatile long forcedThrough;
    private volatile long trulyForcedThrough;
    private volatile JournalException failure;
    private boolean closed;

    private Journal(
            final FrameLogs logs,
            final JournalOptions options,
            final JournalEnd end,
            final int epoch,
            final Runnable onClose) {
        this.logs = logs;
        this.epoch = epoch;
        this.onClose = onClose;
        this.durability = options.durability();
        this.forcedThrough = end.lastSequence();
        this.trulyForcedThrough = end.lastSequence();
        this.log = logs.create(epoch, options);
        this.watermark = logs.watermark();
        this.frames = new FrameWriter(this, log, options, epoch, end);
    }

    /**
     * Opens the next epoch behind a journal's valid end. What stands before it is forced first, then START: on return
     * everything up to the end is durable, whatever the durability of this epoch.
     *
     * @param end      from a reader that reached it
     * @param seedHigh seed of the ledger's keyed hashes; the journal's own unless it is empty
     * @throws JournalException if the device is full or says no
     */
    public static Journal start(
            final DataFolder folder,
            final JournalOptions options,
            final JournalEnd end,
            final long seedHigh,
            final long seedLow) {
        final FrameLogs logs = FrameFiles.forOwner(folder.journal(), FrameFiles.Kind.CHRONICLE);
        final Journal journal = start(logs, options, end, seedHigh, seedLow, () -> folder.journaling(false));
        folder.journaling(true);
        return journal;
    }

    /** As above, on any logs. */
    public static Journal start(
            final FrameLogs logs,
            final JournalOptions options,
            final JournalEnd end,
            final long seedHigh,
            final long seedLow) {
        return start(logs, options, end, seedHigh, seedLow, () -> {});
    }

    private static Journal start(
            final FrameLogs logs,
            final JournalOptions options,
            final JournalEnd end,
            final long seedHigh,
            final long seedLow,
            final Runnable onClose) {
        if (end.epoch() > 0 && (end.seedHigh() != seedHigh || end.seedLow() != seedLow)) {
            throw new IllegalArgumentException("the seed of a journal does not change");
        }
        if (end.epoch() > 0) {
            logs.rewrite(end.epoch(), end.unprovenFile(), end.unprovenPosition(), end.file(), end.position());
        }
        for (int epoch = Math.max(1, end.epoch()); epoch <= end.highestEpoch(); epoch++) {
            logs.force(epoch);
        }
        if (end.epoch() > 0 && end.ignoredTail() == null) {
            // Else each start keeps a whole extent for ever, and one that is repeated fills the device.
            logs.release(end.epoch(), end.file(), end.position());
        }
        final Journal journal;
        try {
            journal = new Journal(logs, options, end, end.highestEpoch() + 1, onClose);
        } catch (final JournalException e) {
            throw new JournalException(e.reason(), e.file(), end.lastSequence() + 1, e);
        }
        boolean done = false;
        try {
            journal.writeStart(end, seedHigh, seedLow);
            done = true;
            return journal;
        } finally {
            if (!done) {
                journal.release();
            }
        }
    }

    private void writeStart(final JournalEnd end, final long seedHigh, final long seedLow) {
        frames.start(new StartPayload(
                end.epoch(),
                end.file(),
                end.position(),
                end.lastSequence(),
                end.chain(),
                seedHigh,
                seedLow,
                durability));
        log.force();
        logs.force(epoch);
        watermark.begin(epoch, durability, forcedThrough);
    }

    /** Where records go. Writer thread only. */
    public FrameWriter frames() {
        return frames;
    }

    /**
     * On return all frames that ended before the call may be acknowledged: they are on the device, or in the page cache
     * where that is the durability. Durability thread only.
     *
     * @throws JournalException if the device said no, now or ever before: acknowledge nothing any more
     */
    public void force() {
        checkNotFailed();
        final long ended = frames.endedThrough();
        if (ended == forcedThrough) {
            return;
        }
        if (durability == Durability.FSYNC) {
            forceLog();
            trulyForcedThrough = ended;
        }
        forcedThrough = ended;
        watermark.move(ended);
    }

    private void forceLog() {
        try {
            log.force();
        } catch (final JournalException e) {
            throw fail(e, forcedThrough + 1);
        }
    }

    /** Remembers the first failure for ever; returns what to throw, which names the first sequence in doubt. */
    JournalException fail(final JournalException cause, final long sequence) {
        final JournalException named = new JournalException(cause.reason(), cause.file(), sequence, cause);
        failure = failure == null ? named : failure;
        return named;
    }

    /** The last sequence that may be acknowledged. Any thread. */
    public long forcedThrough() {
        return forcedThrough;
    }

    /** The last sequence that is on the device for sure; behind {@link #forcedThrough()} with page-cache. */
    long trulyForcedThrough() {
        return trulyForcedThrough;
    }

    /** Number of this epoch. */
    public int epoch() {
        return epoch;
    }

    void checkNotFailed() {
        final JournalException before = failure;
        if (before != null) {
            throw new JournalException(
                    "the journal failed before and takes nothing any more", before.file(), before.sequence(), before);
        }
    }

    /**
     * Ends the epoch: forces everything, writes STOP and forces it, so that nothing at the end is left to guess. Both
     * threads must have stopped; an open frame is dropped. After a failure it only lets go.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (failure == null) {
                forceLog();
                trulyForcedThrough = frames.endedThrough();
                forcedThrough = trulyForcedThrough;
                frames.stop();
                forceLog();
                watermark.move(forcedThrough);
            }
        } finally {
            release();
        }
    }

    private void release() {
        closed = true;
        onClose.run();
        log.close();
        watermark.close();
    }
}

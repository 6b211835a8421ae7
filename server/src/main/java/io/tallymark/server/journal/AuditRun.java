package io.tallymark.server.journal;

import io.tallymark.engine.Replay;
import io.tallymark.engine.ReplayException;
import io.tallymark.journal.JournalException;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import io.tallymark.server.Progress;

/** Executes a journal again on a fresh ledger, with progress, and turns what goes wrong into one sentence. */
final class AuditRun {
    private static final int PROGRESS_EVERY = 4_096;

    private final Ledger ledger;
    private final boolean reachedEnd;

    private AuditRun(final Ledger ledger, final boolean reachedEnd) {
        this.ledger = ledger;
        this.reachedEnd = reachedEnd;
    }

    /**
     * Runs.
     *
     * @param toSequence the last sequence, or {@link Replay#TO_THE_END}
     * @throws CommandFailure naming the place of damage, or the first sequence that comes out otherwise
     */
    static AuditRun run(final JournalReader reader, final long toSequence) {
        return run(reader, toSequence, Replay.Listener.NONE);
    }

    /** As {@link #run(JournalReader, long)}, with one who hears of each record. */
    static AuditRun run(final JournalReader reader, final long toSequence, final Replay.Listener listener) {
        final Ledger ledger = DataOption.freshLedger(reader);
        try (Progress progress =
                Progress.begin("replay", toSequence == Replay.TO_THE_END ? -1 : toSequence, " records", 1)) {
            final boolean reachedEnd = Replay.run(reader, ledger, toSequence, (sequence, timeMs, command, outcome) -> {
                listener.onRecord(sequence, timeMs, command, outcome);
                if (sequence % PROGRESS_EVERY == 0) {
                    progress.update(sequence, "");
                }
            });
            ledger.verifyZeroSum();
            return new AuditRun(ledger, reachedEnd);
        } catch (final JournalException e) {
            throw new CommandFailure(
                    ExitCode.DATA_FAULT,
                    "the journal is damaged: " + e.getMessage() + "; sound up to sequence " + ledger.lastSequence(),
                    e);
        } catch (final ReplayException e) {
            throw new CommandFailure(
                    ExitCode.DATA_FAULT, "the journal does not come out as it was written: " + e.getMessage(), e);
        } catch (final IllegalStateException e) {
            throw new CommandFailure(ExitCode.DATA_FAULT, "the books do not balance: " + e.getMessage(), e);
        }
    }

    /** After the last record. */
    Ledger ledger() {
        return ledger;
    }

    /** Whether the journal has no further record. */
    boolean reachedEnd() {
        return reachedEnd;
    }
}

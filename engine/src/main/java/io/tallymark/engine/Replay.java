package io.tallymark.engine;

import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Executes the records of a journal again and compares every outcome with the journal's: the one loop behind recovery,
 * verification and replay to a point.
 */
public final class Replay {
    private static final long PROGRESS_RECORDS = 1_000_000;

    /** Hears how far a replay has come. */
    @FunctionalInterface
    public interface Progress {
        /** After every million records; the replaying thread. */
        void onRecords(long records, long lastSequence);
    }

    private Replay() {}

    /**
     * Applies the records that follow, up to a sequence.
     *
     * @param reader     positioned at its start
     * @param ledger     empty, with the journal's seed
     * @param toSequence the last sequence to apply; {@link Long#MAX_VALUE}: all
     * @return how many records were applied
     * @throws ReplayMismatchException naming the first sequence whose outcome differs
     */
    public static long run(
            final JournalReader reader, final Ledger ledger, final long toSequence, final Progress progress) {
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        final Outcome journaled = new Outcome();
        final Outcome executed = new Outcome();
        long records = 0;
        while (ledger.lastSequence() < toSequence && reader.next(command, journaled)) {
            ledger.apply(command, reader.sequence(), reader.engineTimeMs(), executed);
            if (!executed.journaled || !executed.sameResultAs(journaled)) {
                throw new ReplayMismatchException(reader.sequence(), journaled, executed);
            }
            if (++records % PROGRESS_RECORDS == 0) {
                progress.onRecords(records, reader.sequence());
            }
        }
        return records;
    }
}

package io.tallymark.engine;

import io.tallymark.journal.JournalEnd;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Builds the ledger that a journal describes, by executing every record again and comparing every outcome. */
public final class Recovery {
    private static final long PROGRESS_RECORDS = 1_000_000;

    /** Hears how far a recovery has come. */
    @FunctionalInterface
    public interface Progress {
        /** After every million records; the recovering thread. */
        void onRecords(long records);
    }

    /**
     * What a journal led to.
     *
     * @param ledger   the state after its last record
     * @param end      where it ends, and what was ignored behind
     * @param seedHigh upper half of the seed of the ledger's keyed hashes; drawn anew for an empty journal
     * @param seedLow  lower half
     */
    public record Result(Ledger ledger, JournalEnd end, long seedHigh, long seedLow) {
        /** How many records were executed again. */
        public long records() {
            return end.lastSequence();
        }
    }

    private Recovery() {}

    static Result run(final Path dataFolder, final LedgerOptions options, final Progress progress) throws IOException {
        try (JournalReader reader = JournalReader.open(dataFolder)) {
            final SecureRandom random = new SecureRandom();
            final long seedHigh = reader.isEmpty() ? random.nextLong() : reader.seedHigh();
            final long seedLow = reader.isEmpty() ? random.nextLong() : reader.seedLow();
            final Ledger ledger = new Ledger(options, seedHigh, seedLow);
            Replay.run(reader, ledger, Replay.TO_THE_END, (sequence, timeMs, command, outcome) -> {
                if (sequence % PROGRESS_RECORDS == 0) {
                    progress.onRecords(sequence);
                }
            });
            return new Result(ledger, reader.end(), seedHigh, seedLow);
        }
    }
}

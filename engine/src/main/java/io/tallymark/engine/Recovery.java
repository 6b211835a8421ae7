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
    /**
     * What a journal led to.
     *
     * @param ledger   the state after its last record
     * @param end      where it ends, and what was ignored behind
     * @param seedHigh upper half of the seed of the ledger's keyed hashes; drawn anew for an empty journal
     * @param seedLow  lower half
     * @param records  records executed again
     */
    public record Result(Ledger ledger, JournalEnd end, long seedHigh, long seedLow, long records) {}

    private Recovery() {}

    static Result run(final Path dataFolder, final LedgerOptions options, final Replay.Progress progress)
            throws IOException {
        try (JournalReader reader = JournalReader.open(dataFolder)) {
            final SecureRandom random = new SecureRandom();
            final long seedHigh = reader.isEmpty() ? random.nextLong() : reader.seedHigh();
            final long seedLow = reader.isEmpty() ? random.nextLong() : reader.seedLow();
            final Ledger ledger = new Ledger(options, seedHigh, seedLow);
            final long records = Replay.run(reader, ledger, Long.MAX_VALUE, progress);
            return new Result(ledger, reader.end(), seedHigh, seedLow, records);
        }
    }
}

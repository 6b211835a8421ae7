package io.tallymark.server.journal;

import io.tallymark.journal.JournalException;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data folder that a tool looks at. It is only read, also beside a running server. */
final class DataOption {
    /** Space for more grows page by page. */
    private static final long EXPECTED_MEMBERS = 1 << 16;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder; it is only read.")
    private Path folder;

    Path folder() {
        return folder;
    }

    /** Opens the journal; the caller closes it. */
    JournalReader open() {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(ExitCode.FAILED, "there is no data folder " + folder);
        }
        try {
            return JournalReader.open(folder);
        } catch (final JournalException e) {
            throw unreadable(e);
        }
    }

    /**
     * An empty ledger for the journal's records. Capacity is as large as it can be: what a server refused for want of
     * it was never journaled.
     */
    static Ledger freshLedger(final JournalReader reader) {
        return new Ledger(
                new LedgerOptions(EXPECTED_MEMBERS, LedgerOptions.MAX_SLOTS, LedgerOptions.MAX_SLOTS),
                reader.seedHigh(),
                reader.seedLow());
    }

    static CommandFailure unreadable(final JournalException e) {
        return new CommandFailure(ExitCode.DATA_FAULT, "the journal cannot be read: " + e.getMessage(), e);
    }
}

package io.tallymark.bench.load;

import io.tallymark.journal.DataFolder;
import io.tallymark.journal.FrameWriter;
import io.tallymark.journal.Journal;
import io.tallymark.journal.JournalOptions;
import io.tallymark.journal.JournalReader;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.nio.file.Path;

/** A real journal of a flash sale whose outcomes are as a test wants them, right or wrong. */
final class SaleJournal implements AutoCloseable {
    private static final long START_MS = 1_700_000_000_000L;

    private final FlashProgram requests = new FlashProgram();
    private final DataFolder owned;
    private final Journal journal;
    private final FrameWriter frames;
    private long sequence;

    SaleJournal(final Path folder) throws IOException {
        owned = DataFolder.lock(folder);
        try (JournalReader reader = JournalReader.open(folder)) {
            if (reader.next(new Command(), new Outcome())) {
                throw new IOException("the folder has a journal already");
            }
            journal = Journal.start(owned, JournalOptions.of(Durability.PAGE_CACHE), reader.end(), 3, 5);
        }
        frames = journal.frames();
    }

    /** The order that gives a member the points for one item. */
    void order(final int member) {
        write(requests.order(member), ResultCode.ACCEPTED, FlashProgram.PRICE_POINTS);
    }

    void sold(final int member) {
        sold(member, FlashProgram.PRICE_POINTS);
    }

    void sold(final int member, final long points) {
        write(requests.attempt(member), ResultCode.ACCEPTED, -points);
    }

    void tooLate(final int member) {
        write(requests.attempt(member), ResultCode.OUT_OF_STOCK, 0);
    }

    /** Any command. */
    void write(final Command command, final ResultCode code, final long points) {
        final Outcome outcome = new Outcome();
        outcome.code = code;
        outcome.points = points;
        outcome.journaled = true;
        outcome.sequence = ++sequence;
        frames.begin(START_MS + sequence);
        if (!frames.add(command, outcome)) {
            throw new AssertionError("the frame is full");
        }
        frames.end();
        journal.force();
    }

    @Override
    public void close() {
        journal.close();
        owned.close();
    }
}

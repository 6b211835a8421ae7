package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.DataFolder;
import io.tallymark.journal.FrameWriter;
import io.tallymark.journal.Journal;
import io.tallymark.journal.JournalEnd;
import io.tallymark.journal.JournalOptions;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.StateHash;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {
    private static final long SEED_HIGH = 7;
    private static final long SEED_LOW = 11;
    private static final long START_MS = 1_700_000_000_000L;
    private static final int RECORDS = 50;

    @TempDir
    private Path folder;

    /** Changes the outcome of a record before it is written. */
    private interface Forger {
        void forge(long sequence, Outcome outcome);
    }

    @Test
    void theSameHistoryLeadsToTheSameState() {
        final StateHash written = write((sequence, outcome) -> {}, false);
        try (JournalReader reader = JournalReader.open(folder)) {
            final Ledger ledger = emptyLedger(reader);
            final List<Long> heard = new ArrayList<>();
            assertTrue(Replay.run(
                    reader, ledger, Replay.TO_THE_END, (sequence, timeMs, command, outcome) -> heard.add(sequence)));
            assertEquals(written, ledger.stateHash());
            assertEquals(RECORDS, heard.size());
            assertEquals(RECORDS, reader.end().lastSequence());
        }
    }

    @Test
    void itStopsAtTheSequenceAskedForAndGoesOnFromThere() {
        final StateHash written = write((sequence, outcome) -> {}, false);
        try (JournalReader reader = JournalReader.open(folder)) {
            final Ledger ledger = emptyLedger(reader);
            assertFalse(Replay.run(reader, ledger, 0, Replay.Listener.NONE));
            assertEquals(0, ledger.lastSequence());
            assertFalse(Replay.run(reader, ledger, 20, Replay.Listener.NONE));
            assertEquals(20, ledger.lastSequence());
            assertTrue(Replay.run(reader, ledger, RECORDS + 1, Replay.Listener.NONE));
            assertEquals(written, ledger.stateHash());
        }
    }

    @Test
    void theFirstDifferentOutcomeIsNamed() {
        write((sequence, outcome) -> outcome.availablePoints += sequence >= 33 ? 1 : 0, false);
        final ReplayException e = assertThrows(ReplayException.class, this::replayAll);
        assertEquals(33, e.sequence());
        assertTrue(e.getMessage().startsWith("sequence 33: ACCRUE led to {ACCEPTED "), e.getMessage());
    }

    @Test
    void aDifferentCodeIsADifference() {
        write((sequence, outcome) -> outcome.code = sequence == 9 ? ResultCode.IN_DEBT : outcome.code, false);
        assertEquals(9, assertThrows(ReplayException.class, this::replayAll).sequence());
    }

    @Test
    void aCommandThatTakesNoSequenceNowIsADifference() {
        write((sequence, outcome) -> {}, true);
        final ReplayException e = assertThrows(ReplayException.class, this::replayAll);
        assertEquals(RECORDS + 1, e.sequence());
        assertTrue(e.getMessage().contains(" replayed}"), e.getMessage());
    }

    private void replayAll() {
        try (JournalReader reader = JournalReader.open(folder)) {
            Replay.run(reader, emptyLedger(reader), Replay.TO_THE_END, Replay.Listener.NONE);
        }
    }

    private static Ledger emptyLedger(final JournalReader reader) {
        return new Ledger(new LedgerOptions(100, 1_000, 1_000), reader.seedHigh(), reader.seedLow());
    }

    private StateHash write(final Forger forger, final boolean lastOneTwice) {
        final Ledger ledger = new Ledger(new LedgerOptions(100, 1_000, 1_000), SEED_HIGH, SEED_LOW);
        try (DataFolder owned = DataFolder.lock(folder)) {
            final JournalEnd end = endOf();
            try (Journal journal =
                    Journal.start(owned, JournalOptions.of(Durability.PAGE_CACHE), end, SEED_HIGH, SEED_LOW)) {
                final FrameWriter frames = journal.frames();
                final Command command = new Command();
                final Outcome outcome = new Outcome();
                for (int i = 1; i <= RECORDS; i++) {
                    fill(command, i);
                    ledger.apply(command, i, START_MS + i, outcome);
                    assertEquals(ResultCode.ACCEPTED, outcome.code);
                    forger.forge(i, outcome);
                    frames.begin(START_MS + i);
                    assertTrue(frames.add(command, outcome));
                    if (i == RECORDS && lastOneTwice) {
                        outcome.sequence++;
                        assertTrue(frames.add(command, outcome));
                    }
                    frames.end();
                    journal.force();
                }
            }
        }
        return ledger.stateHash();
    }

    private JournalEnd endOf() {
        try (JournalReader reader = JournalReader.open(folder)) {
            assertFalse(reader.next(new Command(), new Outcome()));
            return reader.end();
        }
    }

    private static void fill(final Command command, final int i) {
        final String id = "doc-" + i;
        if (i == 1) {
            final byte[] compiled = CompiledProgram.builder("shop")
                    .currency("CNY")
                    .enrolUnknownMembers(true)
                    .baseRate(1, 100)
                    .build()
                    .encode();
            command.reset(CommandType.PUBLISH_PROGRAM)
                    .put(VarField.PROGRAM, "shop")
                    .put(VarField.SOURCE, "test")
                    .put(VarField.DOCUMENT_ID, id)
                    .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length);
        } else {
            command.reset(CommandType.ACCRUE)
                    .memberId(i % 7 + 1)
                    .amountMinor(i * 100L)
                    .put(VarField.PROGRAM, "shop")
                    .put(VarField.SOURCE, "test")
                    .put(VarField.DOCUMENT_ID, id);
        }
    }
}

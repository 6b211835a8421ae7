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
import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.WalletBalances;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of a program with further wallets of points: executed again it is the same, and what was changed is found. */
final class WalletReplayTest {
    private static final long SEED_HIGH = 3;
    private static final long SEED_LOW = 5;
    private static final long START_MS = 1_795_327_200_000L;
    private static final LedgerOptions PLAN = new LedgerOptions(100, 1_000, 1_000);
    private static final int LAST_OF_VERSION_1 = 2;

    @TempDir
    private Path folder;

    @Test
    void theSameHistoryLeadsToTheSameBalancesInEachWallet() {
        final StateHash written = write((sequence, outcome) -> {});
        try (JournalReader reader = JournalReader.open(folder)) {
            final Ledger ledger = new Ledger(PLAN, reader.seedHigh(), reader.seedLow());
            assertTrue(Replay.run(reader, ledger, Replay.TO_THE_END, Replay.Listener.NONE));
            assertEquals(written, ledger.stateHash());
            ledger.verifyZeroSum();
            // 40 + 20 earned, 15 adjusted, 5 captured, 20 clawed.
            assertEquals(50, ledger.program(0).furtherWallets().get(0).availablePoints());
        }
    }

    @Test
    void oneBalanceOfOneWalletIsADifferenceAndIsNamed() {
        write((sequence, outcome) -> {
            if (sequence == LAST_OF_VERSION_1 + 2) {
                change(outcome.wallets, 40, 41);
            }
        });
        final ReplayException e = assertThrows(ReplayException.class, this::replay);
        assertEquals(LAST_OF_VERSION_1 + 2, e.sequence());
        assertTrue(e.getMessage().contains("stars=40 (available 41, "), e.getMessage());
        assertTrue(e.getMessage().contains("stars=40 (available 40, "), e.getMessage());
    }

    @Test
    void theWalletThatPointsAreOfIsPartOfTheOutcome() {
        write((sequence, outcome) -> {
            if (outcome.wallets.subject() == 0) {
                outcome.wallets.subject(WalletBalances.NONE);
            }
        });
        final ReplayException e = assertThrows(ReplayException.class, this::replay);
        assertEquals(LAST_OF_VERSION_1 + 4, e.sequence(), "the adjustment");
        assertTrue(e.getMessage().contains("stars*=15"), e.getMessage());
    }

    /** Makes the balances anew, with another number of what is available in the first. */
    private static void change(final WalletBalances wallets, final long moved, final long available) {
        final byte[] id = wallets.id(0);
        wallets.clear();
        wallets.add(id, moved, available, 0, 0, 0);
    }

    private void replay() {
        try (JournalReader reader = JournalReader.open(folder)) {
            Replay.run(
                    reader,
                    new Ledger(PLAN, reader.seedHigh(), reader.seedLow()),
                    Replay.TO_THE_END,
                    Replay.Listener.NONE);
        }
    }

    /** Changes the outcome of a record before it is written. */
    private interface Forger {
        void forge(long sequence, Outcome outcome);
    }

    private StateHash write(final Forger forger) {
        final Ledger ledger = new Ledger(PLAN, SEED_HIGH, SEED_LOW);
        try (DataFolder owned = DataFolder.lock(folder)) {
            try (Journal journal =
                    Journal.start(owned, JournalOptions.of(Durability.PAGE_CACHE), endOf(), SEED_HIGH, SEED_LOW)) {
                final FrameWriter frames = journal.frames();
                final Outcome outcome = new Outcome();
                long sequence = 0;
                for (final Consumer<Command> fill : history()) {
                    final Command command = new Command();
                    fill.accept(command);
                    ledger.apply(command, ++sequence, START_MS + sequence, outcome);
                    assertEquals(ResultCode.ACCEPTED, outcome.code, outcome.toString());
                    forger.forge(sequence, outcome);
                    frames.begin(START_MS + sequence);
                    assertTrue(frames.add(command, outcome));
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

    /** Stars come with the second version, in which the first order earned none. */
    private static List<Consumer<Command>> history() {
        final List<Consumer<Command>> all = new ArrayList<>();
        all.add(publication("v1", program().build()));
        all.add(accrual("o0", 10_000));
        all.add(publication(
                "v2",
                program().catalogue(Catalogue.builder().add(stars()).build()).build()));
        all.add(accrual("o1", 40_000));
        all.add(accrual("o2", 20_000));
        all.add(c -> keyed(c, CommandType.ADJUST, "a1")
                .memberId(1)
                .points(15)
                .put(VarField.REASON, "gift")
                .put(VarField.OPERATOR_ID, "op")
                .put(VarField.WALLET_ID, "stars"));
        all.add(c -> keyed(c, CommandType.HOLD, "h1").memberId(1).points(9).put(VarField.WALLET_ID, "stars"));
        all.add(c -> keyed(c, CommandType.CAPTURE, "c1").points(5).put(VarField.ORIGINAL_DOCUMENT_ID, "h1"));
        all.add(c -> keyed(c, CommandType.REFUND, "f2").put(VarField.ORIGINAL_DOCUMENT_ID, "o2"));
        all.add(c -> keyed(c, CommandType.REFUND, "f0").put(VarField.ORIGINAL_DOCUMENT_ID, "o0"));
        return all;
    }

    private static CompiledProgram.Builder program() {
        return CompiledProgram.builder("mima")
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(CompiledProgram.UNLIMITED)
                .keyDays(CompiledProgram.FOREVER)
                .baseRate(1, 100)
                .expiry(Expiry.never());
    }

    private static PointsWallet stars() {
        final RefundPolicy refund = new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, false);
        return new PointsWallet(
                "stars",
                1,
                1_000,
                Condition.ALWAYS,
                false,
                Expiry.months(2),
                Activation.IMMEDIATE,
                refund,
                true,
                false);
    }

    private static Consumer<Command> publication(final String documentId, final CompiledProgram program) {
        final byte[] compiled = program.encode();
        return c -> keyed(c, CommandType.PUBLISH_PROGRAM, documentId)
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length);
    }

    private static Consumer<Command> accrual(final String documentId, final long amountMinor) {
        return c -> keyed(c, CommandType.ACCRUE, documentId).memberId(1).amountMinor(amountMinor);
    }

    private static Command keyed(final Command c, final CommandType type, final String documentId) {
        return c.reset(type)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos")
                .put(VarField.DOCUMENT_ID, documentId);
    }
}

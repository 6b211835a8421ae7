package io.tallymark.server.demo;

import io.tallymark.engine.Replay;
import io.tallymark.engine.ReplayException;
import io.tallymark.journal.JournalException;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.ProgramView;
import io.tallymark.ledger.StateHash;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import java.nio.file.Path;

/**
 * What the journal's files lead to when this process executes them on an empty ledger: the server has no part in it.
 *
 * @param sequence     the last one executed
 * @param hash         of the state after it
 * @param journalBytes bytes of all frames; 0 if the replay did not go to the end
 * @param members      of the demonstration's program, as the points are
 */
record ReplayedState(
        long sequence,
        StateHash hash,
        long journalBytes,
        long members,
        long issuedPoints,
        long redeemedPoints,
        long availablePoints) {

    /**
     * Replays.
     *
     * @param toSequence the last sequence, or {@link Replay#TO_THE_END}
     * @throws CommandFailure if the journal is damaged or an outcome comes out otherwise
     */
    static ReplayedState of(final Path data, final int expectedMembers, final long toSequence) {
        try (JournalReader reader = JournalReader.open(data)) {
            final Ledger ledger = new Ledger(
                    new LedgerOptions(expectedMembers, LedgerOptions.MAX_SLOTS, LedgerOptions.MAX_SLOTS),
                    reader.seedHigh(),
                    reader.seedLow());
            final boolean atEnd = Replay.run(reader, ledger, toSequence, Replay.Listener.NONE);
            ledger.verifyZeroSum();
            final ProgramView program = ledger.program(0);
            return new ReplayedState(
                    ledger.lastSequence(),
                    ledger.stateHash(),
                    atEnd ? reader.end().bytes() : 0,
                    program.members(),
                    program.issuedPoints(),
                    program.redeemedPoints(),
                    program.availablePoints());
        } catch (final JournalException | ReplayException | IllegalStateException e) {
            throw new CommandFailure(ExitCode.DATA_FAULT, "the journal does not replay: " + e.getMessage(), e);
        }
    }

    /**
     * Compares this, made of what a killed server left, with what the next one says it has recovered into its memory.
     *
     * @throws CommandFailure if sequence or state hash differ
     */
    void mustBe(final ReadyLine recovered) {
        final long foundSequence = recovered.number("sequence");
        final String found = recovered.text("state");
        if (foundSequence != sequence || !found.equals(hash.toHex())) {
            throw new CommandFailure(
                    ExitCode.DATA_FAULT,
                    "THE STATE DIFFERS: left were sequence " + sequence + ", hash " + hash.toHex()
                            + "; the server recovered sequence " + foundSequence + ", hash " + found);
        }
    }
}

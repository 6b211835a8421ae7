package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.engine.WhatIfReport.Change;
import io.tallymark.engine.WhatIfReport.ChangedCommand;
import io.tallymark.engine.WhatIfReport.TierChange;
import io.tallymark.engine.WhatIfReport.Totals;
import io.tallymark.engine.WhatIfReport.WalletMove;
import io.tallymark.engine.WhatIfReport.WalletTotals;
import io.tallymark.journal.FrameWriter;
import io.tallymark.journal.Journal;
import io.tallymark.journal.JournalEnd;
import io.tallymark.journal.JournalOptions;
import io.tallymark.journal.JournalReader;
import io.tallymark.journal.MemoryFrameLogs;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Histories short enough that every number is worked out by hand. */
final class WhatIfTest {
    private static final long SEED_HIGH = 3;
    private static final long SEED_LOW = 5;
    private static final long START_MS = 1_700_000_000_000L;

    private final MemoryFrameLogs logs = new MemoryFrameLogs();
    private final Ledger written = newLedger();
    private final Command command = new Command();
    private final Outcome outcome = new Outcome();
    private Journal journal;

    @BeforeEach
    void open() {
        final JournalEnd end;
        try (JournalReader reader = JournalReader.open(logs)) {
            assertEquals(false, reader.next(command, outcome));
            end = reader.end();
        }
        journal = Journal.start(logs, JournalOptions.of(Durability.PAGE_CACHE), end, SEED_HIGH, SEED_LOW);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** One point per yuan, then two from sequence 6 on: what if it had always been one for two yuan? */
    @Test
    void otherRulesChangeWhatWasEarnedAndWhatCouldBeSpent() {
        publish("a", rules(1, 100).build());
        accrue(1, 10_000);
        accrue(2, 3_000);
        redeem(1, 80);
        redeem(2, 50);
        publish("b", rules(2, 100).build());
        accrue(1, 1_000);

        final WhatIfReport report = whatIf(rules(1, 200).build());

        assertEquals("shop", report.program());
        assertEquals(7, report.lastSequence());
        assertEquals(5, report.commands());
        assertEquals(
                List.of(
                        new Change(CommandType.ACCRUE, ResultCode.ACCEPTED, ResultCode.ACCEPTED, false, 3),
                        new Change(CommandType.REDEEM, ResultCode.ACCEPTED, ResultCode.INSUFFICIENT_POINTS, false, 1)),
                report.changes());
        assertEquals(4, report.changedCommands());
        assertEquals(
                List.of(
                        new ChangedCommand(
                                2, CommandType.ACCRUE, ResultCode.ACCEPTED, 100, ResultCode.ACCEPTED, 50, List.of()),
                        new ChangedCommand(
                                3, CommandType.ACCRUE, ResultCode.ACCEPTED, 30, ResultCode.ACCEPTED, 15, List.of()),
                        new ChangedCommand(
                                4,
                                CommandType.REDEEM,
                                ResultCode.ACCEPTED,
                                -80,
                                ResultCode.INSUFFICIENT_POINTS,
                                0,
                                List.of())),
                report.firstChanged());
        assertEquals(new Totals(2, 150, 80, 0, 0, 0, 0, 0, 0, 0, 70, 0, 0), report.before());
        assertEquals(new Totals(2, 70, 0, 0, 0, 0, 0, 0, 0, 0, 70, 0, 0), report.after());
        assertEquals(List.of(), report.tierChanges());
    }

    @Test
    void theRulesThatWereInForceChangeNothing() {
        publish("a", rules(1, 100).build());
        accrue(1, 10_000);
        redeem(1, 200);
        tick();
        final WhatIfReport report = whatIf(rules(1, 100).build());
        assertEquals(2, report.commands());
        assertEquals(0, report.changedCommands());
        assertEquals(List.of(), report.firstChanged());
        assertEquals(report.before(), report.after());
        assertEquals(0, report.changedMembers());
    }

    @Test
    void aLowerThresholdLiftsMembersAndTheirMultiplier() {
        publish("a", rules(1, 100).addTier("gold", 50_000, 2_000_000).build());
        accrue(1, 20_000);
        accrue(1, 10_000);
        accrue(2, 5_000);
        accrue(3, 60_000);
        final WhatIfReport report =
                whatIf(rules(1, 100).addTier("gold", 15_000, 2_000_000).build());
        // Member 1 is gold after the first order, so the second one earns double.
        assertEquals(
                List.of(new ChangedCommand(
                        3, CommandType.ACCRUE, ResultCode.ACCEPTED, 100, ResultCode.ACCEPTED, 200, List.of())),
                report.firstChanged());
        assertEquals(List.of(new TierChange("", "gold", 1)), report.tierChanges());
        assertEquals(950, report.before().issued());
        assertEquals(1_050, report.after().issued());
    }

    /** Stars for double the money, and a reward that costs stars in place of points. */
    @Test
    void furtherWalletsAreComparedEachByItself() {
        publish("a", rules(1, 100).catalogue(stars(1_000, "")).build());
        accrue(1, 10_000);
        accrue(1, 900);
        fill(CommandType.REDEEM, "mug").memberId(1).put(VarField.RULE_ID, "mug");
        append(0);
        fill(CommandType.REFUND, "back")
                .put(VarField.ORIGINAL_SOURCE, "test")
                .put(VarField.ORIGINAL_DOCUMENT_ID, "order-2")
                .amountMinor(4_000);
        append(0);
        final WhatIfReport report =
                whatIf(rules(1, 100).catalogue(stars(500, "stars")).build());
        final ResultCode done = ResultCode.ACCEPTED;
        assertEquals(
                List.of(
                        new ChangedCommand(
                                2, CommandType.ACCRUE, done, 100, done, 100, List.of(new WalletMove("stars", 10, 20))),
                        new ChangedCommand(
                                3, CommandType.ACCRUE, done, 9, done, 9, List.of(new WalletMove("stars", 0, 1))),
                        new ChangedCommand(
                                4, CommandType.REDEEM, done, -5, done, 0, List.of(new WalletMove("stars", 0, -5)))),
                report.firstChanged());
        // 40.00 of 100.00 came back: 4 of 10, 8 of 20.
        assertEquals(4, report.changedCommands());
        assertEquals(List.of(new WalletTotals("stars", 10, 21, 4, 8)), report.wallets());
    }

    private static Catalogue stars(final long perMinor, final String mugWallet) {
        return Catalogue.builder()
                .add(new PointsWallet(
                        "stars",
                        1,
                        perMinor,
                        Condition.ALWAYS,
                        false,
                        Expiry.never(),
                        Activation.IMMEDIATE,
                        new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 0, false),
                        true,
                        false))
                .add(Reward.of("mug", Offer.of(5, 0).from(mugWallet)))
                .build();
    }

    /** A first order that is refused leaves no trace: it takes no sequence, and what builds on it fails as well. */
    @Test
    void membersThatWouldNotBeEnrolledAreMissing() {
        publish("a", rules(1, 100).build());
        accrue(1, 10_000);
        redeem(1, 80);
        enrol(2);
        accrue(2, 500);
        final WhatIfReport report =
                whatIf(rules(1, 100).enrolUnknownMembers(false).build());
        assertEquals(
                List.of(
                        new ChangedCommand(
                                2,
                                CommandType.ACCRUE,
                                ResultCode.ACCEPTED,
                                100,
                                ResultCode.UNKNOWN_MEMBER,
                                0,
                                List.of()),
                        new ChangedCommand(
                                3,
                                CommandType.REDEEM,
                                ResultCode.ACCEPTED,
                                -80,
                                ResultCode.UNKNOWN_MEMBER,
                                0,
                                List.of())),
                report.firstChanged());
        assertEquals(new Totals(2, 105, 80, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0), report.before());
        assertEquals(new Totals(1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0), report.after());
        assertEquals(List.of(new TierChange("", null, 1)), report.tierChanges());
    }

    @Test
    void clawsAndDebtFollowTheOtherPolicy() {
        final RefundPolicy debt = new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, true);
        publish("a", rules(1, 100).refund(debt).build());
        accrue(1, 10_000);
        redeem(1, 80);
        giveBack(1, 10_000);
        final RefundPolicy none = new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 0, true);
        final WhatIfReport report = whatIf(rules(1, 100).refund(none).build());
        // The same points are clawed; what is not there becomes debt before, and is written off after.
        assertEquals(0, report.changedCommands());
        assertEquals(new Totals(1, 100, 80, 0, 0, 0, 100, 0, 0, 80, 0, 0, 0), report.before());
        assertEquals(new Totals(1, 100, 80, 0, 0, 0, 100, 0, 80, 0, 0, 0, 0), report.after());
    }

    @Test
    void itEndsAtTheSequenceAskedFor() {
        publish("a", rules(1, 100).build());
        accrue(1, 10_000);
        accrue(1, 10_000);
        final WhatIfReport report = whatIf(rules(2, 100).build(), 2);
        assertEquals(2, report.lastSequence());
        assertEquals(100, report.before().issued());
        assertEquals(200, report.after().issued());
    }

    @Test
    void rulesThatCannotStandInAreRefusedWithASentence() {
        publish("a", rules(1, 100).build());
        accrue(1, 10_000);
        assertRefused(
                "up to sequence 2 the journal has no program other; its programs: shop",
                CompiledProgram.builder("other")
                        .currency("CNY")
                        .baseRate(1, 100)
                        .build());
        assertRefused(
                "the rules have another currency than program shop: EUR instead of CNY",
                rules(1, 100).currency("EUR").build());
        assertRefused(
                "the rules have another utcOffset than program shop: 480 instead of 0 minutes",
                rules(1, 100).utcOffsetMinutes(480).build());
    }

    /** The replay beside it is a full audit as ever. */
    @Test
    void aJournalThatDoesNotComeOutStopsIt() {
        publish("a", rules(1, 100).build());
        fill(CommandType.ACCRUE, "order").memberId(1).amountMinor(100);
        append(1);
        final ReplayException e =
                assertThrows(ReplayException.class, () -> whatIf(rules(2, 100).build()));
        assertEquals(2, e.sequence());
        assertTrue(e.getMessage().contains("ACCRUE led to"), e.getMessage());
    }

    private void assertRefused(final String sentence, final CompiledProgram rules) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> whatIf(rules))
                        .getMessage());
    }

    private WhatIfReport whatIf(final CompiledProgram rules) {
        return whatIf(rules, Replay.TO_THE_END);
    }

    private WhatIfReport whatIf(final CompiledProgram rules, final long toSequence) {
        final WhatIf whatIf = new WhatIf(newLedger(), rules, 3);
        final Ledger asWritten = newLedger();
        try (JournalReader reader = JournalReader.open(logs)) {
            Replay.run(reader, asWritten, toSequence, whatIf);
        }
        if (toSequence == Replay.TO_THE_END) {
            assertEquals(written.stateHash(), asWritten.stateHash());
        }
        return whatIf.report(asWritten);
    }

    private static Ledger newLedger() {
        return new Ledger(new LedgerOptions(100, 1_000, 1_000), SEED_HIGH, SEED_LOW);
    }

    private static CompiledProgram.Builder rules(final long points, final long perMinor) {
        return CompiledProgram.builder("shop")
                .currency("CNY")
                .enrolUnknownMembers(true)
                .baseRate(points, perMinor);
    }

    private void publish(final String documentId, final CompiledProgram program) {
        final byte[] compiled = program.encode();
        command.lend(new UnsafeBuffer(new byte[compiled.length + 256]));
        fill(CommandType.PUBLISH_PROGRAM, documentId)
                .version(written.programCount() == 0 ? 0 : written.program(0).version())
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length);
        append(0);
    }

    private void accrue(final long memberId, final long amountMinor) {
        fill(CommandType.ACCRUE, "order").memberId(memberId).amountMinor(amountMinor);
        append(0);
    }

    private void redeem(final long memberId, final long points) {
        fill(CommandType.REDEEM, "spent").memberId(memberId).points(points);
        append(0);
    }

    private void enrol(final long memberId) {
        fill(CommandType.ENROL, "joined").memberId(memberId);
        append(0);
    }

    private void giveBack(final long memberId, final long amountMinor) {
        fill(CommandType.RETURN_UNREFERENCED, "back").memberId(memberId).amountMinor(amountMinor);
        append(0);
    }

    private void tick() {
        command.reset(CommandType.TICK).eventTimeMs(START_MS + written.lastSequence() + 1);
        append(0);
    }

    private Command fill(final CommandType type, final String documentId) {
        return command.reset(type)
                .put(VarField.PROGRAM, "shop")
                .put(VarField.SOURCE, "test")
                .put(VarField.DOCUMENT_ID, documentId + "-" + (written.lastSequence() + 1));
    }

    /** Applies and journals the command, with so many points too many in the journal. */
    private void append(final long pointsTooMany) {
        final long sequence = written.lastSequence() + 1;
        written.apply(command, sequence, START_MS + sequence, outcome);
        assertTrue(outcome.journaled, outcome.toString());
        outcome.points += pointsTooMany;
        final FrameWriter frames = journal.frames();
        frames.begin(START_MS + sequence);
        assertTrue(frames.add(command, outcome));
        frames.end();
        journal.force();
    }
}

package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;

/**
 * A program file of {@code programs/} in force in a ledger of its own, with a clock that stands until it is moved. The
 * books are checked after each command.
 */
final class Scenario {
    private static final Path PROGRAMS = Path.of(System.getProperty("tallymark.root"), "programs");
    private static final int EXPECTED_MEMBERS = 16;
    private static final int MOST = 1_000;

    private final Ledger ledger = new Ledger(new LedgerOptions(EXPECTED_MEMBERS, MOST, MOST), 1, 2);
    private CompiledProgram program;
    private long nowMs;
    private int documents;

    private Scenario(final String start) {
        at(start);
    }

    /** The preset, published at a moment such as {@code 2026-11-08T10:00+08:00}. */
    static Scenario of(final String preset, final String start) {
        try {
            return new Scenario(start)
                    .publish(ProgramCompiler.compile(PROGRAMS.resolve(preset + ".yaml"))
                            .program());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program by its text. */
    static Scenario ofText(final String text, final String start) {
        return new Scenario(start).publish(text);
    }

    /** The next version of the program. */
    Scenario publish(final String text) {
        return publish(ProgramCompiler.compile("scenario", text).program());
    }

    private Scenario publish(final CompiledProgram version) {
        program = version;
        step(CommandType.PUBLISH_PROGRAM).compiled(version.encode()).accepted();
        return this;
    }

    static long millis(final String moment) {
        return OffsetDateTime.parse(moment).toInstant().toEpochMilli();
    }

    /** Moves the clock; the ledger hears of it with the next command. */
    Scenario at(final String moment) {
        nowMs = millis(moment);
        return this;
    }

    String programName() {
        return program.name();
    }

    /** A command with a document of its own, of the source {@code pos}. */
    Step step(final CommandType type) {
        return step(type, "d-" + ++documents);
    }

    Step step(final CommandType type, final String documentId) {
        return new Step(this, type, documentId);
    }

    Step accrue(final String documentId, final String amount) {
        return step(CommandType.ACCRUE, documentId).amount(amount);
    }

    /** An order of a member, with a document of its own. */
    Step accrue(final long member, final String amount) {
        return step(CommandType.ACCRUE).member(member).amount(amount);
    }

    Step redeem(final long points) {
        return step(CommandType.REDEEM).points(points);
    }

    Step redeem(final long member, final long points) {
        return redeem(points).member(member);
    }

    /** The rest of an order, if nothing else is said. */
    Step refund(final String order) {
        return step(CommandType.REFUND).about(order);
    }

    Outcome apply(final Command command) {
        final Outcome outcome = new Outcome();
        ledger.apply(command, ledger.lastSequence() + 1, nowMs, outcome);
        ledger.verifyZeroSum();
        return outcome;
    }

    /** What is known now, not as of the last command. */
    Outcome ask(final Step query) {
        apply(new Command().reset(CommandType.TICK).eventTimeMs(nowMs));
        return query.accepted();
    }

    Outcome member(final long member) {
        return ask(step(CommandType.QUERY_MEMBER).member(member));
    }

    /** A member has these available points, and none else nor debt. */
    Scenario has(final long member, final long available) {
        return has(member, available, 0, 0, 0);
    }

    Scenario has(final long member, final long available, final long pending, final long held, final long debt) {
        final Outcome o = member(member);
        assertEquals(
                balances(available, pending, held, debt),
                balances(o.availablePoints, o.pendingPoints, o.heldPoints, o.debtPoints));
        return this;
    }

    private static String balances(final long available, final long pending, final long held, final long debt) {
        return "available " + available + " pending " + pending + " held " + held + " debt " + debt;
    }

    /** A member is in this tier; empty: in none. */
    Scenario tier(final long member, final String tier) {
        assertEquals(tier, tier(member(member)));
        return this;
    }

    static String tier(final Outcome outcome) {
        return new String(outcome.tierId, StandardCharsets.UTF_8);
    }
}

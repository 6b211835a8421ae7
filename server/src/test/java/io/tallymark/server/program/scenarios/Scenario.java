package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.WalletBalances;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A program file of {@code programs/} in force in a ledger of its own, with a clock that stands until it is moved. The
 * books are checked after each command.
 */
final class Scenario {
    private static final Path PROGRAMS = Path.of(System.getProperty("tallymark.root"), "programs");
    private static final int EXPECTED_MEMBERS = 16;
    private static final int MOST = 100_000;

    private final Ledger ledger = new Ledger(new LedgerOptions(EXPECTED_MEMBERS, MOST, MOST), 1, 2);
    private CompiledProgram program;
    private long nowMs;
    private int documents;

    private Scenario(final String start) {
        at(start);
    }

    /** The preset, published at a moment such as {@code 2026-11-08T10:00+08:00}. */
    static Scenario of(final String preset, final String start) {
        return new Scenario(start).publishPreset(preset);
    }

    /** The preset as the next version. */
    Scenario publishPreset(final String preset) {
        try {
            return publish(
                    ProgramCompiler.compile(PROGRAMS.resolve(preset + ".yaml")).program());
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

    /** A day as rows tell it. */
    static long day(final String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    /** The rows of a reply: their texts and these columns. */
    static String rows(final Outcome outcome, final int... columns) {
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < outcome.rows.count(); i++) {
            final StringBuilder row = new StringBuilder(new String(outcome.rows.text(i), StandardCharsets.UTF_8));
            for (final int column : columns) {
                row.append(row.length() == 0 ? "" : " ").append(outcome.rows.value(i, column));
            }
            rows.add(row.toString());
        }
        return String.join("; ", rows);
    }

    /** What a member holds of coupons: the coupon, its last day, uses left of uses. */
    String coupons(final long member) {
        final Outcome o = ask(step(CommandType.QUERY_COUPONS).member(member));
        final List<String> coupons = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            final long behind = o.rows.value(i, 1);
            coupons.add(new String(o.rows.text(i), StandardCharsets.UTF_8)
                    + (behind == Integer.MAX_VALUE ? "" : " " + LocalDate.ofEpochDay(behind - 1)) + " "
                    + o.rows.value(i, 3) + "/" + o.rows.value(i, 2));
        }
        return String.join("; ", coupons);
    }

    /** What became of a coupon: granted, used, returned, revoked, expired uses; cents that came with the used ones. */
    String funnel(final String coupon) {
        return rows(ask(step(CommandType.QUERY_COUPON).rule(coupon)), 0, 1, 2, 3, 4, 5);
    }

    /** Benefits with their uses, those left, and the discount in millionths. */
    String benefits(final long member) {
        return rows(ask(step(CommandType.QUERY_BENEFITS).member(member)), 0, 1, 2);
    }

    /** Of a reward or a draw's prize: stock, left, taken, restocked. */
    String stock(final String reward) {
        return rows(ask(step(CommandType.QUERY_REWARD).rule(reward)), 0, 1, 2, 3);
    }

    /** Of a board: the store or staff, rank, member, score. */
    String board(final String board) {
        return rows(ask(step(CommandType.QUERY_BOARD).rule(board)), 0, 1, 2);
    }

    /** Of an issuer, by counterpart: points that it owes, their cents; points owed to it, their cents. */
    String settlement(final String issuer) {
        return rows(ask(step(CommandType.QUERY_SETTLEMENT).rule(issuer)), 0, 1, 2, 3);
    }

    /** What a member has in further wallets of points: the wallet, available, pending, held, debt. */
    String furtherPoints(final long member) {
        final WalletBalances w = member(member).wallets;
        final List<String> wallets = new ArrayList<>();
        for (int i = 0; i < w.count(); i++) {
            wallets.add(String.join(
                    " ",
                    new String(w.id(i), StandardCharsets.US_ASCII),
                    Long.toString(w.availablePoints(i)),
                    Long.toString(w.pendingPoints(i)),
                    Long.toString(w.heldPoints(i)),
                    Long.toString(w.debtPoints(i))));
        }
        return String.join("; ", wallets);
    }

    /** What a command moved in further wallets of points; a star is with the one that the outcome's points are of. */
    static String moved(final Outcome outcome) {
        final WalletBalances w = outcome.wallets;
        final List<String> wallets = new ArrayList<>();
        for (int i = 0; i < w.count(); i++) {
            wallets.add(new String(w.id(i), StandardCharsets.US_ASCII) + " " + w.movedPoints(i)
                    + (w.subject() == i ? "*" : ""));
        }
        return String.join("; ", wallets);
    }

    /** Stored value: the wallet, principal and gift in cents. */
    String wallets(final long member) {
        return rows(ask(step(CommandType.QUERY_WALLETS).member(member)), 0, 1);
    }
}

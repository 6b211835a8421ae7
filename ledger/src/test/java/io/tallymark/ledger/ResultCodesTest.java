package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A line for each code that a command can be answered with, in order of precedence: all that follows is wrong too. */
final class ResultCodesTest {
    private static final long RICH = 1;
    private static final long OWES = 2;
    private static final long FULL = 3;
    private static final long NOBODY = 99;
    private static final long MAX = Limits.MAX_VALUE;
    private static final long FUTURE = Desk.NOON_MS + Limits.FUTURE_TOLERANCE_MS + 1;
    private static final long OLD = Desk.NOON_MS - CompiledProgram.DAY_MS - 1;

    /** Whether the command took a sequence, and so burned its key. */
    private enum Kept {
        JOURNALED,
        NOT_JOURNALED
    }

    private final List<DynamicTest> tests = new ArrayList<>();

    private static Desk desk() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        desk.publish(CompiledProgram.builder("closed")
                .currency("CNY")
                .baseRate(1, 100)
                .build());
        desk.apply(Commands.adjust("a1", RICH, 500));
        desk.apply(Commands.adjust("a2", OWES, 10));
        desk.apply(Commands.adjust("a3", OWES, -60).flags(Command.FLAG_MAY_GO_BELOW_ZERO));
        desk.apply(Commands.adjust("a4", FULL, MAX));
        desk.apply(Commands.accrue("used", RICH, 1));
        desk.apply(Commands.redeem("used", RICH, 1));
        desk.apply(Commands.adjust("used", RICH, 1));
        return desk;
    }

    private void row(final String what, final Supplier<Command> command, final ResultCode code, final Kept kept) {
        tests.add(DynamicTest.dynamicTest(what + " -> " + code + " " + kept, () -> {
            final Desk desk = desk();
            final Outcome o = desk.apply(command.get());
            assertEquals(code, o.code);
            assertEquals(kept == Kept.JOURNALED, o.journaled);
            final Outcome again = desk.apply(command.get());
            assertEquals(code, again.code);
            final boolean keyed =
                    command.get().type().changesState() && command.get().type() != CommandType.TICK;
            assertEquals(kept == Kept.JOURNALED && keyed, again.replayed, "the same once more");
            if (again.replayed) {
                assertEquals(o.sequence, again.sequence);
                assertEquals(o.points, again.points);
                assertEquals(o.basePoints, again.basePoints);
                assertEquals(o.tierPoints, again.tierPoints);
                assertEquals(o.programVersion, again.programVersion);
            }
        }));
    }

    private static Command member(final CommandType type, final String document, final long memberId) {
        return Commands.keyed(type, document).memberId(memberId);
    }

    private static Command elsewhere(final CommandType type, final String program, final String document) {
        return Commands.keyed(type, program, document).memberId(NOBODY);
    }

    private static Command withLines(final Command c, final int count, final long... amounts) {
        c.lineCount(count);
        final int start = c.reserve(VarField.LINES, 100);
        int at = start;
        for (int i = 0; i < amounts.length; i++) {
            at = OrderLines.putFixed(c.bytes(), at, i + 1, 1, amounts[i], 0);
            for (int text = 0; text < 3; text++) {
                at = OrderLines.putText(c.bytes(), at, c.bytes(), 0, 0);
            }
        }
        c.commitReserved(VarField.LINES, at - start);
        return c;
    }

    @TestFactory
    List<DynamicTest> accrue() {
        final CommandType type = CommandType.ACCRUE;
        row("no member", () -> member(type, "d", 0), ResultCode.MALFORMED, Kept.NOT_JOURNALED);
        row("unknown flag", () -> member(type, "d", 1).flags(2), ResultCode.MALFORMED, Kept.NOT_JOURNALED);
        row(
                "no document",
                () -> new Command()
                        .reset(type)
                        .put(VarField.PROGRAM, "mima")
                        .put(VarField.SOURCE, "s")
                        .memberId(1)
                        .amountMinor(1),
                ResultCode.MALFORMED,
                Kept.NOT_JOURNALED);
        row("no amount", () -> elsewhere(type, "nowhere", "used"), ResultCode.VALUE_OUT_OF_RANGE, Kept.NOT_JOURNALED);
        row("negative", () -> Commands.accrue("d", 1, -1), ResultCode.VALUE_OUT_OF_RANGE, Kept.NOT_JOURNALED);
        row("too large", () -> Commands.accrue("d", 1, MAX + 1), ResultCode.VALUE_OUT_OF_RANGE, Kept.NOT_JOURNALED);
        row(
                "too many lines",
                () -> withLines(Commands.accrue("d", 1, 3), 1_001, 1),
                ResultCode.TOO_MANY_LINES,
                Kept.NOT_JOURNALED);
        row(
                "fewer lines than said",
                () -> withLines(Commands.accrue("d", 1, 3), 3, 1, 2),
                ResultCode.MALFORMED,
                Kept.NOT_JOURNALED);
        row(
                "more lines than said",
                () -> withLines(Commands.accrue("d", 1, 3), 1, 1, 2),
                ResultCode.MALFORMED,
                Kept.NOT_JOURNALED);
        row(
                "line too large",
                () -> withLines(Commands.accrue("d", 1, 3), 2, 3, MAX + 1),
                ResultCode.VALUE_OUT_OF_RANGE,
                Kept.NOT_JOURNALED);
        row(
                "lines sum to less",
                () -> withLines(Commands.accrue("d", 1, 4), 2, 1, 2),
                ResultCode.AMOUNT_MISMATCH,
                Kept.NOT_JOURNALED);
        row(
                "no such program",
                () -> elsewhere(type, "nowhere", "used").amountMinor(1).eventTimeMs(FUTURE),
                ResultCode.UNKNOWN_PROGRAM,
                Kept.NOT_JOURNALED);
        row(
                "used document",
                () -> member(type, "used", NOBODY).amountMinor(1).eventTimeMs(FUTURE),
                ResultCode.IDEMPOTENCY_CONFLICT,
                Kept.NOT_JOURNALED);
        row(
                "in the future",
                () -> elsewhere(type, "closed", "d").amountMinor(MAX).eventTimeMs(FUTURE),
                ResultCode.EVENT_IN_FUTURE,
                Kept.NOT_JOURNALED);
        row(
                "too old",
                () -> member(type, "d", FULL).amountMinor(MAX).eventTimeMs(OLD),
                ResultCode.EVENT_TOO_OLD,
                Kept.JOURNALED);
        row(
                "not enrolled",
                () -> elsewhere(type, "closed", "d").amountMinor(MAX),
                ResultCode.UNKNOWN_MEMBER,
                Kept.NOT_JOURNALED);
        row("beyond 10^15", () -> Commands.accrue("d", FULL, 100), ResultCode.LIMIT_EXCEEDED, Kept.JOURNALED);
        row(
                "to the millisecond",
                () -> Commands.accrue("d", 1, 99).eventTimeMs(OLD + 1),
                ResultCode.ACCEPTED,
                Kept.JOURNALED);
        row(
                "with lines",
                () -> withLines(Commands.accrue("d", NOBODY, 3), 3, 1, 2, 0).eventTimeMs(FUTURE - 1),
                ResultCode.ACCEPTED,
                Kept.JOURNALED);
        return tests;
    }

    @TestFactory
    List<DynamicTest> redeem() {
        final CommandType type = CommandType.REDEEM;
        row("flags", () -> Commands.redeem("d", 1, 1).flags(1), ResultCode.MALFORMED, Kept.NOT_JOURNALED);
        row("no points", () -> elsewhere(type, "nowhere", "d"), ResultCode.VALUE_OUT_OF_RANGE, Kept.NOT_JOURNALED);
        row("too many", () -> Commands.redeem("d", 1, MAX + 1), ResultCode.VALUE_OUT_OF_RANGE, Kept.NOT_JOURNALED);
        row(
                "no such program",
                () -> elsewhere(type, "nowhere", "used").points(1).eventTimeMs(FUTURE),
                ResultCode.UNKNOWN_PROGRAM,
                Kept.NOT_JOURNALED);
        row(
                "used document",
                () -> member(type, "used", NOBODY).points(1).eventTimeMs(FUTURE),
                ResultCode.IDEMPOTENCY_CONFLICT,
                Kept.NOT_JOURNALED);
        row(
                "in the future",
                () -> member(type, "d", NOBODY).points(1).eventTimeMs(FUTURE),
                ResultCode.EVENT_IN_FUTURE,
                Kept.JOURNALED);
        row(
                "too old",
                () -> member(type, "d", NOBODY).points(1).eventTimeMs(OLD),
                ResultCode.EVENT_TOO_OLD,
                Kept.JOURNALED);
        row("never enrols", () -> Commands.redeem("d", NOBODY, 1), ResultCode.UNKNOWN_MEMBER, Kept.JOURNALED);
        row("owes", () -> Commands.redeem("d", OWES, 1), ResultCode.IN_DEBT, Kept.JOURNALED);
        row("one too many", () -> Commands.redeem("d", RICH, 501), ResultCode.INSUFFICIENT_POINTS, Kept.JOURNALED);
        row("all there is", () -> Commands.redeem("d", RICH, 500), ResultCode.ACCEPTED, Kept.JOURNALED);
        return tests;
    }

    @TestFactory
    List<DynamicTest> adjust() {
        final CommandType type = CommandType.ADJUST;
        final int flag = Command.FLAG_MAY_GO_BELOW_ZERO;
        row("flags", () -> Commands.adjust("d", 1, 1).flags(1), ResultCode.MALFORMED, Kept.NOT_JOURNALED);
        row("no points", () -> elsewhere(type, "nowhere", "d"), ResultCode.VALUE_OUT_OF_RANGE, Kept.NOT_JOURNALED);
        row("too many", () -> Commands.adjust("d", 1, -MAX - 1), ResultCode.VALUE_OUT_OF_RANGE, Kept.NOT_JOURNALED);
        row(
                "smallest long",
                () -> Commands.adjust("d", 1, Long.MIN_VALUE),
                ResultCode.VALUE_OUT_OF_RANGE,
                Kept.NOT_JOURNALED);
        row(
                "no such program",
                () -> elsewhere(type, "nowhere", "used").points(1).eventTimeMs(FUTURE),
                ResultCode.UNKNOWN_PROGRAM,
                Kept.NOT_JOURNALED);
        row(
                "used document",
                () -> member(type, "used", NOBODY).points(1).eventTimeMs(FUTURE),
                ResultCode.IDEMPOTENCY_CONFLICT,
                Kept.NOT_JOURNALED);
        row(
                "up in the future",
                () -> elsewhere(type, "closed", "d").points(1).eventTimeMs(FUTURE),
                ResultCode.EVENT_IN_FUTURE,
                Kept.NOT_JOURNALED);
        row(
                "down in the future",
                () -> elsewhere(type, "closed", "d").points(-1).eventTimeMs(FUTURE),
                ResultCode.EVENT_IN_FUTURE,
                Kept.JOURNALED);
        row(
                "up too old",
                () -> member(type, "d", FULL).points(1).eventTimeMs(OLD),
                ResultCode.EVENT_TOO_OLD,
                Kept.JOURNALED);
        row(
                "down too old",
                () -> member(type, "d", NOBODY).points(-1).eventTimeMs(OLD),
                ResultCode.EVENT_TOO_OLD,
                Kept.JOURNALED);
        row(
                "up not enrolled",
                () -> elsewhere(type, "closed", "d").points(1),
                ResultCode.UNKNOWN_MEMBER,
                Kept.NOT_JOURNALED);
        row(
                "down never enrols",
                () -> member(type, "d", NOBODY).points(-1).flags(flag),
                ResultCode.UNKNOWN_MEMBER,
                Kept.JOURNALED);
        row("beyond 10^15", () -> Commands.adjust("d", FULL, 1), ResultCode.LIMIT_EXCEEDED, Kept.JOURNALED);
        row(
                "beyond the debt limit",
                () -> Commands.adjust("d", OWES, -951).flags(flag),
                ResultCode.LIMIT_EXCEEDED,
                Kept.JOURNALED);
        row(
                "more than there is",
                () -> Commands.adjust("d", RICH, -501),
                ResultCode.INSUFFICIENT_POINTS,
                Kept.JOURNALED);
        row("owes, not flagged", () -> Commands.adjust("d", OWES, -1), ResultCode.INSUFFICIENT_POINTS, Kept.JOURNALED);
        row(
                "to the debt limit",
                () -> Commands.adjust("d", OWES, -950).flags(flag),
                ResultCode.ACCEPTED,
                Kept.JOURNALED);
        row("up", () -> Commands.adjust("d", NOBODY, MAX), ResultCode.ACCEPTED, Kept.JOURNALED);
        row("down", () -> Commands.adjust("d", RICH, -500), ResultCode.ACCEPTED, Kept.JOURNALED);
        return tests;
    }

    @TestFactory
    List<DynamicTest> publish() {
        final byte[] same = Desk.mima().build().encode();
        row(
                "no document",
                () -> new Command().reset(CommandType.PUBLISH_PROGRAM).put(VarField.PROGRAM, "mima"),
                ResultCode.MALFORMED,
                Kept.NOT_JOURNALED);
        row(
                "unreadable",
                () -> Commands.publish("publish-0", "mima", new byte[] {1, 2}),
                ResultCode.PROGRAM_INVALID,
                Kept.NOT_JOURNALED);
        row(
                "nothing compiled",
                () -> Commands.publish("publish-0", "mima", new byte[0]),
                ResultCode.PROGRAM_INVALID,
                Kept.NOT_JOURNALED);
        row(
                "of another name",
                () -> Commands.publish("publish-0", "other", same),
                ResultCode.PROGRAM_INVALID,
                Kept.NOT_JOURNALED);
        row(
                "used document",
                () -> Commands.publish("publish-0", Desk.mima().currency("USD").build()),
                ResultCode.IDEMPOTENCY_CONFLICT,
                Kept.NOT_JOURNALED);
        row(
                "other days",
                () -> Commands.publish("p", Desk.mima().utcOffsetMinutes(0).build()),
                ResultCode.PROGRAM_INVALID,
                Kept.NOT_JOURNALED);
        row(
                "other currency",
                () -> Commands.publish("p", Desk.mima().currency("USD").build()),
                ResultCode.PROGRAM_INVALID,
                Kept.NOT_JOURNALED);
        row(
                "loses a tier",
                () -> Commands.publish(
                        "p",
                        CompiledProgram.builder("mima")
                                .currency("CNY")
                                .utcOffsetMinutes(480)
                                .baseRate(1, 100)
                                .addTier("normal", 100, 1)
                                .build()),
                ResultCode.PROGRAM_INVALID,
                Kept.NOT_JOURNALED);
        row("the same", () -> Commands.publish("p", "mima", same), ResultCode.ACCEPTED, Kept.JOURNALED);
        row(
                "the next",
                () -> Commands.publish("p", Desk.mima().debtLimitPoints(7).build()),
                ResultCode.ACCEPTED,
                Kept.JOURNALED);
        return tests;
    }

    @TestFactory
    List<DynamicTest> others() {
        row("no member", () -> Commands.query(0), ResultCode.MALFORMED, Kept.NOT_JOURNALED);
        row(
                "no program",
                () -> new Command().reset(CommandType.QUERY_MEMBER).memberId(1),
                ResultCode.MALFORMED,
                Kept.NOT_JOURNALED);
        row(
                "no such program",
                () -> new Command()
                        .reset(CommandType.QUERY_MEMBER)
                        .put(VarField.PROGRAM, "nowhere")
                        .memberId(1),
                ResultCode.UNKNOWN_PROGRAM,
                Kept.NOT_JOURNALED);
        row("unknown", () -> Commands.query(NOBODY), ResultCode.UNKNOWN_MEMBER, Kept.NOT_JOURNALED);
        row("known", () -> Commands.query(RICH), ResultCode.ACCEPTED, Kept.NOT_JOURNALED);
        row("list", () -> new Command().reset(CommandType.LIST_PROGRAMS), ResultCode.ACCEPTED, Kept.NOT_JOURNALED);
        row("tick", () -> Commands.tick(Desk.NOON_MS), ResultCode.ACCEPTED, Kept.JOURNALED);
        row("nothing", () -> new Command().reset(CommandType.NONE), ResultCode.MALFORMED, Kept.NOT_JOURNALED);
        return tests;
    }

    @TestFactory
    List<DynamicTest> everyFieldIsContent() {
        final List<DynamicTest> rows = new ArrayList<>();
        conflict(rows, "member", c -> c.memberId(OWES));
        conflict(rows, "amount", c -> c.amountMinor(101));
        conflict(rows, "time", c -> c.eventTimeMs(Desk.NOON_MS));
        conflict(rows, "flags", c -> c.flags(Command.FLAG_NO_VISIT));
        conflict(rows, "channel", c -> c.put(VarField.CHANNEL, "x"));
        conflict(rows, "store", c -> c.put(VarField.STORE, "x"));
        conflict(rows, "staff", c -> c.put(VarField.STAFF, "x"));
        conflict(rows, "reason", c -> c.put(VarField.REASON, "x"));
        conflict(rows, "operator", c -> c.put(VarField.OPERATOR_ID, "x"));
        conflict(rows, "reference", c -> c.put(VarField.REFERENCE, "x"));
        conflict(rows, "lines", c -> withLines(c, 1, 100));
        return rows;
    }

    private static void conflict(
            final List<DynamicTest> rows, final String field, final java.util.function.Consumer<Command> change) {
        rows.add(DynamicTest.dynamicTest(field, () -> {
            final Desk desk = desk();
            final Command first = Commands.accrue("d", RICH, 100);
            assertEquals(ResultCode.ACCEPTED, desk.apply(first).code);
            final Command changed = Commands.accrue("d", RICH, 100);
            change.accept(changed);
            assertEquals(ResultCode.IDEMPOTENCY_CONFLICT, desk.apply(changed).code);
            assertEquals(true, desk.apply(first).replayed);
        }));
    }

    @TestFactory
    List<DynamicTest> keysAreApart() {
        final List<DynamicTest> rows = new ArrayList<>();
        rows.add(DynamicTest.dynamicTest("program", () -> apart(elsewhere(CommandType.ACCRUE, "open", "d"))));
        rows.add(DynamicTest.dynamicTest("operation", () -> apart(Commands.adjust("d", RICH, 1))));
        rows.add(DynamicTest.dynamicTest("document", () -> apart(Commands.accrue("d2", RICH, 1))));
        rows.add(DynamicTest.dynamicTest("source", () -> apart(ofSource("till", "d"))));
        rows.add(DynamicTest.dynamicTest("cut elsewhere", () -> apart(ofSource("po", "sd"))));
        return rows;
    }

    private static Command ofSource(final String source, final String document) {
        final UnsafeBuffer id = new UnsafeBuffer(document.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return new Command()
                .reset(CommandType.ACCRUE)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, source)
                .put(VarField.DOCUMENT_ID, id, 0, id.capacity())
                .memberId(RICH);
    }

    private static void apart(final Command other) {
        final Desk desk = desk();
        desk.publish(CompiledProgram.builder("open")
                .currency("CNY")
                .baseRate(1, 100)
                .enrolUnknownMembers(true)
                .build());
        assertEquals(ResultCode.ACCEPTED, desk.apply(Commands.accrue("d", RICH, 100)).code);
        other.amountMinor(100);
        final Outcome o = desk.apply(other);
        assertEquals(ResultCode.ACCEPTED, o.code);
        assertEquals(false, o.replayed);
    }
}

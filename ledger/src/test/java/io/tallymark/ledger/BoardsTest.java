package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on boards, in numbers: 100 fen earn a point. */
final class BoardsTest {
    private static final long HOUR = 3_600_000L;
    static final long FROM = Desk.NOON_MS;
    private static final long UNTIL = FROM + 10 * HOUR;

    /** Settled this long after its end. */
    private static final long LATE = 2 * HOUR;

    private final Desk desk = new Desk();
    private int document;

    static Board board(final String id, final Board.By by, final Board.Score score) {
        return new Board(id, by, score, FROM, UNTIL, Condition.ALWAYS, 100);
    }

    private static CompiledProgram.Builder base() {
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(LATE)
                .keyDays(2)
                .orderDays(1_000)
                .baseRate(1, 100)
                .debtLimitPoints(1_000);
    }

    static CompiledProgram.Builder program(final Board... boards) {
        final Catalogue.Builder catalogue = Catalogue.builder();
        for (final Board board : boards) {
            catalogue.add(board);
        }
        return base().catalogue(catalogue
                .referral(new Referral(Referral.On.REGISTRATION, 5, 0, Limit.NONE))
                .build());
    }

    private void open(final Board... boards) {
        desk.publish(program(boards).build());
    }

    private ResultCode publish(final CompiledProgram.Builder program) {
        return desk.apply(Commands.publish("p" + ++document, program.build())).code;
    }

    private Command keyed(final CommandType type) {
        return Commands.keyed(type, "d" + ++document);
    }

    private static void accepted(final Outcome o) {
        assertEquals(ResultCode.ACCEPTED, o.code);
    }

    private long buy(final String order, final long member, final long amountMinor) {
        final Outcome o = desk.apply(Commands.accrue(order, member, amountMinor));
        accepted(o);
        return o.sequence;
    }

    private long sell(final String order, final String store, final String staff, final long amountMinor) {
        final Command c = Commands.accrue(order, 1, amountMinor);
        if (!store.isEmpty()) {
            c.put(VarField.STORE, store);
        }
        if (!staff.isEmpty()) {
            c.put(VarField.STAFF, staff);
        }
        final Outcome o = desk.apply(c);
        accepted(o);
        return o.sequence;
    }

    private Outcome refund(final String order, final long amountMinor) {
        final Outcome o = desk.apply(keyed(CommandType.REFUND)
                .put(VarField.ORIGINAL_DOCUMENT_ID, order)
                .amountMinor(amountMinor));
        accepted(o);
        return o;
    }

    private void enrol(final long member) {
        accepted(desk.apply(keyed(CommandType.ENROL).memberId(member)));
    }

    private void merge(final long from, final long into) {
        accepted(desk.apply(keyed(CommandType.MERGE).memberId(from).otherMemberId(into)));
    }

    private Outcome query(final String board) {
        return desk.apply(new Command()
                .reset(CommandType.QUERY_BOARD)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, board));
    }

    /** As "participant=score", by rank. */
    private String ranking(final String board) {
        final Outcome o = query(board);
        accepted(o);
        assertEquals(RowKind.BOARD, o.rows.kind());
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            assertEquals(i + 1, o.rows.value(i, 0));
            final String text = text(o, i);
            rows.add((text.isEmpty() ? "" + o.rows.value(i, 1) : text) + "=" + o.rows.value(i, 2));
        }
        return String.join(" ", rows);
    }

    private static String text(final Outcome o, final int row) {
        return new String(o.rows.text(row), StandardCharsets.UTF_8);
    }

    @Test
    void countsSpendPointsAndOrdersOfMembers() {
        open(
                board("orders", Board.By.MEMBER, Board.Score.ORDERS),
                board("points", Board.By.MEMBER, Board.Score.POINTS),
                board("spend", Board.By.MEMBER, Board.Score.SPEND));
        buy("o1", 1, 9_990);
        buy("o2", 2, 5_000);
        buy("o3", 2, 5_099);
        buy("o4", 3, 99);
        assertEquals("2=10099 1=9990 3=99", ranking("spend"));
        assertEquals("2=100 1=99", ranking("points"), "a score of 0 is not ranked");
        assertEquals("2=2 1=1 3=1", ranking("orders"));
        assertEquals(ResultCode.ORIGINAL_NOT_FOUND, query("other").code);
    }

    @Test
    void tiesGoToWhoCameToTheScoreFirst() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        buy("o1", 1, 300);
        final long two = buy("o2", 2, 500);
        final long one = buy("o3", 1, 200);
        assertEquals("2=500 1=500", ranking("b"));
        final Outcome o = query("b");
        assertEquals(two, o.rows.value(0, 3));
        assertEquals(one, o.rows.value(1, 3));
        buy("o4", 3, 600);
        refund("o4", 100);
        assertEquals("2=500 1=500 3=500", ranking("b"), "who fell to it comes last");
    }

    @Test
    void countsWhatTheOrderNamesOfStoresAndStaff() {
        open(board("staff", Board.By.STAFF, Board.Score.ORDERS), board("stores", Board.By.STORE, Board.Score.SPEND));
        sell("o1", "s1", "ann", 100);
        sell("o2", "s2", "", 300);
        sell("o3", "", "ann", 1_000);
        sell("o4", "s1", "bo", 250);
        sell("o5", "上海", "", 10);
        assertEquals("s1=350 s2=300 上海=10", ranking("stores"));
        assertEquals("ann=2 bo=1", ranking("staff"));
        assertEquals(0, query("staff").rows.value(0, 1));
    }

    @Test
    void countsReferrersByOrdersAndRegistrations() {
        open(
                board("joined", Board.By.REFERRER, Board.Score.REGISTRATIONS),
                board("sold", Board.By.REFERRER, Board.Score.SPEND));
        enrol(1);
        enrol(2);
        accepted(desk.apply(keyed(CommandType.ENROL).memberId(11).referrerId(1)));
        accepted(desk.apply(keyed(CommandType.ENROL).memberId(12).referrerId(1)));
        accepted(desk.apply(keyed(CommandType.ENROL).memberId(21).referrerId(2)));
        assertEquals("1=2 2=1", ranking("joined"));
        buy("o1", 11, 100);
        buy("o2", 21, 700);
        buy("o3", 12, 200);
        buy("o4", 1, 10_000);
        assertEquals("2=700 1=300", ranking("sold"), "also later orders than the first");
        refund("o3", 0);
        assertEquals("2=700 1=100", ranking("sold"));
        assertEquals("1=2 2=1", ranking("joined"));
        // Brought by themselves: 1 into 11.
        merge(1, 11);
        buy("o5", 11, 100);
        assertEquals("2=700 11=100", ranking("sold"));
    }

    @Test
    void countsOnlyWhatMeetsTheCondition() {
        final Condition when =
                Condition.builder().stores("s1").minOrderMinor(200).build();
        open(
                new Board("b", Board.By.STAFF, Board.Score.SPEND, FROM, UNTIL, when, 100),
                new Board(
                        "first",
                        Board.By.STORE,
                        Board.Score.ORDERS,
                        FROM,
                        UNTIL,
                        Condition.builder().firstPurchase().build(),
                        100));
        sell("o1", "s1", "ann", 199);
        sell("o2", "s2", "ann", 500);
        sell("o3", "s1", "ann", 200);
        assertEquals("ann=200", ranking("b"));
        assertEquals("s1=1", ranking("first"), "as it was before the order");
        // The condition is not tested again.
        refund("o3", 50);
        assertEquals("ann=150", ranking("b"));
    }

    @Test
    void refundsLowerWhatTheOrderCountedAndTellIt() {
        open(
                board("orders", Board.By.MEMBER, Board.Score.ORDERS),
                board("points", Board.By.MEMBER, Board.Score.POINTS),
                board("spend", Board.By.STORE, Board.Score.SPEND));
        accepted(desk.apply(Commands.accrue("o1", 7, 9_990).put(VarField.STORE, "s1")));
        final Outcome part = refund("o1", 3_330);
        assertEquals("points:-33/7 spend:-3330/0", consequences(part));
        assertEquals("s1=6660", ranking("spend"));
        assertEquals("7=66", ranking("points"));
        assertEquals("7=1", ranking("orders"));
        assertEquals("orders:-1/7 points:-66/7 spend:-6660/0", consequences(refund("o1", 0)));
        assertEquals("", ranking("spend") + ranking("points") + ranking("orders"));
    }

    /** Each as board:score/member. */
    private static String consequences(final Outcome o) {
        assertEquals(RowKind.CONSEQUENCES, o.rows.kind());
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            assertTrue(text(o, i).startsWith("board/"), text(o, i));
            assertEquals(0, o.rows.value(i, 0) | o.rows.value(i, 1) | o.rows.value(i, 2) | o.rows.value(i, 5));
            rows.add(text(o, i).substring(6) + ":" + o.rows.value(i, 3) + "/" + o.rows.value(i, 4));
        }
        return String.join(" ", rows);
    }

    @Test
    void theEventDecidesAndTheEdgesAreExact() {
        open(board("b", Board.By.MEMBER, Board.Score.ORDERS));
        accepted(desk.apply(Commands.accrue("o1", 1, 100).eventTimeMs(FROM - 1)));
        accepted(desk.apply(Commands.accrue("o2", 2, 100).eventTimeMs(FROM)));
        desk.nowMs = UNTIL + LATE - 1;
        accepted(desk.apply(Commands.accrue("o3", 3, 100).eventTimeMs(UNTIL - 1)));
        accepted(desk.apply(Commands.accrue("o4", 4, 100).eventTimeMs(UNTIL)));
        assertEquals("2=1 3=1", ranking("b"));
        // The last millisecond before the settlement, then the settlement.
        assertEquals("b:-1/3", consequences(refund("o3", 0)));
        desk.nowMs = UNTIL + LATE;
        assertEquals(0, refund("o2", 0).rows.count());
        assertEquals("2=1", ranking("b"));
    }

    @Test
    void anEndMayMoveUntilTheSettlementAndNothingElseMay() {
        final Board b = board("b", Board.By.MEMBER, Board.Score.SPEND);
        open(b);
        assertEquals(ResultCode.PROGRAM_INVALID, publish(program(board("b", Board.By.STORE, Board.Score.SPEND))));
        assertEquals(ResultCode.PROGRAM_INVALID, publish(program(board("b", Board.By.MEMBER, Board.Score.POINTS))));
        assertEquals(ResultCode.PROGRAM_INVALID, publish(program(ending(b, FROM + 1, UNTIL))));
        desk.nowMs = UNTIL + LATE - 1;
        assertEquals(ResultCode.ACCEPTED, publish(program(ending(b, FROM, UNTIL + 1))));
        assertEquals(ResultCode.ACCEPTED, publish(program(ending(b, FROM, UNTIL))));
        // No more listed, it is known, and what it is stays as it is.
        assertEquals(ResultCode.ACCEPTED, publish(program()));
        assertEquals("", ranking("b"));
        desk.nowMs = UNTIL + LATE;
        assertEquals(ResultCode.PROGRAM_INVALID, publish(program(ending(b, FROM, UNTIL + 1))));
        assertEquals(
                ResultCode.ACCEPTED,
                publish(program(new Board(
                        "b",
                        b.by(),
                        b.score(),
                        FROM,
                        UNTIL,
                        Condition.builder().stores("s").build(),
                        3))));
    }

    static Board ending(final Board b, final long fromMs, final long untilMs) {
        return new Board(b.id(), b.by(), b.score(), fromMs, untilMs, b.when(), b.top());
    }

    @Test
    void whatIsSettledStaysSoUnderALongerWindow() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        buy("o1", 1, 100);
        desk.nowMs = UNTIL + LATE;
        assertEquals(
                ResultCode.ACCEPTED,
                publish(program(board("b", Board.By.MEMBER, Board.Score.SPEND)).lateWindowMs(10 * HOUR)));
        accepted(desk.apply(Commands.accrue("o2", 1, 100).eventTimeMs(UNTIL - 1)));
        refund("o1", 50);
        assertEquals("1=100", ranking("b"));
    }

    @Test
    void aLongerWindowInTimeKeepsItOpen() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        desk.nowMs = UNTIL + LATE - 1;
        publish(program(board("b", Board.By.MEMBER, Board.Score.SPEND)).lateWindowMs(10 * HOUR));
        desk.nowMs = UNTIL + 10 * HOUR - 1;
        accepted(desk.apply(Commands.accrue("o2", 1, 100).eventTimeMs(UNTIL - 1)));
        assertEquals("1=100", ranking("b"));
    }

    @Test
    void withoutALateWindowItIsSettledAtItsEnd() {
        desk.publish(program(board("b", Board.By.MEMBER, Board.Score.SPEND))
                .lateWindowMs(CompiledProgram.UNLIMITED)
                .keyDays(CompiledProgram.FOREVER)
                .orderDays(CompiledProgram.FOREVER)
                .build());
        desk.nowMs = UNTIL - 1;
        buy("o1", 1, 100);
        desk.nowMs = UNTIL;
        accepted(desk.apply(Commands.accrue("o2", 1, 100).eventTimeMs(UNTIL - 1)));
        refund("o1", 0);
        assertEquals("1=100", ranking("b"));
    }

    @Test
    void anUnlistedBoardCountsNoMoreAndIsStillLowered() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        buy("o1", 1, 100);
        publish(program());
        buy("o2", 1, 100);
        assertEquals("1=100", ranking("b"));
        refund("o1", 40);
        assertEquals("1=60", ranking("b"));
        publish(program(board("b", Board.By.MEMBER, Board.Score.SPEND)));
        buy("o3", 1, 5);
        refund("o2", 0);
        assertEquals("1=65", ranking("b"));
    }

    @Test
    void aMergeAddsScoresAndRefundsFollow() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        buy("o1", 1, 100);
        buy("o2", 2, 60);
        buy("o3", 3, 160);
        merge(1, 2);
        assertEquals("3=160 2=160", ranking("b"));
        assertEquals(desk.ledger.lastSequence(), query("b").rows.value(1, 3));
        // Into one without a score, and on.
        buy("o4", 4, 1);
        enrol(5);
        merge(2, 5);
        merge(5, 4);
        assertEquals("4=161 3=160", ranking("b"));
        assertEquals("b:-100/4", consequences(refund("o1", 0)));
        assertEquals("b:-60/4", consequences(refund("o2", 0)));
        assertEquals("3=160 4=1", ranking("b"));
    }

    @Test
    void aMergeOfOneWithoutScoreIsNoChange() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        final long one = buy("o1", 1, 100);
        buy("o2", 2, 50);
        refund("o2", 0);
        merge(2, 1);
        assertEquals("1=100", ranking("b"));
        assertEquals(one, query("b").rows.value(0, 3));
        enrol(3);
        merge(1, 3);
        assertEquals("3=100", ranking("b"));
        assertEquals(desk.ledger.lastSequence(), query("b").rows.value(0, 3));
    }

    @Test
    void onASettledBoardEachStays() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        buy("o1", 1, 100);
        buy("o2", 2, 60);
        desk.nowMs = UNTIL + LATE;
        merge(1, 2);
        assertEquals("2=100 2=60", ranking("b"));
        enrol(9);
        merge(2, 9);
        assertEquals("9=100 9=60", ranking("b"));
    }

    @Test
    void closedAndErasedMembersKeepTheirScores() {
        open(board("b", Board.By.MEMBER, Board.Score.SPEND));
        buy("o1", 1, 100);
        buy("o2", 2, 60);
        accepted(desk.apply(keyed(CommandType.CLOSE).memberId(1)));
        accepted(desk.apply(keyed(CommandType.ERASE).memberId(2)));
        assertEquals("1=100 2=60", ranking("b"));
        refund("o1", 30);
        assertEquals("1=70 2=60", ranking("b"));
    }

    @Test
    void claimsReturnsPreviewsAndReplaysDoNotCount() {
        desk.publish(program(board("b", Board.By.MEMBER, Board.Score.SPEND))
                .claimDays(10)
                .build());
        enrol(1);
        desk.after(1);
        accepted(desk.apply(keyed(CommandType.CLAIM)
                .memberId(1)
                .amountMinor(500)
                .eventTimeMs(FROM)
                .put(VarField.ORIGINAL_DOCUMENT_ID, "till-9")));
        accepted(desk.apply(new Command()
                .reset(CommandType.PREVIEW_ACCRUE)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(1)
                .amountMinor(700)));
        assertEquals("", ranking("b"));
        buy("o1", 1, 10);
        desk.apply(Commands.accrue("o1", 1, 10));
        assertEquals("1=10", ranking("b"));
        assertEquals(RowKind.NONE, refund("till-9", 0).rows.kind());
        assertEquals("1=10", ranking("b"));
    }

    @Test
    void onlyTheFirstAreTold() {
        final Board three = new Board("b", Board.By.MEMBER, Board.Score.SPEND, FROM, UNTIL, Condition.ALWAYS, 3);
        final Board many = new Board("c", Board.By.MEMBER, Board.Score.SPEND, FROM, UNTIL, Condition.ALWAYS, 1_000);
        open(three, many);
        for (int i = 1; i <= 300; i++) {
            buy("o" + i, i, 100 + i * 7_919 % 301);
        }
        // 7919 i mod 301 takes each value from 1 to 300 once, as 301 has no factor in common with 7919.
        final Outcome o = query("b");
        assertEquals(3, o.rows.count());
        assertEquals("400 399 398", o.rows.value(0, 2) + " " + o.rows.value(1, 2) + " " + o.rows.value(2, 2));
        final Outcome cut = query("c");
        assertEquals(Math.min(300, Rows.MAX_ROWS), cut.rows.count());
        assertEquals(Rows.MAX_ROWS < 300, cut.rows.isCut());
        for (int i = 0; i < cut.rows.count(); i++) {
            assertEquals(400 - i, cut.rows.value(i, 2));
        }
    }

    @Test
    void scoresArePartOfTheState() {
        final Desk[] desks = {new Desk(), new Desk(new LedgerOptions(0, 50_000, 50_000))};
        for (final Desk each : desks) {
            each.publish(program(board("b", Board.By.STORE, Board.Score.ORDERS)).build());
        }
        for (int i = 0; i < 500; i++) {
            for (final Desk each : desks) {
                each.apply(Commands.accrue("o" + i, 1, 100).put(VarField.STORE, "s" + i % 77));
            }
        }
        assertEquals(desks[0].ledger.stateHash(), desks[1].ledger.stateHash());
        desks[0].apply(Commands.accrue("x", 1, 100).put(VarField.STORE, "s1"));
        desks[1].apply(Commands.accrue("x", 1, 100).put(VarField.STORE, "s2"));
        assertNotEquals(desks[0].ledger.stateHash(), desks[1].ledger.stateHash());
    }
}

package io.tallymark.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of all operations reach the server as they were written. */
@Timeout(60)
class RequestTest extends ClientFixture {
    private final List<Command> seen = Collections.synchronizedList(new ArrayList<>());

    private void startRecording() throws Exception {
        start((session, commands) -> {
            seen.addAll(commands);
            ACCEPT.onFrame(session, commands);
        });
    }

    private CommandResult send(final Request request) throws Exception {
        return client.send(request).get(10, TimeUnit.SECONDS);
    }

    /** All fields of an operation, each with a value of its own where it may have one. */
    private static Request full(final CommandType type) {
        final Request request = Request.of(type);
        for (final FixedField field : type.shape().fixedFields()) {
            switch (field) {
                case MEMBER_ID -> request.member(41);
                case OTHER_MEMBER_ID -> request.otherMember(42);
                case AMOUNT_MINOR -> request.amountMinor(9_990);
                case CASH_MINOR -> request.cashMinor(90);
                case POINTS -> request.points(type.shape().has(FixedField.AMOUNT_MINOR) ? 0 : 5);
                case EVENT_TIME -> request.at(1_700_000_000_001L);
                case UNTIL -> request.until(1_700_000_000_002L);
                case TTL_MS -> request.ttlMs(60_000);
                case BIRTHDAY -> request.birthday(LocalDate.of(2000, 2, 29));
                case VERSION -> request.version(3);
                case QUANTITY -> request.quantity(-7);
                case REFERRER_ID -> request.referrer(43);
                case FLAGS -> {
                    if (type == CommandType.ADJUST) {
                        request.mayGoBelowZero();
                    } else {
                        request.noVisit();
                    }
                }
            }
        }
        for (final VarField field : type.shape().varFields()) {
            switch (field) {
                case PROGRAM -> request.program("mima");
                case SOURCE -> request.source("pos");
                case DOCUMENT_ID -> request.documentId("d-1");
                case CHANNEL -> request.channel("web");
                case STORE -> request.store("上海");
                case STAFF -> request.staff("s-1");
                case REASON -> request.reason("mistake");
                case OPERATOR_ID -> request.operatorId("op-1");
                case REFERENCE -> request.reference("ticket 7");
                case COMPILED_PROGRAM -> request.compiledProgram(new byte[] {1, 2}, "name: x\n");
                case RULE_ID -> {
                    if (type.shape().requires(field)) {
                        request.rule("rule-1");
                    }
                }
                case BRAND -> request.brand("hotel");
                case COUPON_ID -> request.coupon("latte");
                case WALLET_ID -> request.wallet("stars");
                case WAY -> request.way("paid");
                case ORIGINAL_SOURCE -> request.original("crm", "o-1");
                case ORIGINAL_DOCUMENT_ID, SOURCE_TEXT, LINES, IDENTITY_CHANNEL, IDENTITY -> {}
            }
        }
        return request;
    }

    @Test
    void everyFieldOfEveryOperationArrives() throws Exception {
        startRecording();
        for (final CommandType type : CommandType.values()) {
            if (type == CommandType.NONE
                    || type == CommandType.TICK
                    || type == CommandType.LIST_PROGRAMS
                    || type == CommandType.QUERY_MEMBER) {
                continue;
            }
            final Request request = full(type);
            switch (type.shape().identity()) {
                case REQUIRED, OPTIONAL -> request.identity("card", "4711");
                default -> {}
            }
            final CommandResult result = send(request);
            assertTrue(result.isAccepted(), type.name());
            final Command command = seen.get(seen.size() - 1);
            final Command wanted = full(type).toCommand();
            assertEquals(type, command.type());
            for (final FixedField field : FixedField.values()) {
                assertEquals(wanted.get(field), command.get(field), type + " " + field);
            }
            for (final VarField field : type.shape().varFields()) {
                assertEquals(wanted.text(field), command.text(field), type + " " + field);
                assertTrue(
                        command.length(field) > 0
                                || field == VarField.SOURCE_TEXT
                                || field == VarField.RULE_ID && !type.shape().requires(field),
                        type + " " + field);
            }
            if (type.shape().has(FixedField.MEMBER_ID)) {
                assertEquals(41, result.memberId());
            }
        }
        assertTrue(seen.size() >= 55, "operations: " + seen.size());
    }

    @Test
    void linesOfRefundsAndOrdersArrive() throws Exception {
        startRecording();
        send(Request.of(CommandType.REFUND)
                .key("mima", "pos", "r-1")
                .original("o-1")
                .refundLines(List.of(RefundLine.byQuantity(1, 2), RefundLine.byAmount(7, 500))));
        assertEquals(2, seen.get(0).lineCount());
        assertEquals("o-1", seen.get(0).text(VarField.ORIGINAL_DOCUMENT_ID));
        send(Request.of(CommandType.CLAIM)
                .key("mima", "pos", "c-1")
                .member(5)
                .amountMinor(300)
                .lines(List.of(OrderLine.of(1, 1, 100, "a"), OrderLine.of(2, 1, 200, "b")))
                .original("crm", "o-1"));
        assertEquals(2, seen.get(1).lineCount());
        assertEquals("crm", seen.get(1).text(VarField.ORIGINAL_SOURCE));
    }

    @Test
    void aRewardIsRedeemedAndHeldByItsRule() throws Exception {
        startRecording();
        send(Request.of(CommandType.REDEEM).key("mima", "app", "r-1").member(5).rule("mug"));
        send(Request.of(CommandType.HOLD)
                .key("mima", "app", "h-1")
                .member(5)
                .rule("mug")
                .brand("hotel")
                .coupon("latte"));
        assertEquals("mug", seen.get(0).text(VarField.RULE_ID));
        assertEquals(0, seen.get(0).points());
        assertEquals("mug", seen.get(1).text(VarField.RULE_ID));
        assertEquals("hotel", seen.get(1).text(VarField.BRAND));
        assertEquals("latte", seen.get(1).text(VarField.COUPON_ID));
    }

    @Test
    void anIdentityStandsForAMember() throws Exception {
        startRecording();
        send(Request.of(CommandType.ACCRUE)
                .key("mima", "pos", "o-1")
                .identity("wechat", "oXq-secret")
                .amountMinor(100));
        assertEquals(0, seen.get(0).memberId());
        assertEquals("wechat", seen.get(0).text(VarField.IDENTITY_CHANNEL));
        assertEquals(17, seen.get(0).length(VarField.IDENTITY));
        client.member("mima", "wechat", "oXq-secret").get(10, TimeUnit.SECONDS);
        assertEquals(17, seen.get(1).length(VarField.IDENTITY));
    }

    @Test
    void rowsComeWithTheirKind() throws Exception {
        startRecording();
        final CommandResult result =
                send(Request.of(CommandType.QUERY_PENDING).program("mima").member(5));
        assertEquals(RowKind.PENDING, result.rowKind());
        assertTrue(result.rowsCut());
        assertEquals(
                List.of(
                        new ResultRow("", 20_000, Integer.MAX_VALUE, 77, 0, 0, 0),
                        new ResultRow("text", 1, 2, 3, 4, 5, 6)),
                result.rows());
        assertEquals(77, result.rows().get(0).value(2));
        final CommandResult none =
                send(Request.of(CommandType.QUERY_HOLDS).program("mima").member(5));
        assertEquals(List.of(), none.rows());
        assertFalse(none.rowsCut());
    }

    @Test
    void whatAnOperationDoesNotHaveIsRefusedAtOnce() throws Exception {
        startRecording();
        for (final Runnable wrong : List.<Runnable>of(
                () -> Request.of(CommandType.HOLD).birthday(LocalDate.EPOCH),
                () -> Request.of(CommandType.VOID).member(1),
                () -> Request.of(CommandType.VOID).identity("card", "1"),
                () -> Request.of(CommandType.REDEEM).noVisit(),
                () -> Request.of(CommandType.REDEEM).coupon("latte"),
                () -> Request.of(CommandType.TRANSFER).wallet("stars"),
                () -> Request.of(CommandType.REDEEM).quantity(2),
                () -> Request.of(CommandType.RESTOCK).member(1),
                () -> Request.of(CommandType.ACCRUE).refundLines(List.of()),
                () -> Request.of(CommandType.REFUND).lines(List.of()),
                () -> Request.of(CommandType.QUERY_MEMBER).source("pos"),
                () -> client.send(Request.of(CommandType.QUERY_MEMBER)),
                () -> client.send(Request.of(CommandType.LIST_PROGRAMS)))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
        final String text = Request.of(CommandType.ACCRUE)
                .key("mima", "pos", "o-1")
                .identity("card", "secret")
                .toString();
        assertEquals("ACCRUE o-1", text);
    }
}

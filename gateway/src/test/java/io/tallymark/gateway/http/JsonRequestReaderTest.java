package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRequestReaderTest {
    private static final String LINE = "{\"amountMinor\":5}";

    private final JsonRequestReader reader = new JsonRequestReader();
    private final Command command = new Command();

    JsonRequestReaderTest() {
        command.lend(new UnsafeBuffer(new byte[JsonRequestReader.COMMAND_BYTES]));
    }

    private Refusal read(final Route route, final byte[] body) {
        return reader.read(route, Paths.target(route), body, 0, body.length, command);
    }

    private Refusal accrue(final String json) {
        return read(Route.ACCRUALS, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String accrual(final String more) {
        return "{\"source\":\"pos\",\"documentId\":\"d-1\",\"memberId\":7,\"amountMinor\":10" + more + "}";
    }

    private static String lines(final String lines) {
        return accrual(",\"lines\":[" + lines + "]");
    }

    private void assertAccepted(final Refusal refusal) {
        assertEquals(ResultCode.ACCEPTED, refusal.code(), () -> refusal.pointer() + " " + refusal.detail());
    }

    @Test
    void fourMembersAreAnAccrual() {
        assertAccepted(accrue(accrual("")));
        assertEquals(CommandType.ACCRUE, command.type());
        assertEquals(7, command.memberId());
        assertEquals(10, command.amountMinor());
        assertEquals(Command.NO_TIME, command.eventTimeMs());
        assertEquals("mima", command.text(VarField.PROGRAM));
        assertEquals("pos", command.text(VarField.SOURCE));
        assertEquals("d-1", command.text(VarField.DOCUMENT_ID));
        assertEquals(0, command.lineCount());
    }

    @Test
    void oneParserReadsBodyAfterBodyAlsoAfterFaults() {
        for (int i = 0; i < 300; i++) {
            assertAccepted(accrue(" \r\n" + accrual(",\"store\":\"s" + i + "\"") + "\n\t"));
            assertEquals("s" + i, command.text(VarField.STORE));
            assertEquals(ResultCode.MALFORMED, accrue("{\"source\":\"pos\",").code());
            assertAccepted(accrue(accrual("")));
            assertEquals("", command.text(VarField.STORE));
        }
    }

    @Test
    void idsComeAsNumbersOrStrings() {
        for (final String id : List.of("9223372036854775807", "\"9223372036854775807\"")) {
            assertAccepted(accrue(accrual("").replace(":7,", ":" + id + ",")));
            assertEquals(Long.MAX_VALUE, command.memberId());
        }
        for (final String id : List.of(
                "0",
                "-1",
                "\"0\"",
                "\"-1\"",
                "\"007\"",
                "\"\"",
                "\" 7\"",
                "\"7.0\"",
                "7.0",
                "7e0",
                "null",
                "true",
                "[7]",
                "9223372036854775808",
                "\"9223372036854775808\"",
                "\"18446744073709551617\"",
                "\"99999999999999999999\"")) {
            final Refusal refusal = accrue(accrual("").replace(":7,", ":" + id + ","));
            assertEquals(ResultCode.MALFORMED, refusal.code(), id);
            assertEquals("/memberId", refusal.pointer(), id);
        }
    }

    static Stream<Arguments> faults() {
        final String sku65 = "x".repeat(65);
        return Stream.of(
                Arguments.of("", "", ResultCode.MALFORMED),
                Arguments.of("  ", "", ResultCode.MALFORMED),
                Arguments.of("[]", "", ResultCode.MALFORMED),
                Arguments.of("null", "", ResultCode.MALFORMED),
                Arguments.of("\uFEFF" + accrual(""), "", ResultCode.MALFORMED),
                Arguments.of("{}", "/source", ResultCode.MALFORMED),
                Arguments.of("{", "", ResultCode.MALFORMED),
                Arguments.of(accrual("") + "x", "", ResultCode.MALFORMED),
                Arguments.of(accrual("") + "{}", "", ResultCode.MALFORMED),
                Arguments.of(accrual("") + "tru", "", ResultCode.MALFORMED),
                Arguments.of(accrual(","), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"bonus\":1"), "/bonus", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"a~b/c\":1"), "/a~0b~1c", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"points\":1"), "/points", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"memberId\":7"), "/memberId", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"MemberId\":7"), "/MemberId", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace(":10", ":10.0"), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace(":10", ":1e1"), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace(":10", ":\"10\""), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace(":10", ":010"), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace(":10", ":+10"), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace(":10", ":NaN"), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace(":10", ":0"), "/amountMinor", ResultCode.VALUE_OUT_OF_RANGE),
                Arguments.of(accrual("").replace(":10", ":-0"), "/amountMinor", ResultCode.VALUE_OUT_OF_RANGE),
                Arguments.of(accrual("").replace(":10", ":-5"), "/amountMinor", ResultCode.VALUE_OUT_OF_RANGE),
                Arguments.of(
                        accrual("").replace(":10", ":1000000000000001"), "/amountMinor", ResultCode.VALUE_OUT_OF_RANGE),
                Arguments.of(
                        accrual("").replace(":10", ":1" + "0".repeat(40)),
                        "/amountMinor",
                        ResultCode.VALUE_OUT_OF_RANGE),
                Arguments.of(
                        accrual("").replace(":10", ":1" + "0".repeat(4_000)), "/amountMinor", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace("pos", ""), "/source", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace("pos", "p s"), "/source", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace("pos", "p".repeat(33)), "/source", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace("d-1", "d".repeat(65)), "/documentId", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace("d-1", "dé"), "/documentId", ResultCode.MALFORMED),
                Arguments.of(accrual("").replace("\"d-1\"", "1"), "/documentId", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":null"), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":\"a\\u0007\""), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":\"a\\u0085\""), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":\"\\ud800x\""), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":\"" + "é".repeat(33) + "\""), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":\"a\tb\""), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":\"a\\x\""), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"store\":\"a"), "/store", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"eventTime\":1700000000"), "/eventTime", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"eventTime\":\"yesterday\""), "/eventTime", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"eventTime\":\"1969-12-31T23:59:59Z\""), "/eventTime", ResultCode.MALFORMED),
                Arguments.of(
                        accrual(",\"eventTime\":\"9999-12-31T23:59:59-00:01\""), "/eventTime", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"visit\":1"), "/visit", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"lines\":{}"), "/lines", ResultCode.MALFORMED),
                Arguments.of(lines("5"), "/lines/0", ResultCode.MALFORMED),
                Arguments.of(lines(LINE + ",[]"), "/lines/1", ResultCode.MALFORMED),
                Arguments.of(lines(LINE + "," + LINE + ","), "/lines/2", ResultCode.MALFORMED),
                Arguments.of(lines(LINE + "," + LINE + ",{}"), "/lines/2/amountMinor", ResultCode.MALFORMED),
                Arguments.of(
                        lines(LINE + "," + LINE + "," + LINE + ",{\"amountMinor\":1.5}"),
                        "/lines/3/amountMinor",
                        ResultCode.MALFORMED),
                Arguments.of(
                        lines(LINE + ",{\"amountMinor\":-1}"), "/lines/1/amountMinor", ResultCode.VALUE_OUT_OF_RANGE),
                Arguments.of(lines("{\"amountMinor\":10,\"quantity\":0}"), "/lines/0/quantity", ResultCode.MALFORMED),
                Arguments.of(
                        lines("{\"amountMinor\":10,\"quantity\":2147483648}"),
                        "/lines/0/quantity",
                        ResultCode.MALFORMED),
                Arguments.of(lines("{\"amountMinor\":10,\"number\":0}"), "/lines/0/number", ResultCode.MALFORMED),
                Arguments.of(lines("{\"amountMinor\":10,\"number\":65536}"), "/lines/0/number", ResultCode.MALFORMED),
                Arguments.of(
                        lines("{\"amountMinor\":5,\"number\":65535}," + LINE), "/lines/1/number", ResultCode.MALFORMED),
                Arguments.of(
                        lines("{\"amountMinor\":5,\"number\":2},{\"amountMinor\":5,\"number\":2}"),
                        "/lines/1/number",
                        ResultCode.MALFORMED),
                Arguments.of(
                        lines("{\"amountMinor\":10,\"sku\":\"" + sku65 + "\"}"), "/lines/0/sku", ResultCode.MALFORMED),
                Arguments.of(lines("{\"amountMinor\":10,\"brand\":1}"), "/lines/0/brand", ResultCode.MALFORMED),
                Arguments.of(lines("{\"amountMinor\":10,\"sample\":\"no\"}"), "/lines/0/sample", ResultCode.MALFORMED),
                Arguments.of(lines("{\"amountMinor\":10,\"size\":1}"), "/lines/0/size", ResultCode.MALFORMED),
                Arguments.of(
                        lines(LINE + ",{\"amountMinor\":5,\"amountMinor\":5}"),
                        "/lines/1/amountMinor",
                        ResultCode.MALFORMED),
                Arguments.of(lines(LINE), "/amountMinor", ResultCode.AMOUNT_MISMATCH),
                Arguments.of(lines((LINE + ",").repeat(1_000) + LINE), "/lines", ResultCode.TOO_MANY_LINES),
                Arguments.of(
                        lines((LINE + ",").repeat(1_000) + "{\"amountMinor\":-1}"),
                        "/lines/1000/amountMinor",
                        ResultCode.VALUE_OUT_OF_RANGE),
                Arguments.of(accrual(",\"visit\":\"x\"").replace(":10", ":-5"), "/visit", ResultCode.MALFORMED),
                Arguments.of(accrual(",\"lines\":" + "[".repeat(5_000)), "/lines/0", ResultCode.MALFORMED));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachFaultHasItsCodeAndPlace(final String json, final String pointer, final ResultCode code) {
        final Refusal refusal = accrue(json);
        assertEquals(code, refusal.code(), refusal.detail());
        assertEquals(pointer, refusal.pointer(), refusal.detail());
        assertTrue(refusal.detail().contains(":"), refusal.detail());
        assertAccepted(accrue(accrual("")));
    }

    @Test
    void redemptionsAndAdjustmentsHaveTheirOwnMembers() {
        final String key = "{\"source\":\"pos\",\"documentId\":\"r\",\"memberId\":\"7\",\"points\":";
        assertAccepted(read(Route.REDEMPTIONS, (key + "5}").getBytes(StandardCharsets.UTF_8)));
        assertEquals(5, command.points());
        final String adjustment = key + "-5,\"reason\":\"r\",\"operatorId\":\"o\"";
        assertAccepted(read(Route.ADJUSTMENTS, (adjustment + "}").getBytes(StandardCharsets.UTF_8)));
        assertEquals(-5, command.points());
        assertEquals(0, command.flags());
        final String flagged = adjustment + ",\"mayGoBelowZero\":true,\"reference\":\"t-9\"}";
        assertAccepted(read(Route.ADJUSTMENTS, flagged.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Command.FLAG_MAY_GO_BELOW_ZERO, command.flags());
        assertEquals("t-9", command.text(VarField.REFERENCE));

        assertRefused(Route.REDEMPTIONS, key + "0}", "/points", ResultCode.VALUE_OUT_OF_RANGE);
        assertRefused(Route.REDEMPTIONS, key + "-5}", "/points", ResultCode.VALUE_OUT_OF_RANGE);
        assertRefused(Route.REDEMPTIONS, key + "5,\"amountMinor\":5}", "/amountMinor", ResultCode.MALFORMED);
        assertRefused(Route.REDEMPTIONS, key + "5,\"reason\":\"r\"}", "/reason", ResultCode.MALFORMED);
        assertRefused(Route.ADJUSTMENTS, key + "5,\"reason\":\"r\"}", "/operatorId", ResultCode.MALFORMED);
        assertRefused(
                Route.ADJUSTMENTS, key + "5,\"reason\":\"\",\"operatorId\":\"o\"}", "/reason", ResultCode.MALFORMED);
        assertRefused(
                Route.ADJUSTMENTS,
                key + "0,\"reason\":\"r\",\"operatorId\":\"o\"}",
                "/points",
                ResultCode.VALUE_OUT_OF_RANGE);
    }

    private void assertRefused(final Route route, final String json, final String pointer, final ResultCode code) {
        final Refusal refusal = read(route, json.getBytes(StandardCharsets.UTF_8));
        assertEquals(code, refusal.code(), json);
        assertEquals(pointer, refusal.pointer(), json);
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAsAWhole() {
        for (final int[] bad : List.of(
                new int[] {0xC1, 0x81},
                new int[] {0xED, 0xA0, 0x80},
                new int[] {0xFF},
                new int[] {0xC3},
                new int[] {0xF4, 0x90, 0x80, 0x80},
                new int[] {0x7F})) {
            final byte[] body = accrual(",\"store\":\"????\"").getBytes(StandardCharsets.UTF_8);
            final int at = new String(body, StandardCharsets.UTF_8).indexOf("????");
            for (int i = 0; i < bad.length; i++) {
                body[at + i] = (byte) bad[i];
            }
            assertEquals(ResultCode.MALFORMED, read(Route.ACCRUALS, body).code());
        }
    }

    @Test
    void aBodyCutAnywhereIsMalformed() {
        final String whole = accrual(",\"visit\":false,\"eventTime\":\"2026-03-01T00:00:00Z\",\"lines\":[{\"number\":3,"
                + "\"sku\":\"é€😀\",\"quantity\":2,\"amountMinor\":10,\"fullPrice\":false,\"sample\":true}]");
        final byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            final Refusal refusal =
                    reader.read(Route.ACCRUALS, Paths.target(Route.ACCRUALS), bytes, 0, length, command);
            assertEquals(ResultCode.MALFORMED, refusal.code(), "cut after " + length);
        }
        assertAccepted(read(Route.ACCRUALS, bytes));
    }
}

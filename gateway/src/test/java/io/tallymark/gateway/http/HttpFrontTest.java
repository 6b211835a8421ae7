package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.gateway.http.HttpWire.Response;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is answered: routes, fields, statuses. */
@Timeout(60)
class HttpFrontTest extends HttpFixture {
    private static final String BALANCE =
            "\"wallet\":\"points\",\"balance\":{\"available\":900,\"pending\":1,\"held\":2,\"debt\":3},\"tier\":\"silver\"";
    private static final String AS_OF = "\"asOfSequence\":\"9007199254740993\",\"asOf\":\"2026-03-01T00:00:00.007Z\"";

    private static final String OUTCOME =
            "\"replayed\":true,\"durability\":\"fsync\",\"points\":-5," + BALANCE + "," + AS_OF;

    private void richOutcomes() {
        port.ledger = (command, outcome) -> {
            outcome.sequence = 9_007_199_254_740_992L;
            outcome.asOfSequence = 9_007_199_254_740_993L;
            outcome.engineTimeMs = 1_772_323_200_007L;
            outcome.points = -5;
            outcome.basePoints = 66;
            outcome.tierPoints = 33;
            if (command.type() == CommandType.ACCRUE) {
                outcome.campaignPoints = 12;
                outcome.clippedPoints = 7;
                outcome.rows.begin(RowKind.SHARES);
                outcome.rows.add("双倍".getBytes(java.nio.charset.StandardCharsets.UTF_8), 12, 7, 6, 0, 0, 0);
                outcome.rows.add("b".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 0, 0, 0, 0, 0);
            }
            outcome.availablePoints = 900;
            outcome.pendingPoints = 1;
            outcome.heldPoints = 2;
            outcome.debtPoints = 3;
            outcome.replayed = true;
            outcome.tierId = "silver".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            outcome.lifetimeSpendMinor = 70;
            outcome.lifetimePoints = 71;
            outcome.lifetimeVisits = 72;
        };
    }

    @Test
    void anAccrualIsAnsweredInFull() throws Exception {
        richOutcomes();
        try (HttpWire wire = serve()) {
            final Response response = wire.ask(HttpWire.post(ACCRUALS, ACCRUAL));
            assertEquals(200, response.status());
            assertEquals("application/json", response.header("content-type"));
            assertNotNull(response.header("date"));
            assertNull(response.header("connection"));
            assertEquals(
                    "{\"sequence\":\"9007199254740992\",\"code\":\"ACCEPTED\"," + OUTCOME
                            + ",\"explanation\":{\"base\":66,\"tier\":33,\"campaignPoints\":12,\"clipped\":7,\"campaigns\":["
                            + "{\"campaign\":\"双倍\",\"points\":12,\"clipped\":7,\"clippedBy\":\"budget\"},"
                            + "{\"campaign\":\"b\",\"points\":0,\"clipped\":0,\"clippedBy\":null}]}}",
                    response.body());
        }
    }

    @Test
    void otherCommandsHaveNoExplanation() throws Exception {
        richOutcomes();
        try (HttpWire wire = serve()) {
            for (final String request : List.of(
                    HttpWire.post("/v1/programs/mima/members", "{\"source\":\"crm\",\"documentId\":\"m-1\"}"),
                    HttpWire.post("/v1/programs/mima/adjustments", ADJUSTMENT))) {
                final Response response = wire.ask(request);
                assertEquals(200, response.status());
                assertEquals(
                        "{\"sequence\":\"9007199254740992\",\"code\":\"ACCEPTED\"," + OUTCOME + "}", response.body());
            }
        }
    }

    @Test
    void aMemberAndTheProgramsCanBeRead() throws Exception {
        richOutcomes();
        try (HttpWire wire = serve()) {
            final Response member = wire.ask(HttpWire.get("/v1/programs/mima/members/9223372036854775807?x=y"));
            assertEquals(200, member.status());
            assertEquals(
                    "{\"memberId\":\"9223372036854775807\"," + BALANCE
                            + ",\"lifetime\":{\"spendMinor\":70,\"points\":71,\"visits\":72},"
                            + "\"durability\":\"fsync\"," + AS_OF + "}",
                    member.body());
            final Response programs = wire.ask(HttpWire.get("http://host/v1/programs"));
            assertEquals(200, programs.status());
            assertEquals(
                    "{\"programs\":[{\"program\":\"mima\",\"version\":3,\"hash\":\"00000000000000ab00000000000000cd\","
                            + "\"members\":42},{\"program\":\"svip\",\"version\":1,"
                            + "\"hash\":\"ffffffffffffffff0000000000000007\",\"members\":0}],"
                            + "\"durability\":\"fsync\",\"asOfSequence\":\"5\"}",
                    programs.body());
        }
    }

    @Test
    void theSlotHoldsWhatTheRequestSaid() throws Exception {
        final StringBuilder seen = new StringBuilder();
        port.ledger = (command, outcome) -> seen.append(command.type())
                .append(' ')
                .append(command.text(VarField.PROGRAM))
                .append(' ')
                .append(command.memberId())
                .append(' ')
                .append(command.text(VarField.DOCUMENT_ID))
                .append(' ')
                .append(command.amountMinor())
                .append(';');
        try (HttpWire wire = serve()) {
            wire.ask(HttpWire.post(ACCRUALS, ACCRUAL));
            wire.ask(HttpWire.get("/v1/programs/svip/members/12"));
            assertEquals("ACCRUE mima 7 d-1 1250;QUERY_MEMBER svip 12  0;", seen.toString());
        }
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(ResultCode.IDEMPOTENCY_CONFLICT, 409, 409, null),
                Arguments.of(ResultCode.UNKNOWN_PROGRAM, 422, 404, null),
                Arguments.of(ResultCode.UNKNOWN_MEMBER, 422, 404, null),
                Arguments.of(ResultCode.INSUFFICIENT_POINTS, 422, 422, null),
                Arguments.of(ResultCode.EVENT_TOO_OLD, 422, 422, null),
                Arguments.of(ResultCode.LIMIT_EXCEEDED, 422, 422, null),
                Arguments.of(ResultCode.CAPACITY, 503, 503, "60"),
                Arguments.of(ResultCode.QUARANTINED, 503, 503, null));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void eachOutcomeHasItsStatus(
            final ResultCode code, final int postStatus, final int getStatus, final String retryAfter)
            throws Exception {
        port.ledger = (command, outcome) -> {
            outcome.code = code;
            outcome.sequence = command.type() == CommandType.ACCRUE ? 17 : 0;
        };
        try (HttpWire wire = serve()) {
            final Response post = wire.ask(HttpWire.post(ACCRUALS, ACCRUAL));
            assertEquals(postStatus, post.status());
            assertProblem(post, code.name());
            assertEquals(retryAfter, post.header("retry-after"));
            assertTrue(post.body().contains("\"sequence\":\"17\",\"replayed\":false,\"durability\":\"fsync\""));
            final Response get = wire.ask(HttpWire.get("/v1/programs/mima/members/3"));
            assertEquals(getStatus, get.status());
            assertProblem(get, code.name());
        }
    }

    @Test
    void overloadSaysWhenToComeBack() throws Exception {
        try (HttpWire wire = serve()) {
            for (final ResultCode code :
                    List.of(ResultCode.BUSY, ResultCode.SHUTTING_DOWN, ResultCode.CLOCK_UNCONFIRMED)) {
                port.refuseWith = code;
                final Response response = wire.ask(HttpWire.post(ACCRUALS, ACCRUAL));
                assertEquals(code == ResultCode.BUSY ? 429 : 503, response.status());
                assertProblem(response, code.name());
                assertTrue(Integer.parseInt(response.header("retry-after")) > 0);
            }
            port.refuseWith = null;
            assertEquals(200, wire.ask(HttpWire.post(ACCRUALS, ACCRUAL)).status());
        }
    }

    @Test
    void aStoppingGatewayRefusesCommandsAndIsNotReady() throws Exception {
        try (HttpWire wire = serve()) {
            assertEquals(200, wire.ask(HttpWire.get("/readyz")).status());
            gateway.stopAccepting();
            final Response response = wire.ask(HttpWire.post(ACCRUALS, ACCRUAL));
            assertEquals(503, response.status());
            assertProblem(response, "SHUTTING_DOWN");
            assertEquals(503, wire.ask(HttpWire.get("/readyz")).status());
            assertEquals(200, wire.ask(HttpWire.get("/healthz")).status());
            assertEquals(0, port.claimed());
        }
    }

    @Test
    void readinessIsThatOfTheProcess() throws Exception {
        try (HttpWire wire =
                serve(options(), new HttpServices(MetricsSource.NONE, () -> readiness, ProgramCompilation.NONE))) {
            assertEquals(
                    "{\"status\":\"ready\"}", wire.ask(HttpWire.get("/readyz")).body());
            readiness = ResultCode.CLOCK_UNCONFIRMED;
            final Response response = wire.ask(HttpWire.get("/readyz"));
            assertEquals(503, response.status());
            assertProblem(response, "CLOCK_UNCONFIRMED");
            assertEquals("60", response.header("retry-after"));
            assertEquals(
                    "{\"status\":\"alive\"}", wire.ask(HttpWire.get("/healthz")).body());
        }
    }

    @Test
    void metricsAreInTheTextFormat() throws Exception {
        final MetricsSource engine = sink -> {
            sink.counter("tallymark_engine_batches_total", "Batches\nsealed.", 12);
            sink.gauge("tallymark_engine_ring_free", "Free slots.", 7);
        };
        try (HttpWire wire =
                serve(options(), new HttpServices(engine, () -> ResultCode.ACCEPTED, ProgramCompilation.NONE))) {
            wire.ask(HttpWire.post(ACCRUALS, ACCRUAL));
            wire.ask(HttpWire.get("/nowhere"));
            final Response response = wire.ask(HttpWire.get("/metrics"));
            assertEquals("text/plain; version=0.0.4; charset=utf-8", response.header("content-type"));
            final List<String> lines = response.body().lines().toList();
            assertTrue(lines.contains("tallymark_http_responses_total{status=\"200\"} 1"), response.body());
            assertTrue(lines.contains("tallymark_http_responses_total{status=\"404\"} 1"));
            assertTrue(lines.contains("tallymark_gateway_commands_total 1"));
            assertTrue(lines.contains("# HELP tallymark_engine_batches_total Batches\\nsealed."));
            assertTrue(lines.contains("# TYPE tallymark_engine_batches_total counter"));
            assertTrue(lines.contains("tallymark_engine_batches_total 12"));
            assertTrue(lines.contains("tallymark_engine_ring_free 7"));
            assertTrue(response.body().endsWith("\n"));
            for (final String line : lines) {
                assertTrue(line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{status=\"\\d+\"\\})? \\d+"), line);
            }
        }
    }

    static Stream<Arguments> faults() {
        final String json = "Content-Type: application/json\r\n";
        return Stream.of(
                Arguments.of("GET /", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1/programs/", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1/programsx", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1/programs/mima/x", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1/programs/mima/members/7/holds/x/y/z/8", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1/programs/mima/members/", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1/programs/mima/members/7/x", "", 404, "NOT_FOUND"),
                Arguments.of("GET /v1/programs/mima/members/0", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs/mima/members/-1", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs/mima/members/seven", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs/mima/members/9223372036854775808", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs/mima/members/18446744073709551617", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs/MIMA/members/7", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs/mi%6da/members/7", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs/" + "x".repeat(33) + "/members/7", "", 400, "MALFORMED"),
                Arguments.of("GET /v1/programs//members/7", "", 400, "MALFORMED"),
                Arguments.of("POST /v1/programs/mima/refund", json, 404, "NOT_FOUND"),
                Arguments.of("OPTIONS *", "", 404, "NOT_FOUND"),
                Arguments.of("GET " + ACCRUALS, "", 405, "METHOD_NOT_ALLOWED"),
                Arguments.of("PUT " + ACCRUALS, json, 405, "METHOD_NOT_ALLOWED"),
                Arguments.of("POST /v1/programs", json, 405, "METHOD_NOT_ALLOWED"),
                Arguments.of("DELETE /v1/programs/mima/members/7", "", 405, "METHOD_NOT_ALLOWED"),
                Arguments.of("POST /healthz", "", 405, "METHOD_NOT_ALLOWED"),
                Arguments.of("POST " + ACCRUALS, json, 411, "LENGTH_REQUIRED"),
                Arguments.of("POST " + ACCRUALS, json + "Content-Length: 0\r\n", 400, "MALFORMED"),
                Arguments.of("POST " + ACCRUALS, "Content-Length: 0\r\n", 415, "UNSUPPORTED_MEDIA_TYPE"),
                Arguments.of(
                        "POST " + ACCRUALS,
                        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n",
                        415,
                        "UNSUPPORTED_MEDIA_TYPE"),
                Arguments.of(
                        "POST " + ACCRUALS,
                        "Content-Type: application/json; charset=utf-16\r\nContent-Length: 0\r\n",
                        415,
                        "UNSUPPORTED_MEDIA_TYPE"),
                Arguments.of(
                        "POST " + ACCRUALS,
                        json + "Content-Encoding: gzip\r\nContent-Length: 0\r\n",
                        415,
                        "UNSUPPORTED_MEDIA_TYPE"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachFaultHasItsStatusAndTheConnectionGoesOn(
            final String line, final String headers, final int status, final String code) throws Exception {
        try (HttpWire wire = serve()) {
            final Response response = wire.ask(line + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
            assertEquals(status, response.status());
            assertProblem(response, code);
            if (status == 405) {
                final boolean isPost = line.contains("accruals");
                assertEquals(isPost ? "POST" : "GET, HEAD", response.header("allow"));
            }
            assertEquals(200, wire.ask(HttpWire.post(ACCRUALS, ACCRUAL)).status());
            assertEquals(1, port.claimed(), "nothing but the good request reached the ring");
        }
    }

    @Test
    void aFaultInTheBodyNamesItsPlace() throws Exception {
        try (HttpWire wire = serve()) {
            final String body = ACCRUAL.replace("}", ",\"lines\":[{\"amountMinor\":1250},{\"amountMinor\":0.5}]}");
            final Response response = wire.ask(HttpWire.post(ACCRUALS, body));
            assertEquals(400, response.status());
            assertEquals(
                    "{\"type\":\"urn:tallymark:problem:MALFORMED\",\"title\":\"" + ResultCode.MALFORMED.meaning()
                            + "\",\"status\":400,\"detail\":\"lines.amountMinor: not a whole number without fraction or "
                            + "exponent\",\"code\":\"MALFORMED\",\"pointer\":\"/lines/1/amountMinor\"}",
                    response.body());
            final Response mismatch =
                    wire.ask(HttpWire.post(ACCRUALS, ACCRUAL.replace("}", ",\"lines\":[{\"amountMinor\":1249}]}")));
            assertEquals(400, mismatch.status());
            assertProblem(mismatch, "AMOUNT_MISMATCH");
        }
    }

    @Test
    void anOrderLongerThanACommandMayBeIsTooLarge() throws Exception {
        final String line = "{\"amountMinor\":5,\"sku\":\"" + "s".repeat(64) + "\",\"brand\":\"" + "b".repeat(64)
                + "\",\"category\":\"c\"},";
        final String lines = line.repeat(1_000);
        try (HttpWire wire = serve()) {
            final Response response = wire.ask(HttpWire.post(
                    ACCRUALS,
                    "{\"source\":\"s\",\"documentId\":\"d\",\"memberId\":1,\"amountMinor\":5000,\"lines\":["
                            + lines.substring(0, lines.length() - 1) + "]}"));
            assertEquals(413, response.status());
            assertProblem(response, "FRAME_TOO_LARGE");
            assertEquals(200, wire.ask(HttpWire.post(ACCRUALS, ACCRUAL)).status());
        }
    }

    @Test
    void headHasTheHeadOfGet() throws Exception {
        try (HttpWire wire = serve()) {
            final Response get = wire.ask(HttpWire.get("/v1/programs/mima/members/3"));
            wire.send(HttpWire.get("/v1/programs/mima/members/3").replace("GET", "HEAD"));
            final Response head = wire.nextHead();
            assertEquals(200, head.status());
            assertEquals(get.header("content-length"), head.header("content-length"));
            assertEquals(200, wire.ask(HttpWire.get("/healthz")).status());
            wire.send("HEAD " + ACCRUALS + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals(405, wire.nextHead().status());
            assertEquals(200, wire.ask(HttpWire.get("/healthz")).status());
        }
    }

    @Test
    void keepAliveAndCloseAreKept() throws Exception {
        try (HttpWire wire = serve()) {
            final String close = HttpWire.post(ACCRUALS, ACCRUAL).replace("Host: x", "Host: x\r\nConnection: close");
            // What follows a last request is not read as one.
            wire.send(close + HttpWire.post(ACCRUALS, ACCRUAL));
            final Response response = wire.next();
            assertEquals(200, response.status());
            assertEquals("close", response.header("connection"));
            assertTrue(wire.isClosedByServer());
        }
        assertEquals(1, port.claimed());
        try (HttpWire wire = connect()) {
            final Response kept = wire.ask("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertEquals("keep-alive", kept.header("connection"));
            assertEquals("close", wire.ask("GET /healthz HTTP/1.0\r\n\r\n").header("connection"));
            assertTrue(wire.isClosedByServer());
        }
    }

    @Test
    void aClientMayEndItsSideAndThenRead() throws Exception {
        try (HttpWire wire = serve()) {
            port.hold(true);
            wire.send(HttpWire.post(ACCRUALS, ACCRUAL).repeat(3));
            wire.socket.shutdownOutput();
            await(() -> port.claimed() == 3);
            port.hold(false);
            for (int i = 0; i < 3; i++) {
                assertEquals(200, wire.next().status());
            }
            assertTrue(wire.isClosedByServer());
        }
    }

    @Test
    void aBodyIsAskedForWhenTheClientWaits() throws Exception {
        final String head = "POST " + ACCRUALS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: " + ACCRUAL.length() + "\r\n\r\n";
        try (HttpWire wire = serve()) {
            port.hold(true);
            wire.send(HttpWire.post(ACCRUALS, ACCRUAL) + head);
            await(() -> port.claimed() == 1);
            port.hold(false);
            assertEquals(200, wire.next().status(), "the answer to the request before comes first");
            assertEquals("HTTP/1.1 100 Continue", wire.line());
            assertEquals("", wire.line());
            assertEquals(200, wire.ask(ACCRUAL).status());
            // Who sends the body at once is not asked.
            assertEquals(100, wire.ask(head).status());
            assertEquals(200, wire.ask(ACCRUAL).status());
            assertEquals(417, wire.ask(head.replace("100-continue", "a-pony")).status());
            assertTrue(wire.isClosedByServer());
        }
        try (HttpWire wire = connect()) {
            final Response tooLarge =
                    wire.ask(head.replace("Content-Length: " + ACCRUAL.length(), "Content-Length: 300000"));
            assertEquals(413, tooLarge.status(), "refused before the body is asked for");
            assertTrue(wire.isClosedByServer());
        }
        assertFalse(port.claimed() > 3);
    }

    private static void assertProblem(final Response response, final String code) {
        assertEquals("application/problem+json", response.header("content-type"));
        final String body = response.body();
        assertTrue(body.startsWith("{\"type\":\"urn:tallymark:problem:" + code + "\",\"title\":\""), body);
        assertTrue(body.contains("\",\"status\":" + response.status() + ",\"detail\":\""), body);
        assertTrue(body.contains("\"code\":\"" + code + "\""), body);
    }
}

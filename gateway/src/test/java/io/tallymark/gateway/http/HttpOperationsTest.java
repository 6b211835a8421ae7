package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.gateway.GatewayOptions;
import io.tallymark.gateway.IdentityKeys;
import io.tallymark.gateway.http.HttpWire.Response;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every route over a socket: the command in its slot, and what becomes of each kind of reply. */
@Timeout(60)
class HttpOperationsTest extends HttpFixture {
    private static final String PROGRAM = "/v1/programs/mima";
    private static final String AS_OF = "\"asOfSequence\":\"9\",\"asOf\":\"2026-03-01T00:00:00.007Z\"}";
    private static final int NEVER = Integer.MAX_VALUE;

    private static GatewayOptions withKeys() {
        return options().withIdentityKeys(IdentityKeys.none().and(1, new byte[IdentityKeys.KEY_BYTES]));
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String put(final String headers, final String text) {
        return "PUT " + PROGRAM + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/yaml\r\n" + headers
                + "Content-Length: " + text(text).length + "\r\n\r\n" + text;
    }

    @Test
    void eachRouteIsItsCommandInTheSlot() throws Exception {
        final List<CommandType> seen = new CopyOnWriteArrayList<>();
        port.ledger = (command, outcome) -> seen.add(command.type());
        final List<CommandType> wanted = new ArrayList<>();
        try (HttpWire wire = serve(withKeys(), HttpServices.NONE)) {
            for (final Object[] row :
                    RouteTest.bodies().map(arguments -> arguments.get()).toList()) {
                final Route route = (Route) row[0];
                final Response response =
                        wire.ask(HttpWire.post(Paths.path(route), RouteTest.body(route, (String) row[1])));
                assertEquals(200, response.status(), () -> route + ": " + response.body());
                wanted.add(route.command());
            }
            for (final Route route : Route.values()) {
                final boolean isAnsweredHere =
                        route.command() == CommandType.NONE || route.command() == CommandType.LIST_PROGRAMS;
                if (route.method() == Route.Method.GET && !isAnsweredHere) {
                    port.ledger = (command, outcome) -> {
                        seen.add(command.type());
                        outcome.code = ResultCode.UNKNOWN_PROGRAM;
                    };
                    assertEquals(404, wire.ask(HttpWire.get(Paths.path(route))).status(), route::name);
                    wanted.add(route.command());
                }
            }
        }
        assertEquals(wanted, seen);
    }

    @Test
    void eachPathSaysWhichMethodsItHas() throws Exception {
        try (HttpWire wire = serve()) {
            for (final Route route : Route.values()) {
                if (route.method() != null) {
                    final Response response = wire.ask(
                            "PATCH " + Paths.path(route) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
                    assertEquals(405, response.status(), route::name);
                    assertTrue(List.of(response.header("allow").split(", "))
                            .contains(route.method().name()));
                }
            }
            assertEquals(0, port.claimed());
        }
    }

    @Test
    void anIdentityIsTheSameHashInPathAndBodyAndItsTextIsNowhere() throws Exception {
        final List<String> seen = new CopyOnWriteArrayList<>();
        port.ledger = (command, outcome) -> {
            assertEquals(0, command.memberId());
            final byte[] hash = new byte[command.length(VarField.IDENTITY)];
            command.bytes().getBytes(command.offset(VarField.IDENTITY), hash);
            seen.add(command.text(VarField.IDENTITY_CHANNEL) + " " + java.util.Arrays.toString(hash));
            final byte[] all = new byte[command.bytesLength()];
            command.bytes().getBytes(0, all);
            assertFalse(new String(all, StandardCharsets.ISO_8859_1).contains("o-secret"));
        };
        final String identity = "{\"identity\":{\"channel\":\"wechat\",\"externalId\":\"o-secret/é\"},";
        try (HttpWire wire = serve(withKeys(), HttpServices.NONE)) {
            wire.ask(HttpWire.get(PROGRAM + "/identities/wechat/o-secret%2F%C3%A9"));
            wire.ask(HttpWire.post(ACCRUALS, identity + "\"source\":\"s\",\"documentId\":\"d\",\"amountMinor\":5}"));
            wire.ask(HttpWire.post(PROGRAM + "/previews/redemptions", identity + "\"points\":5}"));
            wire.ask(HttpWire.get(PROGRAM + "/identities/phone/o-secret%2F%C3%A9"));
        }
        assertEquals(4, seen.size());
        assertEquals(seen.get(0), seen.get(1));
        assertEquals(seen.get(0), seen.get(2));
        assertNotEquals(seen.get(0).substring("wechat".length()), seen.get(3).substring("phone".length()));
        assertTrue(seen.get(0).split(",").length == IdentityHashes.ENTRY_BYTES);
    }

    @Test
    void withoutKeysIdentitiesAreRefused() throws Exception {
        try (HttpWire wire = serve()) {
            final Response response = wire.ask(HttpWire.get(PROGRAM + "/identities/wechat/o-secret"));
            assertEquals(400, response.status());
            assertFalse(response.body().contains("o-secret"));
            assertEquals(200, wire.ask(HttpWire.post(ACCRUALS, ACCRUAL)).status());
        }
    }

    private void rows(final RowKind kind, final Consumer<Outcome> fill) {
        port.ledger = (command, outcome) -> {
            outcome.memberId = command.memberId();
            outcome.asOfSequence = 9;
            outcome.engineTimeMs = 1_772_323_200_007L;
            outcome.rows.begin(kind);
            fill.accept(outcome);
        };
    }

    @Test
    void rowsAreWrittenByTheNamesOfTheirColumns() throws Exception {
        try (HttpWire wire = serve(withKeys(), HttpServices.NONE)) {
            rows(RowKind.IDENTITIES, o -> o.rows.add(text("wechat"), 1, 0, 0, 0, 0, 0));
            assertRows(wire, "/members/42/identities", "\"identities\":[{\"channel\":\"wechat\",\"keyVersion\":1}]");
            rows(RowKind.HOLDS, o -> o.rows.add(null, 7, 50, 1_772_323_200_007L, 900, 0, 0));
            assertRows(
                    wire,
                    "/members/42/holds",
                    "\"holds\":[{\"holdSequence\":\"7\",\"points\":50,\"deadline\":\"2026-03-01T00:00:00.007Z\","
                            + "\"valueMinor\":900}]");
            rows(RowKind.PENDING, o -> {
                o.rows.add(null, 20_513, NEVER, 5, 0, 0, 0);
                o.rows.add(null, NEVER, 20_514, 6, 0, 0, 0);
                o.rows.cut();
            });
            assertRows(
                    wire,
                    "/members/42/pending",
                    "\"pending\":[{\"activationDay\":\"2026-03-01\",\"expiryDay\":null,\"points\":5},"
                            + "{\"activationDay\":null,\"expiryDay\":\"2026-03-02\",\"points\":6}],\"truncated\":true");
            rows(RowKind.EXPIRING, o -> o.rows.add(null, 20_513, 5, 2, 0, 0, 0));
            assertRows(
                    wire,
                    "/members/42/expiring",
                    "\"lots\":[{\"expiryDay\":\"2026-03-01\",\"points\":5,\"heldPoints\":2}]");
            rows(RowKind.PROGRESS, o -> {
                o.rows.add(text("silver"), 1, 1_772_323_200_007L, 0, 0, 0, 0);
                o.rows.add(text("gold"), 0, 0, 500, 2, 3, 4);
            });
            assertRows(
                    wire,
                    "/members/42/progress",
                    "\"tiers\":[{\"tier\":\"silver\",\"held\":true,\"until\":\"2026-03-01T00:00:00.007Z\","
                            + "\"missingSpendMinor\":0,\"missingVisits\":0,\"missingPoints\":0,\"missingMonths\":0},"
                            + "{\"tier\":\"gold\",\"held\":false,\"until\":null,\"missingSpendMinor\":500,"
                            + "\"missingVisits\":2,\"missingPoints\":3,\"missingMonths\":4}]");
            rows(RowKind.HOLDS, o -> {});
            assertRows(wire, "/members/42/holds", "\"holds\":[]");
        }
    }

    @Test
    void whatAMemberHasOfTheCatalogueIsWrittenByTheNamesOfItsColumns() throws Exception {
        try (HttpWire wire = serve()) {
            rows(RowKind.COUPONS, o -> {
                o.rows.add(text("latte"), 117, 20_513, 10, 3, 0, 0);
                o.rows.add(text("tea"), 118, NEVER, 1, 1, 0, 0);
            });
            assertRows(
                    wire,
                    "/members/42/coupons",
                    "\"coupons\":[{\"coupon\":\"latte\",\"grantedSequence\":\"117\",\"expiryDay\":\"2026-03-01\","
                            + "\"uses\":10,\"leftUses\":3},{\"coupon\":\"tea\",\"grantedSequence\":\"118\","
                            + "\"expiryDay\":null,\"uses\":1,\"leftUses\":1}]");
            rows(RowKind.BENEFITS, o -> {
                o.rows.add(text("lounge"), 4, 1, 0, 0, 0, 0);
                o.rows.add(text("off"), -1, -1, 50_000, 0, 0, 0);
            });
            assertRows(
                    wire,
                    "/members/42/benefits",
                    "\"benefits\":[{\"benefit\":\"lounge\",\"uses\":4,\"leftUses\":1,\"discountMicros\":0},"
                            + "{\"benefit\":\"off\",\"uses\":null,\"leftUses\":null,\"discountMicros\":50000}]");
            rows(RowKind.WALLETS, o -> o.rows.add(text("cash"), 5_000, 300, 0, 0, 0, 0));
            assertRows(
                    wire,
                    "/members/42/wallets",
                    "\"wallets\":[{\"wallet\":\"cash\",\"principalMinor\":5000,\"giftMinor\":300}]");
        }
    }

    @Test
    void whatIsOfTheProgramIsWrittenByTheNamesOfItsColumns() throws Exception {
        try (HttpWire wire = serve()) {
            rows(RowKind.REWARD, o -> o.rows.add(text("mug"), 100, 60, 50, 10, 0, 0));
            assertDocument(
                    wire,
                    "/rewards/mug",
                    "{\"reward\":\"mug\",\"stock\":100,\"left\":60,\"taken\":50,\"restocked\":10,");
            rows(RowKind.REWARD, o -> o.rows.add(text("air"), -1, -1, 50, -1, 0, 0));
            assertDocument(
                    wire,
                    "/rewards/air",
                    "{\"reward\":\"air\",\"stock\":null,\"left\":null,\"taken\":50,\"restocked\":null,");
            rows(RowKind.REWARD, o -> o.rows.add(text("less"), 10, 0, 0, -10, 0, 0));
            assertDocument(
                    wire,
                    "/rewards/less",
                    "{\"reward\":\"less\",\"stock\":10,\"left\":0,\"taken\":0,\"restocked\":-10,");
            rows(RowKind.COUPON, o -> o.rows.add(text("latte"), 10, 4, 1, 2, 3, 900));
            assertDocument(
                    wire,
                    "/coupons/latte",
                    "{\"coupon\":\"latte\",\"grantedUses\":10,\"usedUses\":4,\"returnedUses\":1,\"revokedUses\":2,"
                            + "\"expiredUses\":3,\"usedAmountMinor\":900,");
            rows(RowKind.BOARD, o -> {
                o.rows.add(null, 1, Long.MAX_VALUE, 77, 117, 0, 0);
                o.rows.add(text("Nanjing Road"), 2, 0, 50, 118, 0, 0);
                o.rows.cut();
            });
            assertDocument(
                    wire,
                    "/boards/race",
                    "{\"participants\":[{\"rank\":1,\"memberId\":\"9223372036854775807\",\"score\":77,"
                            + "\"sequence\":\"117\"},{\"participant\":\"Nanjing Road\",\"rank\":2,\"score\":50,"
                            + "\"sequence\":\"118\"}],\"truncated\":true,");
            rows(RowKind.SETTLEMENT, o -> {
                o.rows.add(null, 0, 0, 70, 700, 0, 0);
                o.rows.add(text("bank"), 5, 50, 0, 0, 0, 0);
            });
            assertDocument(
                    wire,
                    "/issuers/hotel/settlement",
                    "{\"counterparts\":[{\"counterpart\":null,\"owesPoints\":0,\"owesMinor\":0,\"owedPoints\":70,"
                            + "\"owedMinor\":700},{\"counterpart\":\"bank\",\"owesPoints\":5,\"owesMinor\":50,"
                            + "\"owedPoints\":0,\"owedMinor\":0}],");
        }
    }

    @Test
    void anOutcomeTellsWhatItLedToBesidePoints() throws Exception {
        final String key = "\"source\":\"s\",\"documentId\":\"d\"";
        try (HttpWire wire = serve()) {
            rows(RowKind.PRIZE, o -> {
                o.points = 70;
                o.rows.add(text("points"), 2, 100, 0, 0, 0, 0);
            });
            final String draw = "{" + key + ",\"memberId\":42,\"draw\":\"wheel\"}";
            assertEnds(wire, "/draws", draw, "\"prizes\":[{\"prize\":\"points\",\"place\":2,\"points\":100}]}");
            rows(RowKind.NONE, o -> {});
            final String nothing =
                    wire.ask(HttpWire.post(PROGRAM + "/draws", draw)).body();
            assertTrue(nothing.endsWith(AS_OF), nothing);
            rows(RowKind.WALLETS, o -> o.rows.add(text("cash"), 10, 0, 0, 0, 0, 0));
            assertEnds(
                    wire,
                    "/wallets/topups",
                    "{" + key + ",\"memberId\":42,\"wallet\":\"cash\",\"amountMinor\":10}",
                    "\"wallets\":[{\"wallet\":\"cash\",\"principalMinor\":10,\"giftMinor\":0}]}");
            rows(RowKind.CONSEQUENCES, o -> {
                o.cashMinor = 990;
                o.rows.add(text("referrer"), 50, 0, 0, 0, 43, 0);
                o.rows.add(text("coupon/latte"), 0, 2, 1, 0, 0, 0);
            });
            final String refund = "{" + key + ",\"originalDocumentId\":\"o\"}";
            assertEnds(
                    wire,
                    "/packs/refunds",
                    refund,
                    "\"consequences\":[{\"what\":\"referrer\",\"points\":50,\"memberId\":\"43\"},"
                            + "{\"what\":\"coupon/latte\",\"uses\":2,\"notRecoveredUses\":1}]}");
            final String body =
                    wire.ask(HttpWire.post(PROGRAM + "/packs/refunds", refund)).body();
            assertTrue(body.contains("\"points\":0,\"cashMinor\":990,\"wallet\""), body);
            rows(RowKind.SHARES, o -> o.rows.add(text("bring"), 0, 0, 0, 2, 0, 0));
            final String accrual = wire.ask(HttpWire.post(ACCRUALS, ACCRUAL)).body();
            assertTrue(accrual.contains("\"clippedBy\":null,\"coupons\":2}]"), accrual);
            rows(RowKind.CONSEQUENCES, o -> {
                o.rows.add(text("referrer"), -50, 0, 0, 0, 43, 7);
                o.rows.cut();
            });
            assertEnds(
                    wire,
                    "/accruals",
                    ACCRUAL,
                    "\"explanation\":{\"base\":0,\"tier\":0,\"campaignPoints\":0,\"clipped\":0,\"campaigns\":[]},"
                            + "\"consequences\":[{\"what\":\"referrer\",\"points\":-50,\"memberId\":\"43\","
                            + "\"addedDebtPoints\":7}],\"truncated\":true}");
            rows(RowKind.NONE, o -> o.memberId = 0);
            final String restocked = wire.ask(
                            HttpWire.post(PROGRAM + "/restocks", "{" + key + ",\"reward\":\"mug\",\"quantity\":-3}"))
                    .body();
            assertFalse(restocked.contains("balance"), restocked);
        }
    }

    private static void assertEnds(final HttpWire wire, final String path, final String body, final String tail)
            throws Exception {
        final Response response = wire.ask(HttpWire.post(PROGRAM + path, body));
        assertEquals(200, response.status(), response::body);
        assertTrue(response.body().endsWith(AS_OF.substring(0, AS_OF.length() - 1) + "," + tail), response.body());
    }

    @Test
    void whatIsOneThingIsOneObject() throws Exception {
        try (HttpWire wire = serve()) {
            rows(RowKind.CAMPAIGN, o -> o.rows.add(text("double"), 1_000, 30, 970, 1, 0, 0));
            assertDocument(
                    wire,
                    "/campaigns/double",
                    "{\"campaign\":\"double\",\"budgetPoints\":1000,\"leftPoints\":30,\"grantedPoints\":970,"
                            + "\"paused\":true,");
            rows(RowKind.CAMPAIGN, o -> o.rows.add(text("x"), -1, -1, 970, 0, 0, 0));
            assertDocument(
                    wire,
                    "/campaigns/x",
                    "{\"campaign\":\"x\",\"budgetPoints\":null,\"leftPoints\":null,\"grantedPoints\":970,"
                            + "\"paused\":false,");
            rows(RowKind.VERSION, o -> o.rows.add(null, 3, 0xAB, -1, 1, 0, 0));
            assertDocument(
                    wire,
                    "/versions/3",
                    "{\"version\":3,\"hash\":\"00000000000000abffffffffffffffff\",\"current\":true,");
            rows(RowKind.ORDER, o -> {
                o.rows.add(text("order"), 10_000, 4_000, 180, 90, 118, 3);
                o.rows.add(text("share/base"), 100, 60, 0, 0, 0, 0);
                o.rows.add(text("share/campaign:share/x"), 30, 0, 0, 0, 0, 0);
                o.rows.add(text("line"), 1, 2, 6_000, 0, 0, 0);
                o.rows.add(text("line"), 2, 1, 4_000, 1, 4_000, 0);
            });
            assertDocument(
                    wire,
                    "/orders/pos/A%2F1",
                    "{\"amountMinor\":10000,\"refundedMinor\":4000,\"grantedPoints\":180,\"retainedPoints\":90,"
                            + "\"sequence\":\"118\",\"programVersion\":3,\"lines\":[{\"number\":1,\"quantity\":2,"
                            + "\"amountMinor\":6000,\"refundedQuantity\":0,\"refundedMinor\":0},{\"number\":2,"
                            + "\"quantity\":1,\"amountMinor\":4000,\"refundedQuantity\":1,\"refundedMinor\":4000}],"
                            + "\"shares\":[{\"share\":\"base\",\"grantedPoints\":100,\"keptPoints\":60},"
                            + "{\"campaign\":\"share/x\",\"grantedPoints\":30,\"keptPoints\":0}],");
        }
    }

    private void assertRows(final HttpWire wire, final String path, final String rows) throws Exception {
        assertDocument(wire, path, "{\"memberId\":\"42\"," + rows + ",");
    }

    private void assertDocument(final HttpWire wire, final String path, final String head) throws Exception {
        final Response response = wire.ask(HttpWire.get(PROGRAM + path));
        assertEquals(200, response.status());
        assertEquals(head + "\"durability\":\"fsync\"," + AS_OF, response.body());
    }

    @Test
    void outcomesSayWhatTheirOperationIsAbout() throws Exception {
        port.ledger = (command, outcome) -> {
            outcome.memberId = 42;
            outcome.points = -5;
            outcome.valueMinor = 250;
            outcome.addedDebtPoints = 3;
            outcome.writtenOffPoints = 1;
            outcome.bonusPoints = -50;
        };
        final String all = "\"points\":-5,\"valueMinor\":250,\"debtAdded\":3,\"writtenOff\":1,\"bonusPoints\":-50,";
        try (HttpWire wire = serve()) {
            final String original = "{\"source\":\"s\",\"documentId\":\"d\",\"originalDocumentId\":\"o\"}";
            final String refund =
                    wire.ask(HttpWire.post(PROGRAM + "/refunds", original)).body();
            assertTrue(refund.contains(all), refund);
            assertTrue(refund.contains("\"memberId\":\"42\""), refund);
            port.ledger = (command, outcome) -> {};
            final Map<String, String> always = Map.of(
                    "/refunds", "\"points\":0,\"debtAdded\":0,\"writtenOff\":0,\"wallet\"",
                    "/reversals", "\"points\":0,\"valueMinor\":0,\"wallet\"",
                    "/activations", "\"points\":0,\"wallet\"");
            for (final Map.Entry<String, String> entry : always.entrySet()) {
                final String body = wire.ask(HttpWire.post(PROGRAM + entry.getKey(), original))
                        .body();
                assertTrue(body.contains(entry.getValue()), body);
                assertFalse(body.contains("memberId"), body);
            }
            final String paused = wire.ask(
                            HttpWire.post(PROGRAM + "/redemptions/pause", "{\"source\":\"s\",\"documentId\":\"d\"}"))
                    .body();
            assertFalse(paused.contains("balance"), paused);
            assertTrue(paused.startsWith("{\"sequence\":\""), paused);
            final String preview = wire.ask(
                            HttpWire.post(PROGRAM + "/previews/accruals", "{\"memberId\":1,\"amountMinor\":5}"))
                    .body();
            assertTrue(preview.startsWith("{\"code\":\"ACCEPTED\","), preview);
            assertTrue(preview.contains("\"explanation\":{\"base\":0,"), preview);
        }
    }

    @Test
    void aProgramIsPublishedUnderItsVersion() throws Exception {
        final List<String> keys = new CopyOnWriteArrayList<>();
        port.ledger = (command, outcome) -> {
            assertEquals(CommandType.PUBLISH_PROGRAM, command.type());
            assertEquals("MIMA!", command.text(VarField.COMPILED_PROGRAM));
            assertEquals("mima", command.text(VarField.PROGRAM));
            assertEquals("http", command.text(VarField.SOURCE));
            keys.add(command.version() + " " + command.text(VarField.DOCUMENT_ID) + " "
                    + command.text(VarField.SOURCE_TEXT));
            outcome.programVersion = 4;
            if (command.version() == 2) {
                outcome.code = ResultCode.VERSION_CONFLICT;
            }
        };
        final ProgramCompilation upper = (program, text) -> ProgramCompilation.Result.of(text("MIMA!"));
        try (HttpWire wire = serve(options(), new HttpServices(MetricsSource.NONE, () -> ResultCode.ACCEPTED, upper))) {
            final Response published = wire.ask(put("If-Match: \"3\"\r\n", "mima!"));
            assertEquals(200, published.status());
            assertEquals("\"4\"", published.header("etag"));
            assertTrue(published.body().contains("\"version\":4,"), published.body());
            assertFalse(published.body().contains("balance"), published.body());
            wire.ask(put("If-Match: \"3\"\r\n", "mima!"));
            assertEquals(keys.get(0), keys.get(1), "the same again is the same publication");
            wire.ask(put("If-Match: \"3\"\r\n", "mima?"));
            assertNotEquals(keys.get(0).split(" ")[1], keys.get(2).split(" ")[1]);
            wire.ask(put("", "mima!"));
            wire.ask(put("If-Match: *\r\n", "mima!"));
            assertTrue(keys.get(3).startsWith("0 any-") && keys.get(4).startsWith("0 any-"), keys.toString());
            assertNotEquals(keys.get(3), keys.get(4), "the same text may come again after another");
            wire.ask(put("Idempotency-Key: \"k-1\"\r\n", "mima!"));
            wire.ask(put("Idempotency-Key: k-1\r\nIf-Match: \"65535\"\r\n", "mima!"));
            assertEquals("0 k-1 mima!", keys.get(5));
            assertEquals("65535 k-1 mima!", keys.get(6));
            final Response conflict = wire.ask(put("If-Match: \"2\"\r\n", "mima!"));
            assertEquals(412, conflict.status());
            assertNull(conflict.header("etag"));
            assertTrue(conflict.body().contains("\"code\":\"VERSION_CONFLICT\""), conflict.body());
            final int before = keys.size();
            for (final String header : List.of(
                    "If-Match: 3",
                    "If-Match: W/\"3\"",
                    "If-Match: \"0\"",
                    "If-Match: \"3\", \"4\"",
                    "Idempotency-Key: a b",
                    "Idempotency-Key: \"\"",
                    "Idempotency-Key: " + "k".repeat(65))) {
                assertEquals(400, wire.ask(put(header + "\r\n", "mima!")).status(), header);
            }
            assertEquals(415, wire.ask(put("", "x").replace("/yaml", "/json")).status());
            assertEquals(before, keys.size());
        }
    }

    @Test
    void mistakesInAProgramAreAllListed() throws Exception {
        final ProgramCompilation mistaken = (program, text) -> ProgramCompilation.Result.of(List.of(
                new ProgramCompilation.Mistake("earn.base", 3, 7, "required"),
                new ProgramCompilation.Mistake("", 1, 1, "is \"odd\"")));
        try (HttpWire wire =
                serve(options(), new HttpServices(MetricsSource.NONE, () -> ResultCode.ACCEPTED, mistaken))) {
            final Response response = wire.ask(put("", "program: mima"));
            assertEquals(422, response.status());
            assertEquals("application/problem+json", response.header("content-type"));
            assertTrue(
                    response.body()
                            .endsWith("\"code\":\"PROGRAM_INVALID\",\"errors\":["
                                    + "{\"path\":\"earn.base\",\"reason\":\"required\",\"line\":3,\"column\":7},"
                                    + "{\"path\":\"\",\"reason\":\"is \\\"odd\\\"\",\"line\":1,\"column\":1}]}"),
                    response.body());
            assertEquals(0, port.claimed());
        }
    }
}

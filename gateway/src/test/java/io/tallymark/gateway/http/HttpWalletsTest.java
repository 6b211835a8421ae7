package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.gateway.http.HttpWire.Response;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Further wallets of points in requests and replies. */
@Timeout(60)
class HttpWalletsTest extends HttpFixture {
    private static final String PROGRAM = "/v1/programs/mima";
    private static final String KEY = "\"source\":\"app\",\"documentId\":\"w-1\",\"memberId\":42";
    private static final String BALANCE = "\"balance\":{\"available\":900,\"pending\":1,\"held\":2,\"debt\":3}";

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void balances(final Outcome outcome, final int subject) {
        outcome.memberId = 42;
        outcome.availablePoints = 900;
        outcome.pendingPoints = 1;
        outcome.heldPoints = 2;
        outcome.debtPoints = 3;
        outcome.wallets.add(text("growth"), 12, 70, 71, 72, 73);
        outcome.wallets.add(text("stars"), -5, 0, 0, 0, 4);
        outcome.wallets.subject(subject);
    }

    @Test
    void anOutcomeTellsWhosePointsAndWhatThereIsInEachWallet() throws Exception {
        final AtomicReference<String> named = new AtomicReference<>();
        port.ledger = (command, outcome) -> {
            named.set(command.text(VarField.WALLET_ID));
            outcome.points = -5;
            balances(outcome, named.get().equals("stars") ? 1 : -1);
            outcome.code = command.points() > 5 ? ResultCode.INSUFFICIENT_POINTS : ResultCode.ACCEPTED;
        };
        final String balances = BALANCE + ",\"balances\":["
                + "{\"wallet\":\"growth\",\"points\":12,\"available\":70,\"pending\":71,\"held\":72,\"debt\":73},"
                + "{\"wallet\":\"stars\",\"points\":-5,\"available\":0,\"pending\":0,\"held\":0,\"debt\":4}],"
                + "\"tier\":null,";
        try (HttpWire wire = serve()) {
            for (final String path : new String[] {"/redemptions", "/holds"}) {
                final String spent = "{" + KEY + ",\"points\":5,\"wallet\":";
                final Response stars = wire.ask(HttpWire.post(PROGRAM + path, spent + "\"stars\"}"));
                assertEquals(200, stars.status(), stars.body());
                assertEquals("stars", named.get());
                assertTrue(stars.body().contains("\"points\":-5,\"valueMinor\":0,\"wallet\":\"stars\"," + balances));
                final Response points = wire.ask(HttpWire.post(PROGRAM + path, spent + "\"points\"}"));
                assertEquals("", named.get(), "as if none were named");
                assertTrue(points.body().contains("\"wallet\":\"points\"," + balances), points.body());
                final Response refused =
                        wire.ask(HttpWire.post(PROGRAM + path, "{" + KEY + ",\"points\":6,\"wallet\":\"stars\"}"));
                assertEquals(422, refused.status());
                assertTrue(refused.body().contains("\"wallet\":\"stars\"," + balances), refused.body());
            }
        }
    }

    @Test
    void aMemberHasItsBalanceInEachWallet() throws Exception {
        port.ledger = (command, outcome) -> balances(outcome, -1);
        try (HttpWire wire = serve()) {
            final String body = wire.ask(HttpWire.get(PROGRAM + "/members/42")).body();
            assertTrue(
                    body.startsWith("{\"memberId\":\"42\",\"wallet\":\"points\"," + BALANCE + ",\"balances\":["
                            + "{\"wallet\":\"growth\",\"available\":70,\"pending\":71,\"held\":72,\"debt\":73},"
                            + "{\"wallet\":\"stars\",\"available\":0,\"pending\":0,\"held\":0,\"debt\":4}],"
                            + "\"tier\":null,\"lifetime\":"),
                    body);
            port.ledger = (command, outcome) -> outcome.memberId = 42;
            assertFalse(wire.ask(HttpWire.get(PROGRAM + "/members/42")).body().contains("balances"));
        }
    }

    private String rows(final HttpWire wire, final String path, final RowKind kind, final Consumer<Outcome> fill)
            throws Exception {
        port.ledger = (command, outcome) -> {
            outcome.rows.begin(kind);
            fill.accept(outcome);
        };
        return wire.ask(HttpWire.get(PROGRAM + path)).body();
    }

    @Test
    void rowsOfAFurtherWalletNameItInPlaceOfAnIssuer() throws Exception {
        try (HttpWire wire = serve()) {
            assertTrue(rows(wire, "/members/42/pending", RowKind.PENDING, o -> {
                        o.rows.add(text("hotel"), 20_513, 20_514, 5, 0, 0, 0);
                        o.rows.add(text("wallet/growth"), 20_513, 20_514, 6, 0, 0, 0);
                    })
                    .startsWith("{\"pending\":[{\"issuer\":\"hotel\",\"activationDay\":\"2026-03-01\","
                            + "\"expiryDay\":\"2026-03-02\",\"points\":5},{\"wallet\":\"growth\","
                            + "\"activationDay\":\"2026-03-01\",\"expiryDay\":\"2026-03-02\",\"points\":6}],"));
            assertTrue(rows(
                            wire,
                            "/members/42/expiring",
                            RowKind.EXPIRING,
                            o -> o.rows.add(text("wallet/growth"), 20_513, 5, 2, 0, 0, 0))
                    .startsWith("{\"lots\":[{\"wallet\":\"growth\",\"expiryDay\":\"2026-03-01\",\"points\":5,"
                            + "\"heldPoints\":2}],"));
            final String holds = rows(wire, "/members/42/holds", RowKind.HOLDS, o -> {
                o.rows.add(null, 7, 50, 1_772_323_200_007L, 0, 0, 0);
                o.rows.add(text("wallet/stars"), 8, 60, 1_772_323_200_007L, 0, 0, 0);
            });
            assertTrue(
                    holds.startsWith("{\"holds\":[{\"holdSequence\":\"7\",\"points\":50,"
                            + "\"deadline\":\"2026-03-01T00:00:00.007Z\",\"valueMinor\":0},{\"wallet\":\"stars\","
                            + "\"holdSequence\":\"8\",\"points\":60,"),
                    holds);
        }
    }

    @Test
    void anOrderTellsWhatItEarnedInFurtherWallets() throws Exception {
        try (HttpWire wire = serve()) {
            final String order = rows(wire, "/orders/pos/A", RowKind.ORDER, o -> {
                o.rows.add(text("order"), 10_000, 4_000, 180, 90, 118, 3);
                o.rows.add(text("share/base"), 180, 90, 0, 0, 0, 0);
                o.rows.add(text("wallet/growth"), 100, 60, 0, 0, 0, 0);
                o.rows.add(text("wallet/stars"), 10, 0, 0, 0, 0, 0);
            });
            assertTrue(
                    order.contains("\"shares\":[{\"share\":\"base\",\"grantedPoints\":180,\"keptPoints\":90}],"
                            + "\"wallets\":[{\"wallet\":\"growth\",\"grantedPoints\":100,\"retainedPoints\":60},"
                            + "{\"wallet\":\"stars\",\"grantedPoints\":10,\"retainedPoints\":0}],\"durability\""),
                    order);
        }
    }
}

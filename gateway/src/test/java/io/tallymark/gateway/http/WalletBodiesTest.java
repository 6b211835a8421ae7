package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a wallet is in the body of a request. */
class WalletBodiesTest {
    private final JsonRequestReader reader = new JsonRequestReader();
    private final Command command = new Command();

    WalletBodiesTest() {
        command.lend(new UnsafeBuffer(new byte[JsonRequestReader.COMMAND_BYTES]));
    }

    private Refusal read(final Route route, final String json) {
        final byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return reader.read(route, Paths.target(route), body, 0, body.length, command);
    }

    private void assertTaken(final Route route, final String json) {
        final Refusal refusal = read(route, json);
        assertEquals(ResultCode.ACCEPTED, refusal.code(), () -> route + " " + json + ": " + refusal.detail());
    }

    private void assertMalformedAt(final String pointer, final Route route, final String json) {
        final Refusal refusal = read(route, json);
        assertEquals(ResultCode.MALFORMED, refusal.code(), () -> route + " " + json);
        assertEquals(pointer, refusal.pointer(), () -> route + " " + json + ": " + refusal.detail());
    }

    /** Stored value is what its requests are about; points are spent from a wallet, or corrected there. */
    @Test
    void aWalletIsTheRuleOrThatOfThePoints() {
        for (final Route route : List.of(Route.REDEMPTIONS, Route.HOLDS, Route.PREVIEW_REDEMPTIONS)) {
            final String member = "\"memberId\":7,\"wallet\":";
            for (final String spent :
                    List.of(",\"points\":5", ",\"amountMinor\":5", ",\"points\":5,\"store\":\"\\u0061\"")) {
                assertTaken(route, RouteTest.body(route, member + "\"stars\"" + spent));
                assertEquals("stars", command.text(VarField.WALLET_ID));
                assertEquals(0, command.length(VarField.RULE_ID));
                for (final String bad : List.of("\"\"", "5", "null", "\"" + "x".repeat(65) + "\"", "\"\\t\"")) {
                    assertMalformedAt("/wallet", route, RouteTest.body(route, member + bad + spent));
                }
            }
            assertMalformedAt("/wallet", route, RouteTest.body(route, member + "\"stars\",\"reward\":\"mug\""));
            assertMalformedAt("/points", route, RouteTest.body(route, member + "\"stars\""));
            assertMalformedAt("/points", route, RouteTest.body(route, member + "\"points\""));
            assertMalformedAt("/wallet", route, RouteTest.body(route, member + "\"a\",\"points\":5,\"wallet\":\"b\""));
            assertTaken(route, RouteTest.body(route, member + "\"points\",\"reward\":\"mug\""));
        }
        assertMalformedAt(
                "/wallet",
                Route.HOLDS,
                RouteTest.body(Route.HOLDS, "\"memberId\":7,\"coupon\":\"latte\",\"wallet\":\"stars\""));
        final String adjustment =
                "\"memberId\":7,\"points\":-5,\"reason\":\"r\",\"operatorId\":\"o\",\"wallet\":\"growth\"";
        assertTaken(Route.ADJUSTMENTS, RouteTest.body(Route.ADJUSTMENTS, adjustment));
        assertEquals("growth", command.text(VarField.WALLET_ID));
        assertTaken(
                Route.TOP_UPS, RouteTest.body(Route.TOP_UPS, "\"memberId\":7,\"amountMinor\":10,\"wallet\":\"cash\""));
        assertEquals(0, command.length(VarField.WALLET_ID));
        assertEquals("cash", command.text(VarField.RULE_ID));
        final String accrual = "\"memberId\":7,\"amountMinor\":5,\"wallet\":\"growth\"";
        assertMalformedAt("/wallet", Route.ACCRUALS, RouteTest.body(Route.ACCRUALS, accrual));
    }
}

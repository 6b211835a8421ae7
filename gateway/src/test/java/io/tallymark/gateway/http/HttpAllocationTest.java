package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyDecoder;
import io.tallymark.protocol.ReplyEncoder;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.WalletBalances;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** From the path and the body to the binary request, and from the binary reply to the JSON: nothing is allocated. */
class HttpAllocationTest {
    private static final int ROUNDS = 20_000;

    private final RequestTarget target = new RequestTarget();
    private final JsonRequestReader reader = new JsonRequestReader();
    private final CommandEncoder encoder = new CommandEncoder();
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final Reply reply = new Reply();
    private final JsonOutput output = new JsonOutput();
    private final ReplyJson json = new ReplyJson(output);
    private final Command command = new Command();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[64 * 1024]);

    HttpAllocationTest() {
        command.lend(new UnsafeBuffer(new byte[JsonRequestReader.COMMAND_BYTES]));
    }

    private static byte[] accrual(final String who) {
        return ("{\"source\":\"pos-12\",\"documentId\":\"A-2026-000000001001\"," + who
                        + ",\"amountMinor\":9990,\"store\":\"南京路\",\"eventTime\":\"2026-03-01T08:00:00+08:00\","
                        + "\"lines\":[{\"sku\":\"K-3\",\"quantity\":2,\"amountMinor\":9990}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private long allocated(final Runnable round) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        final long before =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private void request(final String path, final byte[] body) {
        final Route route = target.parse(path, Route.Method.POST);
        assertEquals(
                ResultCode.ACCEPTED,
                reader.read(route, target, body, 0, body.length, command).code());
        assertTrue(encoder.encode(command, reader.identity(), message, 0) > 0);
    }

    @Test
    void anAccrualCostsNothing() {
        final byte[] byId = accrual("\"memberId\":\"42\"");
        assertNothing(allocated(() -> request(HttpFixture.ACCRUALS, byId)));
        final byte[] byIdentity = accrual("\"identity\":{\"channel\":\"wechat\",\"externalId\":\"o-7\"}");
        assertNothing(allocated(() -> request(HttpFixture.ACCRUALS, byIdentity)));
    }

    @Test
    void aCaptureOfAHoldCostsNothing() {
        final byte[] body =
                "{\"source\":\"pos-12\",\"documentId\":\"H-5-capture\",\"points\":80}".getBytes(StandardCharsets.UTF_8);
        assertNothing(allocated(() -> request("/v1/programs/mima/holds/pos-12/H%2F5/capture", body)));
    }

    @Test
    void aRedemptionFromAWalletCostsNothing() {
        final byte[] body =
                "{\"source\":\"app\",\"documentId\":\"R-80\",\"memberId\":42,\"points\":20,\"wallet\":\"stars\"}"
                        .getBytes(StandardCharsets.UTF_8);
        assertNothing(allocated(() -> request("/v1/programs/mima/redemptions", body)));
    }

    @Test
    void theReplyToAnAccrualCostsNothing() throws Exception {
        final Outcome outcome = new Outcome();
        outcome.reset();
        outcome.code = ResultCode.ACCEPTED;
        outcome.memberId = 42;
        outcome.sequence = 118;
        outcome.engineTimeMs = 1_772_323_200_007L;
        outcome.bonusPoints = 5;
        outcome.tierId = "silver".getBytes(StandardCharsets.UTF_8);
        outcome.rows.begin(RowKind.SHARES);
        outcome.rows.add("double-days".getBytes(StandardCharsets.UTF_8), 30, 10, 6, 0, 0, 0);
        for (int i = 0; i < WalletBalances.MAX_WALLETS; i++) {
            outcome.wallets.add(("wallet-" + i).getBytes(StandardCharsets.UTF_8), i, 1_000, 2, 3, 4);
        }
        outcome.wallets.subject(1);
        command.reset(CommandType.ACCRUE);
        final int length = new ReplyEncoder().encodeOutcome(command, outcome, Durability.FSYNC, message, 0);
        assertNothing(allocated(() -> {
            decoder.decode(message, 0, length, reply);
            json.accepted(reply, CommandType.ACCRUE);
        }));
    }

    private static void assertNothing(final long bytes) {
        // The measurement itself and the compiler of the virtual machine may cost a little, once.
        assertTrue(bytes < ROUNDS, ROUNDS + " rounds allocated " + bytes + " bytes");
    }
}

package io.tallymark.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.CommandResult;
import io.tallymark.client.Request;
import io.tallymark.client.TallymarkClient;
import io.tallymark.engine.EngineOptions;
import io.tallymark.gateway.GatewayOptions;
import io.tallymark.journal.JournalOptions;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One server, two ports: what was sent through the one and comes again through the other is the same request. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BothPortsTest {
    private static final Pattern MEMBER_ID = Pattern.compile("\"memberId\":\"?(\\d+)");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TallymarkServer server;
    private TallymarkClient client;

    private void start() throws Exception {
        final Path programs = Files.createDirectories(folder.resolve("programs"));
        final Path preset = Path.of(System.getProperty("tallymark.root")).resolve("programs/mima.yaml");
        Files.writeString(programs.resolve("mima.yaml"), Files.readString(preset));
        final InetSocketAddress anyPort = new InetSocketAddress("127.0.0.1", 0);
        server = TallymarkServer.start(
                new ServerOptions(
                        folder.resolve("data"),
                        programs,
                        EngineOptions.of(
                                new LedgerOptions(1_000, 1_000, 10_000),
                                new JournalOptions(Durability.PAGE_CACHE, 64L << 20, 512 * 1024)),
                        GatewayOptions.onLoopback().withBinaryAddress(anyPort).withHttpAddress(anyPort),
                        null,
                        false),
                records -> {});
        client = TallymarkClient.connect(
                ClientOptions.to("127.0.0.1", server.binaryAddress().getPort()));
    }

    private void stop() throws IOException {
        client.close();
        server.close();
    }

    private String ask(final HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder at(final String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.httpAddress().getPort() + "/v1/programs/mima" + path));
    }

    private String post(final String path, final String json) throws IOException, InterruptedException {
        return ask(at(path).header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"source\":\"pos\"," + json + "}")));
    }

    private void postAccepted(final String path, final String json) throws Exception {
        final String body = post(path, json);
        assertTrue(body.contains("\"code\":\"ACCEPTED\""), body);
    }

    private void assertReplayed(final CommandType type, final String documentId, final String original) {
        for (final boolean isNamed : new boolean[] {false, true}) {
            final Request request = Request.of(type).key("mima", "pos", documentId);
            final CommandResult again = client.send(
                            isNamed ? request.original("pos", original) : request.original(original))
                    .join();
            assertEquals(ResultCode.ACCEPTED, again.code(), type.name());
            assertTrue(again.replayed(), type.name());
        }
    }

    @Test
    void aRequestIsAReplayOverTheOtherPortHoweverTheOwnSourceIsNamed() throws Exception {
        start();
        postAccepted("/accruals", "\"documentId\":\"o-1\",\"memberId\":42,\"amountMinor\":10000");
        postAccepted("/holds", "\"documentId\":\"h-1\",\"memberId\":42,\"points\":30");
        postAccepted("/holds", "\"documentId\":\"h-2\",\"memberId\":42,\"points\":30");
        // The path names the hold's source in any case.
        postAccepted("/holds/pos/h-1/capture", "\"documentId\":\"c-1\"");
        postAccepted("/holds/pos/h-2/void", "\"documentId\":\"v-1\"");
        postAccepted("/refunds", "\"documentId\":\"r-1\",\"originalSource\":\"pos\",\"originalDocumentId\":\"o-1\"");
        final long sequence = client.member("mima", 42).join().asOfSequence();
        assertReplayed(CommandType.CAPTURE, "c-1", "h-1");
        assertReplayed(CommandType.VOID, "v-1", "h-2");
        assertReplayed(CommandType.REFUND, "r-1", "o-1");
        final String again = post("/refunds", "\"documentId\":\"r-1\",\"originalDocumentId\":\"o-1\"");
        assertTrue(again.contains("\"replayed\":true"), again);
        final CommandResult other = client.send(
                        Request.of(CommandType.REFUND).key("mima", "pos", "r-1").original("web", "o-1"))
                .join();
        assertEquals(ResultCode.IDEMPOTENCY_CONFLICT, other.code());
        assertEquals(sequence, client.member("mima", 42).join().asOfSequence());
        stop();
    }

    @Test
    void whoEnrolledOverHttpIsFoundAfterARestartOverBothPorts() throws Exception {
        start();
        assertTrue(server.madeIdentityKeys());
        final String enrolment =
                "\"documentId\":\"e-1\",\"identity\":{\"channel\":\"card\",\"externalId\":\"6217 0042\"}";
        final String enrolled = post("/members", enrolment);
        final Matcher memberId = MEMBER_ID.matcher(enrolled);
        assertTrue(memberId.find(), enrolled);
        stop();

        start();
        assertFalse(server.madeIdentityKeys());
        final String found = ask(at("/identities/card/6217%200042"));
        assertTrue(found.contains(memberId.group()), found);
        assertEquals(
                Long.parseLong(memberId.group(1)),
                client.member("mima", "card", "6217 0042").join().memberId());
        final String again = post("/members", enrolment);
        assertTrue(again.contains("\"replayed\":true"), again);
        stop();
    }
}

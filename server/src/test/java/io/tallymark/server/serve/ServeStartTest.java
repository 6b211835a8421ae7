package io.tallymark.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.Request;
import io.tallymark.client.TallymarkClient;
import io.tallymark.engine.Engine;
import io.tallymark.engine.EngineOptions;
import io.tallymark.engine.FailStop;
import io.tallymark.gateway.GatewayOptions;
import io.tallymark.journal.JournalOptions;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ResultCode;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts of a whole server in this process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ServeStartTest {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    @TempDir
    Path folder;

    private Path programs() throws IOException {
        final Path programs = Files.createDirectories(folder.resolve("programs"));
        Files.copy(
                Path.of(System.getProperty("tallymark.root")).resolve("programs/mima.yaml"),
                programs.resolve("mima.yaml"));
        return programs;
    }

    private ServerOptions options(final Path programs, final boolean acceptClockJump) {
        final EngineOptions engine = EngineOptions.of(
                        new LedgerOptions(1_000, 1_000, 10_000),
                        new JournalOptions(Durability.PAGE_CACHE, 64L << 20, 512 * 1024))
                .withAcceptClockJump(acceptClockJump);
        return new ServerOptions(
                folder.resolve("data"),
                programs,
                engine,
                GatewayOptions.onLoopback().withBinaryAddress(new InetSocketAddress("127.0.0.1", 0)),
                null,
                false);
    }

    /** Leaves a journal whose last engine time is a day ago, with a program in force. */
    private void serveYesterday(final Path programs) throws IOException, InterruptedException {
        final ReplyRouter router = new ReplyRouter();
        try (Engine engine = Engine.open(
                folder.resolve("data"),
                options(null, false).engine(),
                () -> System.currentTimeMillis() - DAY_MS,
                FailStop.HALT,
                records -> {})) {
            engine.start(router);
            new ProgramPublisher(engine, router).publish(ProgramCompiler.compileFolder(programs), List.of());
        }
    }

    @Test
    void anIdentityIsFoundAgainAfterARestartAndStandsNowhere() throws Exception {
        final Path programs = programs();
        final String externalId = "oXq-7-open-id-of-somebody";
        final long memberId;
        try (TallymarkServer server = TallymarkServer.start(options(programs, false), records -> {});
                TallymarkClient client = TallymarkClient.connect(
                        ClientOptions.to("127.0.0.1", server.binaryAddress().getPort()))) {
            assertTrue(server.madeIdentityKeys());
            final var enrolled = client.send(Request.of(CommandType.ENROL)
                            .key("mima", "crm", "e-1")
                            .identity("wechat", externalId))
                    .join();
            assertEquals(ResultCode.ACCEPTED, enrolled.code());
            memberId = enrolled.memberId();
            assertTrue(memberId > 0);
        }
        try (TallymarkServer server = TallymarkServer.start(options(programs, false), records -> {});
                TallymarkClient client = TallymarkClient.connect(
                        ClientOptions.to("127.0.0.1", server.binaryAddress().getPort()))) {
            assertFalse(server.madeIdentityKeys());
            assertEquals(
                    memberId, client.member("mima", "wechat", externalId).join().memberId());
            assertEquals(
                    ResultCode.UNKNOWN_MEMBER,
                    client.member("mima", "card", externalId).join().code());
        }
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("somebody"), file.toString());
            }
        }
    }

    @Test
    void aProgramThatTheClockKeepsBackIsSaidWithTheWayOut() throws Exception {
        final Path programs = programs();
        serveYesterday(programs);
        final Path file = programs.resolve("mima.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("(?m)^program: *mima", "program: mima-2"));
        final IOException refused = assertThrows(
                IOException.class,
                () -> TallymarkServer.start(options(programs, false), records -> {})
                        .close());
        assertTrue(refused.getMessage().contains("--accept-clock-jump"), refused.getMessage());
        try (TallymarkServer server = TallymarkServer.start(options(programs, true), records -> {});
                TallymarkClient client = TallymarkClient.connect(
                        ClientOptions.to("127.0.0.1", server.binaryAddress().getPort()))) {
            assertEquals(2, client.programs().join().programs().size());
        }
    }
}

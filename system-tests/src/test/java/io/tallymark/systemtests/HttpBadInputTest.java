package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input over HTTP on a real server: the right status or a closed connection, nothing journaled, others served. */
final class HttpBadInputTest {
    private static final long SEED = 7_481;
    private static final long NEIGHBOUR = 77;
    private static final int PATIENCE_MS = (int) Duration.ofSeconds(60).toMillis();
    private static final String POST = "POST /v1/programs/mima/accruals HTTP/1.1\r\nHost: a\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String ORDER = "{\"source\":\"s\",\"documentId\":\"d\",\"memberId\":1,\"amountMinor\":100}";

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static RawConnection neighbour;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.start(folder.resolve("data"), "--http=127.0.0.1:0");
        neighbour = new RawConnection(server.address());
        final Sent order = new Sent(CommandType.ACCRUE, NEIGHBOUR, 9_900, "neighbour-1");
        assertEquals(ResultCode.ACCEPTED, neighbour.ask(order.fill(new Command())).code);
    }

    @AfterAll
    static void stop() throws IOException {
        if (neighbour != null) {
            neighbour.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static String body(final String json) {
        return POST + JSON + "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    static List<Arguments> badRequests() {
        return List.of(
                Arguments.of("400", body("{")),
                Arguments.of("400", body("[]")),
                Arguments.of("400", body(ORDER + "x")),
                Arguments.of("400", body(ORDER.replace("100", "1.5"))),
                Arguments.of("400", body(ORDER.replace("100", "1e3"))),
                Arguments.of("400", body(ORDER.replace("100", "\"100\""))),
                Arguments.of("400", body(ORDER.replace("100", "-100"))),
                Arguments.of("400", body(ORDER.replace("100", "99999999999999999999"))),
                Arguments.of("400", body(ORDER.replace("\"s\"", "7"))),
                Arguments.of("400", body(ORDER.replace("}", ",\"amountMinor\":100}"))),
                Arguments.of("400", body(ORDER.replace("}", ",\"amount\":100}"))),
                Arguments.of("422", body(ORDER).replace("mima", "nobody")),
                Arguments.of("404", "GET /v2/anything HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("404", "GET /v1/programs/mima/members/12345678 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("405", "DELETE /v1/programs/mima/accruals HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of("413", POST + JSON + "Content-Length: 100000000\r\n\r\n"),
                Arguments.of("415", body(ORDER).replace("application/json", "text/plain")),
                Arguments.of("431", POST + "X-Long: " + "a".repeat(100_000) + "\r\n\r\n"),
                Arguments.of("400", POST + JSON + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + ORDER),
                Arguments.of("400", POST + JSON + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("400", POST + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + ORDER + "\r\n0\r\n\r\n"),
                Arguments.of("400", POST + JSON + "Content-Length : 5\r\n\r\nabcde"),
                Arguments.of("400", POST + JSON + "Content-Length: -5\r\n\r\nabcde"),
                Arguments.of("400", "\u0000\u0001\u0002 nonsense\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aBadRequestGetsItsStatusAndNothingIsJournaled(final String status, final String request) throws IOException {
        final long before = lastSequence();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            final String line = firstLine(socket.getInputStream());
            assertTrue(line.isEmpty() || line.startsWith("HTTP/1.1 " + status), () -> "got: " + line);
            assertTrue(!line.isEmpty() || status.equals("400"), "closed without a status");
        }
        assertEquals(before, lastSequence(), "something was journaled");
    }

    @Test
    void halfARequestThenSilenceHoldsUpNobody() throws IOException {
        final long before = lastSequence();
        final byte[] request = body(ORDER).getBytes(StandardCharsets.UTF_8);
        final List<Socket> silent = new ArrayList<>();
        try {
            for (int length = 1; length < request.length; length += 3) {
                final Socket socket = connect();
                silent.add(socket);
                socket.getOutputStream().write(request, 0, length);
                socket.getOutputStream().flush();
                assertEquals(before, lastSequence(), "something was journaled");
            }
        } finally {
            for (final Socket socket : silent) {
                socket.close();
            }
        }
        assertEquals(before, lastSequence(), "something was journaled when they hung up");
    }

    @Test
    void randomBytesAreRefused() throws IOException {
        System.out.println("HttpBadInputTest seed " + SEED);
        final long before = lastSequence();
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100; i++) {
            final byte[] noise = new byte[8 + random.nextInt(600)];
            random.nextBytes(noise);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(noise);
                socket.shutdownOutput();
                final String line = firstLine(socket.getInputStream());
                assertTrue(line.isEmpty() || line.startsWith("HTTP/1.1 4"), () -> "got: " + line);
            } catch (final SocketException e) {
                // Closed while the noise was still being sent: that is an answer too.
                assertTrue(server.isAlive(), server.transcript());
            }
        }
        assertEquals(before, lastSequence(), "something was journaled");
    }

    private static Socket connect() throws IOException {
        final Socket socket = new Socket(
                server.httpAddress().getAddress(), server.httpAddress().getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static String firstLine(final InputStream in) throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\r') {
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static long lastSequence() throws IOException {
        final Reply reply = neighbour.ask(BadBytes.query(NEIGHBOUR));
        assertEquals(ResultCode.ACCEPTED, reply.code);
        assertEquals(99, reply.availablePoints);
        return reply.asOfSequence;
    }
}

package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.ResourceLeakDetector;
import io.tallymark.gateway.http.HttpWire.Response;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers send: bytes in any portion, requests that are two, requests that never end, clients that never read. */
@Timeout(60)
class HttpWireTest extends HttpFixture {
    private static final String HEAD =
            "POST " + ACCRUALS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private static final String CHUNK = Integer.toHexString(ACCRUAL.length()) + "\r\n" + ACCRUAL + "\r\n";

    private static String accrual(final int document) {
        return HttpWire.post(ACCRUALS, ACCRUAL.replace("d-1", "d-" + document).replace("\"7\"", "" + (document + 1)));
    }

    @Test
    void pipelinedResponsesComeInOrderWhoeverAnswersFirst() throws Exception {
        final long seed = 4711;
        final Random random = new Random(seed);
        try (HttpWire wire = serve()) {
            port.hold(true);
            final List<Integer> expected = new ArrayList<>();
            final StringBuilder requests = new StringBuilder();
            int document = 0;
            for (int i = 0; i < 900; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        requests.append(HttpWire.get("/nowhere"));
                        expected.add(-404);
                    }
                    case 1 -> {
                        requests.append(HttpWire.post(ACCRUALS, "{"));
                        expected.add(-400);
                    }
                    default -> {
                        requests.append(accrual(document));
                        expected.add(++document);
                    }
                }
            }
            wire.send(requests.toString());
            final int commands = document;
            await(() -> port.claimed() == commands);
            port.hold(false);
            for (final int wanted : expected) {
                final Response response = wire.next();
                assertEquals(wanted > 0 ? 200 : -wanted, response.status(), "seed " + seed);
                if (wanted > 0) {
                    assertTrue(response.body().contains("\"points\":" + wanted + ","), "seed " + seed);
                }
            }
            assertEquals(0, inFlight());
        }
    }

    private long inFlight() {
        return gateway.counters().commands() - gateway.counters().replies();
    }

    @Test
    void aConnectionIsReadNoFurtherThanItsShare() throws Exception {
        try (HttpWire wire = serve(options().withMaxInFlight(8), HttpServices.NONE)) {
            port.hold(true);
            final StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                requests.append(accrual(i));
            }
            wire.send(requests.toString());
            await(() -> port.claimed() == 8);
            // Another connection is served meanwhile, so the loop does not wait either.
            try (HttpWire other = connect()) {
                assertEquals(200, other.ask(HttpWire.get("/healthz")).status());
            }
            assertEquals(8, port.claimed(), "no more than its share, although all is there");
            port.hold(false);
            for (int i = 1; i <= 500; i++) {
                assertTrue(wire.next().body().contains("\"points\":" + i + ","));
            }
        }
    }

    @Test
    void requestsMayComeCutAtEveryByte() throws Exception {
        final String stream = accrual(0) + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + CHUNK + "0\r\nX-T: y\r\n\r\n"
                + HttpWire.get("/healthz");
        final byte[] bytes = stream.getBytes(StandardCharsets.US_ASCII);
        try (HttpWire wire = serve()) {
            for (int cut = 1; cut < bytes.length; cut++) {
                wire.send(java.util.Arrays.copyOfRange(bytes, 0, cut));
                final long before = gateway.counters().bytesIn();
                wire.send(java.util.Arrays.copyOfRange(bytes, cut, bytes.length));
                for (int i = 0; i < 3; i++) {
                    assertEquals(200, wire.next().status(), "cut at " + cut);
                }
                assertTrue(gateway.counters().bytesIn() >= before);
            }
            for (final byte b : bytes) {
                wire.send(new byte[] {b});
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(200, wire.next().status());
            }
        }
    }

    static Stream<Arguments> smuggling() {
        final String length = "Content-Length: " + ACCRUAL.length() + "\r\n";
        final String chunked = "Transfer-Encoding: chunked\r\n";
        final String http10 = HEAD.replace("1.1", "1.0");
        return Stream.of(
                Arguments.of("length and chunks", HEAD + length + chunked + "\r\n" + CHUNK + "0\r\n\r\n", 400),
                Arguments.of("chunks and length", HEAD + chunked + length + "\r\n" + CHUNK + "0\r\n\r\n", 400),
                Arguments.of("two lengths", HEAD + length + "Content-Length: 5\r\n\r\n" + ACCRUAL, 400),
                Arguments.of("the same length twice", HEAD + length + length + "\r\n" + ACCRUAL, 400),
                Arguments.of("two lengths in HTTP/1.0", http10 + length + length + "\r\n" + ACCRUAL, 400),
                Arguments.of("a list of lengths", HEAD + "Content-Length: 5, 5\r\n\r\n" + ACCRUAL, 400),
                Arguments.of("a signed length", HEAD + "Content-Length: +81\r\n\r\n" + ACCRUAL, 400),
                Arguments.of("a negative length", HEAD + "Content-Length: -1\r\n\r\n" + ACCRUAL, 400),
                Arguments.of("a hexadecimal length", HEAD + "Content-Length: 0x51\r\n\r\n" + ACCRUAL, 400),
                Arguments.of("an endless length", HEAD + "Content-Length: " + "9".repeat(30) + "\r\n\r\n", 400),
                Arguments.of("chunks in HTTP/1.0", http10 + chunked + "\r\n" + CHUNK + "0\r\n\r\n", 400),
                Arguments.of("chunks twice", HEAD + "Transfer-Encoding: chunked, chunked\r\n\r\n", 400),
                Arguments.of("chunks not last", HEAD + "Transfer-Encoding: chunked, gzip\r\n\r\n", 400),
                Arguments.of("an unknown coding", HEAD + "Transfer-Encoding: xchunked\r\n\r\n", 400),
                Arguments.of("identity", HEAD + "Transfer-Encoding: identity\r\n" + length + "\r\n" + ACCRUAL, 400),
                Arguments.of("a coding before chunks", HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
                Arguments.of("a bad chunk size", HEAD + chunked + "\r\nzz\r\n", 400),
                Arguments.of("a signed chunk size", HEAD + chunked + "\r\n+5\r\n", 400),
                Arguments.of("a prefixed chunk size", HEAD + chunked + "\r\n0x5\r\n", 400),
                Arguments.of("a huge chunk size", HEAD + chunked + "\r\nfffffffffffffffff\r\n", 400),
                Arguments.of("no chunk size", HEAD + chunked + "\r\n\r\n", 400),
                Arguments.of("a chunk without its end", HEAD + chunked + "\r\n2\r\n{}xx0\r\n\r\n", 400),
                Arguments.of("a chunk line ended by LF", HEAD + chunked + "\r\n2\n{}\r\n0\r\n\r\n", 400),
                Arguments.of("a folded line", HEAD + "X-A: b\r\n c\r\n" + length + "\r\n" + ACCRUAL, 400),
                Arguments.of("a folded length", HEAD + "Content-Length:\r\n\t81\r\n\r\n" + ACCRUAL, 400),
                Arguments.of("a folded line behind empty ones", "\r\n\r\n" + HEAD + " x\r\n" + length + "\r\n", 400),
                Arguments.of("a blank before the colon", HEAD + "Content-Length : 81\r\n\r\n" + ACCRUAL, 400),
                Arguments.of("a blank before the coding's colon", HEAD + "Transfer-Encoding : chunked\r\n\r\n", 400),
                Arguments.of("a line without colon", HEAD + "nothing\r\n\r\n", 400),
                Arguments.of("an empty name", HEAD + ": x\r\n\r\n", 400),
                Arguments.of("a bare CR", HEAD + "X: a\rContent-Length: 5\r\n\r\n", 400),
                Arguments.of("a bare LF", HEAD + "X: a\n" + length + "\r\n" + ACCRUAL, 400),
                Arguments.of("a zero byte", HEAD + "X: a\0b\r\n\r\n", 400),
                Arguments.of("no host", HEAD.replace("Host: x\r\n", "") + length + "\r\n" + ACCRUAL, 400),
                Arguments.of("two hosts", HEAD + "Host: y\r\n" + length + "\r\n" + ACCRUAL, 400),
                Arguments.of("no version", "POST " + ACCRUALS + "\r\nHost: x\r\n\r\n", 400),
                Arguments.of("another version", HEAD.replace("HTTP/1.1", "HTTP/2.0") + "\r\n", 505),
                Arguments.of("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
                Arguments.of("a minor version to come", HEAD.replace("HTTP/1.1", "HTTP/1.2") + "\r\n", 505),
                Arguments.of("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n", 400),
                Arguments.of("a long first line", "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n", 414),
                Arguments.of("an endless first line", "GET /" + "x".repeat(9_000), 414),
                Arguments.of("a huge header", HEAD + "X: " + "x".repeat(9_000) + "\r\n\r\n", 431),
                Arguments.of("many headers", HEAD + "X: yyyyyyyyyyyyy\r\n".repeat(1_000) + "\r\n", 431),
                Arguments.of("a huge body", HEAD + "Content-Length: 262145\r\n\r\n{", 413),
                Arguments.of(
                        "a huge body in chunks",
                        HEAD + chunked + "\r\n" + ("10000\r\n" + " ".repeat(65_536) + "\r\n").repeat(5),
                        413));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smuggling")
    void whatTwoReadersCouldReadDifferentlyIsRefusedAndTheConnectionClosed(
            final String name, final String request, final int status) throws Exception {
        try (HttpWire wire = serve()) {
            // A good one before is answered, one behind is never seen.
            wire.send(accrual(0) + request + accrual(1));
            assertEquals(200, wire.next().status());
            final Response response = wire.next();
            assertEquals(status, response.status(), response.body());
            assertEquals("close", response.header("connection"));
            assertEquals("application/problem+json", response.header("content-type"));
            assertTrue(wire.isClosedByServer());
            assertEquals(List.of("d-0"), port.documents());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smuggling")
    void theyAreRefusedAlsoByteByByte(final String name, final String request, final int status) throws Exception {
        try (HttpWire wire = serve()) {
            final byte[] bytes = (request + accrual(1)).getBytes(StandardCharsets.ISO_8859_1);
            try {
                for (int i = 0; i < Math.min(bytes.length, 12_000); i++) {
                    wire.send(new byte[] {bytes[i]});
                }
                wire.send(java.util.Arrays.copyOfRange(bytes, Math.min(bytes.length, 12_000), bytes.length));
            } catch (final SocketException closedMeanwhile) {
                // The response stands in the receive buffer all the same.
                assertTrue(bytes.length > 0);
            }
            final Response response = wire.next();
            assertEquals(status, response.status(), response.body());
            assertTrue(wire.isClosedByServer());
            assertEquals(0, port.claimed());
        }
    }

    @Test
    void chunkedBodiesAreRead() throws Exception {
        try (HttpWire wire = serve()) {
            final StringBuilder chunks = new StringBuilder(HEAD + "Transfer-Encoding: Chunked\r\n\r\n");
            for (final char c : ACCRUAL.toCharArray()) {
                chunks.append("1;x=\"y\"\r\n").append(c).append("\r\n");
            }
            assertEquals(200, wire.ask(chunks + "0\r\n\r\n").status());
            assertEquals(200, wire.ask(HttpWire.get("/healthz")).status());
        }
    }

    @Test
    void largeOrdersBorrowAndOneTooManyIsBusy() throws Exception {
        final String lines = "{\"amountMinor\":2,\"sku\":\"0123456789\"},".repeat(593);
        final String order = "{\"source\":\"s\",\"documentId\":\"big\",\"memberId\":1,\"amountMinor\":1186,\"lines\":["
                + lines.substring(0, lines.length() - 1) + "]}";
        try (HttpWire wire = serve()) {
            port.hold(true);
            wire.send((HttpWire.post(ACCRUALS, order)).repeat(3) + accrual(0));
            // Slots: two that carry a large order, one that is void for want of a buffer, one small.
            await(() -> port.claimed() == 4);
            port.hold(false);
            assertEquals(200, wire.next().status());
            assertEquals(200, wire.next().status());
            final Response third = wire.next();
            assertEquals(429, third.status());
            assertEquals("1", third.header("retry-after"));
            assertEquals(200, wire.next().status());
        }
    }

    @Test
    void halfARequestThenSilenceIsClosed() throws Exception {
        try (HttpWire wire = serve(options().withTimeouts(200, 60_000), HttpServices.NONE)) {
            wire.send(HEAD + "Content-Length: 50\r\n\r\n{\"source\"");
            final Response response = wire.next();
            assertEquals(408, response.status());
            assertEquals("close", response.header("connection"));
            assertTrue(wire.isClosedByServer());
        }
        for (final String part : List.of("P", "POST " + ACCRUALS + " HTTP/1.1\r\n", HEAD, HEAD + "Content-Le")) {
            try (HttpWire wire = connect()) {
                wire.send(accrual(0) + part);
                assertEquals(200, wire.next().status());
                assertThrows(IOException.class, wire::next, "closed without a word, since nothing was asked");
            }
        }
    }

    @Test
    void drippingBytesDoNotProlongTheTime() throws Exception {
        try (HttpWire wire = serve(options().withTimeouts(300, 60_000), HttpServices.NONE)) {
            wire.send(HEAD + "Content-Length: 200000\r\n\r\n");
            final Thread drip = new Thread(() -> {
                try {
                    while (gateway.counters().timeouts() == 0) {
                        wire.send(" ");
                        LockSupport.parkNanos(100_000);
                    }
                } catch (final IOException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            drip.start();
            assertEquals(408, wire.next().status());
            drip.join();
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (HttpWire wire = serve(options().withTimeouts(10_000, 200), HttpServices.NONE)) {
            assertEquals(200, wire.ask(HttpWire.get("/healthz")).status());
            assertTrue(wire.isClosedByServer());
        }
    }

    @Test
    void aClientThatDoesNotReadIsReadNoFurtherAndThenClosed() throws Exception {
        try (HttpWire wire = serve(options().withTimeouts(500, 60_000), HttpServices.NONE)) {
            final byte[] burst = HttpWire.get("/metrics").repeat(200).getBytes(StandardCharsets.US_ASCII);
            final Thread flood = new Thread(() -> {
                try {
                    while (gateway.counters().timeouts() == 0) {
                        wire.send(burst);
                    }
                } catch (final IOException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            flood.start();
            await(() -> gateway.counters().timeouts() > 0);
            wire.socket.close();
            flood.join();
            assertTrue(gateway.counters().bytesOut() < 32 * 1024 * 1024, "what waits to be sent is bounded");
            try (HttpWire other = connect()) {
                assertEquals(200, other.ask(HttpWire.get("/healthz")).status());
            }
        }
    }

    @Test
    void aClientThatGoesAwayHurtsNobody() throws Exception {
        try (HttpWire wire = serve()) {
            port.hold(true);
            for (int i = 0; i < 20; i++) {
                try (HttpWire leaver = connect()) {
                    leaver.send(accrual(i).repeat(10) + HEAD);
                    final long wanted = 10L * (i + 1);
                    await(() -> port.claimed() == wanted);
                    leaver.socket.setSoLinger(true, 0);
                }
            }
            port.hold(false);
            assertEquals(200, wire.ask(accrual(1)).status());
            await(() -> gateway.counters().connectionsOpen() == 1);
        }
    }

    @Test
    void aFaultBehindTheFrontClosesOneConnectionOnly() throws Exception {
        failuresExpected = 1;
        try (HttpWire wire = serve()) {
            port.throwOnSlot = true;
            try (HttpWire unlucky = connect()) {
                unlucky.send(accrual(0));
                assertTrue(unlucky.isClosedByServer());
            }
            assertEquals(200, wire.ask(accrual(2)).status());
        }
    }

    @Test
    void manyConnectionsOnSeveralLoops() throws Exception {
        try (HttpWire first = serve(options().withEventLoops(3), HttpServices.NONE)) {
            final List<HttpWire> wires = new ArrayList<>(List.of(first));
            for (int i = 1; i < 12; i++) {
                wires.add(connect());
            }
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < wires.size(); i++) {
                    wires.get(i).send(accrual(i * 100).repeat(16));
                }
                for (int i = 0; i < wires.size(); i++) {
                    for (int k = 0; k < 16; k++) {
                        assertTrue(wires.get(i).next().body().contains("\"points\":" + (i * 100 + 1) + ","));
                    }
                }
            }
            for (final HttpWire wire : wires) {
                wire.close();
            }
        }
    }

    @Test
    void aNameThatCannotBeEncodedHarmsNoLaterAnswer() throws Exception {
        try (HttpWire wire = serve()) {
            for (final String name : List.of("\\ud800", "\\udc00x", "n".repeat(300), "\\u0000", "\\\"~/")) {
                final Response response =
                        wire.ask(HttpWire.post(ACCRUALS, ACCRUAL.replace("}", ",\"" + name + "\":1}")));
                assertEquals(400, response.status());
                assertTrue(response.body().endsWith("\"}"), response.body());
                assertEquals(200, wire.ask(accrual(1)).status());
            }
        }
    }

    @Test
    void aPlainRequestAllocatesNothing() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try (HttpWire wire = serve()) {
            final com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            final long loop = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.isAlive() && thread.getName().startsWith("tallymark-gateway"))
                    .mapToLong(Thread::getId)
                    .max()
                    .orElseThrow();
            final String burst = accrual(1).repeat(100);
            long bytes = 0;
            for (int round = 0; round < 200; round++) {
                final long before = threads.getThreadAllocatedBytes(loop);
                wire.send(burst);
                for (int i = 0; i < 100; i++) {
                    wire.next();
                }
                bytes += round < 100 ? 0 : threads.getThreadAllocatedBytes(loop) - before;
            }
            // What is left are a few objects of Netty's for each read and write, not for each request.
            assertTrue(bytes < 10_000 * 100, "10,000 requests allocated " + bytes + " bytes");
        } finally {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        }
    }

    @Test
    void theFallbackTransportServesToo() throws Exception {
        try (HttpWire wire = serve(options().withNativeTransport(false), HttpServices.NONE)) {
            wire.send(accrual(0).repeat(50));
            wire.socket.shutdownOutput();
            for (int i = 0; i < 50; i++) {
                assertEquals(200, wire.next().status());
            }
            assertTrue(wire.isClosedByServer());
        }
    }
}

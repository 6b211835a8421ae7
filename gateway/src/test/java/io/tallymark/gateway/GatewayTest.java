package io.tallymark.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.Framing;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayTest {
    private final FakePort port = new FakePort(2);
    private Gateway gateway;

    @BeforeAll
    static void everyBufferIsTracked() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        port.close();
        gateway.close();
        assertEquals(0, port.unpublished(), "every claimed slot was published");
        assertTrue(port.allBuffersBack(), "no lent buffer is lost");
        await(() -> port.blocksFree.get() == 8);
        await(() -> buffersInUse() == 0);
    }

    /** The threads have ended and given their caches back, so what is still out is a leak. */
    private static long buffersInUse() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    private Wire serve(final GatewayOptions options) throws IOException {
        gateway = Gateway.start(options, port);
        port.serve(gateway);
        return connect();
    }

    private Wire serve() throws IOException {
        return serve(GatewayOptions.onLoopback());
    }

    private Wire connect() throws IOException {
        return new Wire(gateway.binaryAddress());
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "the condition did not come true in 20 s");
            Thread.onSpinWait();
        }
    }

    private static void assertReplies(final Wire wire, final long first, final int count) throws IOException {
        for (long id = first; id < first + count; id++) {
            final Reply reply = wire.next();
            assertEquals(Reply.Kind.COMMAND, reply.kind);
            assertEquals(id, reply.correlationId, "replies come in order");
            assertEquals(id + 1_000, reply.points, "the reply is that of this command");
        }
    }

    @Test
    void manyFramesOfManyCommandsAreAnsweredInOrder() throws Exception {
        try (Wire wire = serve()) {
            for (int frame = 0; frame < 20; frame++) {
                wire.send(Wire.accrueFrame(frame * 500L, 500));
            }
            assertReplies(wire, 0, 10_000);
            assertEquals(10_000, gateway.counters().commands());
            assertEquals(20, gateway.counters().frames());
            await(() -> gateway.counters().replies() == 10_000);
        }
    }

    @Test
    void theEventLoopAllocatesNothingPerCommand() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try (Wire wire = serve()) {
            final com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            final long loop = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.isAlive() && thread.getName().startsWith("tallymark-gateway"))
                    .mapToLong(Thread::getId)
                    .max()
                    .orElseThrow();
            long bytes = 0;
            for (int frame = 0; frame < 200; frame++) {
                final long before = threads.getThreadAllocatedBytes(loop);
                wire.send(Wire.accrueFrame(frame * 500L, 500));
                assertReplies(wire, frame * 500L, 500);
                bytes += frame < 100 ? 0 : threads.getThreadAllocatedBytes(loop) - before;
            }
            assertTrue(bytes < 50_000 * 4, "50,000 commands allocated " + bytes + " bytes");
        } finally {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        }
    }

    @Test
    void theFallbackTransportServesToo() throws Exception {
        try (Wire wire = serve(GatewayOptions.onLoopback().withNativeTransport(false))) {
            wire.send(Wire.accrueFrame(5, 300));
            assertReplies(wire, 5, 300);
        }
    }

    @Test
    void severalLoopsKeepTheirConnectionsApart() throws Exception {
        try (Wire first = serve(GatewayOptions.onLoopback().withEventLoops(3))) {
            final List<Wire> wires = new ArrayList<>(List.of(first));
            for (int i = 1; i < 7; i++) {
                wires.add(connect());
            }
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < wires.size(); i++) {
                    wires.get(i).send(Wire.accrueFrame(i * 100_000L + round * 100, 100));
                }
            }
            for (int i = 0; i < wires.size(); i++) {
                assertReplies(wires.get(i), i * 100_000L, 1_000);
                wires.get(i).close();
            }
        }
    }

    @Test
    void bytesMayComeOneByOne() throws Exception {
        try (Wire wire = serve()) {
            for (final byte b : Wire.accrueFrame(1, 3)) {
                wire.send(new byte[] {b});
            }
            assertReplies(wire, 1, 3);
            final byte[] two = Wire.accrueFrame(4, 2);
            for (int cut = 1; cut < two.length; cut++) {
                wire.send(java.util.Arrays.copyOf(two, cut));
                wire.send(java.util.Arrays.copyOfRange(two, cut, two.length));
                assertReplies(wire, 4, 2);
            }
        }
    }

    @Test
    void aMalformedMessageIsRefusedAloneAndItsNeighboursGoOn() throws Exception {
        try (Wire wire = serve()) {
            final byte[] bad = Wire.message(Wire.accrue(2).memberId(-1));
            final byte[] unknown = Wire.message(Wire.accrue(3));
            unknown[2] = 99;
            wire.send(Wire.frame(Wire.message(Wire.accrue(1)), bad, unknown, Wire.message(Wire.accrue(4))));
            final List<String> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                final Reply reply = wire.next();
                seen.add(reply.correlationId + " " + reply.code + " "
                        + reply.detail().split(":")[0]);
            }
            seen.sort(null);
            assertEquals(
                    List.of("1 ACCEPTED ", "2 MALFORMED memberId", "3 UNKNOWN_TEMPLATE templateId", "4 ACCEPTED "),
                    seen);
            assertEquals(List.of("d-1", "d-4"), port.documents());
            assertEquals(2, gateway.counters().malformed());
        }
    }

    @Test
    void aFullEngineRefusesTheWholeFrame() throws Exception {
        try (Wire wire = serve()) {
            port.refuseWith = ResultCode.BUSY;
            wire.send(Wire.accrueFrame(10, 200));
            for (long id = 10; id < 210; id++) {
                final Reply reply = wire.next();
                assertEquals(id, reply.correlationId);
                assertEquals(ResultCode.BUSY, reply.code);
                assertEquals(10, reply.retryAfterMs);
            }
            port.refuseWith = null;
            wire.send(Wire.accrueFrame(10, 200));
            assertReplies(wire, 10, 200);
            assertEquals(200, port.documents().size(), "nothing of the refused frame was applied");
            assertEquals(200, gateway.counters().refused());
        }
    }

    @Test
    void whereBuffersForLargeCommandsAreShortTheWholeFrameIsRefused() throws Exception {
        try (Wire wire = serve()) {
            final byte[] small = Wire.message(Wire.accrue(1));
            final byte[] bad = Wire.message(Wire.accrue(2).memberId(-1));
            final byte[] large = Wire.message(Wire.largeAccrue(3));
            wire.send(Wire.frame(small, bad, large, large, large));
            for (int i = 0; i < 5; i++) {
                assertEquals(ResultCode.BUSY, wire.next().code, "one answer each, and the same one");
            }
            wire.send(Wire.frame(small, large, large));
            for (int i = 0; i < 3; i++) {
                assertEquals(ResultCode.ACCEPTED, wire.next().code);
            }
            assertEquals(List.of("d-1", "large-3", "large-3"), port.documents());
        }
    }

    @Test
    void aLargeMalformedCommandGivesItsBufferBack() throws Exception {
        try (Wire wire = serve()) {
            final byte[] large = Wire.message(Wire.largeAccrue(3).amountMinor(501));
            for (int i = 0; i < 10; i++) {
                wire.send(Wire.frame(large, large));
                assertEquals(ResultCode.AMOUNT_MISMATCH, wire.next().code);
                assertEquals(ResultCode.AMOUNT_MISMATCH, wire.next().code);
            }
        }
    }

    @Test
    void aFrameThatIsNoneClosesItsConnectionOnly() throws Exception {
        try (Wire bystander = serve()) {
            brokenFrame(ResultCode.FRAME_TOO_LARGE, "frameLength", 0, Limits.MAX_FRAME_BYTES + 1);
            brokenFrame(ResultCode.MALFORMED, "frameLength", 0, 7);
            brokenFrame(ResultCode.MALFORMED, "frameLength", 0, 0);
            brokenFrame(ResultCode.MALFORMED, "frameLength", 0, -1);
            brokenFrame(ResultCode.MALFORMED, "messageCount", 4, 0);
            brokenFrame(ResultCode.MALFORMED, "messageCount", 4, Limits.MAX_FRAME_MESSAGES + 1);
            brokenFrame(ResultCode.MALFORMED, "messageLength", 4, 3);
            brokenFrame(ResultCode.MALFORMED, "frameLength", 4, 1);
            brokenFrame(ResultCode.MALFORMED, "zero", 4, 2 | 1 << 16);
            brokenFrame(ResultCode.MALFORMED, "messageLength", Framing.HEADER_BYTES, 7);
            brokenFrame(ResultCode.MALFORMED, "messageLength", Framing.HEADER_BYTES, 1 << 20);
            brokenFrame(ResultCode.MALFORMED, "messageLength", Framing.HEADER_BYTES, -1);
            assertEquals(List.of(), port.documents(), "nothing of such a frame is applied");
            bystander.send(Wire.accrueFrame(1, 2));
            assertReplies(bystander, 1, 2);
            assertEquals(12, gateway.counters().brokenFrames());
        }
    }

    private void brokenFrame(final ResultCode code, final String field, final int offset, final int value)
            throws IOException {
        final byte[] frame = Wire.accrueFrame(1, 2);
        new UnsafeBuffer(frame).putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
        try (Wire wire = connect()) {
            wire.send(frame);
            wire.send(Wire.accrueFrame(3, 200));
            final Reply reply = wire.next();
            assertEquals(CommandDecoder.NO_CORRELATION, reply.correlationId);
            assertEquals(code, reply.code);
            assertTrue(reply.detail().startsWith(field), reply.detail());
            assertTrue(wire.isClosedByServer());
        }
    }

    @Test
    void halfAFrameThenSilenceClosesTheConnection() throws Exception {
        final GatewayOptions options = GatewayOptions.onLoopback().withTimeouts(200, 0);
        try (Wire silent = serve(options);
                Wire trickling = connect();
                Wire idle = connect()) {
            silent.send(java.util.Arrays.copyOf(Wire.accrueFrame(1, 2), 50));
            final byte[] frame = Wire.accrueFrame(1, 2);
            final long startNs = System.nanoTime();
            assertTrue(silent.isClosedByServer());
            assertTrue(System.nanoTime() - startNs > TimeUnit.MILLISECONDS.toNanos(100), "not at once");
            assertThrows(IOException.class, () -> {
                for (int i = 0; ; i++) {
                    trickling.send(new byte[] {frame[Math.min(i, frame.length - 2)]});
                    Thread.onSpinWait();
                    if (i >= frame.length - 2) {
                        trickling.next();
                    }
                }
            });
            idle.send(Wire.accrueFrame(1, 2));
            assertReplies(idle, 1, 2);
        }
    }

    @Test
    void anIdleConnectionIsClosedOnlyWhenNothingIsOutstanding() throws Exception {
        try (Wire waiting = serve(GatewayOptions.onLoopback().withTimeouts(10_000, 150));
                Wire idle = connect()) {
            port.hold(true);
            waiting.send(Wire.accrueFrame(1, 1));
            assertTrue(idle.isClosedByServer());
            await(() -> gateway.counters().timeouts() == 1);
            port.hold(false);
            assertReplies(waiting, 1, 1);
        }
    }

    @Test
    void aConnectionIsReadNoFurtherThanItsCap() throws Exception {
        try (Wire wire = serve(GatewayOptions.onLoopback().withMaxInFlight(100))) {
            port.hold(true);
            for (int i = 0; i < 50; i++) {
                wire.send(Wire.accrueFrame(i * 10L, 10));
            }
            await(() -> port.claimed() == 100);
            try (Wire other = connect()) {
                other.send(Wire.accrueFrame(7, 1));
                await(() -> port.claimed() == 101);
            }
            port.hold(false);
            assertReplies(wire, 0, 500);
        }
    }

    @Test
    void aClientThatDoesNotReadCannotMakeTheServerHoldEverything() throws Exception {
        final GatewayOptions options = GatewayOptions.onLoopback()
                .withOutboundBytes(64 * 1024, 4 * 1024 * 1024)
                .withTimeouts(1_000, 0);
        try (Wire wire = serve(options)) {
            final byte[] frame = Wire.accrueFrame(0, 500);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 100_000; i++) {
                    wire.send(frame);
                }
            });
            await(() -> gateway.counters().connectionsOpen() == 0);
            assertEquals(1, gateway.counters().timeouts() + gateway.counters().slowReaders());
            try (Wire next = connect()) {
                next.send(Wire.accrueFrame(1, 3));
                assertReplies(next, 1, 3);
            }
        }
    }

    @Test
    void aReplyForAClosedConnectionReachesNobodyElse() throws Exception {
        serve().close();
        await(() -> gateway.counters().connectionsOpen() == 0);
        for (int round = 0; round < 20; round++) {
            port.hold(true);
            final long before = port.claimed();
            final Wire gone = connect();
            gone.send(Wire.accrueFrame(100, 5));
            await(() -> port.claimed() == before + 5);
            gone.close();
            await(() -> gateway.counters().connectionsOpen() == 0);
            try (Wire next = connect()) {
                next.send(Wire.accrueFrame(1, 2));
                await(() -> port.claimed() == before + 7);
                port.hold(false);
                assertReplies(next, 1, 2);
            }
            await(() -> gateway.counters().connectionsOpen() == 0);
        }
        assertEquals(100, gateway.counters().lateReplies());
    }

    @Test
    void anErrorBehindThePortClosesThatConnectionAndPublishesItsSlots() throws Exception {
        try (Wire wire = serve()) {
            port.throwOnSlot = true;
            wire.send(Wire.accrueFrame(1, 5));
            assertTrue(wire.isClosedByServer());
            assertEquals(1, gateway.counters().failures());
            try (Wire next = connect()) {
                next.send(Wire.accrueFrame(1, 3));
                assertReplies(next, 1, 3);
            }
        }
    }

    @Test
    void thereAreNotMoreConnectionsThanAllowed() throws Exception {
        try (Wire first = serve(GatewayOptions.onLoopback().withMaxConnections(2));
                Wire second = connect()) {
            second.send(Wire.accrueFrame(1, 1));
            assertReplies(second, 1, 1);
            first.send(Wire.accrueFrame(1, 1));
            assertReplies(first, 1, 1);
            try (Wire third = connect()) {
                assertTrue(third.isClosedByServer());
            }
            assertEquals(1, gateway.counters().connectionsTurnedAway());
        }
    }

    @Test
    void aCleanStopAnswersWhatIsUnderWay() throws Exception {
        try (Wire wire = serve()) {
            port.hold(true);
            wire.send(Wire.accrueFrame(1, 500));
            await(() -> port.claimed() == 500);
            gateway.stopAccepting();
            assertThrows(IOException.class, this::connect);
            wire.send(Wire.accrueFrame(9_000, 1));
            final Reply refused = wire.next();
            assertEquals(ResultCode.SHUTTING_DOWN, refused.code);
            assertEquals(9_000, refused.correlationId);
            final Thread closer = new Thread(gateway::close);
            closer.start();
            port.hold(false);
            assertReplies(wire, 1, 500);
            assertTrue(wire.isClosedByServer());
            closer.join();
        }
    }

    @Test
    void anAddressInUseIsNamed() throws Exception {
        serve().close();
        final GatewayOptions same = GatewayOptions.onLoopback().withBinaryAddress(gateway.binaryAddress());
        final IOException e = assertThrows(IOException.class, () -> Gateway.start(same, port));
        assertTrue(
                e.getMessage().contains(Integer.toString(gateway.binaryAddress().getPort())), e.getMessage());
    }
}

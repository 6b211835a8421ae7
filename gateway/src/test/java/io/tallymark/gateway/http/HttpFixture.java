package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.tallymark.gateway.FakePort;
import io.tallymark.gateway.Gateway;
import io.tallymark.gateway.GatewayOptions;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A gateway on loopback in front of an engine without a ledger. */
class HttpFixture {
    static final String ACCRUALS = "/v1/programs/mima/accruals";
    static final String ACCRUAL = "{\"source\":\"pos\",\"documentId\":\"d-1\",\"memberId\":\"7\",\"amountMinor\":1250}";
    static final String REDEMPTION = "{\"source\":\"pos\",\"documentId\":\"r-1\",\"memberId\":7,\"points\":5}";
    static final String ADJUSTMENT = "{\"source\":\"crm\",\"documentId\":\"a-1\",\"memberId\":7,\"points\":-5,"
            + "\"reason\":\"goodwill\",\"operatorId\":\"op-7\"}";

    final FakePort port = new FakePort(2);
    volatile ResultCode readiness = ResultCode.ACCEPTED;
    Gateway gateway;
    int failuresExpected;

    @BeforeAll
    static void everyBufferIsTracked() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        if (gateway == null) {
            return;
        }
        port.close();
        gateway.close();
        assertEquals(0, port.unpublished(), "every claimed slot was published");
        assertTrue(port.allBuffersBack(), "no lent buffer is lost");
        assertEquals(failuresExpected, gateway.counters().failures(), "connections that failed inside");
        await(() -> port.blocksFree.get() == 8);
        await(() -> buffersInUse() == 0);
    }

    /** The threads have ended and given their caches back, so what is still out is a leak. */
    private static long buffersInUse() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    static GatewayOptions options() {
        return GatewayOptions.onLoopback().withHttpAddress(new InetSocketAddress("127.0.0.1", 0));
    }

    HttpWire serve() throws IOException {
        return serve(options(), HttpServices.NONE);
    }

    HttpWire serve(final GatewayOptions options, final HttpServices services) throws IOException {
        gateway = Gateway.start(options, port, services);
        port.serve(gateway);
        return connect();
    }

    HttpWire connect() throws IOException {
        return new HttpWire(gateway.httpAddress());
    }

    static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "the condition did not come true in 20 s");
            Thread.onSpinWait();
        }
    }
}

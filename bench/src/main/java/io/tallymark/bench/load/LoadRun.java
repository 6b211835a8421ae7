package io.tallymark.bench.load;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.TallymarkClient;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One connection under load. Closed loop: as many requests as the window holds are always under way. Open loop: each
 * request has a planned time, and its latency counts from there, so that a slow server cannot hide behind a generator
 * that waits for it.
 */
final class LoadRun implements Runnable {
    private static final long MAX_LATENCY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long SPIN_BELOW_NS = 60_000;

    private final TallymarkClient client;
    private final OrderStream orders;
    private final double ratePerS;
    private final long startNs;
    private final long measureFromNs;
    private final long endNs;
    private final Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
    private long expectedPoints;
    private long repliedPoints;
    private long accepted;
    private long others;
    private long measured;
    private long lastReplyNs;

    /**
     * @param ratePerS requests a second; 0: closed loop
     */
    LoadRun(
            final InetSocketAddress server,
            final OrderStream orders,
            final int window,
            final int batch,
            final double ratePerS,
            final long startNs,
            final long warmUpNs,
            final long runNs)
            throws IOException {
        this.client =
                TallymarkClient.connect(ClientOptions.to(server.getAddress().getHostAddress(), server.getPort())
                        .withWindow(window)
                        .withMaxFrameMessages(batch));
        this.orders = orders;
        this.ratePerS = ratePerS;
        this.startNs = startNs;
        this.measureFromNs = startNs + warmUpNs;
        this.endNs = measureFromNs + runNs;
    }

    @Override
    public void run() {
        if (ratePerS > 0) {
            openLoop();
        } else {
            closedLoop();
        }
        client.close();
    }

    private void closedLoop() {
        long nowNs = System.nanoTime();
        while (nowNs < endNs) {
            send(nowNs);
            nowNs = System.nanoTime();
        }
    }

    private void openLoop() {
        final double intervalNs = 1e9 / ratePerS;
        long plannedNs = startNs;
        for (long i = 0; plannedNs < endNs; i++) {
            long earlyNs = plannedNs - System.nanoTime();
            while (earlyNs > 0) {
                if (earlyNs > SPIN_BELOW_NS) {
                    LockSupport.parkNanos(earlyNs - SPIN_BELOW_NS);
                } else {
                    Thread.onSpinWait();
                }
                earlyNs = plannedNs - System.nanoTime();
            }
            send(plannedNs);
            plannedNs = startNs + (long) ((i + 1) * intervalNs);
        }
    }

    private void send(final long fromNs) {
        final Command order = orders.next();
        expectedPoints += order.amountMinor() / 100;
        client.submit(order, this::onReply, fromNs);
    }

    private void onReply(final Reply reply, final long fromNs) {
        if (reply.code == ResultCode.ACCEPTED) {
            accepted++;
            repliedPoints += reply.points;
        } else {
            others++;
        }
        final long nowNs = System.nanoTime();
        if (fromNs >= measureFromNs && nowNs <= endNs) {
            measured++;
            lastReplyNs = nowNs;
            latencies.recordValue(Math.min(MAX_LATENCY_NS, nowNs - fromNs));
        } else if (fromNs >= measureFromNs && ratePerS > 0) {
            latencies.recordValue(Math.min(MAX_LATENCY_NS, nowNs - fromNs));
        }
    }

    Histogram latencies() {
        return latencies;
    }

    /** Points that the orders sent are worth, by a rule of the generator's own. */
    long expectedPoints() {
        return expectedPoints;
    }

    long repliedPoints() {
        return repliedPoints;
    }

    long accepted() {
        return accepted;
    }

    /** Replies that were not ACCEPTED. */
    long others() {
        return others;
    }

    /** Replies within the measured time, to requests sent in it. */
    long measured() {
        return measured;
    }

    long lastReplyNs() {
        return lastReplyNs;
    }
}

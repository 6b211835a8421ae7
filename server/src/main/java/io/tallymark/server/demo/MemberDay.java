package io.tallymark.server.demo;

import io.tallymark.client.ReplyHandler;
import io.tallymark.client.TallymarkClient;
import io.tallymark.protocol.Reply;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Posts the day's orders, each at its planned time whether or not the server keeps up, and measures each answer from
 * that planned time. The calling thread submits, the client's thread takes the answers; the figures are read when all
 * are there.
 */
final class MemberDay {
    private static final long MAX_LATENCY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    /** Shorter sleeps would take the core from the server; what falls due meanwhile goes out together. */
    private static final long MIN_SLEEP_NS = 100_000;

    private static final int LOOK_EVERY = 64;

    private final DayCurve curve;
    private final StoryCommands commands;
    private final Answers answers;
    private final Histogram base = new Histogram(MAX_LATENCY_NS, DIGITS);
    private final Histogram peak = new Histogram(MAX_LATENCY_NS, DIGITS);
    private final SingleWriterRecorder recent = new SingleWriterRecorder(MAX_LATENCY_NS, DIGITS);
    private Histogram recentCopy;
    private long startNs;
    private long peakFirstNs = Long.MAX_VALUE;
    private long peakLastNs;
    private long lastNs;

    MemberDay(final DayCurve curve, final StoryCommands commands, final Answers answers) {
        this.curve = curve;
        this.commands = commands;
        this.answers = answers;
    }

    /** Posts all; returns when the last order is submitted. */
    void post(final TallymarkClient client) {
        final ReplyHandler handler = this::onReply;
        startNs = System.nanoTime();
        try (LiveLine line = LiveLine.begin(curve.orders(), startNs)) {
            for (int i = 0; i < curve.orders(); i++) {
                sleepUntil(startNs + curve.plannedNs(i));
                client.submit(commands.command(i), handler, i);
                if (i % LOOK_EVERY == 0 && line.isDue(System.nanoTime())) {
                    recentCopy = recent.getIntervalHistogram(recentCopy);
                    line.show(answers.count(), ms(recentCopy, 99), curve.isPeak(i), System.nanoTime());
                }
            }
        }
    }

    private static void sleepUntil(final long timeNs) {
        long earlyNs = timeNs - System.nanoTime();
        while (earlyNs > 0) {
            LockSupport.parkNanos(Math.max(MIN_SLEEP_NS, earlyNs));
            earlyNs = timeNs - System.nanoTime();
        }
    }

    private void onReply(final Reply reply, final long context) {
        final int i = (int) context;
        final long nowNs = System.nanoTime();
        final long latencyNs = Math.min(MAX_LATENCY_NS, nowNs - startNs - curve.plannedNs(i));
        recent.recordValue(latencyNs);
        lastNs = nowNs;
        if (curve.isPeak(i)) {
            peak.recordValue(latencyNs);
            peakFirstNs = Math.min(peakFirstNs, nowNs);
            peakLastNs = nowNs;
        } else {
            base.recordValue(latencyNs);
        }
        answers.put(reply, i);
    }

    /** Latencies outside the peak, from the planned time, in nanoseconds. */
    Histogram base() {
        return base;
    }

    /** Latencies of the orders planned in the peak. */
    Histogram peak() {
        return peak;
    }

    /** Answers a second from the first to the last of the peak. */
    double peakAnsweredRate() {
        return curve.peakOrders() * 1e9 / Math.max(1, peakLastNs - peakFirstNs);
    }

    /** Answers a second outside the peak. */
    double baseAnsweredRate() {
        return (curve.orders() - curve.peakOrders()) * 1e9 / Math.max(1, lastNs - startNs - peakLastNs + peakFirstNs);
    }

    /** A percentile in milliseconds. */
    static double ms(final Histogram histogram, final double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}

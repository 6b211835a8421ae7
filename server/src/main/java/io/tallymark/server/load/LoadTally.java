package io.tallymark.server.load;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of the orders of a file: counted by the thread that hears the replies, read when all are there. */
final class LoadTally {
    private static final long MAX_LATENCY_US = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private final long[] counts = new long[ResultCode.values().length];
    private final Histogram latenciesUs = new Histogram(MAX_LATENCY_US, DIGITS);
    private long replies;
    private long replayed;
    private long pointsIssued;
    private long pointsReplayed;
    private long unknownCodes;
    private long lastReplyNs;

    /**
     * One order has its final answer.
     *
     * @param sentNs when it was submitted
     * @param nowNs  when the answer came
     */
    void add(final Reply reply, final long sentNs, final long nowNs) {
        replies++;
        lastReplyNs = nowNs;
        if (reply.code == null) {
            unknownCodes++;
        } else {
            counts[reply.code.ordinal()]++;
        }
        if (reply.replayed) {
            replayed++;
        }
        if (reply.code == ResultCode.ACCEPTED) {
            if (reply.replayed) {
                pointsReplayed += reply.points;
            } else {
                pointsIssued += reply.points;
            }
        }
        final long latencyNs = nowNs - sentNs;
        latenciesUs.recordValue(Math.min(MAX_LATENCY_US, Math.max(0, TimeUnit.NANOSECONDS.toMicros(latencyNs))));
    }

    /** Orders with an answer. */
    long replies() {
        return replies;
    }

    long count(final ResultCode code) {
        return counts[code.ordinal()];
    }

    long replayed() {
        return replayed;
    }

    /** Points of orders that were accepted now, not of replays. */
    long pointsIssued() {
        return pointsIssued;
    }

    /** Orders that the ledger accepted or rejected by its rules; the others may be sent again. */
    long decided() {
        return Arrays.stream(ResultCode.values())
                .filter(c -> c.kind() == ResultCode.Kind.ACCEPTED || c.kind() == ResultCode.Kind.REJECTED)
                .mapToLong(this::count)
                .sum();
    }

    /**
     * Writes the summary.
     *
     * @param startNs when the first order was about to be sent
     */
    void print(final PrintWriter out, final long rows, final UnusableRows unusable, final long startNs) {
        final double seconds = Math.max(1, replies == 0 ? 0 : lastReplyNs - startNs) / 1e9;
        line(out, "rows", rows, "");
        line(out, "unusable rows", unusable.count(), "");
        for (final Map.Entry<UnusableReason, Long> reason : unusable.counts().entrySet()) {
            line(out, "  " + reason.getKey().label(), reason.getValue(), "");
        }
        line(out, "orders", replies, "");
        for (final ResultCode code : ResultCode.values()) {
            if (count(code) > 0) {
                line(out, "  " + code, count(code), code == ResultCode.ACCEPTED ? "" : code.meaning());
            }
        }
        if (unknownCodes > 0) {
            line(out, "  unknown codes", unknownCodes, "the server is newer than this client");
        }
        line(out, "  replayed", replayed, "known before; nothing changed");
        line(out, "points issued", pointsIssued, pointsReplayed == 0 ? "" : "and " + pointsReplayed + " before");
        out.printf(Locale.ROOT, "%-32s %,.2f s, %,.0f orders/s%n", "time", seconds, replies / seconds);
        final StringBuilder latencies = new StringBuilder();
        for (final double percentile : PERCENTILES) {
            latencies.append(String.format(
                    Locale.ROOT,
                    "%s %.2f ms  ",
                    percentile == 100 ? "max" : "p" + (percentile == 99.9 ? "99.9" : (int) percentile),
                    latenciesUs.getValueAtPercentile(percentile) / 1e3));
        }
        out.printf(Locale.ROOT, "%-32s %s%n", "latency", latencies.toString().strip());
        out.flush();
    }

    private static void line(final PrintWriter out, final String name, final long value, final String remark) {
        out.printf(Locale.ROOT, "%-32s %d%s%n", name, value, remark.isEmpty() ? "" : "  (" + remark + ")");
    }
}

package io.tallymark.server.load;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of the orders and returns of a file: counted by the thread that hears the replies, read when all are there. */
final class LoadTally {
    private static final long MAX_LATENCY_US = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private final Operation orders = new Operation();
    private final Operation returns = new Operation();
    private final Histogram latenciesUs = new Histogram(MAX_LATENCY_US, DIGITS);
    private long addedDebtPoints;
    private long writtenOffPoints;
    private long lastReplyNs;

    /** What was said to all requests of one kind; points as the balances moved. */
    private static final class Operation {
        private final long[] counts = new long[ResultCode.values().length];
        private long replies;
        private long replayed;
        private long unknownCodes;
        private long points;
        private long pointsReplayed;

        private void add(final Reply reply) {
            replies++;
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
                    points += reply.points;
                }
            }
        }

        private void print(final PrintWriter out, final String name) {
            line(out, name, replies, "");
            for (final ResultCode code : ResultCode.values()) {
                final long count = counts[code.ordinal()];
                if (count > 0) {
                    line(out, "  " + code, count, code == ResultCode.ACCEPTED ? "" : code.meaning());
                }
            }
            if (unknownCodes > 0) {
                line(out, "  unknown codes", unknownCodes, "the server is newer than this client");
            }
            line(out, "  replayed", replayed, "known before; nothing changed");
        }
    }

    /**
     * An order has its final answer.
     *
     * @param sentNs when it was submitted
     * @param nowNs  when the answer came
     */
    void addOrder(final Reply reply, final long sentNs, final long nowNs) {
        orders.add(reply);
        answered(sentNs, nowNs);
    }

    /** A return has its final answer; as {@link #addOrder}. */
    void addReturn(final Reply reply, final long sentNs, final long nowNs) {
        returns.add(reply);
        if (reply.code == ResultCode.ACCEPTED && !reply.replayed) {
            addedDebtPoints += reply.addedDebtPoints;
            writtenOffPoints += reply.writtenOffPoints;
        }
        answered(sentNs, nowNs);
    }

    private void answered(final long sentNs, final long nowNs) {
        lastReplyNs = nowNs;
        final long latencyNs = nowNs - sentNs;
        latenciesUs.recordValue(Math.min(MAX_LATENCY_US, Math.max(0, TimeUnit.NANOSECONDS.toMicros(latencyNs))));
    }

    /** Orders and returns that the ledger accepted or rejected by its rules; the others may be sent again. */
    long decided() {
        return Arrays.stream(ResultCode.values())
                .filter(c -> c.kind() == ResultCode.Kind.ACCEPTED || c.kind() == ResultCode.Kind.REJECTED)
                .mapToLong(c -> orders.counts[c.ordinal()] + returns.counts[c.ordinal()])
                .sum();
    }

    /**
     * Writes the summary.
     *
     * @param taken   whether returns were taken from the file
     * @param startNs when the first order was about to be sent
     */
    void print(
            final PrintWriter out,
            final long rows,
            final UnusableRows unusable,
            final Returns taken,
            final long startNs) {
        line(out, "rows", rows, "");
        line(out, "unusable rows", unusable.count(), "");
        for (final Map.Entry<UnusableReason, Long> reason : unusable.counts().entrySet()) {
            line(out, "  " + reason.getKey().label(), reason.getValue(), "");
        }
        orders.print(out, "orders");
        line(out, "points issued", orders.points, before(orders.pointsReplayed));
        if (taken == Returns.UNREFERENCED) {
            returns.print(out, "returns");
            line(out, "points clawed", -returns.points, before(-returns.pointsReplayed));
            line(out, "  became debt", addedDebtPoints, "");
            line(out, "  written off", writtenOffPoints, "");
        }
        printTimes(out, startNs);
        out.flush();
    }

    private static String before(final long points) {
        return points == 0 ? "" : "and " + points + " before";
    }

    private void printTimes(final PrintWriter out, final long startNs) {
        final long replies = orders.replies + returns.replies;
        final double seconds = Math.max(1, replies == 0 ? 0 : lastReplyNs - startNs) / 1e9;
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
    }

    private static void line(final PrintWriter out, final String name, final long value, final String remark) {
        out.printf(Locale.ROOT, "%-32s %d%s%n", name, value, remark.isEmpty() ? "" : "  (" + remark + ")");
    }
}

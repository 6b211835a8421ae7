package io.tallymark.server.demo;

import io.tallymark.protocol.ResultCode;
import java.io.PrintWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What the demonstration tells people: plain text of at most 80 columns. */
final class Report {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final int MAX_REMARK = 44;
    private static final int BAR_WIDTH = 34;
    private static final int LEADERS = 5;

    private final PrintWriter out;

    Report(final PrintWriter out) {
        this.out = out;
    }

    /** One line. */
    void line(final String format, final Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** A blank line and the name of what comes. */
    void heading(final String format, final Object... values) {
        line("");
        line(format, values);
    }

    /** A name, and what is to be said of it. */
    void fact(final String name, final String format, final Object... values) {
        line("  %-22s%s", name, String.format(Locale.ROOT, format, values));
    }

    /** Throughput and latencies of the day. */
    void day(final DayCurve curve, final MemberDay day) {
        line("  %-14s%9s%10s %8s%8s%8s%8s%8s", "", "orders", "answers/s", "p50", "p90", "p99", "p99.9", "max");
        dayRow("base load", curve.orders() - curve.peakOrders(), day.baseAnsweredRate(), day.base());
        dayRow("peak, x" + DayCurve.PEAK_FACTOR, curve.peakOrders(), day.peakAnsweredRate(), day.peak());
        line("  latencies in ms, from the moment at which an order was planned to go out");
    }

    private void dayRow(final String name, final int orders, final double rate, final Histogram latencies) {
        final StringBuilder row =
                new StringBuilder(String.format(Locale.ROOT, "  %-14s%,9d%,10.0f ", name, orders, rate));
        for (final double percentile : PERCENTILES) {
            row.append(String.format(Locale.ROOT, "%8.2f", MemberDay.ms(latencies, percentile)));
        }
        line("%s", row);
    }

    /** Counts per result code of the documents from one to before another. */
    void codes(final Answers answers, final int from, final int to) {
        final long[] counts = new long[ResultCode.values().length];
        long replayed = 0;
        for (int i = from; i < to; i++) {
            if (answers.code(i) != null) {
                counts[answers.code(i).ordinal()]++;
                replayed += answers.replayed(i) ? 1 : 0;
            }
        }
        for (final ResultCode code : ResultCode.values()) {
            if (counts[code.ordinal()] == 0) {
                continue;
            }
            final boolean accepted = code == ResultCode.ACCEPTED;
            code(code.name(), counts[code.ordinal()], accepted ? "" : remark(code));
            if (accepted && replayed > 0) {
                code("  of them replayed", replayed, "came twice, counted once");
            }
        }
    }

    private void code(final String name, final long count, final String remark) {
        line(
                "%s",
                String.format(Locale.ROOT, "  %-22s%,9d   %s", name, count, remark)
                        .stripTrailing());
    }

    private static String remark(final ResultCode code) {
        final String remark = switch (code) {
            case VALUE_OUT_OF_RANGE -> "refused: an amount below zero";
            case AMOUNT_MISMATCH -> "refused: lines that do not sum to the amount";
            case UNKNOWN_PROGRAM -> "refused: no such program";
            case OUT_OF_STOCK -> "too late";
            case RULE_LIMIT_REACHED -> "had one already";
            case IDEMPOTENCY_CONFLICT -> "a known order number, another amount";
            default -> code.meaning();
        };
        return remark.length() <= MAX_REMARK ? remark : remark.substring(0, MAX_REMARK - 1) + "…";
    }

    /** How many members reached each tier. */
    void tiers(final Members members) {
        final long enrolled = Math.max(1, members.enrolled());
        for (int i = Books.Tier.values().length - 1; i >= 0; i--) {
            final Books.Tier tier = Books.Tier.values()[i];
            final long count = members.inTier(tier.id);
            line(
                    "%s",
                    String.format(
                                    Locale.ROOT,
                                    "  %-9s from ¥%,6d  x%-5s%,9d  %s",
                                    tier.id,
                                    tier.fromSpendMinor / 100,
                                    tier.multiplier,
                                    count,
                                    "#".repeat((int) (count * BAR_WIDTH / enrolled)))
                            .stripTrailing());
        }
    }

    /** Who has the most points to spend. */
    void leaders(final Members members) {
        line("  %-9s  %11s%14s%10s  %s", "member", "points", "spent", "orders", "tier");
        for (final int n : members.leaders(LEADERS)) {
            line(
                    "  %-9d  %,11d%,14.2f%,10d  %s",
                    Population.id(n),
                    members.availablePoints(n),
                    members.spendMinor(n) / 100.0,
                    members.visits(n),
                    members.tier(n));
        }
    }
}

package io.tallymark.server.demo;

/**
 * When each order of the day is to go out: evenly at the base rate, and at eleven times that rate in the middle
 * quarter of the time. Immutable.
 */
final class DayCurve {
    /** What a member day brings in its peak, as a multiple of the base rate. */
    static final int PEAK_FACTOR = 11;

    private static final double PEAK_SHARE = 0.25;

    private final int orders;
    private final double totalNs;
    private final double baseIntervalNs;
    private final int peakFrom;
    private final int peakTo;

    DayCurve(final int orders, final double seconds) {
        this.orders = orders;
        this.totalNs = seconds * 1e9;
        final double baseOrders = orders / (1 - PEAK_SHARE + PEAK_SHARE * PEAK_FACTOR);
        this.baseIntervalNs = totalNs / baseOrders;
        this.peakFrom = (int) Math.round(baseOrders * (1 - PEAK_SHARE) / 2);
        this.peakTo = orders - peakFrom;
    }

    int orders() {
        return orders;
    }

    /** Planned time of an order after the start of the day, in nanoseconds. */
    long plannedNs(final int order) {
        if (order < peakFrom) {
            return (long) (order * baseIntervalNs);
        }
        final double peakStartNs = peakFrom * baseIntervalNs;
        if (order < peakTo) {
            return (long) (peakStartNs + (order - peakFrom) * baseIntervalNs / PEAK_FACTOR);
        }
        final double peakEndNs = peakStartNs + (peakTo - peakFrom) * baseIntervalNs / PEAK_FACTOR;
        return (long) (peakEndNs + (order - peakTo) * baseIntervalNs);
    }

    /** Whether an order belongs to the peak. */
    boolean isPeak(final int order) {
        return order >= peakFrom && order < peakTo;
    }

    int peakOrders() {
        return peakTo - peakFrom;
    }

    /** Orders a second outside the peak. */
    double baseRate() {
        return 1e9 / baseIntervalNs;
    }

    double peakRate() {
        return baseRate() * PEAK_FACTOR;
    }

    double seconds() {
        return totalNs / 1e9;
    }

    double peakSeconds() {
        return peakOrders() / peakRate();
    }
}

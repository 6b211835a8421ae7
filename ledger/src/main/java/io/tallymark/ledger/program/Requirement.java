package io.tallymark.ledger.program;

/**
 * Thresholds of the qualifying counters; 0: not asked for. With none asked for it always holds.
 *
 * @param any         one of them is enough, else all are needed
 * @param spendMinor  minor units
 * @param visits      orders that were visits
 * @param points      earned points
 * @param months      months with orders
 */
public record Requirement(boolean any, long spendMinor, long visits, long points, int months) {
    /** One threshold, or none, is the same by any and by all, and is kept as by all. */
    public Requirement {
        any &= (spendMinor != 0 ? 1 : 0) + (visits != 0 ? 1 : 0) + (points != 0 ? 1 : 0) + (months != 0 ? 1 : 0) > 1;
    }

    /** By spend alone. */
    public static Requirement spend(final long spendMinor) {
        return new Requirement(false, spendMinor, 0, 0, 0);
    }

    /** Whether counters reach it. */
    public boolean isMetBy(final long spend, final long visitCount, final long earned, final int monthCount) {
        if (any) {
            return spendMinor > 0 && spend >= spendMinor
                    || visits > 0 && visitCount >= visits
                    || points > 0 && earned >= points
                    || months > 0 && monthCount >= months
                    || spendMinor == 0 && visits == 0 && points == 0 && months == 0;
        }
        return spend >= spendMinor && visitCount >= visits && earned >= points && monthCount >= months;
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Limit;

/**
 * How often a member may, in a period of engine time, by one version of a program; what was used is kept in
 * {@link MemberUsage} under a stable number. Without a limit nothing is counted. Immutable.
 */
final class UsageLimit {
    private static final Activity.Per[] PERIODS = Activity.Per.values();

    private final Limit limit;
    private final int kind;
    private final int rule;

    /**
     * Prepares a limit.
     *
     * @param kind   of {@link MemberUsage}
     * @param number stable number of what is limited
     */
    UsageLimit(final Limit limit, final int kind, final int number) {
        this.limit = limit;
        this.kind = kind;
        // Counted apart by the kind of period: a Monday is a day too.
        this.rule = number * PERIODS.length + limit.per().ordinal();
    }

    /** The kind of period of a rule of {@link MemberUsage} that was counted here. */
    static Activity.Per per(final int usageRule) {
        return PERIODS[usageRule % PERIODS.length];
    }

    /** What it counts under in {@link MemberUsage}. */
    int rule() {
        return rule;
    }

    /** Whether the member may no more on a day of the program. */
    boolean isReached(final MemberUsage usage, final int day) {
        return limit.isLimited() && used(usage, day) >= limit.times();
    }

    /** How often the member may still in the period of a day; negative: there is no limit. */
    long left(final MemberUsage usage, final int day) {
        return limit.isLimited() ? Math.max(0, limit.times() - used(usage, day)) : -1;
    }

    /** Counts one more on a day. */
    void count(final MemberUsage usage, final int day) {
        if (limit.isLimited()) {
            usage.add(kind, rule, Periods.startOf(limit.per(), day), 1);
        }
    }

    /** Takes back what was counted on a day, as long as its period lasts. */
    void giveBack(final MemberUsage usage, final int countedDay, final int today) {
        if (limit.isLimited()
                && Periods.startOf(limit.per(), countedDay) == Periods.startOf(limit.per(), today)
                && used(usage, today) > 0) {
            usage.add(kind, rule, Periods.startOf(limit.per(), today), -1);
        }
    }

    private long used(final MemberUsage usage, final int day) {
        return usage.get(kind, rule, Periods.startOf(limit.per(), day));
    }
}

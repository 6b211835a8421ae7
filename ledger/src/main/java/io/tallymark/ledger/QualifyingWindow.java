package io.tallymark.ledger;

import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;

/** What a member's counters come to within the window of a tier. Mutable and reused; one thread. */
final class QualifyingWindow {
    private static final int YEAR_MONTHS = 12;

    private long spendMinor;
    private long visits;
    private long points;
    private int months;

    /** Counts what lies in the window of a rank that can be earned, as it stands at a moment. */
    void load(final MemberDraft d, final int rank, final long timeMs) {
        final Tier tier = d.version.tierRules.tier(rank);
        final long today = d.program.localDay(timeMs);
        final int month = CivilDays.monthOf(today);
        switch (tier.window()) {
            case LIFETIME -> {
                spendMinor = d.spendMinor;
                visits = d.visits;
                points = d.earnedPoints;
                months = monthsWithOrders(d.buckets, 0, BucketBook.ANNIVERSARY - 1);
            }
            case CALENDAR_YEAR -> {
                final int january = month - month % YEAR_MONTHS;
                sum(d.buckets, january, january + YEAR_MONTHS - 1);
            }
            case ROLLING_MONTHS -> sum(d.buckets, month - tier.windowMonths(), month);
            case ANNIVERSARY -> {
                final int year = yearOf(d.joinDay, today);
                sum(d.buckets, BucketBook.ANNIVERSARY + year, BucketBook.ANNIVERSARY + year);
                months = monthsWithOrders(
                        d.buckets,
                        CivilDays.monthOf(firstDayOf(d.joinDay, year)),
                        CivilDays.monthOf(firstDayOf(d.joinDay, year + 1) - 1L));
            }
        }
    }

    /** Whether what lies in the window of a rank at a moment reaches a requirement. */
    boolean meets(final MemberDraft d, final int rank, final Requirement requirement, final long timeMs) {
        load(d, rank, timeMs);
        return isMet(requirement);
    }

    /** Whether what was loaded reaches a requirement. */
    boolean isMet(final Requirement requirement) {
        return requirement.isMetBy(spendMinor, visits, points, months);
    }

    /** Minor units that are lacking. */
    long missingSpendMinor(final Requirement requirement) {
        return Math.max(0, requirement.spendMinor() - spendMinor);
    }

    long missingVisits(final Requirement requirement) {
        return Math.max(0, requirement.visits() - visits);
    }

    long missingPoints(final Requirement requirement) {
        return Math.max(0, requirement.points() - points);
    }

    int missingMonths(final Requirement requirement) {
        return Math.max(0, requirement.months() - months);
    }

    /**
     * When the period of a windowed rank ends in which a moment lies: always after it.
     *
     * @param furtherPeriods how many periods later
     */
    static long periodEndMs(final MemberDraft d, final int rank, final long timeMs, final int furtherPeriods) {
        final long today = d.program.localDay(timeMs);
        final int month = CivilDays.monthOf(today);
        final int endDay = switch (d.version.tierRules.tier(rank).window()) {
            case CALENDAR_YEAR ->
                CivilDays.firstDayOf(month - month % YEAR_MONTHS + YEAR_MONTHS * (1 + furtherPeriods));
            case ANNIVERSARY -> firstDayOf(d.joinDay, yearOf(d.joinDay, today) + 1 + furtherPeriods);
            case ROLLING_MONTHS -> CivilDays.firstDayOf(month + 1 + furtherPeriods);
            case LIFETIME -> throw new IllegalStateException("a lifetime has no period");
        };
        return d.program.startOfDayMs(endDay);
    }

    /** The year since a member joined in which a day lies; what came before is counted as the first. */
    static int yearOf(final int joinDay, final long day) {
        return Math.max(0, CivilDays.yearsBetween(joinDay, (int) day));
    }

    /** The first day of a year since a member joined. */
    static int firstDayOf(final int joinDay, final int year) {
        return CivilDays.plusMonths(joinDay, year * YEAR_MONTHS);
    }

    private void sum(final BucketBook buckets, final int first, final int last) {
        spendMinor = 0;
        visits = 0;
        points = 0;
        months = 0;
        for (int i = placeFrom(buckets, first); i < buckets.count && buckets.bucket[i] <= last; i++) {
            spendMinor += buckets.spendMinor[i];
            visits += buckets.visits[i];
            points += buckets.points[i];
            months += buckets.orders[i] > 0 ? 1 : 0;
        }
    }

    private static int monthsWithOrders(final BucketBook buckets, final int first, final int last) {
        int found = 0;
        for (int i = placeFrom(buckets, first); i < buckets.count && buckets.bucket[i] <= last; i++) {
            found += buckets.orders[i] > 0 ? 1 : 0;
        }
        return found;
    }

    private static int placeFrom(final BucketBook buckets, final int first) {
        final int found = buckets.find(first);
        return found >= 0 ? found : -found - 1;
    }
}

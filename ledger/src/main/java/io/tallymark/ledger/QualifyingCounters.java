package io.tallymark.ledger;

/**
 * Keeps the counters that tiers are tested on: those of a lifetime, and the buckets that the program's windows need.
 * Reads and writes images only; one thread.
 */
final class QualifyingCounters {
    private final BucketBook merged = new BucketBook();

    /** Counts up or down; neither a lifetime's counter nor a bucket's falls below 0. */
    void count(
            final MemberDraft d,
            final int eventDay,
            final long spendMinor,
            final long points,
            final int visits,
            final int orders) {
        d.spendMinor = Math.max(0, d.spendMinor + spendMinor);
        d.earnedPoints = Math.max(0, d.earnedPoints + points);
        d.visits = Math.max(0, d.visits + visits);
        final TierRules rules = d.version.tierRules;
        if (rules.keepsMonths()) {
            add(d.buckets, CivilDays.monthOf(eventDay), spendMinor, points, visits, orders);
        }
        if (rules.keepsAnniversaries()) {
            final int year = QualifyingWindow.yearOf(d.joinDay, eventDay);
            add(d.buckets, BucketBook.ANNIVERSARY + year, spendMinor, points, visits, orders);
        }
    }

    private static void add(
            final BucketBook to,
            final int bucket,
            final long spendMinor,
            final long points,
            final long visits,
            final long orders) {
        final int at = to.open(bucket);
        to.spendMinor[at] = Math.max(0, to.spendMinor[at] + spendMinor);
        to.points[at] = Math.max(0, to.points[at] + points);
        to.visits[at] = Math.max(0, to.visits[at] + visits);
        to.orders[at] = Math.max(0, to.orders[at] + orders);
        if ((to.spendMinor[at] | to.points[at] | to.visits[at] | to.orders[at]) == 0) {
            to.remove(at);
        }
    }

    /**
     * Forgets what no window can ask for any more. The oldest window still to be tested is that of a period which is
     * about to be settled, and so it ends one late window ago at the earliest.
     */
    void prune(final MemberDraft d, final long timeMs) {
        final BucketBook buckets = d.buckets;
        if (buckets.count == 0) {
            return;
        }
        final TierRules rules = d.version.tierRules;
        final long oldestDay = d.program.localDay(timeMs - rules.lateMs());
        if (!rules.keepsMonthsForEver()) {
            final int firstMonth = CivilDays.monthOf(oldestDay) - rules.lookBackMonths();
            while (buckets.count > 0 && buckets.bucket[0] < firstMonth) {
                buckets.remove(0);
            }
        }
        if (rules.keepsAnniversaries()) {
            final int firstYear = BucketBook.ANNIVERSARY + QualifyingWindow.yearOf(d.joinDay, oldestDay) - 1;
            int i = buckets.find(BucketBook.ANNIVERSARY);
            i = i >= 0 ? i : -i - 1;
            while (i < buckets.count && buckets.bucket[i] < firstYear) {
                buckets.remove(i);
            }
        }
    }

    /** Adds the counters of one member to those of another, whose join day becomes the earlier of both. */
    void merge(final MemberDraft from, final MemberDraft into, final long timeMs) {
        into.spendMinor += from.spendMinor;
        into.earnedPoints += from.earnedPoints;
        into.visits += from.visits;
        final int joinDay = Math.min(from.joinDay, into.joinDay);
        final int thisYear = QualifyingWindow.yearOf(joinDay, into.program.localDay(timeMs));
        merged.clear();
        addAll(from, joinDay, thisYear);
        addAll(into, joinDay, thisYear);
        into.joinDay = joinDay;
        into.buckets.clear();
        copy(merged, into.buckets);
    }

    private void addAll(final MemberDraft d, final int joinDay, final int thisYear) {
        final BucketBook b = d.buckets;
        for (int i = 0; i < b.count; i++) {
            int bucket = b.bucket[i];
            if (bucket >= BucketBook.ANNIVERSARY && d.joinDay != joinDay) {
                final int lastDay = QualifyingWindow.firstDayOf(d.joinDay, bucket - BucketBook.ANNIVERSARY + 1) - 1;
                bucket = BucketBook.ANNIVERSARY + Math.min(thisYear, QualifyingWindow.yearOf(joinDay, lastDay));
            }
            add(merged, bucket, b.spendMinor[i], b.points[i], b.visits[i], b.orders[i]);
        }
    }

    private static void copy(final BucketBook from, final BucketBook to) {
        for (int i = 0; i < from.count; i++) {
            add(to, from.bucket[i], from.spendMinor[i], from.points[i], from.visits[i], from.orders[i]);
        }
    }
}

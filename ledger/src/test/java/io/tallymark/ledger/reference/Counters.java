package io.tallymark.ledger.reference;

import java.util.TreeMap;

/** What qualifies for tiers: sums of all time, by month, and by month within the years since joining. */
final class Counters {
    /** Of one bucket or window. */
    static final class Sums {
        long spend;
        long visits;
        long points;
        long orders;

        void add(final long spendMinor, final long visitCount, final long earned, final long orderCount) {
            spend = Math.max(0, spend + spendMinor);
            visits = Math.max(0, visits + visitCount);
            points = Math.max(0, points + earned);
            orders = Math.max(0, orders + orderCount);
        }

        void add(final Sums other) {
            add(other.spend, other.visits, other.points, other.orders);
        }
    }

    final Sums lifetime = new Sums();
    final TreeMap<Integer, Sums> months = new TreeMap<>();
    final TreeMap<Integer, TreeMap<Integer, Sums>> years = new TreeMap<>();

    void add(
            final int month,
            final int year,
            final long spend,
            final long visits,
            final long points,
            final long orders) {
        lifetime.add(spend, visits, points, orders);
        months.computeIfAbsent(month, k -> new Sums()).add(spend, visits, points, orders);
        years.computeIfAbsent(year, k -> new TreeMap<>())
                .computeIfAbsent(month, k -> new Sums())
                .add(spend, visits, points, orders);
    }

    Counters copy() {
        final Counters copy = new Counters();
        copy.addAll(this, 0);
        return copy;
    }

    void addAll(final Counters other, final int yearShift) {
        lifetime.add(other.lifetime);
        other.months.forEach(
                (month, sums) -> months.computeIfAbsent(month, k -> new Sums()).add(sums));
        other.years.forEach((year, inYear) ->
                inYear.forEach((month, sums) -> years.computeIfAbsent(year + yearShift, k -> new TreeMap<>())
                        .computeIfAbsent(month, k -> new Sums())
                        .add(sums)));
    }

    static Sums sum(final Iterable<Sums> buckets) {
        final Sums all = new Sums();
        buckets.forEach(all::add);
        return all;
    }

    static int monthsWithOrders(final Iterable<Sums> buckets) {
        int count = 0;
        for (final Sums sums : buckets) {
            count += sums.orders > 0 ? 1 : 0;
        }
        return count;
    }
}

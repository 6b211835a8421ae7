package io.tallymark.ledger.reference;

import java.util.TreeMap;

/** What qualifies for tiers: sums of all time, by month, and by year since joining. */
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
    final TreeMap<Integer, Sums> years = new TreeMap<>();

    Counters copy() {
        final Counters copy = new Counters();
        copy.lifetime.add(lifetime);
        months.forEach((month, sums) -> bucket(copy.months, month).add(sums));
        years.forEach((year, sums) -> bucket(copy.years, year).add(sums));
        return copy;
    }

    static Sums bucket(final TreeMap<Integer, Sums> buckets, final int number) {
        return buckets.computeIfAbsent(number, k -> new Sums());
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

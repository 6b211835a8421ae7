package io.tallymark.ledger.reference;

import java.util.TreeMap;

/** What a member has in one wallet of points. */
final class Account {
    /** The wallet that there always is. */
    static final String POINTS = "";

    /** In taking order. */
    final TreeMap<LotKey, Lot> lots = new TreeMap<>();

    /** By activation day, then as lots. */
    final TreeMap<Member.PendingDays, Long> pending = new TreeMap<>(Member.PendingDays.ORDER);

    long debt;

    long active() {
        return lots.values().stream().mapToLong(lot -> lot.points).sum();
    }

    long held() {
        return lots.values().stream().mapToLong(lot -> lot.held).sum();
    }

    long available() {
        return lots.values().stream().mapToLong(Lot::unheld).sum();
    }

    long pendingPoints() {
        return pending.values().stream().mapToLong(Long::longValue).sum();
    }

    long all() {
        return active() + pendingPoints();
    }

    void addAll(final Account other) {
        other.lots.forEach((day, lot) -> {
            final Lot sum = lots.computeIfAbsent(day, k -> new Lot());
            sum.points += lot.points;
            sum.held += lot.held;
        });
        other.pending.forEach((days, points) -> pending.merge(days, points, Math::addExact));
        debt += other.debt;
    }
}

package io.tallymark.ledger.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that is known of a member. */
final class Member {
    /** An activation day of orders that wait for a command. */
    static final int FULFILMENT = Integer.MAX_VALUE;

    /** Days of a pending lot. */
    record PendingDays(int activationDay, int expiryDay) {
        static final Comparator<PendingDays> ORDER =
                Comparator.comparingInt(PendingDays::expiryDay).thenComparingInt(PendingDays::activationDay);
    }

    /** A grant is unique by these. */
    record GrantKey(String tier, Grant.Way way) {}

    final long id;
    long joinDay;
    int birthday;
    boolean frozen;
    boolean closed;
    boolean hasOrdered;
    long debt;
    long lastActivityDay;

    /** By expiry day, so in taking order. */
    final TreeMap<Integer, Lot> lots = new TreeMap<>();

    /** By expiry day, then activation day. */
    final TreeMap<PendingDays, Long> pending = new TreeMap<>(PendingDays.ORDER);

    /** Open ones, in the order of their numbers. */
    final List<Hold> holds = new ArrayList<>();

    Counters counters = new Counters();

    /** Reached by lifetime counters; null: none. */
    String lifetimeTier;

    final Map<GrantKey, Grant> grants = new HashMap<>();

    /** Upgrade bonuses by tier: what of each can still be clawed. A tier that is in it gives none again. */
    final Map<String, Long> bonuses = new HashMap<>();

    /** What of caps and limits is used up. */
    final Map<String, Long> used = new HashMap<>();

    Member(final long id, final long joinDay) {
        this.id = id;
        this.joinDay = joinDay;
        lastActivityDay = joinDay;
    }

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

    long allPoints() {
        return active() + pendingPoints();
    }

    long usedOf(final String what) {
        return used.getOrDefault(what, 0L);
    }

    void use(final String what, final long count) {
        used.merge(what, count, Math::addExact);
    }

    /** Everything but holds and lots: enough for a preview of an accrual. */
    Member copyForPreview() {
        final Member copy = new Member(id, joinDay);
        copy.birthday = birthday;
        copy.frozen = frozen;
        copy.closed = closed;
        copy.hasOrdered = hasOrdered;
        copy.debt = debt;
        copy.lastActivityDay = lastActivityDay;
        copy.counters = counters.copy();
        copy.lifetimeTier = lifetimeTier;
        grants.forEach((key, grant) -> copy.grants.put(key, grant.copy()));
        copy.bonuses.putAll(bonuses);
        copy.used.putAll(used);
        lots.forEach((day, lot) -> {
            final Lot same = new Lot();
            same.points = lot.points;
            same.held = lot.held;
            copy.lots.put(day, same);
        });
        copy.pending.putAll(pending);
        return copy;
    }
}

package io.tallymark.ledger.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All that is known of a member. */
final class Member {
    /** An activation day of orders that wait for a command. */
    static final int FULFILMENT = Integer.MAX_VALUE;

    /** The activation day of points that wait for the first purchase. */
    static final int FIRST_PURCHASE = Integer.MAX_VALUE - 1;

    /** Days of a pending lot. */
    record PendingDays(int activationDay, LotKey lot) {
        static final Comparator<PendingDays> ORDER =
                Comparator.comparingInt(PendingDays::activationDay).thenComparing(PendingDays::lot);

        int expiryDay() {
            return lot.expiryDay();
        }
    }

    /** A grant is unique by these. */
    record GrantKey(String tier, Grant.Way way) {}

    final long id;
    long joinDay;
    int birthday;
    boolean frozen;
    boolean closed;
    boolean hasOrdered;
    long lastActivityDay;

    /** By wallet. */
    private final Map<String, Account> accounts = new HashMap<>();

    /** Open ones, in the order of their numbers. */
    final List<Hold> holds = new ArrayList<>();

    Counters counters = new Counters();

    /** Reached by lifetime counters; null: none. */
    String lifetimeTier;

    final Map<GrantKey, Grant> grants = new LinkedHashMap<>();

    /** Tiers whose upgrade bonus was given, once and for all. */
    final Set<String> bonusesGiven = new TreeSet<>();

    /** Those of them that came with the lifetime level. */
    final Set<String> lifetimeBonuses = new TreeSet<>();

    final Holding.Book coupons = new Holding.Book();

    final ValueOps.Purses values = new ValueOps.Purses();

    /** Who brought the member, as it was called then; 0: nobody. */
    long referrerId;

    /** What of caps and limits is used up. */
    final Map<String, Long> used = new HashMap<>();

    Member(final long id, final long joinDay, final long today) {
        this.id = id;
        this.joinDay = joinDay;
        lastActivityDay = today;
    }

    /** What there is in a wallet. */
    Account in(final String wallet) {
        return accounts.computeIfAbsent(wallet, k -> new Account());
    }

    /** What there is in the wallet {@code points}. */
    Account points() {
        return in(Account.POINTS);
    }

    /** Of all wallets. */
    long allPoints() {
        return accounts.values().stream().mapToLong(Account::all).sum();
    }

    long usedOf(final String what) {
        return used.getOrDefault(what, 0L);
    }

    void use(final String what, final long count) {
        used.merge(what, count, Math::addExact);
    }

    /** Everything but holds: enough for a preview of an accrual. */
    Member copyForPreview() {
        final Member copy = new Member(id, joinDay, lastActivityDay);
        copy.birthday = birthday;
        copy.frozen = frozen;
        copy.closed = closed;
        copy.hasOrdered = hasOrdered;
        copy.referrerId = referrerId;
        copy.lastActivityDay = lastActivityDay;
        copy.counters = counters.copy();
        copy.lifetimeTier = lifetimeTier;
        grants.forEach((key, grant) -> copy.grants.put(key, grant.copy()));
        copy.bonusesGiven.addAll(bonusesGiven);
        copy.lifetimeBonuses.addAll(lifetimeBonuses);
        copy.used.putAll(used);
        accounts.forEach((wallet, account) -> copy.in(wallet).addAll(account));
        return copy;
    }
}

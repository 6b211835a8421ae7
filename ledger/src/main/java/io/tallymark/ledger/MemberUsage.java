package io.tallymark.ledger;

import java.util.Arrays;

/**
 * What a member has used of limits: sums by (kind, rule, period). Small, searched linearly; sorted, so that equal usage
 * is equal whatever its history. Part of a {@link MemberDraft}; one thread.
 */
final class MemberUsage {
    /** Points of a campaign; rule: its stable number; period 0. */
    static final int CAMPAIGN = 1;

    /** Points of a campaign on a day. */
    static final int CAMPAIGN_DAY = 2;

    /** Points under the program's day cap on a day; rule 0. */
    static final int DAY = 3;

    /** Times of an activity in a period; rule: its stable number; period: first day of the period, 0 for a lifetime. */
    static final int ACTIVITY = 4;

    /** Points transferred on a day; rule 0. */
    static final int TRANSFER_DAY = 5;

    /** Times that a member was given the reward of a referrer in a period; rule: the kind of the period. */
    static final int REFERRAL = 11;

    private static final int LONGEST_PERIOD_DAYS = 366;

    int count;
    int[] kind = new int[4];
    int[] rule = new int[4];
    int[] period = new int[4];
    long[] used = new long[4];

    void clear() {
        count = 0;
    }

    long get(final int k, final int r, final int p) {
        final int i = find(k, r, p);
        return i >= 0 ? used[i] : 0;
    }

    void add(final int k, final int r, final int p, final long amount) {
        if (amount == 0) {
            return;
        }
        final int i = find(k, r, p);
        if (i >= 0) {
            used[i] += amount;
        } else {
            insert(-i - 1, k, r, p, amount);
        }
    }

    /** Forgets the day counters of days before one; nothing can ask for them any more. */
    void forgetDaysBefore(final long day) {
        int to = 0;
        for (int i = 0; i < count; i++) {
            if (mayMatter(i, day)) {
                kind[to] = kind[i];
                rule[to] = rule[i];
                period[to] = period[i];
                used[to] = used[i];
                to++;
            }
        }
        count = to;
    }

    private boolean mayMatter(final int i, final long day) {
        if (kind[i] == CAMPAIGN_DAY || kind[i] == DAY || kind[i] == TRANSFER_DAY) {
            return period[i] >= day;
        }
        return period[i] == 0 || period[i] + LONGEST_PERIOD_DAYS >= day;
    }

    /** Appends while loading, in sorted order. */
    void append(final int k, final int r, final int p, final long amount) {
        insert(count, k, r, p, amount);
    }

    private int find(final int k, final int r, final int p) {
        for (int i = 0; i < count; i++) {
            final int order = compare(i, k, r, p);
            if (order == 0) {
                return i;
            }
            if (order > 0) {
                return -i - 1;
            }
        }
        return -count - 1;
    }

    private int compare(final int i, final int k, final int r, final int p) {
        if (kind[i] != k) {
            return Integer.compare(kind[i], k);
        }
        return rule[i] != r ? Integer.compare(rule[i], r) : Integer.compare(period[i], p);
    }

    private void insert(final int at, final int k, final int r, final int p, final long amount) {
        if (count == kind.length) {
            kind = Arrays.copyOf(kind, count * 2);
            rule = Arrays.copyOf(rule, count * 2);
            period = Arrays.copyOf(period, count * 2);
            used = Arrays.copyOf(used, count * 2);
        }
        System.arraycopy(kind, at, kind, at + 1, count - at);
        System.arraycopy(rule, at, rule, at + 1, count - at);
        System.arraycopy(period, at, period, at + 1, count - at);
        System.arraycopy(used, at, used, at + 1, count - at);
        kind[at] = k;
        rule[at] = r;
        period[at] = p;
        used[at] = amount;
        count++;
    }
}

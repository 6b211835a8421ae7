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

    // Limits by periods of engine time; rule and period as a UsageLimit has them: 0 for a lifetime, else the first day.

    static final int REWARD = 6;
    static final int BENEFIT = 7;
    static final int COUPON = 8;
    static final int PACK = 9;
    static final int DRAW = 10;

    /** Times that a member was given the reward of a referrer; rule: the kind of the period. */
    static final int REFERRAL = 11;

    /** Bits that a kind takes where usage is stored. */
    static final int KIND_BITS = 4;

    private final Mark mark;

    int count;
    int[] kind = new int[4];
    int[] rule = new int[4];
    int[] period = new int[4];
    long[] used = new long[4];

    MemberUsage() {
        this(new Mark());
    }

    /** @param mark set when something is put in */
    MemberUsage(final Mark mark) {
        this.mark = mark;
    }

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
        if (i < 0) {
            insert(-i - 1, k, r, p, amount);
            return;
        }
        used[i] += amount;
        if (used[i] == 0) {
            move(i + 1, i, count - i - 1);
            count--;
        }
    }

    /**
     * Forgets what nothing can ask for any more: of event time the counters of days before one, of engine time those of
     * periods that are over.
     *
     * @param day   first day of event time that is kept; {@link Integer#MIN_VALUE}: all are
     * @param today the day of engine time
     */
    void forget(final int day, final int today) {
        int to = 0;
        for (int i = 0; i < count; i++) {
            if (!isGone(i, day, today)) {
                kind[to] = kind[i];
                rule[to] = rule[i];
                period[to] = period[i];
                used[to] = used[i];
                to++;
            }
        }
        count = to;
    }

    private boolean isGone(final int i, final int day, final int today) {
        if (kind[i] >= REWARD) {
            return period[i] < Periods.startOf(UsageLimit.per(rule[i]), today);
        }
        if (kind[i] == ACTIVITY) {
            // The period in which that day lies is kept, however long ago it began.
            return period[i] < day && period[i] < Periods.startOf(UsageLimit.per(rule[i]), day);
        }
        return kind[i] != CAMPAIGN && period[i] < day;
    }

    private void move(final int from, final int to, final int length) {
        System.arraycopy(kind, from, kind, to, length);
        System.arraycopy(rule, from, rule, to, length);
        System.arraycopy(period, from, period, to, length);
        System.arraycopy(used, from, used, to, length);
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
        move(at, at + 1, count - at);
        kind[at] = k;
        rule[at] = r;
        period[at] = p;
        used[at] = amount;
        mark.isSet = true;
        count++;
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;
import java.util.Arrays;

/**
 * The coupons of a member that have a use left, by (expiry day, sequence that granted them, coupon), one holding for
 * each; {@code Expiry.NEVER_DAY} last. Among them are those of which a revocation missed uses: what is left is below 0
 * there, and they are in the book for nothing but what comes back. Part of a {@link MemberDraft}; one thread.
 */
final class CouponBook {
    /** Most holdings of a member; only what comes back of a use or a hold may lead beyond. */
    static final int MAX_HOLDINGS = 1_000;

    private final Mark mark;

    int count;

    /** The first day on which it can no longer be used. */
    int[] expiryDay = new int[4];

    /** The command that granted it. */
    long[] sequence = new long[4];

    /** Stable number of the coupon. */
    int[] coupon = new int[4];

    /** As many as were granted; 0 just where {@link #left} is below 0: the first use that can be had again tells. */
    int[] uses = new int[4];

    /** Above 0, or below 0 by the uses that a revocation missed; never 0. */
    int[] left = new int[4];

    /** @param mark set when something is put in */
    CouponBook(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        count = 0;
    }

    /** The day on which the next of them expires; {@code Expiry.NEVER_DAY}: none. */
    int nextDay() {
        return count == 0 ? Expiry.NEVER_DAY : expiryDay[0];
    }

    /** The place of the holding of a coupon that is used first; negative: there is none. */
    int first(final int number) {
        for (int i = 0; i < count; i++) {
            if (coupon[i] == number && left[i] > 0) {
                return i;
            }
        }
        return -1;
    }

    /** Uses that are left of what a command granted. */
    long leftOf(final long granted) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += sequence[i] == granted ? available(i) : 0;
        }
        return sum;
    }

    /** Uses of a holding that are to be had. */
    int available(final int i) {
        return Math.max(0, left[i]);
    }

    /** The place of a holding; negative: where it would be, minus 1. */
    int find(final int day, final long granted, final int number) {
        for (int i = 0; i < count; i++) {
            final int order = compare(i, day, granted, number);
            if (order == 0) {
                return i;
            }
            if (order > 0) {
                return -i - 1;
            }
        }
        return -count - 1;
    }

    private int compare(final int i, final int day, final long granted, final int number) {
        if (expiryDay[i] != day) {
            return Integer.compare(expiryDay[i], day);
        }
        return sequence[i] != granted ? Long.compare(sequence[i], granted) : Integer.compare(coupon[i], number);
    }

    /** Adds what a command grants; more of the same is one holding. */
    void grant(final int day, final long granted, final int number, final int newUses) {
        int i = find(day, granted, number);
        if (i < 0) {
            i = -i - 1;
            insert(i, day, granted, number);
        }
        uses[i] += newUses;
        left[i] += newUses;
    }

    /**
     * A use comes back to its holding, which is there again if it was used up.
     *
     * @param allUses of the holding
     * @return whether it can be had; else it makes up for one that a revocation missed
     */
    boolean putBack(final int day, final long granted, final int number, final int allUses) {
        int i = find(day, granted, number);
        if (i < 0) {
            i = -i - 1;
            insert(i, day, granted, number);
            uses[i] = allUses;
        }
        final boolean canBeHad = left[i] >= 0;
        left[i]++;
        if (left[i] == 0) {
            remove(i);
        }
        return canBeHad;
    }

    /** Takes uses that are left; a holding without any is gone. */
    void take(final int i, final int taken) {
        left[i] -= taken;
        if (left[i] == 0) {
            remove(i);
        }
    }

    /**
     * Remembers uses that a revocation missed, so that they do not come back; nothing is left of the holding. A book that
     * is full opens no holding for it: what must not be refused may not make a member grow without end.
     */
    void miss(final int day, final long granted, final int number, final int missed) {
        int i = find(day, granted, number);
        if (i < 0 && count >= MAX_HOLDINGS) {
            return;
        }
        if (i < 0) {
            i = -i - 1;
            insert(i, day, granted, number);
        }
        left[i] -= missed;
    }

    /** Takes a holding out, whatever is left. */
    void remove(final int i) {
        shift(i + 1, i, count - i - 1);
        count--;
    }

    /** Adds the next holding while loading, in order. */
    void append(final int day, final long granted, final int number, final int allUses, final int usesLeft) {
        insert(count, day, granted, number);
        uses[count - 1] = allUses;
        left[count - 1] = usesLeft;
    }

    /** Adds the holdings of another member; no two members have one of the same command and coupon. */
    void absorb(final CouponBook from) {
        for (int i = 0; i < from.count; i++) {
            final int at = -find(from.expiryDay[i], from.sequence[i], from.coupon[i]) - 1;
            insert(at, from.expiryDay[i], from.sequence[i], from.coupon[i]);
            uses[at] = from.uses[i];
            left[at] = from.left[i];
        }
    }

    private void insert(final int at, final int day, final long granted, final int number) {
        if (count == expiryDay.length) {
            expiryDay = Arrays.copyOf(expiryDay, count * 2);
            sequence = Arrays.copyOf(sequence, count * 2);
            coupon = Arrays.copyOf(coupon, count * 2);
            uses = Arrays.copyOf(uses, count * 2);
            left = Arrays.copyOf(left, count * 2);
        }
        shift(at, at + 1, count - at);
        mark.isSet = true;
        count++;
        expiryDay[at] = day;
        sequence[at] = granted;
        coupon[at] = number;
        uses[at] = 0;
        left[at] = 0;
    }

    private void shift(final int from, final int to, final int length) {
        System.arraycopy(expiryDay, from, expiryDay, to, length);
        System.arraycopy(sequence, from, sequence, to, length);
        System.arraycopy(coupon, from, coupon, to, length);
        System.arraycopy(uses, from, uses, to, length);
        System.arraycopy(left, from, left, to, length);
    }
}

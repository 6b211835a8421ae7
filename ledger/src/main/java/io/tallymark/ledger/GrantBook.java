package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The tiers a member holds beside the one that a lifetime's counters give, by (stable tier number, way), one for each
 * pair. Part of a {@link MemberDraft}; one thread.
 */
final class GrantBook {
    static final int EARNED = 1;
    static final int PAID = 2;
    static final int INVITED = 3;

    /** {@link #untilMs}: without an end. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private final Mark mark;

    int count;

    /** Stable number of the tier, see {@link TierRules}. */
    int[] tier = new int[4];

    int[] way = new int[4];
    long[] fromMs = new long[4];

    /** Of an earned one: the end of its period; it lives on until settled. */
    long[] untilMs = new long[4];

    /** Of an earned one: end of the period it started in. */
    long[] firstPeriodEndMs = new long[4];

    /** Of an earned one that missed its settlement: when its grace ends; 0: it is not in grace. */
    long[] graceEndMs = new long[4];

    /** Bit n - 1: the upgrade bonus of the tier with the stable number n came with this one. */
    long[] bonuses = new long[4];

    /** Of a paid one: the sequence of the purchase of a pack that brought it; 0: none did. */
    long[] purchase = new long[4];

    /** @param mark set when something is put in */
    GrantBook(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        count = 0;
    }

    /** The place of a grant; negative: where it would be, minus 1. */
    int find(final int stableTier, final int grantWay) {
        int i = 0;
        while (i < count && (tier[i] < stableTier || tier[i] == stableTier && way[i] < grantWay)) {
            i++;
        }
        return i < count && tier[i] == stableTier && way[i] == grantWay ? i : -i - 1;
    }

    /** The place of a grant, which is added with empty times where it is missing. */
    int open(final int stableTier, final int grantWay) {
        final int found = find(stableTier, grantWay);
        if (found >= 0) {
            return found;
        }
        final int at = -found - 1;
        if (count == tier.length) {
            tier = Arrays.copyOf(tier, count * 2);
            way = Arrays.copyOf(way, count * 2);
            fromMs = Arrays.copyOf(fromMs, count * 2);
            untilMs = Arrays.copyOf(untilMs, count * 2);
            firstPeriodEndMs = Arrays.copyOf(firstPeriodEndMs, count * 2);
            graceEndMs = Arrays.copyOf(graceEndMs, count * 2);
            bonuses = Arrays.copyOf(bonuses, count * 2);
            purchase = Arrays.copyOf(purchase, count * 2);
        }
        shift(at, at + 1, count - at);
        mark.isSet = true;
        count++;
        tier[at] = stableTier;
        way[at] = grantWay;
        fromMs[at] = 0;
        untilMs[at] = 0;
        firstPeriodEndMs[at] = 0;
        graceEndMs[at] = 0;
        bonuses[at] = 0;
        purchase[at] = 0;
        return at;
    }

    void remove(final int i) {
        count--;
        shift(i + 1, i, count - i);
    }

    /** Removes those that a purchase brought. */
    void removeOfPurchase(final long sequence) {
        for (int i = count - 1; i >= 0; i--) {
            if (purchase[i] == sequence) {
                remove(i);
            }
        }
    }

    private void shift(final int from, final int to, final int length) {
        System.arraycopy(tier, from, tier, to, length);
        System.arraycopy(way, from, way, to, length);
        System.arraycopy(fromMs, from, fromMs, to, length);
        System.arraycopy(untilMs, from, untilMs, to, length);
        System.arraycopy(firstPeriodEndMs, from, firstPeriodEndMs, to, length);
        System.arraycopy(graceEndMs, from, graceEndMs, to, length);
        System.arraycopy(bonuses, from, bonuses, to, length);
        System.arraycopy(purchase, from, purchase, to, length);
    }
}

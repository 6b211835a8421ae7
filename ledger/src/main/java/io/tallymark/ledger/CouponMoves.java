package io.tallymark.ledger;

import java.util.Arrays;

/** What a command does to the funnels of coupons, see {@link CouponTotals}. Part of a {@link Movement}; one thread. */
final class CouponMoves {
    int count;
    int[] coupon = new int[8];
    int[] column = new int[8];
    long[] change = new long[8];

    void clear() {
        count = 0;
    }

    /**
     * Adds to a column of a coupon's funnel.
     *
     * @param number of the coupon
     * @param which  of {@link CouponTotals}
     */
    void add(final int number, final int which, final long by) {
        if (count == coupon.length) {
            coupon = Arrays.copyOf(coupon, count * 2);
            column = Arrays.copyOf(column, count * 2);
            change = Arrays.copyOf(change, count * 2);
        }
        coupon[count] = number;
        column[count] = which;
        change[count++] = by;
    }

    void addAll(final CouponMoves other) {
        for (int i = 0; i < other.count; i++) {
            add(other.coupon[i], other.column[i], other.change[i]);
        }
    }
}

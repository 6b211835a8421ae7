package io.tallymark.ledger;

import java.util.Arrays;

/**
 * What became of a program's coupons by stable number, as far as it is materialised. Always {@code granted = used +
 * revoked + expired + left in holdings + reserved by holds}. Part of {@link ProgramState}; one thread.
 */
final class CouponTotals {
    /** Uses granted. */
    static final int GRANTED = 0;

    /** Uses made and not returned. */
    static final int USED = 1;

    /** Uses returned. */
    static final int RETURNED = 2;

    /** Uses taken away. */
    static final int REVOKED = 3;

    /** Uses whose last day ended. */
    static final int EXPIRED = 4;

    /** Money that came with the uses made and not returned, minor units. */
    static final int AMOUNT = 5;

    private static final int COLUMNS = 6;

    private long[] values = new long[0];

    /** Makes room for numbers below a count: with a publication, so that no other command needs to. */
    void prepare(final int numbers) {
        if (numbers * COLUMNS > values.length) {
            values = Arrays.copyOf(values, numbers * COLUMNS);
        }
    }

    long get(final int number, final int column) {
        return values[number * COLUMNS + column];
    }

    /** Uses that are in holdings or reserved. */
    long open(final int number) {
        return get(number, GRANTED) - get(number, USED) - get(number, REVOKED) - get(number, EXPIRED);
    }

    /** How many coupons there is room for. */
    int numbers() {
        return values.length / COLUMNS;
    }

    /** Books what a command moves. */
    void apply(final CouponMoves moves) {
        for (int i = 0; i < moves.count; i++) {
            values[moves.coupon[i] * COLUMNS + moves.column[i]] += moves.change[i];
        }
    }

    /** Gives all that is not 0 to a hasher. */
    void hash(final StateHasher into) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                into.word(i);
                into.word(values[i]);
            }
        }
    }
}

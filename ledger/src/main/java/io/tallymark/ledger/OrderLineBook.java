package io.tallymark.ledger;

import io.tallymark.protocol.Limits;

/**
 * The lines of one order as far as rules look at them: what is left of each, which rate it earns at, which campaigns it
 * belongs to. Mutable and reused; one thread.
 */
final class OrderLineBook {
    /** {@link #rate}: the line earns nothing and belongs to no campaign's multiplier. */
    static final int NO_RATE = -1;

    /** {@link #rate}: the base rate; the n-th line rate is n + 1. */
    static final int BASE_RATE = 0;

    int count;
    final int[] number = new int[Limits.MAX_LINES];
    final int[] quantity = new int[Limits.MAX_LINES];
    final long[] amountMinor = new long[Limits.MAX_LINES];
    final int[] refundedQuantity = new int[Limits.MAX_LINES];
    final long[] refundedMinor = new long[Limits.MAX_LINES];
    final int[] rate = new int[Limits.MAX_LINES];

    /** Bit i: the line is one of those of the i-th campaign of the program version's list. */
    final long[] campaigns = new long[Limits.MAX_LINES];

    /** Bit n: the line counts in the further wallet n. */
    final int[] wallets = new int[Limits.MAX_LINES];

    void clear() {
        count = 0;
    }

    /** Adds a line of which nothing is refunded. */
    int add(final int lineNumber, final int lineQuantity, final long lineAmountMinor) {
        final int i = count++;
        number[i] = lineNumber;
        quantity[i] = lineQuantity;
        amountMinor[i] = lineAmountMinor;
        refundedQuantity[i] = 0;
        refundedMinor[i] = 0;
        rate[i] = BASE_RATE;
        campaigns[i] = 0;
        wallets[i] = 0;
        return i;
    }

    /** The place of a line by its number; negative: there is none. */
    int find(final int lineNumber) {
        for (int i = 0; i < count; i++) {
            if (number[i] == lineNumber) {
                return i;
            }
        }
        return -1;
    }

    long remainingMinor(final int i) {
        return amountMinor[i] - refundedMinor[i];
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The working image of a redemption's record: what a reversal needs to know. Mutable and reused; one thread.
 */
final class RedemptionDraft implements MemberDraft.Taker {
    int memberSlot;
    long points;

    /** What the points stood for in minor units, or the points where no amount was named. */
    long value;

    /** Whether {@link #value} is an amount. */
    boolean isAmount;

    long returnedValue;
    long returnedPoints;

    /** The lots it took from, in the order of taking. */
    int partCount;

    int[] partDay = new int[4];
    long[] partPoints = new long[4];

    void clear() {
        memberSlot = 0;
        points = 0;
        value = 0;
        isAmount = false;
        returnedValue = 0;
        returnedPoints = 0;
        partCount = 0;
    }

    @Override
    public void taken(final int expiryDay, final long taken) {
        if (partCount == partDay.length) {
            partDay = Arrays.copyOf(partDay, partCount * 2);
            partPoints = Arrays.copyOf(partPoints, partCount * 2);
        }
        partDay[partCount] = expiryDay;
        partPoints[partCount++] = taken;
    }
}

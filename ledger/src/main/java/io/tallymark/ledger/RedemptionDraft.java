package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The working image of a redemption's or a capture's record: what reversals need to know. Loaded from the
 * {@link OrderStore}; saved by commit. Mutable and reused; one thread.
 */
final class RedemptionDraft implements MemberDraft.Taker {
    int memberSlot;
    long points;

    /** What the points paid for in minor units, or the points where no amount was named. */
    long valueMinor;

    long returnedValueMinor;
    long returnedPoints;

    /** The reward it was for, its stable number plus 1; 0: none. */
    int reward;

    /** Of a draw the prize that was won, its stable number plus 1; 0: none. */
    int prize;

    /** Of a reward or a prize the version that was in force when it was redeemed, held or won; else 0. */
    int version;

    /** Of a reward what was paid in money beside the points. */
    long cashMinor;

    /** Of a reward the day of the program on which it was redeemed or held. */
    int day;

    /** Of a reward the day of the program on which it was redeemed or captured. */
    int grantedDay;

    /** The issuer at whose brand the points were spent. */
    int counterpart;

    /** The lots that the points came from, in the order in which they were taken. */
    int count;

    int[] expiryDay = new int[4];
    int[] account = new int[4];
    long[] partPoints = new long[4];

    void clear() {
        memberSlot = 0;
        points = 0;
        valueMinor = 0;
        returnedValueMinor = 0;
        returnedPoints = 0;
        reward = 0;
        prize = 0;
        version = 0;
        cashMinor = 0;
        day = 0;
        grantedDay = 0;
        counterpart = LotBook.HOUSE;
        count = 0;
    }

    /** Adds points taken from a lot behind those taken before; the sum is not kept here. */
    @Override
    public void taken(final int day, final int lotAccount, final long taken) {
        if (count == expiryDay.length) {
            expiryDay = Arrays.copyOf(expiryDay, count * 2);
            account = Arrays.copyOf(account, count * 2);
            partPoints = Arrays.copyOf(partPoints, count * 2);
        }
        expiryDay[count] = day;
        account[count] = lotAccount;
        partPoints[count] = taken;
        count++;
    }

    /** The wallet that the points came from; where there were none {@link Account#POINTS}. */
    int wallet() {
        return count == 0 ? Account.POINTS : Account.wallet(account[0]);
    }

    /** Whether points of another account than the house were spent, or at another. */
    boolean isForeign() {
        int any = counterpart;
        for (int i = 0; i < count; i++) {
            any |= account[i];
        }
        return any != LotBook.HOUSE;
    }
}

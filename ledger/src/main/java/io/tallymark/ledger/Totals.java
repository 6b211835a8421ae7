package io.tallymark.ledger;

/**
 * What a program's points came from and went to, as far as it is materialised. Always
 * {@code issued + debt = available + redeemed + expired + adjustedDown}.
 */
final class Totals {
    /** Issued points and debt stay below this, so that no sum of them overflows. */
    static final long MAX = 4_000_000_000_000_000_000L;

    long members;
    long issuedPoints;
    long debtPoints;
    long availablePoints;
    long redeemedPoints;
    long expiredPoints;
    long adjustedDownPoints;

    /** Whether the two sides are equal. */
    boolean isZeroSum() {
        return issuedPoints + debtPoints == availablePoints + redeemedPoints + expiredPoints + adjustedDownPoints;
    }

    @Override
    public String toString() {
        return "members " + members + ", issued " + issuedPoints + " + debt " + debtPoints + ", available "
                + availablePoints + " + redeemed " + redeemedPoints + " + expired " + expiredPoints
                + " + adjusted down " + adjustedDownPoints;
    }
}

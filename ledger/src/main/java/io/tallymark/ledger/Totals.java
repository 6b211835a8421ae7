package io.tallymark.ledger;

/**
 * What a program's points came from and went to, as far as it is materialised. Always {@code issued + debt + writtenOff
 * = available + pending + held + redeemed + expired + forfeited + cancelled + clawedBack + adjustedDown}.
 */
final class Totals {
    /** Issued points and debt stay below this, so that no sum of them overflows. */
    static final long MAX = 4_000_000_000_000_000_000L;

    /** Enrolled, merged and closed ones included. */
    long members;

    long issuedPoints;
    long debtPoints;
    long writtenOffPoints;

    /** Active and not held. */
    long availablePoints;

    long pendingPoints;
    long heldPoints;
    long redeemedPoints;
    long expiredPoints;
    long forfeitedPoints;
    long cancelledPoints;
    long clawedBackPoints;
    long adjustedDownPoints;

    /** Books what a command moves. */
    void apply(final Movement m) {
        issuedPoints += m.issued;
        debtPoints += m.debt;
        writtenOffPoints += m.writtenOff;
        availablePoints += m.available;
        pendingPoints += m.pending;
        heldPoints += m.held;
        redeemedPoints += m.redeemed;
        expiredPoints += m.expired;
        forfeitedPoints += m.forfeited;
        cancelledPoints += m.cancelled;
        clawedBackPoints += m.clawedBack;
        adjustedDownPoints += m.adjustedDown;
    }

    /** Whether the two sides are equal. */
    boolean isZeroSum() {
        return issuedPoints + debtPoints + writtenOffPoints
                == availablePoints
                        + pendingPoints
                        + heldPoints
                        + redeemedPoints
                        + expiredPoints
                        + forfeitedPoints
                        + cancelledPoints
                        + clawedBackPoints
                        + adjustedDownPoints;
    }

    /** Gives all of it to a hasher. */
    void hash(final StateHasher into) {
        into.word(members);
        into.word(issuedPoints);
        into.word(debtPoints);
        into.word(writtenOffPoints);
        into.word(availablePoints);
        into.word(pendingPoints);
        into.word(heldPoints);
        into.word(redeemedPoints);
        into.word(expiredPoints);
        into.word(forfeitedPoints);
        into.word(cancelledPoints);
        into.word(clawedBackPoints);
        into.word(adjustedDownPoints);
    }

    @Override
    public String toString() {
        return "members " + members + ", issued " + issuedPoints + " + debt " + debtPoints + " + written off "
                + writtenOffPoints + ", available " + availablePoints + " + pending " + pendingPoints + " + held "
                + heldPoints + " + redeemed " + redeemedPoints + " + expired " + expiredPoints + " + forfeited "
                + forfeitedPoints + " + cancelled " + cancelledPoints + " + clawed back " + clawedBackPoints
                + " + adjusted down " + adjustedDownPoints;
    }
}

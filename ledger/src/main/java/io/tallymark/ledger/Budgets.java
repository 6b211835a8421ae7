package io.tallymark.ledger;

/** What the campaigns of one program have granted, by stable number. Part of {@link ProgramState}; one thread. */
final class Budgets {
    /** Stable numbers are below this: as many campaigns as all versions of a program may name together. */
    static final int MAX_NUMBERS = 1_024;

    private final long[] grantedPoints = new long[MAX_NUMBERS];

    /** Granted and not given back by refunds. */
    long granted(final int number) {
        return grantedPoints[number];
    }

    /** Adds what an order was granted, subtracts what a refund gave back. */
    void add(final int number, final long points) {
        grantedPoints[number] += points;
    }
}

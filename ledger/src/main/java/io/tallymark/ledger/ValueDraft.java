package io.tallymark.ledger;

/**
 * The working image of the record of a spending of stored value: what its reversal needs to know. Loaded from the
 * {@link OrderStore}; saved by commit. Mutable and reused; one thread.
 */
final class ValueDraft {
    int memberSlot;

    /** Stable number. */
    int wallet;

    /** What was taken, in minor units. */
    long principalMinor;

    long giftMinor;

    // What came back of it.
    long returnedPrincipalMinor;
    long returnedGiftMinor;

    void clear() {
        memberSlot = 0;
        wallet = 0;
        principalMinor = 0;
        giftMinor = 0;
        returnedPrincipalMinor = 0;
        returnedGiftMinor = 0;
    }

    /** What did not come back yet. */
    long remainingMinor() {
        return principalMinor + giftMinor - returnedPrincipalMinor - returnedGiftMinor;
    }
}

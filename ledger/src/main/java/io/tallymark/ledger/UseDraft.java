package io.tallymark.ledger;

/**
 * The working image of the record of a used coupon or benefit: what its return needs to know. Loaded from the
 * {@link OrderStore}; saved by commit. Mutable and reused; one thread.
 */
final class UseDraft {
    int memberSlot;

    /** A benefit, else a coupon. */
    boolean ofBenefit;

    boolean returned;

    /** Stable number of the coupon; of a benefit the rule that its use counts under, see {@link MemberUsage#BENEFIT}. */
    int number;

    /** Of a benefit: whether its use counts against a limit. */
    boolean counted;

    /** Of a benefit: first day of the period in which it counts. */
    int period;

    /** Of a coupon: the holding, by its expiry day and the sequence that granted it, with all its uses. */
    int expiryDay;

    long sequence;
    int uses;

    /** Of a coupon: the money that came with it, minor units. */
    long amountMinor;

    void clear() {
        memberSlot = 0;
        ofBenefit = false;
        returned = false;
        number = 0;
        counted = false;
        period = 0;
        expiryDay = 0;
        sequence = 0;
        uses = 0;
        amountMinor = 0;
    }
}

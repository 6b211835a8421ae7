package io.tallymark.ledger;

/**
 * The working image of an order's record: what refunds need to know. Filled when the order earns, or loaded from the
 * {@link OrderStore}; saved by commit. Mutable and reused; one thread.
 */
final class OrderDraft {
    /** {@link #activationDay}: only by a command. */
    static final int FULFILMENT_DAY = Integer.MAX_VALUE;

    /** Activation day of points that wait for the member's first purchase; no order has it. */
    static final int FIRST_PURCHASE_DAY = FULFILMENT_DAY - 1;

    int memberSlot;

    /** The program version that the order earned under, from 1. */
    int version;

    long amountMinor;
    long refundedMinor;

    /** The tier's level before the order; its multiplier is that of the version. */
    int tierRank;

    /** Local day of the event: bucket, month, period. */
    int eventDay;

    boolean visit;

    /** What was granted, clipped. */
    final Shares granted = new Shares();

    /** By the place in {@link #granted}: what of the grant still counts against the campaign's budget. */
    final long[] keptPoints = new long[Shares.MAX_CAMPAIGNS];

    /** Granted and not clawed. */
    long retainedPoints;

    /** Of the lot that the points went into; for pending ones its activation day, 0: they were active at once. */
    int activationDay;

    int expiryDay;

    /** Day of the program on which its campaigns granted coupons; 0: they granted none. */
    int couponDay;

    /** Bit i: the coupons of the campaign at place i in {@link #granted} were revoked. */
    long revokedCoupons;

    /** The member whom the order's reward for bringing this one went to; 0: it gave none, or it was clawed. */
    int referrerSlot;

    /** What that reward was. */
    long referrerPoints;

    /** Whose points the order earned: their account in {@code points}, the only wallet with issuers. */
    int issuer;

    /** What it earned in further wallets. */
    final OrderWallets wallets = new OrderWallets();

    /** Where the order counts on boards. */
    final BoardLinks boards = new BoardLinks();

    /** Kept only where the program version has line rules; else empty. */
    final OrderLineBook lines = new OrderLineBook();

    void clear() {
        memberSlot = 0;
        version = 0;
        amountMinor = 0;
        refundedMinor = 0;
        tierRank = 0;
        eventDay = 0;
        visit = false;
        granted.clear();
        retainedPoints = 0;
        activationDay = 0;
        expiryDay = 0;
        couponDay = 0;
        revokedCoupons = 0;
        issuer = LotBook.HOUSE;
        referrerSlot = 0;
        referrerPoints = 0;
        wallets.clear();
        boards.clear();
        lines.clear();
    }

    long remainingMinor() {
        return amountMinor - refundedMinor;
    }
}

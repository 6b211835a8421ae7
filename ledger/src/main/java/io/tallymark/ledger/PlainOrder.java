package io.tallymark.ledger;

/**
 * The record of an order of which there is nothing to tell but what each order has, in the four longs of a wide entry of
 * the {@link KeyStore}: most orders are such, and no number of theirs needs packing.
 *
 * <pre>
 *  long 0   63..14 amount, 13..1 tier rank, 0 visit
 *  long 1   63..14 base points, 13..0 version
 *  long 2   63..32 member, 31..0 event day
 *  long 3   63..32 points of the tier, 31..0 expiry day
 * </pre>
 */
final class PlainOrder {
    private static final int LOW_BITS = 14;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final long LOWER = 0xFFFF_FFFFL;

    private PlainOrder() {}

    /** Whether an order is such a one. */
    static boolean is(final OrderDraft o) {
        final Shares granted = o.granted;
        final long points = granted.basePoints + granted.tierPoints;
        final int parts = granted.count
                | o.lines.count
                | o.boards.count
                | o.wallets.count
                | o.activationDay
                | o.couponDay
                | o.issuer
                | o.referrerSlot;
        final long beyond = o.amountMinor >>> Long.SIZE - LOW_BITS
                | granted.basePoints >>> Long.SIZE - LOW_BITS
                | granted.tierPoints >>> Integer.SIZE
                | o.version >>> LOW_BITS
                | o.tierRank >>> LOW_BITS - 1;
        return (parts | beyond | o.refundedMinor | granted.clippedBasePoints | o.retainedPoints ^ points) == 0;
    }

    /** Writes an order that {@link #is} such a one. */
    static void pack(final OrderDraft o, final long[] page, final int at) {
        page[at] = o.amountMinor << LOW_BITS | (long) o.tierRank << 1 | (o.visit ? 1 : 0);
        page[at + 1] = o.granted.basePoints << LOW_BITS | o.version;
        page[at + 2] = (long) o.memberSlot << Integer.SIZE | o.eventDay & LOWER;
        page[at + 3] = o.granted.tierPoints << Integer.SIZE | o.expiryDay & LOWER;
    }

    /** Fills the image of an order. */
    static void unpack(final long[] page, final int at, final OrderDraft o) {
        o.clear();
        o.amountMinor = page[at] >>> LOW_BITS;
        o.tierRank = (int) (page[at] & LOW_MASK) >>> 1;
        o.visit = (page[at] & 1) != 0;
        o.granted.basePoints = page[at + 1] >>> LOW_BITS;
        o.version = (int) (page[at + 1] & LOW_MASK);
        o.memberSlot = (int) (page[at + 2] >>> Integer.SIZE);
        o.eventDay = (int) page[at + 2];
        o.granted.tierPoints = page[at + 3] >>> Integer.SIZE;
        o.expiryDay = (int) page[at + 3];
        o.retainedPoints = o.granted.basePoints + o.granted.tierPoints;
    }
}

package io.tallymark.ledger.program;

/**
 * Points that members buy.
 *
 * @param id        stable over the program's versions; of one namespace with activities
 * @param points    how many
 * @param cashMinor the price, in minor units
 * @param limit     how often a member may
 * @param wallet    the wallet that they go into; empty: {@code points}
 */
public record PointSale(String id, long points, long cashMinor, Limit limit, String wallet) {
    /** Into the wallet {@code points}. */
    public PointSale(final String id, final long points, final long cashMinor, final Limit limit) {
        this(id, points, cashMinor, limit, "");
    }
}

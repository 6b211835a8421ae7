package io.tallymark.ledger.program;

/**
 * Points that members buy.
 *
 * @param id        stable over the program's versions; of one namespace with activities
 * @param points    how many
 * @param cashMinor the price, in minor units
 * @param limit     how often a member may
 */
public record PointSale(String id, long points, long cashMinor, Limit limit) {}

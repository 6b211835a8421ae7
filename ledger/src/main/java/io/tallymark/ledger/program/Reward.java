package io.tallymark.ledger.program;

import java.util.List;

/**
 * Something that points are redeemed for.
 *
 * @param id        stable over the program's versions: stock and limits are kept by it
 * @param offer     price, limit, tiers, window, stock
 * @param grants    coupons it brings
 * @param wallet    the wallet of stored value that it fills; empty: none
 * @param giftMinor by how much, as a gift; 0 without a wallet
 */
public record Reward(String id, Offer offer, List<CouponGrant> grants, String wallet, long giftMinor) {
    /** Goods or a service. */
    public static Reward of(final String id, final Offer offer) {
        return new Reward(id, offer, List.of(), "", 0);
    }
}

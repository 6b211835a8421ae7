package io.tallymark.ledger.program;

import java.util.List;

/**
 * Coupons and tiers that are bought together.
 *
 * @param id     stable over the program's versions
 * @param offer  price, limit, tiers, window, stock
 * @param grants coupons it brings
 * @param refund what is given back
 */
public record Pack(String id, Offer offer, List<CouponGrant> grants, Refund refund) {
    /** The ordinal is the code in the canonical form; new ones are appended. */
    public enum Refund {
        NONE,
        WHOLE,
        /** By the uses that are left. */
        UNUSED_SHARE
    }
}

package io.tallymark.ledger.program;

/**
 * A coupon that comes with something else.
 *
 * @param coupon    its id
 * @param uses      0: as the coupon says
 * @param validDays 0: as the coupon says
 */
public record CouponGrant(String coupon, int uses, int validDays) {}

package io.tallymark.ledger.program;

/**
 * A right to something at a till, granted and used up.
 *
 * @param id         stable over the program's versions
 * @param valueMinor what it is worth, for people and replies; 0: not said
 * @param uses       how often one can be used, at least 1
 * @param validDays  days behind that of the grant through which it can be used; 0: not by days
 * @param lastDay    the last day, in days of the program since 1970-01-01; {@link Expiry#NEVER_DAY}: none; not beside
 *                   {@code validDays}
 * @param limit      how many a member may be granted by command
 * @param when       under which condition it can be used: without lines, amounts, first purchase
 */
public record Coupon(String id, long valueMinor, int uses, int validDays, int lastDay, Limit limit, Condition when) {
    /** The last day that can be the last one: 31 December 9999. */
    public static final int MAX_LAST_DAY = 2_932_896;

    /** One use, valid for days or, if 0, for ever. */
    public static Coupon of(final String id, final long valueMinor, final int validDays) {
        return new Coupon(id, valueMinor, 1, validDays, Expiry.NEVER_DAY, Limit.NONE, Condition.ALWAYS);
    }
}

package io.tallymark.ledger.program;

/**
 * A further wallet of points beside {@code points}: growth value, stars. It has lots, holds, debt and books of its own.
 *
 * @param id             stable over the program's versions, none of which may leave it out again; not {@code points}
 * @param ratePoints     what orders earn there: amount × points ÷ perMinor, in lowest terms; 0: orders earn nothing
 * @param ratePerMinor   1 to {@link CompiledProgram#MAX_RATE_MINOR} minor units; 1 where orders earn nothing
 * @param when           which lines and orders earn; {@link Condition#ALWAYS} where orders earn nothing
 * @param tierMultiplier whether the tier's multiplier applies; false where orders earn nothing
 * @param expiry         not by inactivity
 * @param activation     when what orders earn becomes available
 * @param refund         how far refunds claw back
 * @param redeemable     whether its points can be spent
 * @param qualifying     whether it is what the points counter of tiers counts, in place of {@code points}; at most one is
 */
public record PointsWallet(
        String id,
        long ratePoints,
        long ratePerMinor,
        Condition when,
        boolean tierMultiplier,
        Expiry expiry,
        Activation activation,
        RefundPolicy refund,
        boolean redeemable,
        boolean qualifying) {
    /** Brings the rate to its one form. */
    public PointsWallet {
        if (ratePoints == 0) {
            ratePerMinor = 1;
            when = Condition.ALWAYS;
            tierMultiplier = false;
        } else {
            final long common = Fraction.gcd(ratePoints, ratePerMinor);
            ratePoints /= common;
            ratePerMinor /= common;
        }
    }

    /** Whether orders earn there. */
    public boolean earns() {
        return ratePoints > 0;
    }
}

package io.tallymark.ledger.program;

import java.util.List;

/**
 * What points are worth.
 *
 * @param ratePoints        this many points are worth {@code rateMinor}; 0: amounts cannot be redeemed
 * @param rateMinor         minor units
 * @param minPointsWithCash fewest points beside cash; {@link CompiledProgram#UNLIMITED}: cash is not taken
 * @param graceDays         life of expired lots after a reversal; {@link CompiledProgram#UNLIMITED}: none, they expire
 * @param campaigns         days on which points are worth more
 */
public record Burn(
        long ratePoints, long rateMinor, long minPointsWithCash, int graceDays, List<BurnCampaign> campaigns) {
    /** Points for points only. */
    public static final Burn NONE =
            new Burn(0, 0, CompiledProgram.UNLIMITED, (int) CompiledProgram.UNLIMITED, List.of());

    /** Brings the rate to lowest terms and copies the list. */
    public Burn {
        final long common = Fraction.gcd(ratePoints, rateMinor);
        ratePoints /= common;
        rateMinor /= common;
        campaigns = List.copyOf(campaigns);
    }

    /**
     * Points worth N times.
     *
     * @param id               stable
     * @param multiplierMicros N in millionths, above 1,000,000
     * @param when             of the order's part of a condition only
     */
    public record BurnCampaign(String id, long multiplierMicros, Condition when) {}
}

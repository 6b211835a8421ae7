package io.tallymark.ledger.program;

/**
 * What a line earns: amount × points ÷ perMinor.
 *
 * @param when     which lines (and orders); the first rate that matches counts
 * @param points   1 to {@link CompiledProgram#MAX_RATE_POINTS}
 * @param perMinor 1 to {@link CompiledProgram#MAX_RATE_MINOR} minor units
 */
public record LineRate(Condition when, long points, long perMinor) {
    /** Brings the rate to lowest terms. */
    public LineRate {
        final long common = Fraction.gcd(points, perMinor);
        points /= common;
        perMinor /= common;
    }
}

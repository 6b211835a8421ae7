package io.tallymark.ledger.program;

import java.util.List;

/**
 * Chance for points.
 *
 * @param id     stable over the program's versions
 * @param offer  price in points, limit, tiers, window; no stock, no cash
 * @param prizes in the order in which the odds are laid out
 */
public record Draw(String id, Offer offer, List<Prize> prizes) {
    /** Largest numerator and denominator of odds. */
    public static final long MAX_ODDS = 1_000_000_000_000L;

    /** Most prizes of a draw. */
    public static final int MAX_PRIZES = 64;

    /** What a prize is; the ordinal is the code in the canonical form. */
    public enum Kind {
        POINTS,
        COUPON,
        REWARD
    }

    /**
     * One prize. Its stable name is the draw's id, a slash and its place from 1.
     *
     * @param kind            what it is
     * @param rule            the coupon or the reward; empty for points
     * @param points          of POINTS; else 0
     * @param oddsNumerator   odds, at least 1 of
     * @param oddsDenominator this; all odds of a draw are at most 1 together
     * @param stock           how many there are; {@link CompiledProgram#UNLIMITED}
     */
    public record Prize(Kind kind, String rule, long points, long oddsNumerator, long oddsDenominator, long stock) {
        /** Odds are in lowest terms. */
        public Prize {
            final long common = Fraction.gcd(oddsNumerator, oddsDenominator);
            oddsNumerator /= common;
            oddsDenominator /= common;
        }
    }
}

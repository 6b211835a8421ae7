package io.tallymark.ledger.program;

/**
 * What a referrer is given.
 *
 * @param on             for what
 * @param points         how many, at least 1
 * @param minAmountMinor of FIRST_PURCHASE: the least amount; else 0
 * @param limit          how often a referrer is given it
 */
public record Referral(On on, long points, long minAmountMinor, Limit limit) {
    /** The ordinal is the code in the canonical form; new ones are appended. */
    public enum On {
        REGISTRATION,
        FIRST_PURCHASE
    }
}

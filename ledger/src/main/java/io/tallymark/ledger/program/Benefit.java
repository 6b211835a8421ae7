package io.tallymark.ledger.program;

/**
 * A right that a tier brings, or a way into it.
 *
 * @param id             the same right may come with several tiers
 * @param way            the way that brings it; ANY: the tier
 * @param discountMicros for people and replies, in millionths; 0: not said
 * @param limit          how often it can be used
 */
public record Benefit(String id, Way way, long discountMicros, Limit limit) {
    /** The ordinal is the code in the canonical form; new ones are appended. */
    public enum Way {
        ANY,
        EARNED,
        PAID,
        INVITED
    }

    /** A right without a limit. */
    public static Benefit of(final String id) {
        return new Benefit(id, Way.ANY, 0, Limit.NONE);
    }
}

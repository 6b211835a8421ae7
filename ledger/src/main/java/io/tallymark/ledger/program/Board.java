package io.tallymark.ledger.program;

/**
 * A ranking of participants by a score.
 *
 * @param id      stable over the program's versions
 * @param by      who takes part
 * @param score   what counts
 * @param fromMs  event time at or after
 * @param untilMs event time before
 * @param when    a condition of orders; of registrations: of time, channel and store
 * @param top     how many are told, 1 to {@link #MAX_TOP}
 */
public record Board(String id, By by, Score score, long fromMs, long untilMs, Condition when, int top) {
    /** Most ranks that are told. */
    public static final int MAX_TOP = 1_000;

    /** The ordinal is the code in the canonical form; new ones are appended. */
    public enum By {
        MEMBER,
        STORE,
        STAFF,
        REFERRER
    }

    /** The ordinal is the code in the canonical form; new ones are appended. */
    public enum Score {
        SPEND,
        POINTS,
        ORDERS,
        REGISTRATIONS
    }
}

package io.tallymark.server.demo;

/** What one document of the demonstration is, and so which answer is right. */
enum Deed {
    /** An order that happens as it comes. */
    ORDER,
    /** An order that comes hours or days after it happened. */
    LATE,
    /** The same order once more: replayed. */
    DOUBLED,
    /** A known order's number with another amount: a conflict. */
    CHANGED,
    /** An amount below zero. */
    NEGATIVE,
    /** A program that nobody published. */
    UNKNOWN_PROGRAM,
    /** Lines that do not sum to the order's amount. */
    AMOUNT_MISMATCH,
    /** A member spends points. */
    REDEMPTION,
    /** A member tries to get one of the few items of the flash sale. */
    ATTEMPT
}

package io.tallymark.protocol;

/**
 * The variable parts of a command, in their canonical order. A command's bytes hold them in this order, the journal
 * writes them in this order and the content hash reads them in this order; new ones are appended.
 */
public enum VarField {
    PROGRAM,
    SOURCE,
    DOCUMENT_ID,
    CHANNEL,
    STORE,
    STAFF,
    REASON,
    OPERATOR_ID,
    REFERENCE,
    /** Order lines in the form of {@link OrderLines}. */
    LINES,
    /** A program in its canonical compiled form. */
    COMPILED_PROGRAM,
    /** The text that a program was compiled from. */
    SOURCE_TEXT,
    /** The id of a rule of the program: an activity, a campaign, a tier, or what is paused. */
    RULE_ID,
    /** The way into a tier: {@code paid} or {@code invited}. */
    WAY,
    /** The source of the document that this one is about; absent: the own source. */
    ORIGINAL_SOURCE,
    /** The document that this one is about: an order, a hold, a redemption. */
    ORIGINAL_DOCUMENT_ID,
    /** The channel in which an outside identity is known. */
    IDENTITY_CHANNEL,
    /** An outside identity as keyed hashes, see {@link IdentityHashes}; what it was made from never comes this far. */
    IDENTITY;

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final VarField[] ALL = values();

    /** The field with this ordinal, without copying an array. */
    public static VarField of(final int ordinal) {
        return ALL[ordinal];
    }
}

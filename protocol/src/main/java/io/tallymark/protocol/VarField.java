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
    SOURCE_TEXT;

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final VarField[] ALL = values();

    /** The field with this ordinal, without copying an array. */
    public static VarField of(final int ordinal) {
        return ALL[ordinal];
    }
}

package io.tallymark.server.load;

/** What becomes of rows with a negative quantity or a negative amount. */
public enum Returns {
    /** They are left out. */
    UNUSABLE,
    /** An order that has no other usable rows is a return without its order; beside other rows they are left out. */
    UNREFERENCED
}

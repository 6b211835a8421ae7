package io.tallymark.server;

/** What the process says to its caller. Fixed: scripts depend on it. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** Not done, or not wholly: a sentence on standard error says what and why. */
    public static final int FAILED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** The data folder is not what it should be: a fault in the journal, or a difference on replay. */
    public static final int DATA_FAULT = 3;

    private ExitCode() {}
}

package io.tallymark.ledger.program;

/** A program that cannot be read or contradicts itself; names the place and the reason. */
public final class InvalidProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /**
     * @param path   the place, for example {@code tiers[1].id}; empty: the whole
     * @param reason one clause for people
     */
    public InvalidProgramException(final String path, final String reason) {
        super(path.isEmpty() ? reason : path + ": " + reason);
        this.path = path;
        this.reason = reason;
    }

    /** The place in the program; empty: the whole. */
    public String path() {
        return path;
    }

    /** What is wrong there. */
    public String reason() {
        return reason;
    }
}

package io.tallymark.engine;

/** A journaled command, executed again, does not lead to its journaled outcome. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    /**
     * @param sequence of the first record that differs
     * @param reason   what is different, for people
     */
    ReplayException(final long sequence, final String reason, final Throwable cause) {
        super("sequence " + sequence + ": " + reason, cause);
        this.sequence = sequence;
    }

    /** Of the first record that differs. */
    public long sequence() {
        return sequence;
    }
}

package io.tallymark.journal;

/**
 * The journal cannot be written, read or trusted. The message always names the file and a position or sequence. Whoever
 * gets it must not acknowledge anything any more.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String file;
    private final long sequence;

    /**
     * @param reason   what is wrong, for people
     * @param file     where
     * @param sequence the first sequence concerned; 0: none is known
     */
    public JournalException(final String reason, final String file, final long sequence) {
        this(reason, file, sequence, null);
    }

    /** As above, with what caused it. */
    public JournalException(final String reason, final String file, final long sequence, final Throwable cause) {
        super(reason + " [file " + file + ", sequence " + sequence + "]", cause);
        this.reason = reason;
        this.file = file;
        this.sequence = sequence;
    }

    /** What is wrong, without the place. */
    public String reason() {
        return reason;
    }

    /** Where. */
    public String file() {
        return file;
    }

    /** The first sequence concerned; 0: none is known. */
    public long sequence() {
        return sequence;
    }
}

package io.tallymark.engine;

import io.tallymark.protocol.Outcome;

/** A record executed again led to another outcome than the journal holds: data or code are not what they were. */
public final class ReplayMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    ReplayMismatchException(final long sequence, final Outcome journaled, final Outcome executed) {
        super("sequence " + sequence + " differs: journaled " + journaled + ", executed " + executed
                + (executed.journaled ? "" : " (which is not journaled)"));
        this.sequence = sequence;
    }

    /** The first sequence that differs. */
    public long sequence() {
        return sequence;
    }
}

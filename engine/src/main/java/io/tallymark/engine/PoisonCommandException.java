package io.tallymark.engine;

/** A command made the ledger throw: the ledger is broken or has a mistake, and the engine must halt. */
public final class PoisonCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PoisonCommandException(final String message, final Throwable cause) {
        super(message, cause);
    }
}

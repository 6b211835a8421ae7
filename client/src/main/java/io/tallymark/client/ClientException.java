package io.tallymark.client;

/** The client itself cannot do what was asked: it is closed, or its window stayed full. Nothing was sent. */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientException(final String message) {
        super(message);
    }
}

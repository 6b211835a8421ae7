package io.tallymark.client;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;

/**
 * The server refused a request before the ledger saw it, or no reply came. With
 * {@link ResultCode#TIMED_OUT} and {@link ResultCode#DISCONNECTED} the outcome is unknown: send the same request again.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ResultCode code;
    private final int retryAfterMs;

    RefusedException(final Reply reply) {
        super((reply.code == null ? "code " + reply.codeNumber : reply.code.name()) + ": " + reply.detail());
        code = reply.code;
        retryAfterMs = reply.retryAfterMs;
    }

    /** Why; null for a code that this client does not know. */
    public ResultCode code() {
        return code;
    }

    /** When to send the same request again; 0: never unchanged. */
    public int retryAfterMs() {
        return retryAfterMs;
    }
}

package io.tallymark.gateway.http;

import io.tallymark.protocol.ResultCode;

/** Why a body is refused: the code, a JSON pointer to the place, a sentence. Mutable and reused. */
final class Refusal {
    private ResultCode code = ResultCode.ACCEPTED;
    private String pointer = "";
    private String detail = "";

    void clear() {
        code = ResultCode.ACCEPTED;
        pointer = "";
        detail = "";
    }

    /** Keeps this fault unless one of higher or the same precedence is there already; returns the code kept. */
    ResultCode offer(final ResultCode faultCode, final String faultPointer, final String sentence) {
        if (code == ResultCode.ACCEPTED || faultCode.ordinal() < code.ordinal()) {
            code = faultCode;
            pointer = faultPointer;
            detail = sentence;
        }
        return code;
    }

    /** {@link ResultCode#ACCEPTED}: no fault. */
    ResultCode code() {
        return code;
    }

    /** As in RFC 6901; empty: the whole body. */
    String pointer() {
        return pointer;
    }

    String detail() {
        return detail;
    }
}

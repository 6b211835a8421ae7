package io.tallymark.systemtests;

import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;

/** What the server told about a command, as far as it can never change: the original outcome. */
record Receipt(ResultCode code, long sequence, long points) {
    static Receipt of(final Outcome outcome, final long sequence) {
        return new Receipt(outcome.code, sequence, outcome.points);
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** Answers as of which sequence; the programs themselves are read with {@link Ledger#program}. */
final class ListProgramsHandler implements Handler {
    @Override
    public ResultCode check(final Command c) {
        return ResultCode.ACCEPTED;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        e.answer(ResultCode.ACCEPTED);
    }

    @Override
    public void commit(final Effect e) {
        throw new IllegalStateException("a query has nothing to commit");
    }
}

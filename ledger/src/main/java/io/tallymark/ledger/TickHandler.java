package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** Engine time moves on; nothing else. */
final class TickHandler implements Handler {
    @Override
    public ResultCode check(final Command c) {
        return ResultCode.ACCEPTED;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        e.accept();
    }

    @Override
    public void commit(final Effect e) {
        // Every journaled command sets the engine time; a tick does no more.
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** Balances, tier and counters of one member, as of the last journaled engine time. */
final class QueryMemberHandler implements Handler {
    @Override
    public ResultCode check(final Command c) {
        return CommandForm.namesProgram(c) && c.memberId() > 0 ? ResultCode.ACCEPTED : ResultCode.MALFORMED;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        e.answer(e.memberSlot == 0 ? ResultCode.UNKNOWN_MEMBER : ResultCode.ACCEPTED);
    }

    @Override
    public void commit(final Effect e) {
        throw new IllegalStateException("a query has nothing to commit");
    }
}

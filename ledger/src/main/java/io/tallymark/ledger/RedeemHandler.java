package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** A member spends points, all or nothing. */
final class RedeemHandler implements Handler {
    private final MemberMoves moves;

    RedeemHandler(final MemberMoves moves) {
        this.moves = moves;
    }

    @Override
    public ResultCode check(final Command c) {
        final ResultCode form = CommandForm.ofMovement(c, 0);
        if (form != ResultCode.ACCEPTED) {
            return form;
        }
        return CommandForm.isValue(c.points()) ? ResultCode.ACCEPTED : ResultCode.VALUE_OUT_OF_RANGE;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!moves.admitsDebit(c, e)) {
            return;
        }
        if (moves.debt(e) > 0) {
            e.reject(ResultCode.IN_DEBT);
        } else if (c.points() > moves.available(e)) {
            e.reject(ResultCode.INSUFFICIENT_POINTS);
        } else {
            e.points = -c.points();
            e.takenPoints = c.points();
            e.redeemedPoints = c.points();
            e.accept();
        }
    }

    @Override
    public void commit(final Effect e) {
        moves.commit(e);
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** An operator corrects a balance: upwards is issued, downwards is taken and may become debt where flagged. */
final class AdjustHandler implements Handler {
    private final MemberMoves moves;

    AdjustHandler(final MemberMoves moves) {
        this.moves = moves;
    }

    @Override
    public ResultCode check(final Command c) {
        final ResultCode form = CommandForm.ofMovement(c, Command.FLAG_MAY_GO_BELOW_ZERO);
        if (form != ResultCode.ACCEPTED) {
            return form;
        }
        // The magnitude of the smallest long is negative and so no value.
        return CommandForm.isValue(Math.abs(c.points())) ? ResultCode.ACCEPTED : ResultCode.VALUE_OUT_OF_RANGE;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.points() > 0) {
            planUp(c, e);
        } else {
            planDown(c, e);
        }
    }

    private void planUp(final Command c, final Effect e) {
        if (!moves.admitsCredit(c, e)) {
            return;
        }
        if (moves.planCredit(e, c.points())) {
            e.points = c.points();
            e.accept();
        } else {
            e.reject(ResultCode.LIMIT_EXCEEDED);
        }
    }

    private void planDown(final Command c, final Effect e) {
        if (!moves.admitsDebit(c, e)) {
            return;
        }
        final long wanted = -c.points();
        final long taken = Math.min(wanted, moves.available(e));
        final long addedDebt = wanted - taken;
        if (addedDebt > 0 && (c.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) == 0) {
            e.reject(ResultCode.INSUFFICIENT_POINTS);
            return;
        }
        if (addedDebt > 0 && !mayOwe(e, addedDebt)) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        e.points = c.points();
        e.takenPoints = taken;
        e.addedDebtPoints = addedDebt;
        e.adjustedDownPoints = wanted;
        e.accept();
    }

    private boolean mayOwe(final Effect e, final long addedDebt) {
        return moves.debt(e) + addedDebt <= e.program.compiled().debtLimitPoints()
                && e.program.totals.debtPoints + addedDebt <= Totals.MAX;
    }

    @Override
    public void commit(final Effect e) {
        moves.commit(e);
    }
}

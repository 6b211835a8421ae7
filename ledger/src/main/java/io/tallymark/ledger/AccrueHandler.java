package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Varint;

/** An order earns points, counts for the tiers and may lift the member to a higher one. */
final class AccrueHandler implements Handler {
    private final MemberStore members;
    private final MemberMoves moves;
    private final Varint.Reader lines = new Varint.Reader();

    AccrueHandler(final LedgerState state, final MemberMoves moves) {
        this.members = state.members;
        this.moves = moves;
    }

    @Override
    public ResultCode check(final Command c) {
        final ResultCode form = CommandForm.ofMovement(c, Command.FLAG_NO_VISIT);
        if (form != ResultCode.ACCEPTED) {
            return form;
        }
        if (!CommandForm.isValue(c.amountMinor())) {
            return ResultCode.VALUE_OUT_OF_RANGE;
        }
        return CommandForm.ofLines(c, lines);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!moves.admitsCredit(c, e)) {
            return;
        }
        final int rank = moves.rank(e);
        final EarnRules rules = e.program.earnRules();
        final long base = rules.points(c.amountMinor(), 0);
        final long points = rules.isPlain(rank) ? base : rules.points(c.amountMinor(), rank);
        if (base == EarnRules.TOO_MANY || points == EarnRules.TOO_MANY) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        final boolean known = e.memberSlot != 0;
        final int visit = (c.flags() & Command.FLAG_NO_VISIT) == 0 ? 1 : 0;
        e.spendMinor = c.amountMinor() + (known ? members.spendMinor(e.memberSlot) : 0);
        e.earnedPoints = points + (known ? members.earnedPoints(e.memberSlot) : 0);
        e.visits = visit + (known ? members.visits(e.memberSlot) : 0);
        if (e.spendMinor > Limits.MAX_VALUE
                || e.earnedPoints > Limits.MAX_VALUE
                || e.visits > MemberStore.MAX_VISITS
                || !moves.planCredit(e, points)) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        e.counts = true;
        e.basePoints = base;
        e.points = points;
        e.accept();
    }

    @Override
    public void commit(final Effect e) {
        moves.commit(e);
    }
}

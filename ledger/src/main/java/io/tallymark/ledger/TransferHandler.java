package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;

/** Points move from one member to another; lots keep their expiry. */
final class TransferHandler implements Handler {
    private final LedgerState state;
    private final Admission admission;
    private final DueEvents dueEvents;
    private final RedemptionDraft taken = new RedemptionDraft();

    TransferHandler(final LedgerState state, final Admission admission, final DueEvents dueEvents) {
        this.state = state;
        this.admission = admission;
        this.dueEvents = dueEvents;
    }

    @Override
    public ResultCode check(final Command c) {
        return c.otherMemberId() > 0 ? CommandForm.ofValue(c.points()) : ResultCode.MALFORMED;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.time(c, e) || !admission.knownMember(e)) {
            return;
        }
        final int slot = state.members.find(e.program.number, c.otherMemberId());
        if (slot == 0) {
            e.reject(ResultCode.UNKNOWN_MEMBER);
            return;
        }
        if (slot == e.member.slot) {
            e.reject(ResultCode.SAME_MEMBER);
            return;
        }
        state.members.load(slot, e.program, e.other);
        dueEvents.advance(e.other, e.timeMs, e.movement);
        final ResultCode refusal = refusal(c, e);
        if (refusal != ResultCode.ACCEPTED) {
            e.reject(refusal);
            return;
        }
        e.hasOther = true;
        move(c.points(), e);
        e.member.usage.add(MemberUsage.TRANSFER_DAY, 0, e.eventDay, c.points());
        e.points = -c.points();
        Admission.acceptWithinLimits(e);
    }

    private static ResultCode refusal(final Command c, final Effect e) {
        final MemberDraft from = e.member;
        final MemberDraft to = e.other;
        if (from.closed || to.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (from.frozen || to.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        final long limit = e.program.compiled().transferDailyLimitPoints();
        if (limit == CompiledProgram.UNLIMITED) {
            return ResultCode.NOT_OFFERED;
        }
        if (balance(to) + c.points() - Math.min(c.points(), to.debtPoints) > Limits.MAX_VALUE) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        if (from.usage.get(MemberUsage.TRANSFER_DAY, 0, e.eventDay) + c.points() > limit) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        if (from.debtPoints > 0 || to.debtPoints > 0) {
            return ResultCode.IN_DEBT;
        }
        return c.points() > from.availablePoints() ? ResultCode.INSUFFICIENT_POINTS : ResultCode.ACCEPTED;
    }

    private static long balance(final MemberDraft d) {
        return d.allPoints();
    }

    private void move(final long points, final Effect e) {
        taken.clear();
        e.member.take(Account.POINTS, points, taken, e.movement);
        for (int part = 0; part < taken.count; part++) {
            e.other.credit(taken.partPoints[part], taken.expiryDay[part], taken.account[part], e.localDay, e.movement);
        }
    }
}

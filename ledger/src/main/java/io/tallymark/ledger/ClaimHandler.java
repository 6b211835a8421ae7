package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;

/** A member who joined later claims the points of an earlier order, once. */
final class ClaimHandler implements Handler {
    private final Admission admission;
    private final Earning earning;
    private final Originals originals;

    ClaimHandler(final Admission admission, final Earning earning, final Originals originals) {
        this.admission = admission;
        this.earning = earning;
        this.originals = originals;
    }

    @Override
    public ResultCode check(final Command c) {
        return earning.check(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.eventTimeMs() != Command.NO_TIME && c.eventTimeMs() > e.timeMs + Limits.FUTURE_TOLERANCE_MS) {
            e.answer(ResultCode.EVENT_IN_FUTURE);
            return;
        }
        e.happened(c);
        if (!e.hasMember) {
            e.answer(ResultCode.UNKNOWN_MEMBER);
            return;
        }
        final int claimDays = e.program.compiled().claimDays();
        final int joinDay = e.member.joinDay;
        if (claimDays >= 0 && e.eventDay < joinDay - claimDays) {
            e.reject(ResultCode.EVENT_TOO_OLD);
        } else if (!admission.isOpen(e)) {
            return;
        } else if (claimDays < 0 || e.eventDay > joinDay) {
            e.reject(ResultCode.NOT_OFFERED);
        } else if (originals.find(CommandType.ACCRUE, c, e) != 0) {
            e.reject(ResultCode.ALREADY_ACCRUED);
        } else {
            e.claimedHigh = originals.keyHigh();
            e.claimedLow = originals.keyLow();
            e.claims = true;
            earning.plan(c, e);
        }
    }
}

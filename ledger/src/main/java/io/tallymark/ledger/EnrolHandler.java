package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.time.DateTimeException;
import java.time.LocalDate;

/** A member joins, with or without an id, an identity, a birthday. */
final class EnrolHandler implements Handler {
    private static final int YEAR = 10_000;
    private static final int MONTH = 100;

    private final LedgerState state;
    private final Admission admission;
    private final Referrals referrals;
    private final BoardCounting boards;

    EnrolHandler(
            final LedgerState state, final Admission admission, final Referrals referrals, final BoardCounting boards) {
        this.state = state;
        this.admission = admission;
        this.referrals = referrals;
        this.boards = boards;
    }

    @Override
    public ResultCode check(final Command c) {
        if (c.referrerId() < 0) {
            return ResultCode.MALFORMED;
        }
        if (c.birthday() == 0) {
            return ResultCode.ACCEPTED;
        }
        try {
            LocalDate.of(c.birthday() / YEAR, c.birthday() / MONTH % MONTH, c.birthday() % MONTH);
            return ResultCode.ACCEPTED;
        } catch (final DateTimeException noSuchDay) {
            return ResultCode.MALFORMED;
        }
    }

    @Override
    public void plan(final Command c, final Effect e) {
        e.happened(c);
        final boolean exists = c.memberId() > 0 && e.hasMember;
        // Whoever asks to enrol a member that is there is told nothing of it.
        e.hasMember = false;
        final int referrer = c.referrerId() > 0 ? state.members.find(e.program.number, c.referrerId()) : 0;
        final ResultCode refusal = refusal(c, e, exists, referrer);
        if (refusal != ResultCode.ACCEPTED) {
            e.reject(refusal);
            return;
        }
        admission.enrol(c, e);
        e.member.birthday = c.birthday();
        if (referrer != 0) {
            e.member.referrerSlot = referrer;
            referrals.joined(e);
            boards.joined(c, e);
        }
        Admission.acceptWithinLimits(e);
    }

    private ResultCode refusal(final Command c, final Effect e, final boolean exists, final int referrer) {
        if (c.referrerId() > 0 && referrer == 0) {
            // Nobody, or the very member that is to be enrolled.
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (exists) {
            return ResultCode.MEMBER_EXISTS;
        }
        if (c.length(VarField.IDENTITY) > 0 && state.identities.find(c, e.program) != 0) {
            return ResultCode.IDENTITY_TAKEN;
        }
        if (referrer != 0 && referrals.isClosed(referrer, e)) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (referrer != 0 && e.program.compiled().catalogue().referral() == null) {
            return ResultCode.NOT_OFFERED;
        }
        return c.memberId() == 0 && e.program.highestMemberId == Long.MAX_VALUE
                ? ResultCode.LIMIT_EXCEEDED
                : ResultCode.ACCEPTED;
    }
}

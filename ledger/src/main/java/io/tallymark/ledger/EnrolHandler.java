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

    EnrolHandler(final LedgerState state, final Admission admission) {
        this.state = state;
        this.admission = admission;
    }

    @Override
    public ResultCode check(final Command c) {
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
        if (exists) {
            e.reject(ResultCode.MEMBER_EXISTS);
            return;
        }
        if (c.length(VarField.IDENTITY) > 0 && state.identities.find(c, e.program) != 0) {
            e.reject(ResultCode.IDENTITY_TAKEN);
            return;
        }
        if (c.memberId() == 0 && e.program.highestMemberId == Long.MAX_VALUE) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        admission.enrol(c, e);
        e.member.birthday = c.birthday();
        Admission.acceptWithinLimits(e);
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;

/** A member is frozen, unfrozen, closed or erased. */
final class StandingHandler implements Handler {
    private final LedgerState state;
    private final Admission admission;
    private final DueEvents dueEvents;

    StandingHandler(final LedgerState state, final Admission admission, final DueEvents dueEvents) {
        this.state = state;
        this.admission = admission;
        this.dueEvents = dueEvents;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.knownMember(e) || c.type() != CommandType.ERASE && !admission.isOpen(e)) {
            return;
        }
        final MemberDraft d = e.member;
        switch (c.type()) {
            case FREEZE -> {
                d.frozen = true;
                e.accept();
            }
            case UNFREEZE -> {
                d.frozen = false;
                dueEvents.activate(d, e.localDay, e.movement);
                e.accept();
            }
            case CLOSE -> close(e);
            case ERASE -> {
                d.birthday = 0;
                e.accept();
            }
            default -> throw new IllegalStateException(c.type() + " is none of these");
        }
    }

    private static void close(final Effect e) {
        final MemberDraft d = e.member;
        if (d.holds.count > 0) {
            e.reject(ResultCode.HAS_HOLDS);
            return;
        }
        if (d.value.hasPrincipal()) {
            e.reject(ResultCode.HAS_VALUE);
            return;
        }
        if (d.debtPoints > 0) {
            e.reject(ResultCode.IN_DEBT);
            return;
        }
        final long available = d.availablePoints();
        final long pending = d.pendingPoints();
        d.lots.clear();
        d.pending.clear();
        Coupons.revokeAll(d, e.movement);
        d.closed = true;
        StoredValue.forfeitAll(e);
        e.movement.available -= available;
        e.movement.pending -= pending;
        e.movement.forfeited += available + pending;
        e.points = -(available + pending);
        e.accept();
    }

    @Override
    public void commit(final Command c, final Effect e, final int entry) {
        if (c.type() == CommandType.ERASE) {
            state.identities.unlinkAll(e.member.slot);
        }
    }
}

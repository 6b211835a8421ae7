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
        if (d.debtPoints > 0 || d.debts.count > 0) {
            e.reject(ResultCode.IN_DEBT);
            return;
        }
        for (int wallet = 0; wallet <= e.program.current().walletRules.count; wallet++) {
            forfeit(e, wallet);
        }
        d.lots.clear();
        d.pending.clear();
        Coupons.revokeAll(d, e.movement);
        d.closed = true;
        StoredValue.forfeitAll(e);
        e.accept();
    }

    private static void forfeit(final Effect e, final int wallet) {
        final long available = e.member.availablePoints(wallet);
        final long pending = e.member.pendingPoints(wallet);
        if (available + pending > 0) {
            final Movement m = e.movement.ofWallet(wallet);
            m.available -= available;
            m.pending -= pending;
            m.forfeited += available + pending;
        }
        if (wallet == Account.POINTS) {
            e.points = -(available + pending);
        } else {
            e.wallets.add(wallet, -(available + pending));
        }
    }

    @Override
    public void commit(final Command c, final Effect e, final int entry) {
        if (c.type() == CommandType.ERASE) {
            state.identities.unlinkAll(e.member.slot);
        }
    }
}

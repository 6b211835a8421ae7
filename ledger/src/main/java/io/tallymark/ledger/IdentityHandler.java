package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;

/** Links an outside identity to a member, or unlinks it. */
final class IdentityHandler implements Handler {
    private final LedgerState state;
    private final Admission admission;

    IdentityHandler(final LedgerState state, final Admission admission) {
        this.state = state;
        this.admission = admission;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.knownMember(e)) {
            return;
        }
        final int owner = state.identities.find(c, e.program);
        if (c.type() == CommandType.LINK_IDENTITY) {
            if (owner != 0 && owner != e.member.slot) {
                e.reject(ResultCode.IDENTITY_TAKEN);
                return;
            }
        } else if (owner != e.member.slot) {
            e.reject(ResultCode.IDENTITY_UNKNOWN);
            return;
        }
        if (admission.isOpen(e)) {
            e.linksIdentity = owner == 0;
            e.accept();
        }
    }

    @Override
    public void commit(final Command c, final Effect e, final int entry) {
        if (c.type() == CommandType.UNLINK_IDENTITY) {
            state.identities.unlink(c, e.program);
        }
    }
}

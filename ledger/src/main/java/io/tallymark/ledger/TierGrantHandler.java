package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** An operator grants a tier by a way that is not earned, or ends it. */
final class TierGrantHandler implements Handler {
    private final Admission admission;
    private final TierEngine tiers;

    TierGrantHandler(final Admission admission, final TierEngine tiers) {
        this.admission = admission;
        this.tiers = tiers;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.knownMember(e) || !admission.isOpen(e)) {
            return;
        }
        final int rank =
                e.program.tierRules().rankOf(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
        final int way = TierEngine.way(c.bytes(), c.offset(VarField.WAY), c.length(VarField.WAY));
        final ResultCode code = c.type() == CommandType.GRANT_TIER
                ? tiers.grant(e.member, rank, way, c.untilMs(), e.timeMs)
                : tiers.revoke(e.member, rank, way);
        if (code == ResultCode.ACCEPTED) {
            e.accept();
        } else {
            e.reject(code);
        }
    }
}

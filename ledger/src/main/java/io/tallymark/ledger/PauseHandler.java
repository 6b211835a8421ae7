package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** A campaign, or all redemptions of a program, are paused or go on. */
final class PauseHandler implements Handler {
    /** The rule that means all redemptions; no campaign can have this id. */
    static final String REDEMPTIONS = "redemptions";

    private int campaign;

    @Override
    public void plan(final Command c, final Effect e) {
        // Cold: strings are made.
        final String rule = c.text(VarField.RULE_ID);
        campaign = rule.equals(REDEMPTIONS) ? -1 : e.program.campaignNumbers.find(rule);
        if (campaign < 0 && !rule.equals(REDEMPTIONS)) {
            e.reject(ResultCode.NOT_OFFERED);
        } else {
            e.accept();
        }
    }

    @Override
    public void commit(final Command c, final Effect e, final int entry) {
        final boolean paused = c.type() == CommandType.PAUSE;
        if (campaign < 0) {
            e.program.redemptionsPaused = paused;
        } else {
            e.program.isCampaignPaused[campaign] = paused;
            e.program.pausesChanged();
        }
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** An order earns points, counts for the tiers and may lift the member to a higher one. */
final class AccrueHandler implements Handler {
    private final Admission admission;
    private final Earning earning;

    AccrueHandler(final Admission admission, final Earning earning) {
        this.admission = admission;
        this.earning = earning;
    }

    @Override
    public ResultCode check(final Command c) {
        return earning.check(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.credit(c, e)) {
            return;
        }
        if (e.isOnRecord) {
            // Claimed before, or its key is gone and its record is not.
            e.reject(ResultCode.ALREADY_ACCRUED);
        } else {
            earning.plan(c, e);
        }
    }
}

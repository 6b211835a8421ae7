package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** Points are reserved: lowered for everybody at once, spent or released later. */
final class HoldHandler implements Handler {
    static final long DEFAULT_TTL_MS = 15 * 60_000L;
    static final long MAX_TTL_MS = 30 * CompiledProgram.DAY_MS;

    private final Spending spending;

    private final Rewards rewards;

    HoldHandler(final Spending spending, final Rewards rewards) {
        this.spending = spending;
        this.rewards = rewards;
    }

    @Override
    public ResultCode check(final Command c) {
        return c.ttlMs() < 0 || c.ttlMs() > MAX_TTL_MS ? ResultCode.VALUE_OUT_OF_RANGE : CommandForm.ofSpending(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final long deadlineMs = e.timeMs + (c.ttlMs() == 0 ? DEFAULT_TTL_MS : c.ttlMs());
        e.holdEndDay = (int) (deadlineMs / CompiledProgram.DAY_MS) + 1;
        if (c.length(VarField.RULE_ID) > 0) {
            rewards.hold(c, e, deadlineMs);
            return;
        }
        final long points = spending.price(c, e);
        if (points < 0) {
            return;
        }
        e.member.hold(e.sequence, deadlineMs, c.amountMinor() == 0 ? 0 : e.valueMinor, points, e.movement);
        e.points = -points;
        e.accept();
    }
}

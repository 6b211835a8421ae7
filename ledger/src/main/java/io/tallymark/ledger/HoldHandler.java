package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** Points are reserved: lowered for everybody at once, spent or released later. */
final class HoldHandler implements Handler {
    static final long DEFAULT_TTL_MS = 15 * 60_000L;
    static final long MAX_TTL_MS = 30 * CompiledProgram.DAY_MS;

    private final Spending spending;

    HoldHandler(final Spending spending) {
        this.spending = spending;
    }

    @Override
    public ResultCode check(final Command c) {
        return c.ttlMs() < 0 || c.ttlMs() > MAX_TTL_MS ? ResultCode.VALUE_OUT_OF_RANGE : CommandForm.ofSpending(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final long points = spending.price(c, e);
        if (points < 0) {
            return;
        }
        final long deadlineMs = e.timeMs + (c.ttlMs() == 0 ? DEFAULT_TTL_MS : c.ttlMs());
        e.holdEndDay = (int) (deadlineMs / CompiledProgram.DAY_MS) + 1;
        e.member.hold(e.sequence, deadlineMs, c.amountMinor() == 0 ? 0 : e.valueMinor, points, e.movement);
        e.member.holds.counterpart[e.member.holds.count - 1] =
                e.program.current().issuerRules.ofBrand(c);
        e.points = -points;
        e.accept();
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** More of a reward or a prize is there, or less. Cold: strings are made. */
final class RestockHandler implements Handler {
    @Override
    public ResultCode check(final Command c) {
        return c.quantity() != 0 && Math.abs((long) c.quantity()) <= Limits.MAX_QUANTITY
                ? ResultCode.ACCEPTED
                : ResultCode.VALUE_OUT_OF_RANGE;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final String id = c.text(VarField.RULE_ID);
        final int kind = id.indexOf('/') < 0 ? Stocks.REWARDS : Stocks.PRIZES;
        final Stocks stocks = e.program.stocks(kind);
        final int number = stocks.numbers.find(id);
        final long stock = number < 0 ? CompiledProgram.UNLIMITED : stockOf(e.program.current(), kind, number);
        if (stock == CompiledProgram.UNLIMITED) {
            e.reject(ResultCode.NOT_OFFERED);
        } else if (!stocks.canRestock(number, stock, c.quantity(), e.timeMs)) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
        } else {
            e.stock.restock(kind, number, c.quantity());
            e.accept();
        }
    }

    /** The stock by a version, {@link CompiledProgram#UNLIMITED}: none is kept, or the rule is not listed. */
    static long stockOf(final ProgramVersion version, final int kind, final int number) {
        return kind == Stocks.REWARDS ? version.rewardRules.stock(number) : version.drawRules.stock(number);
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;

/** More of a reward is there, or less. */
final class RestockHandler implements Handler {
    @Override
    public ResultCode check(final Command c) {
        return c.quantity() != 0 && Math.abs((long) c.quantity()) <= Limits.MAX_QUANTITY
                ? ResultCode.ACCEPTED
                : ResultCode.VALUE_OUT_OF_RANGE;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final RewardRules rules = e.program.current().rewardRules;
        final int place = rules.find(c);
        if (place < 0 || !rules.offer(place).hasStock()) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        restock(c, e, Stocks.REWARDS, rules.number(place), rules.offer(place).stock);
    }

    private static void restock(final Command c, final Effect e, final int kind, final int number, final long stock) {
        if (!e.program.stocks(kind).canRestock(number, stock, c.quantity(), e.timeMs)) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
            return;
        }
        e.stock.restock(kind, number, c.quantity());
        e.accept();
    }
}

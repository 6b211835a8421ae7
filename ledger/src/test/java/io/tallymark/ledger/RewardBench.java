package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** Speaks to a ledger about rewards in one line each. Everything asked for is judged by its code at once. */
final class RewardBench {
    final Desk desk;
    private int document;

    RewardBench(final Reward... rewards) {
        this(Desk.OPTIONS, rewards);
    }

    RewardBench(final LedgerOptions options, final Reward... rewards) {
        desk = new Desk(options);
        publish(catalogue(rewards));
    }

    RewardBench(final Catalogue.Builder catalogue) {
        desk = new Desk();
        publish(catalogue);
    }

    static Catalogue.Builder catalogue(final Reward... rewards) {
        final Catalogue.Builder catalogue = Catalogue.builder();
        for (final Reward reward : rewards) {
            catalogue.add(reward);
        }
        return catalogue;
    }

    static Reward reward(final String id, final Offer offer) {
        return Reward.of(id, offer);
    }

    RewardBench publish(final Catalogue.Builder catalogue) {
        desk.publish(Desk.mima()
                .expiry(Expiry.never())
                .keyDays(1_000)
                .catalogue(catalogue.build())
                .build());
        return this;
    }

    RewardBench publish(final Reward... rewards) {
        return publish(catalogue(rewards));
    }

    /** Gives points that no order earned: the member reaches no tier. */
    RewardBench points(final long member, final long points) {
        return expect(ResultCode.ACCEPTED, desk.apply(Commands.adjust(next(), member, points)));
    }

    /** An order of so many yuan, a point each. */
    RewardBench order(final long member, final long yuan) {
        return expect(ResultCode.ACCEPTED, desk.apply(Commands.accrue(next(), member, yuan * 100)));
    }

    Outcome redeem(final long member, final String reward) {
        return desk.apply(about(CommandType.REDEEM, next(), member, reward));
    }

    Outcome hold(final String document, final long member, final String reward, final long ttlMs) {
        return desk.apply(about(CommandType.HOLD, document, member, reward).ttlMs(ttlMs));
    }

    Outcome end(final CommandType type, final String original) {
        return desk.apply(Commands.keyed(type, next()).put(VarField.ORIGINAL_DOCUMENT_ID, original));
    }

    Outcome restock(final String reward, final int quantity) {
        return desk.apply(
                Commands.keyed(CommandType.RESTOCK, next()).quantity(quantity).put(VarField.RULE_ID, reward));
    }

    static Command about(final CommandType type, final String document, final long member, final String rule) {
        return Commands.keyed(type, document).memberId(member).put(VarField.RULE_ID, rule);
    }

    /** Stock, left, taken, restocked, as the query tells them. */
    RewardBench stock(final String reward, final long stock, final long left, final long taken, final long restocked) {
        final Outcome o = desk.apply(new Command()
                .reset(CommandType.QUERY_REWARD)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, reward));
        assertEquals(ResultCode.ACCEPTED, o.code);
        assertEquals(
                stock + " " + left + " " + taken + " " + restocked,
                o.rows.value(0, 0) + " " + o.rows.value(0, 1) + " " + o.rows.value(0, 2) + " " + o.rows.value(0, 3));
        return this;
    }

    RewardBench expect(final ResultCode code, final Outcome o) {
        assertEquals(code, o.code, o.toString());
        return this;
    }

    String next() {
        return "d" + ++document;
    }
}

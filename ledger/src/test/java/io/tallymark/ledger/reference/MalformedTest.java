package io.tallymark.ledger.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the gateway lets nobody send is refused by the ledger too, without a trace. */
final class MalformedTest {
    private final List<DynamicTest> tests = new ArrayList<>();

    private void row(final String what, final ResultCode code, final Command c) {
        tests.add(DynamicTest.dynamicTest(what + " " + code, () -> {
            final Till till = new Till(Book.ledger()).publish(Till.shop());
            final Outcome o = till.send(c);
            assertEquals(code, o.code);
            assertFalse(o.journaled);
        }));
    }

    private static Ask ask(final CommandType type) {
        return Ask.of(type, Till.PROGRAM, "d");
    }

    private static Ask order() {
        return ask(CommandType.ACCRUE).member(1);
    }

    @TestFactory
    List<DynamicTest> orders() {
        row("no member", ResultCode.MALFORMED, ask(CommandType.ACCRUE).amount(1).make());
        row(
                "unknown flag",
                ResultCode.MALFORMED,
                order().amount(1).with(FixedField.FLAGS, 64).make());
        row("no amount", ResultCode.VALUE_OUT_OF_RANGE, order().make());
        row("negative", ResultCode.VALUE_OUT_OF_RANGE, order().amount(-1).make());
        row(
                "too large",
                ResultCode.VALUE_OUT_OF_RANGE,
                order().amount(Limits.MAX_VALUE + 1).make());
        row(
                "lines sum to less",
                ResultCode.AMOUNT_MISMATCH,
                order().amount(4).line(1, 1, 1).line(2, 1, 2).make());
        final Ask many = order().amount(1_001);
        for (int i = 1; i <= 1_001; i++) {
            many.line(i, 1, 1);
        }
        row("too many lines", ResultCode.TOO_MANY_LINES, many.make());
        row(
                "more lines than said",
                ResultCode.MALFORMED,
                order().amount(3).line(1, 1, 1).line(2, 1, 2).make().lineCount(1));
        return tests;
    }

    @TestFactory
    List<DynamicTest> offers() {
        for (final CommandType type : new CommandType[] {CommandType.REDEEM, CommandType.HOLD}) {
            final Ask reward = ask(type).member(1).rule("mug");
            row(
                    type + " points beside a reward",
                    ResultCode.MALFORMED,
                    reward.points(1).make());
            row(
                    type + " amount beside a reward",
                    ResultCode.MALFORMED,
                    reward.points(0).amount(1).make());
            row(
                    type + " cash beside a reward",
                    ResultCode.MALFORMED,
                    reward.amount(0).with(FixedField.CASH_MINOR, 1).make());
            row(type + " nothing", ResultCode.MALFORMED, ask(type).member(1).make());
        }
        for (final CommandType type :
                new CommandType[] {CommandType.REDEEM, CommandType.HOLD, CommandType.PREVIEW_REDEEM}) {
            final Ask reward = WalletTill.in(ask(type).member(1).rule("mug"), "stars");
            row(type + " wallet beside a reward", ResultCode.MALFORMED, reward.make());
            final Ask nothing = WalletTill.in(ask(type).member(1), "stars");
            row(type + " a wallet and no points", ResultCode.MALFORMED, nothing.make());
        }
        row(
                "wallet beside a coupon alone",
                ResultCode.MALFORMED,
                WalletTill.in(ask(CommandType.HOLD).member(1), "stars")
                        .with(VarField.COUPON_ID, "coffee")
                        .make());
        row(
                "cash beside a coupon alone",
                ResultCode.MALFORMED,
                ask(CommandType.HOLD)
                        .member(1)
                        .with(VarField.COUPON_ID, "coffee")
                        .with(FixedField.CASH_MINOR, 1)
                        .make());
        for (final long quantity : new long[] {0, 1_000_000_001, -1_000_000_001}) {
            row(
                    "restocked " + quantity,
                    ResultCode.VALUE_OUT_OF_RANGE,
                    ask(CommandType.RESTOCK)
                            .rule("mug")
                            .with(FixedField.QUANTITY, quantity)
                            .make());
        }
        final Ask use = ask(CommandType.USE_COUPON).member(1).rule("coffee");
        row(
                "money of a coupon below 0",
                ResultCode.VALUE_OUT_OF_RANGE,
                use.amount(-1).make());
        row(
                "money of a coupon",
                ResultCode.VALUE_OUT_OF_RANGE,
                use.amount(Limits.MAX_VALUE + 1).make());
        return tests;
    }

    /** Of every command that needs a rule: none named. */
    @TestFactory
    List<DynamicTest> withoutRule() {
        for (final CommandType type : CommandType.values()) {
            if (type.shape().requires(VarField.RULE_ID)) {
                final Ask ask = ask(type);
                if (type.shape().identity() == CommandShape.Identity.INSTEAD_OF_MEMBER) {
                    ask.member(1);
                }
                row(type.toString(), ResultCode.MALFORMED, ask.make());
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> community() {
        for (final CommandType type :
                new CommandType[] {CommandType.TOP_UP, CommandType.SPEND_VALUE, CommandType.REFUND_VALUE}) {
            row(
                    type + " of no wallet",
                    ResultCode.MALFORMED,
                    ask(type).member(1).amount(1).make());
            for (final long amount : new long[] {0, -1, Limits.MAX_VALUE + 1}) {
                final Command c =
                        ask(type).member(1).rule("card").amount(amount).make();
                row(type + " of " + amount, ResultCode.VALUE_OUT_OF_RANGE, c);
            }
        }
        row(
                "referrer below 0",
                ResultCode.MALFORMED,
                ask(CommandType.ENROL).with(FixedField.REFERRER_ID, -1).make());
        for (final long points : new long[] {-1, Limits.MAX_VALUE + 1}) {
            final Command c = ask(CommandType.ACTIVITY)
                    .member(1)
                    .rule("card")
                    .points(points)
                    .make();
            row("import of " + points, ResultCode.VALUE_OUT_OF_RANGE, c);
        }
        for (final CommandType type : new CommandType[] {CommandType.QUERY_BOARD, CommandType.QUERY_SETTLEMENT}) {
            row(
                    type + " of nothing",
                    ResultCode.MALFORMED,
                    Ask.of(type, Till.PROGRAM, "").make());
        }
        row(
                "nobody's wallets",
                ResultCode.MALFORMED,
                Ask.of(CommandType.QUERY_WALLETS, Till.PROGRAM, "").make());
        return tests;
    }

    /** Of every keyed command: no document id. */
    @TestFactory
    List<DynamicTest> withoutDocument() {
        for (final CommandType type : CommandType.values()) {
            if (type.shape().isKeyed() && type != CommandType.PUBLISH_PROGRAM) {
                row(
                        type.toString(),
                        ResultCode.MALFORMED,
                        ask(type).with(VarField.DOCUMENT_ID, "").make());
            }
        }
        return tests;
    }

    /** Of every command about a member: nobody named. */
    @TestFactory
    List<DynamicTest> withoutMember() {
        for (final CommandType type : CommandType.values()) {
            final CommandShape shape = type.shape();
            if (shape.identity() == CommandShape.Identity.INSTEAD_OF_MEMBER) {
                row(type.toString(), ResultCode.MALFORMED, ask(type).make());
            }
        }
        return tests;
    }
}

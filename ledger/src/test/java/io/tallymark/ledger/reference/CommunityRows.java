package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import java.util.List;
import java.util.function.Function;

/** Rows of the {@link ResultCodeTable} for stored value, referrers, boards, issuers and points without orders. */
final class CommunityRows {
    private static final long SAVER = 9;
    private static final String PURSE = "purse";
    private static final String NONE = "none";
    private static final Limit ONCE = new Limit(Activity.Per.LIFETIME, 1);

    private final ResultCodeTable table;

    CommunityRows(final ResultCodeTable table) {
        this.table = table;
    }

    /** {@code partner} counts tens, once; three points of {@code big} stand for one. */
    static void add(final Catalogue.Builder b) {
        b.add(new MoneyWallet(PURSE, List.of()))
                .add(new MoneyWallet("rich", List.of(new MoneyWallet.TopUp(1, Limits.MAX_VALUE))))
                .add(new Reward("voucher", Offer.of(1, 0), List.of(), "rich", 1))
                .referral(new Referral(Referral.On.REGISTRATION, 1, 0, Limit.NONE))
                .add(new Board(
                        "race",
                        Board.By.MEMBER,
                        Board.Score.SPEND,
                        Till.START_MS,
                        Till.START_MS + 1,
                        Condition.ALWAYS,
                        3))
                .add(new Issuer("partner", 1, 10, ONCE, 100, 50))
                .add(new Issuer("big", 3, 1, Limit.NONE, 0, 0))
                .add(new Issuer("shop-next-door", 0, 0, Limit.NONE, 0, 0))
                .add(new PointSale("bundle", 10, 100, ONCE))
                .add(new Precredit("card", 10));
    }

    /** What has happened, before the member is closed. */
    static void begin(final Till t, final long closed) {
        t.done(t.ask(CommandType.ENROL).member(SAVER));
        t.done(t.ask(CommandType.TOP_UP).member(closed).rule(PURSE).amount(5));
        t.done(t.ask(CommandType.SPEND_VALUE, "v-closed")
                .member(closed)
                .rule(PURSE)
                .amount(5));
        t.done(t.ask(CommandType.TOP_UP).member(SAVER).rule(PURSE).amount(100));
        t.done(t.ask(CommandType.SPEND_VALUE, "v").member(SAVER).rule(PURSE).amount(30));
    }

    /** Of good form; null: a command of another kind. */
    static Ask filled(final Ask ask, final CommandType type) {
        return switch (type) {
            case TOP_UP, SPEND_VALUE, REFUND_VALUE -> ask.rule(PURSE).amount(1);
            case QUERY_BOARD -> ask.rule("race");
            case QUERY_SETTLEMENT -> ask.rule("partner");
            default -> null;
        };
    }

    private void row(final CommandType type, final ResultCode code, final Function<Till, Ask> ask) {
        table.row(type, code, ask);
    }

    private static Ask some(final Till t, final CommandType type, final long member) {
        return ResultCodeTable.some(t, type, member);
    }

    void fill() {
        value();
        reversal();
        members();
        referrers();
        activities();
        for (final CommandType type : new CommandType[] {CommandType.QUERY_BOARD, CommandType.QUERY_SETTLEMENT}) {
            row(type, ResultCode.ORIGINAL_NOT_FOUND, t -> some(t, type, 0).rule(NONE));
        }
    }

    private void value() {
        final CommandType topUp = CommandType.TOP_UP;
        row(
                topUp,
                ResultCode.NOT_OFFERED,
                t -> some(t, topUp, ResultCodeTable.FROZEN).rule(NONE));
        row(topUp, ResultCode.LIMIT_EXCEEDED, t -> some(t, topUp, SAVER).amount(Limits.MAX_VALUE - 69));
        row(topUp, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(some(t, topUp, SAVER).rule("rich").with(io.tallymark.protocol.VarField.DOCUMENT_ID, "rich"));
            return some(t, topUp, SAVER).rule("rich");
        });
        for (final CommandType type : new CommandType[] {CommandType.SPEND_VALUE, CommandType.REFUND_VALUE}) {
            row(
                    type,
                    ResultCode.MEMBER_FROZEN,
                    t -> some(t, type, ResultCodeTable.FROZEN).rule(NONE));
            row(
                    type,
                    ResultCode.NOT_OFFERED,
                    t -> some(t, type, ResultCodeTable.OWES).rule(NONE));
        }
        final CommandType spend = CommandType.SPEND_VALUE;
        row(spend, ResultCode.INSUFFICIENT_VALUE, t -> some(t, spend, SAVER).amount(71));
        final CommandType refund = CommandType.REFUND_VALUE;
        row(
                refund,
                ResultCode.REFUND_EXCEEDS_ORIGINAL,
                t -> some(t, refund, SAVER).amount(71));
        for (final CommandType type : new CommandType[] {CommandType.REDEEM, CommandType.PREVIEW_REDEEM}) {
            row(type, ResultCode.LIMIT_EXCEEDED, t -> {
                t.done(t.ask(topUp).member(ResultCodeTable.RICH).rule("rich").amount(1));
                return some(t, type, ResultCodeTable.RICH).points(0).rule("voucher");
            });
        }
    }

    private void reversal() {
        final CommandType reverse = CommandType.REVERSE;
        row(reverse, ResultCode.MEMBER_CLOSED, t -> some(t, reverse, 0).about("v-closed"));
        row(reverse, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(t.ask(CommandType.TOP_UP).member(SAVER).rule(PURSE).amount(Limits.MAX_VALUE - 70));
            return some(t, reverse, 0).about("v");
        });
        row(
                reverse,
                ResultCode.REVERSAL_EXCEEDS_ORIGINAL,
                t -> some(t, reverse, 0).about("v").amount(31));
        row(reverse, ResultCode.REVERSAL_EXCEEDS_ORIGINAL, t -> {
            t.done(t.about(reverse, "v"));
            return some(t, reverse, 0).about("v");
        });
    }

    private void members() {
        final CommandType close = CommandType.CLOSE;
        row(close, ResultCode.HAS_HOLDS, t -> {
            t.done(t.adjust(SAVER, 10));
            t.done(t.hold("h-saver", SAVER, 1));
            return some(t, close, SAVER);
        });
        row(close, ResultCode.HAS_VALUE, t -> {
            t.done(t.adjust(SAVER, -10).with(FixedField.FLAGS, Command.FLAG_MAY_GO_BELOW_ZERO));
            return some(t, close, SAVER);
        });
        row(CommandType.MERGE, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(t.ask(CommandType.TOP_UP)
                    .member(ResultCodeTable.OWES)
                    .rule(PURSE)
                    .amount(Limits.MAX_VALUE));
            return some(t, CommandType.MERGE, SAVER).with(FixedField.OTHER_MEMBER_ID, ResultCodeTable.OWES);
        });
    }

    private static Ask enrol(final Till t, final long member, final long referrer) {
        return some(t, CommandType.ENROL, member).with(FixedField.REFERRER_ID, referrer);
    }

    private void referrers() {
        final CommandType type = CommandType.ENROL;
        final long nobody = ResultCodeTable.NOBODY;
        row(type, ResultCode.UNKNOWN_MEMBER, t -> enrol(t, nobody, nobody).identity("card", 1, 1, 1));
        row(type, ResultCode.UNKNOWN_MEMBER, t -> enrol(t, SAVER, nobody));
        row(type, ResultCode.MEMBER_EXISTS, t -> enrol(t, SAVER, ResultCodeTable.CLOSED));
        row(
                type,
                ResultCode.IDENTITY_TAKEN,
                t -> enrol(t, nobody, ResultCodeTable.CLOSED).identity("card", 1, 1, 1));
        row(type, ResultCode.MEMBER_CLOSED, t -> enrol(t, nobody, ResultCodeTable.CLOSED));
        row(type, ResultCode.NOT_OFFERED, t -> {
            t.done(Ask.of(type, "plain", "first").member(1));
            return Ask.of(type, "plain", "new").with(FixedField.REFERRER_ID, 1);
        });
        row(type, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(t.ask(type).member(Long.MAX_VALUE));
            return enrol(t, 0, SAVER);
        });
    }

    private void activities() {
        final CommandType type = CommandType.ACTIVITY;
        final long full = ResultCodeTable.FULL;
        for (final String rule : new String[] {"partner", "shop-next-door", PURSE}) {
            row(type, ResultCode.NOT_OFFERED, t -> some(t, type, full).rule(rule));
        }
        for (final String rule : new String[] {"sign-in", "bundle", "card", "shop-next-door"}) {
            row(
                    type,
                    ResultCode.NOT_OFFERED,
                    t -> some(t, type, full).rule(rule).points(1));
        }
        for (final String rule : new String[] {"bundle", "card"}) {
            row(type, ResultCode.LIMIT_EXCEEDED, t -> some(t, type, full).rule(rule));
            row(type, ResultCode.RULE_LIMIT_REACHED, t -> {
                t.done(t.ask(type).member(SAVER).rule(rule));
                return some(t, type, SAVER).rule(rule);
            });
        }
        row(
                type,
                ResultCode.LIMIT_EXCEEDED,
                t -> some(t, type, SAVER).rule("big").points(Limits.MAX_VALUE));
        row(type, ResultCode.RULE_LIMIT_REACHED, t -> {
            t.done(t.ask(type).member(SAVER).rule("partner").points(10));
            return some(t, type, SAVER).rule("partner").points(9);
        });
        row(
                type,
                ResultCode.BELOW_MINIMUM,
                t -> some(t, type, SAVER).rule("partner").points(9));
    }
}

package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.ResultCode;
import java.util.function.Function;

/** Rows of the {@link ResultCodeTable} for further wallets of points. */
final class WalletRows {
    private static final long STARRY = 20;
    private static final long STAR_DEBTOR = 21;
    private static final String STARS = "stars";
    private static final String GROWTH = "growth";
    private static final String NONE = "none";

    /** Of stored value. */
    private static final String MONEY = "purse";

    private final ResultCodeTable table;

    WalletRows(final ResultCodeTable table) {
        this.table = table;
    }

    /** {@code growth} cannot be spent. */
    static void add(final Catalogue.Builder b) {
        b.add(WalletTill.wallet(STARS)
                        .rate(0, 1)
                        .refund(RefundPolicy.Claw.DEBT, 20)
                        .make())
                .add(WalletTill.wallet(GROWTH).rate(0, 1).notRedeemable().make())
                .add(Reward.of("star-mug", Offer.of(15, 0).from(STARS)))
                .add(new PointSale("star-bundle", 10, 100, Limit.NONE, STARS));
    }

    /** Who has 10 stars and 10 of growth; who owes 10 stars and has 100 points. */
    static void begin(final Till t) {
        t.done(WalletTill.in(t.adjust(STARRY, 10), STARS));
        t.done(WalletTill.in(t.adjust(STARRY, 10), GROWTH));
        t.done(t.adjust(STAR_DEBTOR, 100));
        t.done(below(WalletTill.in(t.adjust(STAR_DEBTOR, -10), STARS)));
    }

    private static Ask below(final Ask ask) {
        return ask.with(FixedField.FLAGS, Command.FLAG_MAY_GO_BELOW_ZERO);
    }

    private void row(final CommandType type, final ResultCode code, final Function<Till, Ask> ask) {
        table.row(type, code, ask);
    }

    private static Ask some(final Till t, final CommandType type, final long member, final String wallet) {
        return WalletTill.in(ResultCodeTable.some(t, type, member), wallet);
    }

    void fill() {
        for (final CommandType type :
                new CommandType[] {CommandType.REDEEM, CommandType.HOLD, CommandType.PREVIEW_REDEEM}) {
            row(type, ResultCode.UNKNOWN_MEMBER, t -> some(t, type, ResultCodeTable.NOBODY, NONE));
            row(type, ResultCode.MEMBER_CLOSED, t -> some(t, type, ResultCodeTable.CLOSED, NONE));
            row(type, ResultCode.MEMBER_FROZEN, t -> some(t, type, ResultCodeTable.FROZEN, NONE));
            row(type, ResultCode.PAUSED, t -> {
                t.done(t.ask(CommandType.PAUSE).rule(SpendingOps.REDEMPTIONS));
                return some(t, type, STAR_DEBTOR, NONE);
            });
            for (final String wallet : new String[] {NONE, MONEY, GROWTH}) {
                row(type, ResultCode.NOT_OFFERED, t -> some(t, type, STAR_DEBTOR, wallet));
            }
            row(
                    type,
                    ResultCode.NOT_OFFERED,
                    t -> some(t, type, STARRY, STARS).points(0).amount(100));
            row(type, ResultCode.IN_DEBT, t -> some(t, type, STAR_DEBTOR, STARS));
            row(
                    type,
                    ResultCode.INSUFFICIENT_POINTS,
                    t -> some(t, type, STARRY, STARS).points(11));
            row(type, ResultCode.IN_DEBT, t -> reward(t, type, STAR_DEBTOR));
            row(type, ResultCode.INSUFFICIENT_POINTS, t -> reward(t, type, STARRY));
        }
        adjustments();
        row(CommandType.CLOSE, ResultCode.IN_DEBT, t -> ResultCodeTable.some(t, CommandType.CLOSE, STAR_DEBTOR));
        // 10^15 is for all wallets together.
        row(
                CommandType.ACTIVITY,
                ResultCode.LIMIT_EXCEEDED,
                t -> ResultCodeTable.some(t, CommandType.ACTIVITY, ResultCodeTable.FULL)
                        .rule("star-bundle"));
    }

    private static Ask reward(final Till t, final CommandType type, final long member) {
        return t.ask(type, "new").member(member).rule("star-mug");
    }

    private void adjustments() {
        final CommandType adjust = CommandType.ADJUST;
        row(adjust, ResultCode.MEMBER_CLOSED, t -> some(t, adjust, ResultCodeTable.CLOSED, NONE));
        row(
                adjust,
                ResultCode.UNKNOWN_MEMBER,
                t -> some(t, adjust, ResultCodeTable.NOBODY, NONE).points(-1));
        row(
                adjust,
                ResultCode.MEMBER_FROZEN,
                t -> some(t, adjust, ResultCodeTable.FROZEN, NONE).points(-1));
        for (final String wallet : new String[] {NONE, MONEY}) {
            row(adjust, ResultCode.NOT_OFFERED, t -> some(t, adjust, ResultCodeTable.FULL, wallet));
            row(
                    adjust,
                    ResultCode.NOT_OFFERED,
                    t -> some(t, adjust, STARRY, wallet).points(-100));
            row(adjust, ResultCode.NOT_OFFERED, t -> some(t, adjust, ResultCodeTable.NOBODY, wallet));
        }
        row(adjust, ResultCode.LIMIT_EXCEEDED, t -> some(t, adjust, ResultCodeTable.FULL, STARS));
        row(
                adjust,
                ResultCode.INSUFFICIENT_POINTS,
                t -> some(t, adjust, STARRY, STARS).points(-11));
        row(
                adjust,
                ResultCode.LIMIT_EXCEEDED,
                t -> below(some(t, adjust, STARRY, STARS)).points(-31));
    }
}

package io.tallymark.ledger.reference;

import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Reward;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;

/** Rows of the {@link ResultCodeTable} for rewards, coupons, benefits, packs and draws. */
final class CatalogueRows {
    private static final long COLLECTOR = 7;
    private static final long GOLD = 8;
    private static final int MOST_HOLDINGS = 1_000;
    private static final Limit ONCE = new Limit(Activity.Per.LIFETIME, 1);
    private static final List<CouponGrant> COFFEE = List.of(new CouponGrant("coffee", 0, 0));
    private static final List<CouponGrant> WASH = List.of(new CouponGrant("wash", 0, 0));
    private static final Condition IN_APP = Condition.builder().channels("app").build();

    private final ResultCodeTable table;

    CatalogueRows(final ResultCodeTable table) {
        this.table = table;
    }

    /** One tier to be paid for, with a right that it brings. */
    static Tier gold() {
        final Benefit lounge = new Benefit("lounge", Benefit.Way.ANY, 0, ONCE);
        return new Tier("gold", 1_000_000, null, Tier.Window.LIFETIME, 0, 0, null, 0, 12, 0, 0, List.of(lounge));
    }

    /** An order in the channel {@code gift} is given a coupon. */
    static Campaign gift() {
        return new Campaign(
                "gift",
                1,
                Campaign.Mode.BONUS,
                0,
                0,
                false,
                "",
                Condition.builder().channels("gift").build(),
                UNLIMITED,
                UNLIMITED,
                UNLIMITED,
                UNLIMITED,
                WASH);
    }

    /**
     * Rewards, packs and draws of the same names: {@code mug} for gold members once, nothing in stock; {@code cup} for
     * a point; {@code gem} for more than anybody has; {@code bag} with a coupon; {@code app} in a channel.
     */
    static Catalogue catalogue() {
        final Catalogue.Builder b = Catalogue.builder()
                .add(new Coupon("coffee", 500, 1, 0, Expiry.NEVER_DAY, ONCE, Condition.ALWAYS))
                .add(new Coupon("wash", 0, 1, 0, Expiry.NEVER_DAY, Limit.NONE, IN_APP))
                .add(new Coupon("old", 0, 1, 0, 20_000, Limit.NONE, Condition.ALWAYS));
        final Offer cup = Offer.of(1, 0);
        final Offer mug = Offer.of(10, 0).withLimit(ONCE).fromTier("gold");
        final Offer gem = Offer.of(Limits.MAX_VALUE, 0);
        final Offer app = Offer.of(1, 0).when(IN_APP);
        b.add(Reward.of("cup", cup));
        b.add(Reward.of("mug", mug.withStock(0)));
        b.add(Reward.of("gem", gem));
        b.add(Reward.of("app", app));
        b.add(new Reward("bag", Offer.of(0, 990), WASH, "", 0));
        b.add(new Pack("cup", cup, COFFEE, Pack.Refund.WHOLE));
        b.add(new Pack("mug", mug.withStock(1), COFFEE, Pack.Refund.WHOLE));
        b.add(new Pack("gem", gem, COFFEE, Pack.Refund.NONE));
        b.add(new Pack("app", app, COFFEE, Pack.Refund.NONE));
        b.add(new Pack("bag", cup, WASH, Pack.Refund.NONE));
        b.add(new Pack("stale", gem, List.of(new CouponGrant("old", 0, 0)), Pack.Refund.NONE));
        final Draw.Prize point = point(1, 1);
        b.add(new Draw("cup", cup, List.of(new Draw.Prize(Draw.Kind.POINTS, "", 1, 1, 2, 0), point(1, 2))));
        b.add(new Draw("mug", mug, List.of(point)));
        b.add(new Draw("gem", gem, List.of(point)));
        b.add(new Draw("app", app, List.of(point)));
        b.add(new Draw("bag", cup, List.of(new Draw.Prize(Draw.Kind.COUPON, "wash", 0, 1, 1, UNLIMITED))));
        CommunityRows.add(b);
        WalletRows.add(b);
        return b.build();
    }

    private static Draw.Prize point(final long over, final long under) {
        return new Draw.Prize(Draw.Kind.POINTS, "", 1, over, under, UNLIMITED);
    }

    /** What has happened, before the member is closed. */
    static void begin(final Till t, final long rich, final long closed) {
        for (final long member : new long[] {rich, closed}) {
            t.done(t.ask(CommandType.BUY_PACK, "p-" + member).member(member).rule("cup"));
            t.done(t.ask(CommandType.USE_COUPON, "u-" + member).member(member).rule("coffee"));
        }
        t.done(t.about(CommandType.RETURN_USE, "u-" + closed));
        t.done(t.about(CommandType.REFUND_PACK, "p-" + closed));
        t.done(t.ask(CommandType.ENROL).member(COLLECTOR));
        t.done(t.adjust(GOLD, 100));
        t.done(t.ask(CommandType.GRANT_TIER).member(GOLD).rule("gold").with(VarField.WAY, "paid"));
    }

    /** Of good form; null: a command of another kind. */
    static Ask filled(final Ask ask, final CommandType type) {
        return switch (type) {
            case RESTOCK -> ask.rule("mug").with(FixedField.QUANTITY, 1);
            case GRANT_COUPON, USE_COUPON, QUERY_COUPON -> ask.rule("coffee");
            case USE_BENEFIT -> ask.rule("lounge");
            case RETURN_USE -> ask.about("u-1");
            case BUY_PACK, DRAW, QUERY_REWARD -> ask.rule("cup");
            case REFUND_PACK -> ask.about("p-1");
            default -> null;
        };
    }

    private void row(final CommandType type, final ResultCode code, final java.util.function.Function<Till, Ask> ask) {
        table.row(type, code, ask);
    }

    private static Ask named(final Till t, final CommandType type, final long member, final String rule) {
        return ResultCodeTable.some(t, type, member).points(0).rule(rule);
    }

    /** As many coupons as a member may have. */
    private static void collect(final Till t) {
        collect(t, MOST_HOLDINGS);
    }

    void fill() {
        for (final CommandType type : new CommandType[] {
            CommandType.REDEEM, CommandType.HOLD, CommandType.PREVIEW_REDEEM, CommandType.BUY_PACK, CommandType.DRAW
        }) {
            offers(type);
        }
        packs();
        coupons();
        stock();
    }

    private void offers(final CommandType type) {
        final boolean draw = type == CommandType.DRAW;
        row(type, ResultCode.MEMBER_FROZEN, t -> {
            t.done(t.ask(CommandType.PAUSE).rule("redemptions"));
            return named(t, type, ResultCodeTable.FROZEN, "none");
        });
        row(type, ResultCode.PAUSED, t -> {
            t.done(t.ask(CommandType.PAUSE).rule("redemptions"));
            return named(t, type, ResultCodeTable.OWES, "none");
        });
        row(type, ResultCode.NOT_OFFERED, t -> named(t, type, ResultCodeTable.OWES, "none"));
        row(type, ResultCode.NOT_OFFERED, t -> named(t, type, ResultCodeTable.OWES, "app"));
        row(type, ResultCode.TIER_REQUIRED, t -> named(t, type, ResultCodeTable.OWES, "mug"));
        row(type, ResultCode.RULE_LIMIT_REACHED, t -> {
            t.done(t.ask(CommandType.RESTOCK).rule("mug").with(FixedField.QUANTITY, 1));
            final boolean goods = draw || type == CommandType.BUY_PACK;
            t.done(t.ask(goods ? type : CommandType.REDEEM).member(GOLD).rule("mug"));
            t.done(t.adjust(GOLD, -200).with(FixedField.FLAGS, io.tallymark.protocol.Command.FLAG_MAY_GO_BELOW_ZERO));
            return named(t, type, GOLD, "mug");
        });
        if (!draw) {
            row(type, ResultCode.OUT_OF_STOCK, t -> {
                if (type == CommandType.BUY_PACK) {
                    t.done(t.ask(type).member(GOLD).rule("mug"));
                }
                t.done(t.ask(CommandType.GRANT_TIER)
                        .member(ResultCodeTable.OWES)
                        .rule("gold")
                        .with(VarField.WAY, "paid"));
                return named(t, type, ResultCodeTable.OWES, "mug");
            });
        }
        row(type, ResultCode.IN_DEBT, t -> named(t, type, ResultCodeTable.OWES, "gem"));
        row(type, ResultCode.INSUFFICIENT_POINTS, t -> named(t, type, ResultCodeTable.RICH, "gem"));
        if (type != CommandType.HOLD) {
            row(type, ResultCode.LIMIT_EXCEEDED, t -> {
                collect(t);
                t.done(t.adjust(COLLECTOR, 10));
                return named(t, type, COLLECTOR, "bag");
            });
        }
    }

    private void packs() {
        row(
                CommandType.BUY_PACK,
                ResultCode.NOT_OFFERED,
                t -> named(t, CommandType.BUY_PACK, ResultCodeTable.OWES, "stale"));
        final CommandType refund = CommandType.REFUND_PACK;
        row(
                refund,
                ResultCode.ORIGINAL_NOT_FOUND,
                t -> ResultCodeTable.some(t, refund, 0).about("none"));
        row(
                refund,
                ResultCode.MEMBER_CLOSED,
                t -> ResultCodeTable.some(t, refund, 0).about("p-" + ResultCodeTable.CLOSED));
        row(refund, ResultCode.NOT_OFFERED, t -> {
            t.done(t.ask(CommandType.BUY_PACK, "p-none")
                    .member(ResultCodeTable.RICH)
                    .rule("bag"));
            return ResultCodeTable.some(t, refund, 0).about("p-none");
        });
        row(refund, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(t.ask(CommandType.BUY_PACK, "p-full")
                    .member(ResultCodeTable.FULL)
                    .rule("cup"));
            t.done(t.adjust(ResultCodeTable.FULL, 1));
            return ResultCodeTable.some(t, refund, 0).about("p-full");
        });
        row(refund, ResultCode.REFUND_EXCEEDS_ORIGINAL, t -> {
            t.done(t.about(refund, "p-1"));
            return ResultCodeTable.some(t, refund, 0);
        });
    }

    private void coupons() {
        final CommandType grant = CommandType.GRANT_COUPON;
        row(grant, ResultCode.NOT_OFFERED, t -> {
            collect(t);
            return named(t, grant, COLLECTOR, "none");
        });
        row(grant, ResultCode.NOT_OFFERED, t -> named(t, grant, ResultCodeTable.RICH, "old"));
        row(grant, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(t.ask(grant).member(COLLECTOR).rule("coffee"));
            collect(t, MOST_HOLDINGS - 1);
            return named(t, grant, COLLECTOR, "coffee");
        });
        row(grant, ResultCode.RULE_LIMIT_REACHED, t -> {
            t.done(t.ask(grant).member(ResultCodeTable.OWES).rule("coffee"));
            return named(t, grant, ResultCodeTable.OWES, "coffee");
        });
        final CommandType use = CommandType.USE_COUPON;
        row(use, ResultCode.MEMBER_FROZEN, t -> named(t, use, ResultCodeTable.FROZEN, "none"));
        row(use, ResultCode.NOT_OFFERED, t -> named(t, use, ResultCodeTable.OWES, "none"));
        row(use, ResultCode.NOT_OFFERED, t -> named(t, use, ResultCodeTable.OWES, "wash"));
        row(
                use,
                ResultCode.COUPON_NOT_FOUND,
                t -> named(t, use, ResultCodeTable.OWES, "wash").with(VarField.CHANNEL, "app"));
        final CommandType right = CommandType.USE_BENEFIT;
        row(right, ResultCode.MEMBER_FROZEN, t -> named(t, right, ResultCodeTable.FROZEN, "none"));
        row(right, ResultCode.NOT_OFFERED, t -> named(t, right, ResultCodeTable.RICH, "lounge"));
        row(right, ResultCode.RULE_LIMIT_REACHED, t -> {
            t.done(t.ask(right).member(GOLD).rule("lounge"));
            return named(t, right, GOLD, "lounge");
        });
        final CommandType back = CommandType.RETURN_USE;
        row(
                back,
                ResultCode.ORIGINAL_NOT_FOUND,
                t -> ResultCodeTable.some(t, back, 0).about("none"));
        row(
                back,
                ResultCode.MEMBER_CLOSED,
                t -> ResultCodeTable.some(t, back, 0).about("u-" + ResultCodeTable.CLOSED));
        row(back, ResultCode.ALREADY_RETURNED, t -> {
            t.done(t.about(back, "u-1"));
            return ResultCodeTable.some(t, back, 0);
        });
        final CommandType hold = CommandType.HOLD;
        row(
                hold,
                ResultCode.NOT_OFFERED,
                t -> named(t, hold, ResultCodeTable.OWES, "mug").with(VarField.COUPON_ID, "none"));
        row(
                hold,
                ResultCode.COUPON_NOT_FOUND,
                t -> ResultCodeTable.some(t, hold, ResultCodeTable.OWES).with(VarField.COUPON_ID, "coffee"));
        row(CommandType.ACCRUE, ResultCode.LIMIT_EXCEEDED, t -> {
            collect(t);
            return ResultCodeTable.some(t, CommandType.ACCRUE, COLLECTOR).with(VarField.CHANNEL, "gift");
        });
        row(CommandType.MERGE, ResultCode.LIMIT_EXCEEDED, t -> {
            collect(t);
            t.done(t.ask(CommandType.GRANT_COUPON).member(ResultCodeTable.RICH).rule("wash"));
            return ResultCodeTable.some(t, CommandType.MERGE, ResultCodeTable.RICH)
                    .with(FixedField.OTHER_MEMBER_ID, COLLECTOR);
        });
    }

    private static void collect(final Till t, final int count) {
        for (int i = 0; i < count; i++) {
            t.done(t.ask(CommandType.GRANT_COUPON).member(COLLECTOR).rule("wash"));
        }
    }

    private void stock() {
        final CommandType restock = CommandType.RESTOCK;
        for (final String rule : new String[] {"none", "cup", "cup/2", "cup/3", "cup/01", "mug/0"}) {
            row(
                    restock,
                    ResultCode.NOT_OFFERED,
                    t -> ResultCodeTable.some(t, restock, 0).rule(rule));
        }
        for (final String rule : new String[] {"mug", "cup/1"}) {
            row(
                    restock,
                    ResultCode.LIMIT_EXCEEDED,
                    t -> ResultCodeTable.some(t, restock, 0).rule(rule).with(FixedField.QUANTITY, -1));
            row(restock, ResultCode.LIMIT_EXCEEDED, t -> {
                t.done(t.ask(restock).rule(rule).with(FixedField.QUANTITY, 1));
                return ResultCodeTable.some(t, restock, 0).rule(rule).with(FixedField.QUANTITY, 1_000_000_000);
            });
        }
        row(
                CommandType.QUERY_REWARD,
                ResultCode.ORIGINAL_NOT_FOUND,
                t -> ResultCodeTable.some(t, CommandType.QUERY_REWARD, 0).rule("none"));
        row(
                CommandType.QUERY_COUPON,
                ResultCode.ORIGINAL_NOT_FOUND,
                t -> ResultCodeTable.some(t, CommandType.QUERY_COUPON, 0).rule("none"));
        final CommandType capture = CommandType.CAPTURE;
        row(capture, ResultCode.NOT_OFFERED, t -> {
            t.done(t.ask(CommandType.RESTOCK).rule("mug").with(FixedField.QUANTITY, 1));
            t.done(t.ask(CommandType.HOLD, "h-mug").member(GOLD).rule("mug"));
            return ResultCodeTable.some(t, capture, 0).about("h-mug").points(9);
        });
        row(capture, ResultCode.LIMIT_EXCEEDED, t -> {
            t.done(t.adjust(COLLECTOR, 1));
            t.done(t.ask(CommandType.HOLD, "h-bag").member(COLLECTOR).rule("bag"));
            collect(t);
            return ResultCodeTable.some(t, capture, 0).about("h-bag");
        });
    }
}

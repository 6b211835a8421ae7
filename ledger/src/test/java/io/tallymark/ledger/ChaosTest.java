package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Reward;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * All that a catalogue offers at once, to a dozen members who merge, freeze and close, with numbers up to the largest: no
 * command makes the ledger throw, the books balance after each, and a ledger of another plan says and becomes the same.
 */
final class ChaosTest {
    private static final long SEED = 20_261_122;
    private static final int HISTORIES = 6;
    private static final int COMMANDS = 4_000;
    private static final int MEMBERS = 12;
    private static final int DOCUMENTS = 150;
    private static final long NO = CompiledProgram.UNLIMITED;
    private static final String[] RULES = {
        "cup", "voucher", "purse", "wash", "card", "wheel", "week", "month", "cash", "partner", "sold", "pre",
        "wheel/1", "unknown"
    };

    private static final List<CommandType> TYPES = List.of(
            CommandType.ACCRUE,
            CommandType.ACCRUE,
            CommandType.ACCRUE,
            CommandType.REDEEM,
            CommandType.REDEEM,
            CommandType.HOLD,
            CommandType.HOLD,
            CommandType.HOLD,
            CommandType.CAPTURE,
            CommandType.VOID,
            CommandType.REFUND,
            CommandType.REVERSE,
            CommandType.ENROL,
            CommandType.ENROL,
            CommandType.ACTIVITY,
            CommandType.ACTIVITY,
            CommandType.ADJUST,
            CommandType.TRANSFER,
            CommandType.RESTOCK,
            CommandType.GRANT_COUPON,
            CommandType.USE_COUPON,
            CommandType.RETURN_USE,
            CommandType.BUY_PACK,
            CommandType.BUY_PACK,
            CommandType.REFUND_PACK,
            CommandType.DRAW,
            CommandType.TOP_UP,
            CommandType.SPEND_VALUE,
            CommandType.REFUND_VALUE,
            CommandType.CANCEL_PENDING,
            CommandType.PREVIEW_ACCRUE,
            CommandType.PREVIEW_REDEEM,
            CommandType.QUERY_BOARD,
            CommandType.TICK);

    private static final List<CommandType> RARE = List.of(
            CommandType.MERGE, CommandType.CLOSE, CommandType.FREEZE, CommandType.UNFREEZE, CommandType.UNFREEZE);

    private final Random random = new Random();
    private final Set<CommandType> accepted = EnumSet.noneOf(CommandType.class);

    private static CompiledProgram program(final int version) {
        final CouponGrant week = new CouponGrant("week", 0, 0);
        final CouponGrant many = new CouponGrant("month", 3, 2);
        final Limit twice = new Limit(Activity.Per.DAY, 2);
        final Condition big = Condition.builder().minOrderMinor(5_000).build();
        final Requirement spend = Requirement.spend(20_000);
        final long endMs = Desk.NOON_MS + 40 * CompiledProgram.DAY_MS;
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(CompiledProgram.DAY_MS)
                .keyDays(3)
                .orderDays(20)
                .baseRate(1, 10)
                .expiry(Expiry.months(1))
                .debtLimitPoints(500)
                .transferDailyLimitPoints(Limits.MAX_VALUE)
                .addTier(new Tier(
                        "gold", 1_500_000, spend, Tier.Window.LIFETIME, 0, 0, spend, 0, 1, 0, 70, List.of(), "card"))
                .addCampaign(new Campaign(
                        "gift", 1, Campaign.Mode.BONUS, 0, 5, false, "", big, NO, NO, NO, 2_000, List.of(week, many)))
                .catalogue(Catalogue.builder()
                        .add(Reward.of(
                                "cup", Offer.of(20, 5).withStock(6 + version).withLimit(twice)))
                        .add(new Reward("voucher", Offer.of(0, 9), List.of(many), "", 0))
                        .add(new Reward("purse", Offer.of(50, 0), List.of(), "cash", 600))
                        .add(Coupon.of("week", 500, 7))
                        .add(new Coupon("month", 0, 2, 0, Expiry.NEVER_DAY, twice, Condition.ALWAYS))
                        .add(new Pack(
                                "wash", Offer.of(30, 100).withStock(9), List.of(week, many), Pack.Refund.UNUSED_SHARE))
                        .add(new Pack("card", Offer.of(0, 100), List.of(), Pack.Refund.WHOLE))
                        .add(new Draw(
                                "wheel",
                                Offer.of(3, 0),
                                List.of(
                                        new Draw.Prize(Draw.Kind.POINTS, "", 40, 1, 3, 5),
                                        new Draw.Prize(Draw.Kind.COUPON, "week", 0, 1, 3, NO),
                                        new Draw.Prize(Draw.Kind.REWARD, "cup", 0, 1, 3, 2))))
                        .add(new Board("a", Board.By.MEMBER, Board.Score.SPEND, 0, endMs, Condition.ALWAYS, 50))
                        .add(new Board("b", Board.By.REFERRER, Board.Score.POINTS, 0, endMs, Condition.ALWAYS, 50))
                        .add(new Board("c", Board.By.STORE, Board.Score.ORDERS, 0, endMs, big, 50))
                        .referral(new Referral(Referral.On.FIRST_PURCHASE, 200, 3_000, twice))
                        .add(new Issuer("partner", 1, 2, twice, 3, 2))
                        .brand("p", "partner")
                        .add(new PointSale("sold", 10, 99, Limit.NONE))
                        .add(new Precredit("pre", 33))
                        .add(new MoneyWallet("cash", List.of(new MoneyWallet.TopUp(1_000, 90))))
                        .build())
                .build();
    }

    private long amount() {
        return switch (random.nextInt(40)) {
            case 0 -> Limits.MAX_VALUE;
            case 1 -> Limits.MAX_VALUE - random.nextInt(1_000);
            case 2 -> 1;
            default -> 1 + random.nextInt(12_000);
        };
    }

    private Command next(final int i, final long nowMs) {
        final CommandType type = random.nextInt(25) == 0
                ? RARE.get(random.nextInt(RARE.size()))
                : TYPES.get(random.nextInt(TYPES.size()));
        if (type == CommandType.TICK) {
            return Commands.tick(nowMs);
        }
        final Command c = new Command().reset(type).put(VarField.PROGRAM, Commands.PROGRAM);
        if (type.shape().isKeyed()) {
            c.put(VarField.SOURCE, Commands.SOURCE).put(VarField.DOCUMENT_ID, "d" + i % DOCUMENTS);
        }
        final String rule = RULES[random.nextInt(RULES.length)];
        final long member = 1 + random.nextInt(MEMBERS);
        switch (type) {
            case ACCRUE, PREVIEW_ACCRUE -> {
                c.memberId(member).amountMinor(amount()).put(VarField.STORE, "s" + random.nextInt(3));
                if (random.nextInt(3) == 0) {
                    c.put(VarField.BRAND, "p");
                }
            }
            case REDEEM, HOLD, PREVIEW_REDEEM -> spending(c.memberId(member), rule);
            case CAPTURE, VOID, REFUND, REVERSE, RETURN_USE, REFUND_PACK, CANCEL_PENDING -> {
                c.put(VarField.ORIGINAL_DOCUMENT_ID, "d" + random.nextInt(DOCUMENTS));
                if ((type == CommandType.REFUND || type == CommandType.REVERSE) && random.nextInt(3) > 0) {
                    c.amountMinor(amount());
                }
            }
            case ENROL -> c.memberId(member).referrerId(random.nextInt(MEMBERS + 1));
            case ACTIVITY ->
                c.memberId(member).points(rule.equals("partner") ? amount() : 0).put(VarField.RULE_ID, rule);
            case ADJUST ->
                c.memberId(member)
                        .points(random.nextBoolean() ? amount() : -amount())
                        .put(VarField.REASON, "r")
                        .put(VarField.OPERATOR_ID, "o");
            case TRANSFER ->
                c.memberId(member).otherMemberId(1 + random.nextInt(MEMBERS)).points(amount());
            case MERGE -> c.memberId(member).otherMemberId(1 + random.nextInt(MEMBERS));
            case RESTOCK -> c.quantity(random.nextInt(9) - 4).put(VarField.RULE_ID, rule);
            case TOP_UP, SPEND_VALUE, REFUND_VALUE ->
                c.memberId(member).amountMinor(amount()).put(VarField.RULE_ID, "cash");
            case USE_COUPON -> c.memberId(member).amountMinor(amount()).put(VarField.RULE_ID, rule);
            case GRANT_COUPON, BUY_PACK -> c.memberId(member).put(VarField.RULE_ID, rule);
            case DRAW -> c.memberId(member).randomBits(random.nextLong()).put(VarField.RULE_ID, "wheel");
            case QUERY_BOARD -> c.put(VarField.RULE_ID, "" + (char) ('a' + random.nextInt(3)));
            default -> c.memberId(member);
        }
        return c;
    }

    private void spending(final Command c, final String rule) {
        final boolean withCoupon = c.type() == CommandType.HOLD && random.nextInt(2) == 0;
        final int what = random.nextInt(withCoupon ? 4 : 3);
        if (what == 0) {
            c.points(amount());
        } else if (what < 3) {
            c.put(VarField.RULE_ID, rule);
        }
        if (withCoupon) {
            c.put(VarField.COUPON_ID, random.nextBoolean() ? "week" : "month").ttlMs(1 + random.nextInt(100_000_000));
        }
    }

    @Test
    void nothingBreaksAndLedgersAgree() {
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            history(seed);
        }
        // Every kind of command must come through, or this shows nothing of it.
        final Set<CommandType> missing = EnumSet.copyOf(TYPES);
        missing.removeAll(accepted);
        missing.remove(CommandType.CANCEL_PENDING);
        assertTrue(missing.isEmpty(), "never accepted: " + missing);
    }

    private void history(final long seed) {
        random.setSeed(seed);
        final Ledger[] ledgers = {
            new Ledger(Desk.OPTIONS, 11, 22), new Ledger(new LedgerOptions(0, 50_000, 50_000), 11, 22)
        };
        final Outcome[] outcomes = {new Outcome(), new Outcome()};
        long nowMs = Desk.NOON_MS;
        for (int i = 0; i < COMMANDS; i++) {
            final int version = i / 1_000;
            final Command c = i % 1_000 == 0 ? Commands.publish("v" + version, program(version)) : next(i, nowMs);
            final String where = "seed " + seed + " command " + i + " " + c.type();
            for (int which = 0; which < 2; which++) {
                apply(ledgers[which], c, nowMs, outcomes[which], where);
            }
            assertEquals(outcomes[0].toString(), outcomes[1].toString(), where);
            assertTrue(outcomes[0].sameResultAs(outcomes[1]), where);
            if (outcomes[0].code == ResultCode.ACCEPTED) {
                accepted.add(c.type());
            }
            if (i % 50 == 0) {
                assertEquals(ledgers[0].stateHash(), ledgers[1].stateHash(), where);
            }
            nowMs += random.nextInt(10) == 0 ? random.nextInt(80_000_000) : random.nextInt(1_000);
        }
    }

    private static void apply(
            final Ledger ledger, final Command c, final long nowMs, final Outcome o, final String where) {
        try {
            ledger.apply(c, ledger.lastSequence() + 1, nowMs, o);
            ledger.verifyZeroSum();
        } catch (final RuntimeException broken) {
            throw new AssertionError(where, broken);
        }
    }
}

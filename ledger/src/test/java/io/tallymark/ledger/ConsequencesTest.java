package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The refund of an order that granted a coupon now used, fed two boards, paid a referrer, lifted a tier and came under a
 * budget: every consequence in numbers. A second ledger of another plan does the same and is compared at each step.
 *
 * <p>A point for 100 fen; {@code double} adds the base once more within a budget of 350; {@code big} gives orders from
 * ¥500 25 points and a coupon of three uses; the referrer gets 200 for a first purchase of at least ¥450; spend of ¥500
 * makes supreme, with a bonus of 40. Debt goes up to 120.
 */
final class ConsequencesTest {
    private static final long NO = CompiledProgram.UNLIMITED;
    private static final long REFERRER = 1;
    private static final long BUYER = 2;

    private final Desk desk = new Desk();
    private final Desk other = new Desk(new LedgerOptions(0, 50_000, 50_000));

    private static CompiledProgram program() {
        final Condition big = Condition.builder().minOrderMinor(50_000).build();
        final long endMs = Desk.NOON_MS + 30 * CompiledProgram.DAY_MS;
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(false)
                .lateWindowMs(CompiledProgram.DAY_MS)
                .keyDays(2)
                .orderDays(1_000)
                .baseRate(1, 100)
                .debtLimitPoints(120)
                .addTier(tier("normal", 1, 0))
                .addTier(tier("supreme", 50_000, 40))
                .addCampaign(campaign("double", 1, Campaign.Mode.ADD, 2_000_000, 0, Condition.ALWAYS, 350))
                .addCampaign(campaign("big", 2, Campaign.Mode.BONUS, 0, 25, big, NO, new CouponGrant("five", 3, 0)))
                .catalogue(Catalogue.builder()
                        .add(Coupon.of("five", 500, 10))
                        .add(board("spenders", Board.By.MEMBER, Board.Score.SPEND, endMs))
                        .add(board("stores", Board.By.STORE, Board.Score.POINTS, endMs))
                        .referral(new Referral(Referral.On.FIRST_PURCHASE, 200, 45_000, Limit.NONE))
                        .build())
                .build();
    }

    private static Tier tier(final String id, final long spendMinor, final long bonusPoints) {
        final Requirement spend = Requirement.spend(spendMinor);
        return new Tier(id, 1_000_000, spend, Tier.Window.LIFETIME, 0, 0, spend, 0, 0, 0, bonusPoints, List.of());
    }

    private static Campaign campaign(
            final String id,
            final int priority,
            final Campaign.Mode mode,
            final long micros,
            final long points,
            final Condition when,
            final long budget,
            final CouponGrant... grants) {
        return new Campaign(id, priority, mode, micros, points, false, "", when, NO, NO, NO, budget, List.of(grants));
    }

    private static Board board(final String id, final Board.By by, final Board.Score score, final long endMs) {
        return new Board(id, by, score, Desk.NOON_MS, endMs, Condition.ALWAYS, 10);
    }

    /** Both ledgers decide, both say the same and are in the same state. */
    private Outcome apply(final Command c) {
        other.nowMs = desk.nowMs;
        final Outcome o = desk.apply(c);
        assertEquals(all(o), all(other.apply(c)));
        assertEquals(desk.ledger.stateHash(), other.ledger.stateHash());
        return o;
    }

    private static String all(final Outcome o) {
        return o + " added " + o.addedDebtPoints + " " + o.memberId + rows(o);
    }

    private Outcome accepted(final Command c) {
        final Outcome o = apply(c);
        assertEquals(ResultCode.ACCEPTED, o.code);
        return o;
    }

    private Outcome buy(final String order, final long amountMinor) {
        return accepted(Commands.accrue(order, BUYER, amountMinor).put(VarField.STORE, "s1"));
    }

    private Outcome refund(final String document, final long amountMinor) {
        return accepted(Commands.keyed(CommandType.REFUND, document)
                .put(VarField.ORIGINAL_DOCUMENT_ID, "o1")
                .amountMinor(amountMinor));
    }

    private static String rows(final Outcome o) {
        final StringBuilder text = new StringBuilder(o.rows.kind().name());
        for (int i = 0; i < o.rows.count(); i++) {
            text.append("; ").append(new String(o.rows.text(i), StandardCharsets.UTF_8));
            for (int column = 0; column < o.rows.kind().columnCount(); column++) {
                text.append(' ').append(o.rows.value(i, column));
            }
        }
        return text.toString();
    }

    private String ask(final CommandType type, final String rule) {
        return rows(accepted(new Command()
                .reset(type)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, rule)));
    }

    private String coupons() {
        return rows(accepted(new Command()
                .reset(CommandType.QUERY_COUPONS)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(BUYER)));
    }

    /** What an outcome tells of itself. */
    private static String told(final Outcome o) {
        return "points " + o.points + " = " + o.basePoints + "+" + o.tierPoints + "+" + o.campaignPoints + " clipped "
                + o.clippedPoints + " bonus " + o.bonusPoints + " owes " + o.addedDebtPoints + " written off "
                + o.writtenOffPoints + " value " + o.valueMinor + " cash " + o.cashMinor;
    }

    private static String has(final Outcome o) {
        return "available " + o.availablePoints + " pending " + o.pendingPoints + " held " + o.heldPoints + " debt "
                + o.debtPoints + " tier " + o.tierRank + " spend " + o.lifetimeSpendMinor + " points "
                + o.lifetimePoints + " visits " + o.lifetimeVisits;
    }

    private String member(final long id) {
        return has(accepted(Commands.query(id)));
    }

    private void boards(final String spenders, final String stores) {
        assertEquals("BOARD" + spenders, ask(CommandType.QUERY_BOARD, "spenders"));
        assertEquals("BOARD" + stores, ask(CommandType.QUERY_BOARD, "stores"));
    }

    /** Of {@code double}: left of 350, granted. */
    private void budget(final long left, final long granted) {
        assertEquals("CAMPAIGN; double 350 " + left + " " + granted + " 0", ask(CommandType.QUERY_CAMPAIGN, "double"));
    }

    /** Publication 1, enrolments 2 and 3, the order 4, what was spent 5 and 6, a use of the coupon 7. */
    private void open() {
        desk.publish(program());
        other.publish(program());
        accepted(Commands.keyed(CommandType.ENROL, "e1").memberId(REFERRER));
        accepted(Commands.keyed(CommandType.ENROL, "e2").memberId(BUYER).referrerId(REFERRER));
        final Outcome order = buy("o1", 60_000);
        assertEquals("points 975 = 600+0+375 clipped 250 bonus 40 owes 0 written off 0 value 0 cash 0", told(order));
        assertEquals("SHARES; double 350 250 6 0; big 25 0 0 1", rows(order));
        assertEquals("available 1015 pending 0 held 0 debt 0 tier 2 spend 60000 points 975 visits 1", member(BUYER));
        assertEquals("available 200 pending 0 held 0 debt 0 tier 0 spend 0 points 0 visits 0", member(REFERRER));
        boards("; " + " 1 2 60000 4", "; s1 1 0 975 4");
        budget(0, 350);
        accepted(Commands.redeem("r1", REFERRER, 150));
        accepted(Commands.redeem("r2", BUYER, 700));
        final Outcome use = accepted(Commands.keyed(CommandType.USE_COUPON, "u1")
                .memberId(BUYER)
                .put(VarField.RULE_ID, "five")
                .amountMinor(1_234));
        assertEquals(500, use.valueMinor);
        assertEquals("COUPONS; five 4 " + (CouponBench.TODAY + 11) + " 3 2", coupons());
        assertEquals("COUPON; five 3 1 0 0 0 1234", ask(CommandType.QUERY_COUPON, "five"));
    }

    @Test
    void everyConsequenceInNumbers() {
        open();
        aboveEveryThreshold();
        belowEveryThreshold();
        theRest();
        totals();
        nothingIsGivenTwice();
    }

    /** ¥550 remain: the base falls, the budget's 350 are still earned, and no threshold is missed. */
    private void aboveEveryThreshold() {
        desk.after(1_000);
        final Outcome o = refund("f1", 5_000);
        assertEquals("points -50 = 0+0+0 clipped 0 bonus 0 owes 0 written off 0 value 5000 cash 0", told(o));
        assertEquals("CONSEQUENCES; board/spenders 0 0 0 -5000 2 0; board/stores 0 0 0 -50 0 0", rows(o));
        assertEquals("available 265 pending 0 held 0 debt 0 tier 2 spend 55000 points 925 visits 1", member(BUYER));
        assertEquals("available 50 pending 0 held 0 debt 0 tier 0 spend 0 points 0 visits 0", member(REFERRER));
        boards(";  1 2 55000 8", "; s1 1 0 925 8");
        budget(0, 350);
        assertEquals("COUPON; five 3 1 0 0 0 1234", ask(CommandType.QUERY_COUPON, "five"));
    }

    /**
     * ¥300 remain: 300 + 300 of 925 are still earned. Of the claw of 325 the buyer has 265, the rest and the bonus are
     * debt; of the referrer's 200 there are 50, the debt takes 120, 30 are written off.
     */
    private void belowEveryThreshold() {
        desk.after(1_000);
        final Outcome o = refund("f2", 25_000);
        assertEquals("points -325 = 0+0+0 clipped 0 bonus -40 owes 100 written off 0 value 25000 cash 0", told(o));
        assertEquals(
                "CONSEQUENCES; campaign/double 50 0 0 0 0 0; campaign/big 25 0 0 0 0 0; coupon/five 0 2 1 0 0 0; "
                        + "board/spenders 0 0 0 -25000 2 0; board/stores 0 0 0 -325 0 0; referrer -200 0 0 0 1 120",
                rows(o));
        assertEquals("available 0 pending 0 held 0 debt 100 tier 1 spend 30000 points 600 visits 1", member(BUYER));
        assertEquals("available 0 pending 0 held 0 debt 120 tier 0 spend 0 points 0 visits 0", member(REFERRER));
        boards(";  1 2 30000 9", "; s1 1 0 600 9");
        budget(50, 300);
        assertEquals("CAMPAIGN; big -1 -1 0 0", ask(CommandType.QUERY_CAMPAIGN, "big"));
        assertEquals("COUPONS", coupons());
        assertEquals("COUPON; five 3 1 0 2 0 1234", ask(CommandType.QUERY_COUPON, "five"));
    }

    /** Nothing remains: of 600 the debt limit leaves room for 20. What was taken back once is not taken again. */
    private void theRest() {
        desk.after(1_000);
        final Outcome o = refund("f3", 0);
        assertEquals("points -600 = 0+0+0 clipped 0 bonus 0 owes 20 written off 580 value 30000 cash 0", told(o));
        assertEquals(
                "CONSEQUENCES; campaign/double 300 0 0 0 0 0; board/spenders 0 0 0 -30000 2 0; "
                        + "board/stores 0 0 0 -600 0 0",
                rows(o));
        assertEquals("available 0 pending 0 held 0 debt 120 tier 0 spend 0 points 0 visits 0", member(BUYER));
        assertEquals("available 0 pending 0 held 0 debt 120 tier 0 spend 0 points 0 visits 0", member(REFERRER));
        boards("", "");
        budget(350, 0);
        assertEquals("COUPON; five 3 1 0 2 0 1234", ask(CommandType.QUERY_COUPON, "five"));
    }

    /** 975 + 40 + 200 issued, 240 owed, 610 written off = 850 redeemed + (50 + 365 + 200 + 600) clawed back. */
    private void totals() {
        final ProgramView books = desk.ledger.program(0);
        assertEquals(1_215, books.issuedPoints());
        assertEquals(240, books.debtPoints());
        assertEquals(610, books.writtenOffPoints());
        assertEquals(850, books.redeemedPoints());
        assertEquals(1_215, books.clawedBackPoints());
        assertEquals(0, books.availablePoints());
    }

    /** The refunds again, one more, and a second order like the first: no bonus, no referrer, but budget and boards. */
    private void nothingIsGivenTwice() {
        final StateHash before = desk.ledger.stateHash();
        final Outcome again = refund("f2", 25_000);
        assertEquals("9 true -325", again.sequence + " " + again.replayed + " " + again.points);
        assertEquals(before, desk.ledger.stateHash());
        assertEquals(
                ResultCode.REFUND_EXCEEDS_ORIGINAL,
                apply(Commands.keyed(CommandType.REFUND, "f4").put(VarField.ORIGINAL_DOCUMENT_ID, "o1")).code);
        final Outcome second = buy("o2", 60_000);
        assertEquals("points 975 = 600+0+375 clipped 250 bonus 0 owes 0 written off 0 value 0 cash 0", told(second));
        assertEquals("SHARES; double 350 250 6 0; big 25 0 0 1", rows(second));
        assertEquals("available 855 pending 0 held 0 debt 0 tier 2 spend 60000 points 975 visits 1", member(BUYER));
        assertEquals("available 0 pending 0 held 0 debt 120 tier 0 spend 0 points 0 visits 0", member(REFERRER));
        boards(";  1 2 60000 12", "; s1 1 0 975 12");
        budget(0, 350);
    }
}

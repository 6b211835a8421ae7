package io.tallymark.ledger;

import static io.tallymark.ledger.CouponBench.TODAY;
import static io.tallymark.protocol.CommandType.CLOSE;
import static io.tallymark.protocol.CommandType.FREEZE;
import static io.tallymark.protocol.CommandType.GRANT_COUPON;
import static io.tallymark.protocol.CommandType.MERGE;
import static io.tallymark.protocol.CommandType.PAUSE;
import static io.tallymark.protocol.CommandType.QUERY_COUPON;
import static io.tallymark.protocol.CommandType.RETURN_USE;
import static io.tallymark.protocol.CommandType.USE_COUPON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on coupons, one after the other, in numbers. */
final class CouponTest {
    private static final Coupon WEEK = Coupon.of("week", 500, 7);
    private static final Coupon CARD = new Coupon("card", 0, 10, 0, Expiry.NEVER_DAY, Limit.NONE, Condition.ALWAYS);
    private static final Coupon EASTER = new Coupon("easter", 0, 1, 0, TODAY + 2, Limit.NONE, Condition.ALWAYS);
    private static final Coupon TWICE =
            new Coupon("twice", 0, 1, 30, Expiry.NEVER_DAY, new Limit(Activity.Per.MONTH, 2), Condition.ALWAYS);
    private static final Coupon AT_NIGHT = new Coupon(
            "night",
            0,
            1,
            30,
            Expiry.NEVER_DAY,
            Limit.NONE,
            Condition.builder().stores("bar").build());

    private final CouponBench bench = new CouponBench();

    private static CompiledProgram.Builder program() {
        return CouponBench.program(
                Catalogue.builder().add(WEEK).add(CARD).add(EASTER).add(TWICE).add(AT_NIGHT));
    }

    @BeforeEach
    void open() {
        bench.publish(program());
        bench.buy("first", 1, 10_000);
    }

    @Test
    void isValidThroughItsLastDay() {
        bench.accepted(bench.grant(1, "week"));
        bench.accepted(bench.grant(1, "easter"));
        bench.accepted(bench.grant(1, "card"));
        assertEquals("easter #4 +3 1/1; week #3 +8 1/1; card #5 - 10/10", bench.holdings(1));
        // To the last millisecond of its seventh day after.
        bench.desk.nowMs = Desk.NOON_MS + 7 * CompiledProgram.DAY_MS + 10 * 3_600_000L - 1;
        bench.accepted(bench.use("u1", 1, "card"));
        assertEquals("week #3 +8 1/1; card #5 - 9/10", bench.holdings(1));
        bench.desk.nowMs++;
        assertEquals("1 0 0 0 0 0", bench.funnel("week"), "nothing was materialised");
        bench.answers(ResultCode.COUPON_NOT_FOUND, bench.use("u2", 1, "week"));
        assertEquals("1 0 0 0 0 0", bench.funnel("week"), "a refused command materialises nothing");
        bench.accepted(Commands.tick(bench.desk.nowMs));
        assertEquals("1 0 0 0 1 0", bench.funnel("week"));
        assertEquals("1 0 0 0 1 0", bench.funnel("easter"));
        assertEquals("10 1 0 0 0 0", bench.funnel("card"));
        assertEquals("card #5 - 9/10", bench.holdings(1));
    }

    @Test
    void usesWhatExpiresFirst() {
        bench.accepted(bench.grant(1, "week"));
        bench.desk.afterDays(1);
        bench.accepted(bench.grant(1, "week"));
        final Outcome o = bench.apply(bench.use("u1", 1, "week").amountMinor(12_345));
        assertEquals(500, o.valueMinor);
        assertEquals(0, o.points);
        assertEquals("week #4 +9 1/1", bench.holdings(1));
        assertEquals("2 1 0 0 0 12345", bench.funnel("week"));
        bench.accepted(bench.use("u2", 1, "week"));
        assertEquals("", bench.holdings(1));
        bench.answers(ResultCode.COUPON_NOT_FOUND, bench.use("u3", 1, "week"));
        final Outcome again = bench.apply(bench.use("u1", 1, "week").amountMinor(12_345));
        assertTrue(again.replayed);
        assertEquals(o.sequence, again.sequence);
        assertEquals(1, again.memberId);
    }

    @Test
    void comesBackToItsHoldingWhileThatLasts() {
        bench.accepted(bench.grant(1, "week"));
        bench.accepted(bench.grant(1, "card"));
        bench.accepted(bench.use("u1", 1, "week").amountMinor(700));
        bench.accepted(bench.use("u2", 1, "card"));
        bench.accepted(bench.use("u3", 1, "card"));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        bench.accepted(bench.about(RETURN_USE, "u2"));
        assertEquals("week #3 +8 1/1; card #4 - 9/10", bench.holdings(1));
        assertEquals("1 0 1 0 0 0", bench.funnel("week"));
        assertEquals("10 1 1 0 0 0", bench.funnel("card"));
        bench.answers(ResultCode.ALREADY_RETURNED, bench.about(RETURN_USE, "u1"));
        bench.answers(ResultCode.ORIGINAL_NOT_FOUND, bench.about(RETURN_USE, "u4"));
        bench.answers(ResultCode.ORIGINAL_NOT_FOUND, bench.about(RETURN_USE, "first"));
        // Used again, and given back when its last day is over.
        bench.accepted(bench.use("u5", 1, "week").amountMinor(900));
        bench.desk.afterDays(8);
        bench.accepted(bench.about(RETURN_USE, "u5"));
        assertEquals("card #4 - 9/10", bench.holdings(1));
        assertEquals("1 0 2 0 1 0", bench.funnel("week"));
    }

    @Test
    void isGrantedAsOftenAsItsLimitSays() {
        bench.accepted(bench.grant(1, "twice"));
        bench.accepted(bench.grant(1, "twice"));
        bench.answers(ResultCode.RULE_LIMIT_REACHED, bench.grant(1, "twice"));
        bench.buy("other", 2, 100);
        bench.accepted(bench.grant(2, "twice"));
        // From November 22 to December 1.
        bench.desk.afterDays(8);
        bench.answers(ResultCode.RULE_LIMIT_REACHED, bench.grant(1, "twice"));
        bench.desk.afterDays(1);
        bench.accepted(bench.grant(1, "twice"));
    }

    @Test
    void isRefusedInTheOrderOfTheCodes() {
        bench.answers(ResultCode.UNKNOWN_MEMBER, bench.grant(9, "nothing"));
        bench.answers(ResultCode.NOT_OFFERED, bench.grant(1, "nothing"));
        bench.answers(ResultCode.UNKNOWN_MEMBER, bench.use("u1", 9, "nothing"));
        bench.answers(ResultCode.NOT_OFFERED, bench.use("u2", 1, "nothing"));
        bench.answers(ResultCode.COUPON_NOT_FOUND, bench.use("u3", 1, "week"));
        bench.answers(ResultCode.NOT_OFFERED, bench.use("u4", 1, "night"));
        bench.accepted(bench.grant(1, "night"));
        bench.answers(ResultCode.NOT_OFFERED, useAt("cafe", "u5"));
        bench.answers(
                ResultCode.EVENT_IN_FUTURE,
                bench.use("u6", 1, "nothing").eventTimeMs(bench.desk.nowMs + CompiledProgram.DAY_MS));
        bench.accepted(bench.keyed(PAUSE).put(VarField.RULE_ID, "redemptions"));
        bench.accepted(Commands.adjust("a", 1, -101).flags(Command.FLAG_MAY_GO_BELOW_ZERO));
        bench.accepted(useAtBar("u7"));
        bench.accepted(bench.grant(1, "night"));
        bench.accepted(bench.keyed(FREEZE).memberId(1));
        bench.answers(ResultCode.MEMBER_FROZEN, useAtBar("u8"));
        bench.accepted(bench.grant(1, "week"));
        bench.accepted(bench.about(RETURN_USE, "u7"));
        assertEquals("2 0 1 0 0 0", bench.funnel("night"));
        bench.answers(ResultCode.VALUE_OUT_OF_RANGE, bench.use("u9", 1, "week").amountMinor(-1));
        assertEquals(
                ResultCode.ORIGINAL_NOT_FOUND,
                bench.apply(CouponBench.query(QUERY_COUPON).put(VarField.RULE_ID, "nothing")).code);
    }

    private static Command useAtBar(final String document) {
        return useAt("bar", document);
    }

    private static Command useAt(final String store, final String document) {
        return Commands.keyed(USE_COUPON, document)
                .memberId(1)
                .put(VarField.STORE, store)
                .put(VarField.RULE_ID, "night");
    }

    @Test
    void isNotGrantedWhenItsTimeIsOver() {
        bench.desk.afterDays(2);
        bench.accepted(bench.grant(1, "easter"));
        bench.desk.afterDays(1);
        bench.answers(ResultCode.NOT_OFFERED, bench.grant(1, "easter"));
    }

    @Test
    void canBeUsedWhenItIsListedNoMore() {
        bench.accepted(bench.grant(1, "night"));
        bench.publish(CouponBench.program(Catalogue.builder().add(CARD)));
        bench.answers(ResultCode.NOT_OFFERED, bench.grant(1, "night"));
        bench.accepted(bench.use("u1", 1, "night"));
        assertEquals("1 1 0 0 0 0", bench.funnel("night"));
        // Brought back, it is the same.
        bench.publish(program());
        bench.accepted(bench.grant(1, "night"));
        assertEquals("2 1 0 0 0 0", bench.funnel("night"));
    }

    @Test
    void goesWithItsMember() {
        bench.buy("o2", 2, 100);
        bench.accepted(bench.grant(1, "week"));
        bench.accepted(bench.grant(2, "week"));
        bench.accepted(bench.grant(2, "card"));
        bench.accepted(bench.use("u1", 1, "week"));
        bench.accepted(bench.keyed(MERGE).memberId(1).otherMemberId(2));
        assertEquals("week #5 +8 1/1; card #6 - 10/10", bench.holdings(1));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertEquals("week #4 +8 1/1; week #5 +8 1/1; card #6 - 10/10", bench.holdings(2));
        bench.accepted(bench.keyed(CLOSE).memberId(2));
        assertEquals("", bench.holdings(2));
        assertEquals("2 0 1 2 0 0", bench.funnel("week"));
        assertEquals("10 0 0 10 0 0", bench.funnel("card"));
        bench.answers(ResultCode.MEMBER_CLOSED, bench.about(RETURN_USE, "u1"));
        bench.answers(ResultCode.MEMBER_CLOSED, bench.grant(2, "week"));
    }

    @Test
    void aMemberHasAThousandHoldings() {
        for (int i = 0; i < CouponBook.MAX_HOLDINGS; i++) {
            bench.accepted(bench.grant(1, "week"));
        }
        bench.answers(ResultCode.LIMIT_EXCEEDED, bench.grant(1, "week"));
        bench.accepted(bench.use("u1", 1, "week"));
        bench.accepted(bench.grant(1, "week"));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        bench.answers(ResultCode.LIMIT_EXCEEDED, bench.grant(1, "week"));
        bench.buy("o2", 1, 100);
        bench.buy("o3", 2, 100);
        bench.accepted(bench.keyed(MERGE).memberId(2).otherMemberId(1));
        bench.buy("o4", 3, 100);
        bench.accepted(bench.grant(3, "card"));
        bench.answers(ResultCode.LIMIT_EXCEEDED, bench.keyed(MERGE).memberId(3).otherMemberId(1));
    }

    @Test
    void isPartOfTheState() {
        final StateHash before = bench.desk.ledger.stateHash();
        bench.accepted(bench.grant(1, "week"));
        final StateHash granted = bench.desk.ledger.stateHash();
        assertNotEquals(before, granted);
        final CouponBench other = new CouponBench();
        other.publish(program());
        other.buy("first", 1, 10_000);
        other.accepted(Commands.keyed(GRANT_COUPON, "d1").memberId(1).put(VarField.RULE_ID, "easter"));
        assertNotEquals(granted, other.desk.ledger.stateHash());
    }
}

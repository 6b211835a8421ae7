package io.tallymark.ledger;

import static io.tallymark.protocol.CommandType.BUY_PACK;
import static io.tallymark.protocol.CommandType.CAPTURE;
import static io.tallymark.protocol.CommandType.CLOSE;
import static io.tallymark.protocol.CommandType.ENROL;
import static io.tallymark.protocol.CommandType.HOLD;
import static io.tallymark.protocol.CommandType.MERGE;
import static io.tallymark.protocol.CommandType.REDEEM;
import static io.tallymark.protocol.CommandType.REFUND;
import static io.tallymark.protocol.CommandType.REFUND_PACK;
import static io.tallymark.protocol.CommandType.RETURN_USE;
import static io.tallymark.protocol.CommandType.REVERSE;
import static io.tallymark.protocol.CommandType.USE_COUPON;
import static io.tallymark.protocol.CommandType.VOID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Uses that a revocation did not find, and what becomes of them when they come back. An order of member 1 grants one use of
 * week, from 500.00 on two more, all in one holding; a funnel is granted, used, returned, revoked, expired, money.
 */
final class MissedUsesTest {
    private static final long HOUR_MS = CompiledProgram.DAY_MS / 24;
    private static final Coupon CARD = new Coupon("card", 0, 10, 0, Expiry.NEVER_DAY, Limit.NONE, Condition.ALWAYS);

    private final CouponBench bench = new CouponBench();

    private static Campaign campaign(final String id, final int priority, final long fromMinor, final int uses) {
        final long none = CompiledProgram.UNLIMITED;
        final Condition when = Condition.builder().minOrderMinor(fromMinor).build();
        final List<CouponGrant> grants = List.of(new CouponGrant("week", uses, 0));
        return new Campaign(id, priority, Campaign.Mode.BONUS, 0, 0, false, "", when, none, none, none, none, grants);
    }

    private static Pack pack(final String id, final Pack.Refund refund) {
        return new Pack(id, Offer.of(0, 1_000), List.of(new CouponGrant("wash", 4, 0)), refund);
    }

    @BeforeEach
    void open() {
        bench.publish(CouponBench.program(Catalogue.builder()
                        .add(Coupon.of("week", 500, 7))
                        .add(Coupon.of("wash", 0, 7))
                        .add(CARD)
                        .add(new Reward("bag", Offer.of(50, 0), List.of(new CouponGrant("wash", 3, 0)), "", 0))
                        .add(pack("whole", Pack.Refund.WHOLE))
                        .add(pack("share", Pack.Refund.UNUSED_SHARE)))
                .keyDays(1_000)
                .addCampaign(campaign("any", 1, 0, 1))
                .addCampaign(campaign("big", 2, 50_000, 2)));
    }

    private String refund(final String order, final long amountMinor) {
        return CouponBench.rows(bench.apply(bench.about(REFUND, order).amountMinor(amountMinor)));
    }

    private void holdWeek(final String document) {
        bench.accepted(Commands.keyed(HOLD, document).memberId(1).ttlMs(HOUR_MS).put(VarField.COUPON_ID, "week"));
    }

    private void assertGone(final long member, final String coupon, final String funnel) {
        assertEquals("", bench.holdings(member));
        bench.answers(
                ResultCode.COUPON_NOT_FOUND,
                bench.keyed(USE_COUPON).memberId(member).put(VarField.RULE_ID, coupon));
        assertEquals(funnel, bench.funnel(coupon));
    }

    @Test
    void aReturnedUseOfARefundedOrderIsRevoked() {
        bench.buy("o1", 1, 10_000);
        bench.accepted(bench.use("u1", 1, "week").amountMinor(700));
        final StateHash used = bench.desk.ledger.stateHash();
        assertEquals("coupon/week -0 lost 1", refund("o1", 0));
        assertNotEquals(used, bench.desk.ledger.stateHash());
        assertGone(1, "week", "1 1 0 0 0 700");
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertGone(1, "week", "1 0 1 1 0 0");
        bench.answers(ResultCode.ALREADY_RETURNED, bench.about(RETURN_USE, "u1"));
        // What is granted later is as good as ever.
        bench.accepted(bench.grant(1, "week"));
        bench.accepted(bench.use("u2", 1, "week"));
        bench.accepted(bench.about(RETURN_USE, "u2"));
        assertEquals("week #" + (bench.desk.ledger.lastSequence() - 2) + " +8 1/1", bench.holdings(1));
    }

    @Test
    void ofSeveralGrantsOfAnOrderTheRevokedOneIsPaidFirst() {
        bench.buy("o1", 1, 60_000);
        assertEquals("week #2 +8 3/3", bench.holdings(1));
        bench.accepted(bench.use("u1", 1, "week"));
        bench.accepted(bench.use("u2", 1, "week"));
        // Of the two of big one is left.
        assertEquals("coupon/week -1 lost 1", refund("o1", 20_000));
        assertGone(1, "week", "3 2 0 1 0 0");
        bench.accepted(bench.about(RETURN_USE, "u2"));
        assertGone(1, "week", "3 1 1 2 0 0");
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertEquals("week #2 +8 1/3", bench.holdings(1));
        assertEquals("3 0 2 2 0 0", bench.funnel("week"));
        bench.accepted(bench.use("u3", 1, "week"));
        assertEquals("coupon/week -0 lost 1", refund("o1", 0));
        bench.accepted(bench.about(RETURN_USE, "u3"));
        assertGone(1, "week", "3 0 3 3 0 0");
    }

    @Test
    void allUsedAndRevokedInTwoStepsNothingComesBack() {
        bench.buy("o1", 1, 60_000);
        for (int i = 1; i <= 3; i++) {
            bench.accepted(bench.use("u" + i, 1, "week"));
        }
        assertEquals("coupon/week -0 lost 2", refund("o1", 20_000));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertEquals("coupon/week -0 lost 1", refund("o1", 0));
        bench.accepted(bench.about(RETURN_USE, "u2"));
        assertGone(1, "week", "3 1 2 2 0 0");
        bench.accepted(bench.about(RETURN_USE, "u3"));
        assertGone(1, "week", "3 0 3 3 0 0");
    }

    @Test
    void aVoidedAndATimedOutHoldGiveNothingBack() {
        bench.buy("o1", 1, 60_000);
        holdWeek("h1");
        holdWeek("h2");
        holdWeek("h3");
        assertEquals("coupon/week -0 lost 2", refund("o1", 20_000));
        assertGone(1, "week", "3 0 0 0 0 0");
        bench.accepted(bench.about(VOID, "h1"));
        assertGone(1, "week", "3 0 0 1 0 0");
        bench.desk.after(HOUR_MS - 1);
        bench.accepted(bench.about(CAPTURE, "h2"));
        assertGone(1, "week", "3 1 0 1 0 0");
        bench.desk.after(1);
        bench.accepted(Commands.tick(bench.desk.nowMs));
        assertGone(1, "week", "3 1 0 2 0 0");
    }

    @Test
    void aMergeTakesItAlong() {
        bench.buy("o1", 1, 10_000);
        bench.buy("o2", 2, 10_000);
        bench.accepted(bench.use("u1", 1, "week"));
        holdWeekOf(2);
        refund("o1", 0);
        refund("o2", 0);
        bench.accepted(bench.keyed(MERGE).memberId(1).otherMemberId(2));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        bench.accepted(bench.about(VOID, "h2"));
        assertGone(2, "week", "2 0 1 2 0 0");
    }

    private void holdWeekOf(final long member) {
        bench.accepted(Commands.keyed(HOLD, "h" + member).memberId(member).put(VarField.COUPON_ID, "week"));
    }

    @Test
    void aClosedMemberMissesNothing() {
        bench.buy("o1", 1, 60_000);
        bench.accepted(bench.use("u1", 1, "week"));
        bench.accepted(bench.grant(1, "card"));
        refund("o1", 0);
        bench.accepted(bench.keyed(CLOSE).memberId(1));
        assertEquals("3 1 0 2 0 0", bench.funnel("week"));
        assertEquals("10 0 0 10 0 0", bench.funnel("card"));
        bench.answers(ResultCode.MEMBER_CLOSED, bench.about(RETURN_USE, "u1"));
    }

    @Test
    void behindItsLastDayItHasExpired() {
        bench.buy("o1", 1, 10_000);
        bench.accepted(bench.use("u1", 1, "week"));
        refund("o1", 0);
        bench.desk.afterDays(8);
        bench.accepted(Commands.tick(bench.desk.nowMs));
        assertEquals("1 1 0 0 0 0", bench.funnel("week"));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertGone(1, "week", "1 0 1 0 1 0");
    }

    @Test
    void aReversedRewardAndAWholePackMissTheirUses() {
        bench.accepted(Commands.adjust("a1", 1, 1_000));
        bench.accepted(Commands.keyed(REDEEM, "r1").memberId(1).put(VarField.RULE_ID, "bag"));
        bench.accepted(bench.use("u1", 1, "wash"));
        assertEquals("coupon/wash -2 lost 1", CouponBench.rows(bench.apply(bench.about(REVERSE, "r1"))));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertGone(1, "wash", "3 0 1 3 0 0");
        bench.accepted(buy("p1", "whole"));
        bench.accepted(bench.use("u2", 1, "wash"));
        assertEquals("coupon/wash -3 lost 1", CouponBench.rows(bench.apply(bench.about(REFUND_PACK, "p1"))));
        bench.accepted(bench.about(RETURN_USE, "u2"));
        assertGone(1, "wash", "7 0 2 7 0 0");
    }

    @Test
    void theUsedShareOfAPackStaysPaidAndComesBack() {
        bench.accepted(Commands.adjust("a1", 1, 1_000));
        bench.accepted(buy("p1", "share"));
        bench.accepted(bench.use("u1", 1, "wash"));
        bench.accepted(Commands.keyed(HOLD, "h1").memberId(1).put(VarField.COUPON_ID, "wash"));
        assertEquals("coupon/wash -2 lost 2", CouponBench.rows(bench.apply(bench.about(REFUND_PACK, "p1"))));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        bench.accepted(bench.about(VOID, "h1"));
        assertEquals("wash #3 +8 2/4", bench.holdings(1));
        assertEquals("4 0 1 2 0 0", bench.funnel("wash"));
    }

    private static Command buy(final String document, final String pack) {
        return Commands.keyed(BUY_PACK, document).memberId(1).put(VarField.RULE_ID, pack);
    }

    @Test
    void countsAmongTheHoldingsUntilItsLastDay() {
        bench.buy("o1", 1, 10_000);
        bench.accepted(bench.use("u1", 1, "week"));
        refund("o1", 0);
        for (int i = 1; i < CouponBook.MAX_HOLDINGS; i++) {
            bench.accepted(bench.grant(1, "card"));
        }
        bench.answers(ResultCode.LIMIT_EXCEEDED, bench.grant(1, "card"));
        bench.accepted(bench.keyed(ENROL).memberId(2));
        bench.accepted(bench.grant(2, "card"));
        bench.answers(ResultCode.LIMIT_EXCEEDED, bench.keyed(MERGE).memberId(2).otherMemberId(1));
        bench.desk.afterDays(8);
        bench.accepted(bench.grant(1, "card"));
        bench.answers(ResultCode.LIMIT_EXCEEDED, bench.grant(1, "card"));
    }

    @Test
    void aFullBookRemembersNoOther() {
        bench.buy("o1", 1, 10_000);
        bench.accepted(bench.use("u1", 1, "week"));
        for (int i = 0; i < CouponBook.MAX_HOLDINGS; i++) {
            bench.accepted(bench.grant(1, "card"));
        }
        assertEquals("coupon/week -0 lost 1", refund("o1", 0));
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertEquals("1 0 1 0 0 0", bench.funnel("week"));
        assertEquals("week #2 +8 1/1", bench.holdings(1).split("; ")[0]);
    }
}

package io.tallymark.ledger;

import static io.tallymark.protocol.CommandType.CAPTURE;
import static io.tallymark.protocol.CommandType.CLOSE;
import static io.tallymark.protocol.CommandType.HOLD;
import static io.tallymark.protocol.CommandType.MERGE;
import static io.tallymark.protocol.CommandType.PAUSE;
import static io.tallymark.protocol.CommandType.REDEEM;
import static io.tallymark.protocol.CommandType.RETURN_USE;
import static io.tallymark.protocol.CommandType.REVERSE;
import static io.tallymark.protocol.CommandType.VOID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds that reserve a coupon, and rewards that bring one. Member 1 has 1,000 points and a coupon of sequence 3. */
final class CouponHoldTest {
    private final CouponBench bench = new CouponBench();

    @BeforeEach
    void open() {
        bench.publish(CouponBench.program(Catalogue.builder()
                .add(Coupon.of("week", 500, 7))
                .add(Coupon.of("other", 0, 7))
                .add(new Reward("bag", Offer.of(50, 0).withStock(9), List.of(new CouponGrant("week", 2, 20)), "", 0))));
        bench.buy("o1", 1, 100_000);
        bench.accepted(bench.grant(1, "week"));
    }

    private Command hold(final String document, final long points, final String coupon) {
        final Command c =
                Commands.keyed(HOLD, document).memberId(1).points(points).ttlMs(CompiledProgram.DAY_MS);
        return c.put(VarField.COUPON_ID, coupon);
    }

    @Test
    void theCaptureUsesIt() {
        bench.accepted(hold("h1", 100, "week"));
        assertEquals("", bench.holdings(1));
        assertEquals("1 0 0 0 0 0", bench.funnel("week"));
        bench.answers(ResultCode.COUPON_NOT_FOUND, hold("h2", 100, "week"));
        final Outcome o = bench.apply(bench.about(CAPTURE, "h1").points(40));
        assertEquals(-40, o.points);
        assertEquals("1 1 0 0 0 0", bench.funnel("week"));
        bench.answers(ResultCode.ORIGINAL_NOT_FOUND, bench.about(RETURN_USE, "h1"));
    }

    @Test
    void aVoidAndATimeOutGiveItBack() {
        bench.accepted(hold("h1", 100, "week"));
        bench.accepted(bench.about(VOID, "h1"));
        assertEquals("week #3 +8 1/1", bench.holdings(1));
        bench.accepted(hold("h2", 100, "week"));
        bench.desk.after(CompiledProgram.DAY_MS - 1);
        bench.accepted(Commands.tick(bench.desk.nowMs));
        assertEquals("", bench.holdings(1));
        bench.desk.after(1);
        bench.accepted(Commands.tick(bench.desk.nowMs));
        assertEquals("week #3 +8 1/1", bench.holdings(1));
        assertEquals("1 0 0 0 0 0", bench.funnel("week"));
        // Held over its last day it has expired when it comes back.
        bench.accepted(hold("h3", 0, "week").ttlMs(8 * CompiledProgram.DAY_MS));
        bench.desk.afterDays(8);
        bench.accepted(Commands.tick(bench.desk.nowMs));
        assertEquals("1 0 0 0 1 0", bench.funnel("week"));
    }

    @Test
    void canBeHeldAlone() {
        bench.accepted(bench.keyed(PAUSE).put(VarField.RULE_ID, "redemptions"));
        bench.answers(ResultCode.PAUSED, hold("h1", 1, "week"));
        final Outcome o = bench.apply(hold("h2", 0, "week"));
        assertEquals(ResultCode.ACCEPTED, o.code);
        assertEquals(0, o.points);
        bench.answers(ResultCode.HAS_HOLDS, bench.keyed(CLOSE).memberId(1));
        bench.answers(ResultCode.OVER_CAPTURE, bench.about(CAPTURE, "h2").points(1));
        bench.accepted(bench.about(CAPTURE, "h2"));
        assertEquals("1 1 0 0 0 0", bench.funnel("week"));
        bench.answers(ResultCode.REVERSAL_EXCEEDS_ORIGINAL, bench.about(REVERSE, "d" + lastCapture()));
    }

    /** The document of the last command but one, which the bench numbers. */
    private int lastCapture() {
        return 5;
    }

    @Test
    void isRefusedInItsPlaceAmongTheCodes() {
        bench.answers(ResultCode.NOT_OFFERED, hold("h1", 5_000, "nothing"));
        bench.answers(ResultCode.COUPON_NOT_FOUND, hold("h2", 5_000, "other"));
        bench.answers(ResultCode.INSUFFICIENT_POINTS, hold("h3", 5_000, "week"));
        assertEquals("week #3 +8 1/1", bench.holdings(1));
    }

    @Test
    void aHoldMovesWithItsMember() {
        bench.accepted(hold("h1", 100, "week"));
        bench.buy("o2", 2, 100);
        bench.accepted(bench.keyed(MERGE).memberId(1).otherMemberId(2));
        bench.accepted(bench.about(VOID, "h1"));
        assertEquals("week #3 +8 1/1", bench.holdings(2));
    }

    @Test
    void aRewardBringsCouponsAndItsReversalTakesTheUnused() {
        bench.accepted(Commands.keyed(REDEEM, "r1").memberId(1).put(VarField.RULE_ID, "bag"));
        assertEquals("week #3 +8 1/1; week #4 +21 2/2", bench.holdings(1));
        bench.accepted(bench.use("u1", 1, "week"));
        bench.accepted(bench.use("u2", 1, "week"));
        final Outcome o = bench.apply(bench.about(REVERSE, "r1"));
        assertEquals("coupon/week -1 lost 1", CouponBench.rows(o));
        assertEquals(1_000, o.availablePoints);
        assertEquals("3 2 0 1 0 0", bench.funnel("week"));
    }

    @Test
    void aCapturedRewardBringsThemOnTheDayOfTheCapture() {
        bench.accepted(Commands.keyed(HOLD, "h1")
                .memberId(1)
                .ttlMs(2 * CompiledProgram.DAY_MS)
                .put(VarField.RULE_ID, "bag")
                .put(VarField.COUPON_ID, "week"));
        assertEquals("", bench.holdings(1));
        bench.desk.afterDays(1);
        bench.accepted(Commands.keyed(CAPTURE, "c1").put(VarField.ORIGINAL_DOCUMENT_ID, "h1"));
        assertEquals("week #5 +22 2/2", bench.holdings(1));
        assertEquals("3 1 0 0 0 0", bench.funnel("week"));
        assertEquals("coupon/week -2 lost 0", CouponBench.rows(bench.apply(bench.about(REVERSE, "c1"))));
        assertEquals("3 1 0 2 0 0", bench.funnel("week"));
    }
}

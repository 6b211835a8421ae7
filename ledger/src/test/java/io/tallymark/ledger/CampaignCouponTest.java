package io.tallymark.ledger;

import static io.tallymark.ledger.CouponBench.TODAY;
import static io.tallymark.protocol.CommandType.CLAIM;
import static io.tallymark.protocol.CommandType.CLOSE;
import static io.tallymark.protocol.CommandType.ENROL;
import static io.tallymark.protocol.CommandType.PREVIEW_ACCRUE;
import static io.tallymark.protocol.CommandType.REFUND;
import static io.tallymark.protocol.CommandType.RETURN_USE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Coupons that campaigns grant, and what refunds make of them. */
final class CampaignCouponTest {
    private static final long CAP = CompiledProgram.UNLIMITED;
    private static final Coupon WEEK = Coupon.of("week", 500, 7);
    private static final Coupon MONTH = Coupon.of("month", 0, 30);
    private static final Coupon EASTER = new Coupon("easter", 0, 1, 0, TODAY - 1, Limit.NONE, Condition.ALWAYS);

    private final CouponBench bench = new CouponBench();

    private static Campaign campaign(
            final String id, final int priority, final long points, final Condition when, final CouponGrant... grants) {
        return new Campaign(
                id, priority, Campaign.Mode.BONUS, 0, points, false, "", when, CAP, CAP, CAP, CAP, List.of(grants));
    }

    private static Condition from(final long amountMinor) {
        return Condition.builder().minOrderMinor(amountMinor).build();
    }

    private static CouponGrant plain(final String coupon) {
        return new CouponGrant(coupon, 0, 0);
    }

    private static CompiledProgram.Builder program(final Campaign... campaigns) {
        final CompiledProgram.Builder program = CouponBench.program(
                        Catalogue.builder().add(WEEK).add(MONTH).add(EASTER))
                .claimDays(30);
        for (final Campaign campaign : campaigns) {
            program.addCampaign(campaign);
        }
        return program;
    }

    private Outcome refund(final String order, final long amountMinor) {
        final Outcome o = bench.apply(bench.about(REFUND, order).amountMinor(amountMinor));
        assertEquals(ResultCode.ACCEPTED, o.code);
        return o;
    }

    @Test
    void eachOrderIsGivenThemOnceAndTheReplyTells() {
        bench.publish(program(
                campaign(
                        "ten", 1, 10, Condition.ALWAYS, plain("week"), new CouponGrant("month", 3, 0), plain("easter")),
                campaign("big", 2, 0, from(50_000), plain("week"))));
        assertEquals("ten 10 coupons 2", CouponBench.rows(bench.buy("o1", 1, 49_999)));
        assertEquals("week #2 +8 1/1; month #2 +31 3/3", bench.holdings(1));
        final Outcome o =
                bench.apply(CouponBench.query(PREVIEW_ACCRUE).memberId(1).amountMinor(50_000));
        assertEquals("ten 10 coupons 2; big 0 coupons 1", CouponBench.rows(o));
        assertEquals("1 0 0 0 0 0", bench.funnel("week"));
        assertEquals("ten 10 coupons 2; big 0 coupons 1", CouponBench.rows(bench.buy("o2", 1, 50_000)));
        // Two campaigns of one order granted the same: one holding.
        assertEquals("week #2 +8 1/1; week #3 +8 2/2; month #2 +31 3/3; month #3 +31 3/3", bench.holdings(1));
        assertEquals("3 0 0 0 0 0", bench.funnel("week"));
        assertEquals("0 0 0 0 0 0", bench.funnel("easter"));
    }

    @Test
    void aRefundRevokesWhatIsNoLongerEarnedOnce() {
        bench.publish(program(
                campaign("any", 1, 10, Condition.ALWAYS, plain("week")),
                campaign("big", 2, 20, from(50_000), new CouponGrant("week", 2, 7))));
        bench.buy("o1", 1, 60_000);
        assertEquals("week #2 +8 3/3", bench.holdings(1));
        bench.accepted(bench.use("u1", 1, "week"));
        assertEquals("", CouponBench.rows(refund("o1", 10_000)));
        // Of two, both are still there; the used one counts as that of the other campaign.
        assertEquals("campaign/big -0 lost 0; coupon/week -2 lost 0", CouponBench.rows(refund("o1", 1)));
        assertEquals("", bench.holdings(1));
        assertEquals("3 1 0 2 0 0", bench.funnel("week"));
        assertEquals("campaign/any -0 lost 0; coupon/week -0 lost 1", CouponBench.rows(refund("o1", 49_999)));
        // What was used and told as lost is revoked when the till returns it.
        bench.accepted(bench.about(RETURN_USE, "u1"));
        assertEquals("", bench.holdings(1));
        assertEquals("3 0 1 3 0 0", bench.funnel("week"));
    }

    @Test
    void whatHasExpiredIsNotTold() {
        bench.publish(program(campaign("any", 1, 0, Condition.ALWAYS, plain("week"))));
        bench.buy("o1", 1, 60_000);
        bench.buy("o2", 2, 60_000);
        bench.desk.afterDays(8);
        assertEquals("", CouponBench.rows(refund("o1", 0)));
        assertEquals("1 expired", expired("week"));
        bench.buy("o3", 2, 100);
        bench.accepted(bench.keyed(CLOSE).memberId(2));
        assertEquals("", CouponBench.rows(refund("o3", 0)));
        assertEquals("3 0 0 1 2 0", bench.funnel("week"));
    }

    private String expired(final String coupon) {
        return bench.funnel(coupon).split(" ")[4] + " expired";
    }

    @Test
    void claimsGrantTooAndPausedCampaignsDoNot() {
        bench.publish(program(campaign("any", 1, 0, Condition.ALWAYS, plain("week"))));
        bench.accepted(bench.keyed(ENROL).memberId(7));
        final Command claim = bench.keyed(CLAIM)
                .memberId(7)
                .amountMinor(100)
                .eventTimeMs(bench.desk.nowMs - CompiledProgram.DAY_MS)
                .put(VarField.ORIGINAL_DOCUMENT_ID, "old");
        assertEquals("any 0 coupons 1", CouponBench.rows(bench.apply(claim)));
        assertEquals("week #3 +8 1/1", bench.holdings(7));
        assertEquals("coupon/week -1 lost 0", CouponBench.rows(refund("old", 0)));
        assertEquals("", bench.holdings(7));
    }

    @Test
    void anOrderWithACouponTooManyIsRefusedWhole() {
        bench.publish(program(campaign("any", 1, 0, Condition.ALWAYS, plain("week"))));
        for (int i = 0; i < CouponBook.MAX_HOLDINGS; i++) {
            bench.buy("o" + i, 1, 100);
        }
        assertEquals(ResultCode.LIMIT_EXCEEDED, bench.apply(Commands.accrue("more", 1, 100)).code);
        bench.publish(program(campaign("any", 1, 0, Condition.ALWAYS, plain("easter"))));
        bench.buy("again", 1, 100);
    }

    @Test
    void theVersionThatGrantedSaysWhatIsRevoked() {
        bench.publish(program(campaign("any", 1, 0, Condition.ALWAYS, plain("week"))));
        bench.buy("o1", 1, 100);
        bench.publish(CouponBench.program(
                Catalogue.builder().add(new Coupon("week", 0, 5, 0, Expiry.NEVER_DAY, Limit.NONE, Condition.ALWAYS))));
        assertEquals("coupon/week -1 lost 0", CouponBench.rows(refund("o1", 0)));
        assertEquals("1 0 0 1 0 0", bench.funnel("week"));
    }
}

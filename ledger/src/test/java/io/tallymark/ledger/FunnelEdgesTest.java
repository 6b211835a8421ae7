package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** The funnels of coupons where commands come near their edges. */
final class FunnelEdgesTest {
    private final CouponBench bench = new CouponBench();

    @Test
    void theReferrersCouponsThatExpiredAreCountedWithTheReward() {
        bench.publish(CouponBench.program(Catalogue.builder()
                .add(Coupon.of("week", 500, 7))
                .referral(new Referral(Referral.On.FIRST_PURCHASE, 200, 0, Limit.NONE))));
        bench.accepted(bench.keyed(CommandType.ENROL).memberId(1));
        bench.accepted(bench.keyed(CommandType.ENROL).memberId(2).referrerId(1));
        bench.accepted(bench.grant(1, "week"));
        bench.desk.afterDays(8);
        bench.buy("o1", 2, 100);
        assertEquals("", bench.holdings(1));
        assertEquals("1 0 0 0 1 0", bench.funnel("week"));
    }

    @Test
    void theMoneyOfAllUsesDoesNotOverflow() {
        final Limit none = Limit.NONE;
        bench.publish(CouponBench.program(
                Catalogue.builder().add(new Coupon("many", 0, 9_999, 0, Expiry.NEVER_DAY, none, Condition.ALWAYS))));
        bench.accepted(bench.keyed(CommandType.ENROL).memberId(1));
        bench.accepted(bench.grant(1, "many"));
        final Outcome o = new Outcome();
        final Ledger ledger = bench.desk.ledger;
        for (int i = 0; i < Totals.MAX / Limits.MAX_VALUE; i++) {
            ledger.apply(
                    bench.use("u" + i, 1, "many").amountMinor(Limits.MAX_VALUE),
                    ledger.lastSequence() + 1,
                    bench.desk.nowMs,
                    o);
            assertEquals(ResultCode.ACCEPTED, o.code);
        }
        bench.answers(ResultCode.LIMIT_EXCEEDED, bench.use("v1", 1, "many").amountMinor(1));
        bench.accepted(bench.use("v2", 1, "many"));
        assertEquals("9999 4001 0 0 0 " + Totals.MAX, bench.funnel("many"));
    }
}

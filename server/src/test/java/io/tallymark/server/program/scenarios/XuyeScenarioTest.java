package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** Xuye: packs of coupons, used over several visits, given back in part. */
final class XuyeScenarioTest {
    private static final long ANNA = 1;

    private final Scenario house = Scenario.of("xuye", "2026-03-01T18:00+08:00");

    private Step buy(final String document, final String pack) {
        return house.step(CommandType.BUY_PACK, document).member(ANNA).rule(pack);
    }

    private Step use(final String document, final String coupon) {
        return house.step(CommandType.USE_COUPON, document).member(ANNA).rule(coupon);
    }

    private void join() {
        house.step(CommandType.ENROL).member(ANNA).accepted();
    }

    @Test
    void aPackIsUsedOverSeveralVisits() {
        join();
        buy("pack", "five-meals").gives(0, "128.00");
        assertEquals("drink 2026-03-31 2/2; meal 2026-05-30 5/5", house.coupons(ANNA));
        for (int visit = 1; visit <= 5; visit++) {
            house.at("2026-03-0" + (visit + 1) + "T19:00+08:00");
            use("m" + visit, "meal").amount("45.50").accepted();
        }
        use("m6", "meal").refused(ResultCode.COUPON_NOT_FOUND);
        assertEquals("meal 5 5 0 0 0 22750", house.funnel("meal"));
        // The drinks are good through the 31st; then they are gone.
        house.at("2026-03-31T23:59:59.999+08:00");
        use("d1", "drink").accepted();
        house.at("2026-04-01T00:00+08:00");
        use("d2", "drink").refused(ResultCode.COUPON_NOT_FOUND);
        assertEquals("", house.coupons(ANNA));
        assertEquals("drink 2 1 0 0 1 0", house.funnel("drink"));
    }

    @Test
    void theUnusedShareIsGivenBack() {
        join();
        buy("pack", "five-meals").gives(0, "128.00");
        use("m1", "meal").amount("40.00").accepted();
        use("m2", "meal").amount("50.00").accepted();
        use("m3", "meal").amount("60.00").accepted();
        house.step(CommandType.RETURN_USE).about("m3").accepted();
        house.step(CommandType.RETURN_USE).about("m3").refused(ResultCode.ALREADY_RETURNED);
        // 5 of 7 uses are left: 12,800 × 5 ÷ 7 = 9,142.86.
        house.step(CommandType.REFUND_PACK).about("pack").gives(0, "91.42");
        house.step(CommandType.REFUND_PACK).about("pack").refused(ResultCode.REFUND_EXCEEDS_ORIGINAL);
        assertEquals("", house.coupons(ANNA));
        use("m4", "meal").refused(ResultCode.COUPON_NOT_FOUND);
        assertEquals("meal 5 2 1 3 0 9000", house.funnel("meal"));
        assertEquals("drink 2 0 0 2 0 0", house.funnel("drink"));
    }

    @Test
    void whatHasExpiredCountsAsUsed() {
        join();
        buy("pack", "five-meals").gives(0, "128.00");
        use("m1", "meal").accepted();
        house.at("2026-04-01T00:00+08:00");
        // Both drinks are over, 4 meals are left: 12,800 × 4 ÷ 7 = 7,314.29.
        house.step(CommandType.REFUND_PACK).about("pack").gives(0, "73.14");
        assertEquals("drink 2 0 0 0 2 0", house.funnel("drink"));
    }

    @Test
    void regularsPayWithPointsOnceAMonth() {
        house.accrue(ANNA, "200.00").gives(200);
        buy("p1", "two-drinks").gives(-120, "0.00");
        house.accrue(ANNA, "200.00").gives(200);
        buy("p2", "two-drinks").refused(ResultCode.RULE_LIMIT_REACHED);
        use("d1", "drink").accepted();
        // The whole price comes back, though one was drunk; a right that was used does not.
        house.step(CommandType.REFUND_PACK).about("p1").gives(120);
        house.has(ANNA, 400);
        buy("p3", "two-drinks").refused(ResultCode.RULE_LIMIT_REACHED);
        house.at("2026-04-01T00:00+08:00");
        buy("p4", "two-drinks").gives(-120);
        house.has(ANNA, 280);
        assertEquals("drink 2026-05-31 2/2", house.coupons(ANNA));
    }
}

package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A platform's sale: new members by their first order, coupons and goods for members only, shops on a board. */
final class Tmall618ScenarioTest {
    private static final long ANNA = 1;
    private static final String BOX = "gift-box";

    private Scenario sale;

    @BeforeEach
    void open() {
        sale = Scenario.of("tmall-618", "2026-06-16T20:00+08:00");
    }

    private Step order(final String document, final long member, final String store, final String amount) {
        return sale.accrue(document, amount).member(member).store(store);
    }

    private Step redeem(final long member) {
        return sale.step(CommandType.REDEEM).member(member).rule(BOX);
    }

    @Test
    void aFirstOrderMakesAMember() {
        redeem(ANNA).refused(ResultCode.UNKNOWN_MEMBER);
        // 59 for the order and 100 for joining.
        order("o1", ANNA, "lipsticks", "59.90").gives(159);
        sale.tier(ANNA, "member");
        assertEquals("member-price -1 -1 0", sale.benefits(ANNA));
        order("o2", ANNA, "lipsticks", "59.90").gives(59);
        redeem(ANNA).gives(-100, "61.80");
        redeem(ANNA).refused(ResultCode.RULE_LIMIT_REACHED);
        assertEquals("gift-box 1000 999 1 0", sale.stock(BOX));
    }

    @Test
    void aThousandBoxesForTwelveHundredMembers() {
        int sold = 0;
        for (long member = 1; member <= 1_200; member++) {
            order("o" + member, member, "boxes", "1.00").gives(101);
        }
        for (long member = 1_200; member >= 1; member--) {
            // In the order of arrival, which is not that of joining.
            if (member > 200) {
                redeem(member).gives(-100, "61.80");
                sold++;
            } else {
                redeem(member).refused(ResultCode.OUT_OF_STOCK);
            }
        }
        assertEquals("1000: gift-box 1000 0 1000 0", sold + ": " + sale.stock(BOX));
        sale.has(1_200, 1).has(1, 101);
    }

    @Test
    void aCouponForEachMemberOnceInTheDaysOfTheSale() {
        sale = Scenario.of("tmall-618", "2026-06-10T12:00+08:00");
        sale.step(CommandType.ENROL).member(ANNA).accepted();
        sale.step(CommandType.GRANT_COUPON).member(ANNA).rule("thirty-off").accepted();
        sale.step(CommandType.GRANT_COUPON).member(ANNA).rule("thirty-off").refused(ResultCode.RULE_LIMIT_REACHED);
        assertEquals("thirty-off 2026-06-20 1/1", sale.coupons(ANNA));
        sale.step(CommandType.USE_COUPON).member(ANNA).rule("thirty-off").refused(ResultCode.NOT_OFFERED);
        sale.at("2026-06-20T23:59:59.999+08:00");
        sale.step(CommandType.USE_COUPON, "used")
                .member(ANNA)
                .rule("thirty-off")
                .amount("269.00")
                .accepted();
        sale.at("2026-06-21T00:00+08:00");
        // The basket is given up after midnight: the use returns, and is over.
        sale.step(CommandType.RETURN_USE).about("used").accepted();
        assertEquals("", sale.coupons(ANNA));
        assertEquals("thirty-off 1 0 1 0 1 0", sale.funnel("thirty-off"));
    }

    @Test
    void shopsAreRankedByWhatMembersSpend() {
        order("a1", ANNA, "adidas", "500.00").accepted();
        order("b1", 2, "bosch", "700.00").accepted();
        order("a2", 3, "adidas", "300.00").accepted();
        order("c1", 3, "corner", "0.99").accepted();
        assertEquals("adidas 1 0 80000; bosch 2 0 70000", sale.board("shops"));
        sale.refund("a1").amount("200.00").accepted();
        assertEquals("bosch 1 0 70000; adidas 2 0 60000", sale.board("shops"));
        // Ten minutes before eight: no sale yet.
        order("a3", 3, "adidas", "900.00").happened("2026-06-16T19:50+08:00").accepted();
        assertEquals("bosch 1 0 70000; adidas 2 0 60000", sale.board("shops"));
    }

    @Test
    void heldBackOrdersComeADayLateAndTwiceAndCountOnce() {
        sale.at("2026-06-21T23:59:59+08:00");
        final Step late = order("late", ANNA, "bosch", "800.00").happened("2026-06-20T23:59:59+08:00");
        late.gives(900);
        final Outcome again = late.gives(900);
        assertEquals("true 900", again.replayed + " " + again.availablePoints);
        order("later", ANNA, "bosch", "800.00")
                .happened("2026-06-20T23:59:58+08:00")
                .refused(ResultCode.EVENT_TOO_OLD);
        assertEquals("bosch 1 0 80000", sale.board("shops"));
        // One late window after the end nothing changes any more, not by a refund either.
        sale.at("2026-06-22T00:00+08:00");
        sale.refund("late").gives(-900);
        assertEquals("bosch 1 0 80000", sale.board("shops"));
    }
}

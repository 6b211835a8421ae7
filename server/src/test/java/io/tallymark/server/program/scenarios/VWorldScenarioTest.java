package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** An electronics chain: points of many kinds, there at once or later, and many ways to spend them. */
final class VWorldScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;

    /** A Tuesday. */
    private final Scenario shop = Scenario.of("v-world", "2026-11-03T10:00+08:00");

    private Step activity(final long member, final String rule) {
        return shop.step(CommandType.ACTIVITY).member(member).rule(rule);
    }

    private void join(final long member) {
        shop.step(CommandType.ENROL).member(member).accepted();
    }

    /** Points that are there at once. */
    private void bought(final long member, final int thousands) {
        shop.step(CommandType.ADJUST)
                .member(member)
                .points(1_000L * thousands)
                .because("opening balance")
                .accepted();
    }

    @Test
    void fullPriceEarnsAndIsThereAfterAWeek() {
        // 300 at full price, 199 reduced: one cent would be missing to the voucher, and another yuan.
        final Outcome o = shop.accrue("o1", "499.00")
                .member(ANNA)
                .line(1, 1, "300.00", "")
                .discounted(2, "199.00")
                .gives(300);
        assertEquals("", Scenario.rows(o, 0));
        shop.has(ANNA, 0, 300, 0, 0);
        shop.at("2026-11-09T23:59:59.999+08:00").has(ANNA, 0, 300, 0, 0);
        shop.at("2026-11-10T00:00+08:00").has(ANNA, 300);
        // What is returned before goes from what is pending.
        shop.accrue("o2", "80.00").member(ANNA).gives(80);
        shop.refund("o2").amount("30.00").gives(-30);
        shop.has(ANNA, 300, 50, 0, 0);
        final Outcome pending = shop.ask(shop.step(CommandType.QUERY_PENDING).member(ANNA));
        assertEquals(Scenario.day("2026-11-17") + " 50", Scenario.rows(pending, 0, 2));
        // Behind 31 December 2027.
        final Outcome expiring = shop.ask(shop.step(CommandType.QUERY_EXPIRING).member(ANNA));
        assertEquals(Scenario.day("2028-01-01") + " 300", Scenario.rows(expiring, 0, 1));
    }

    @Test
    void weekendsDoubleOneDayGivesFiveTimesAndTelevisionsABonus() {
        shop.at("2026-11-07T11:00+08:00");
        final Outcome saturday = shop.accrue("tv", "7998.00")
                .member(ANNA)
                .article(1, 2, "7998.00", "TV55", "television")
                .gives(7_998 + 2_000 + 100);
        // The weekend's cap of a member and day; two televisions; and a voucher.
        assertEquals("double 2000 5998 0; tv-bonus 100 0 0; spend-back 0 0 1", Scenario.rows(saturday, 0, 1, 3));
        assertEquals("e50 2026-12-07 1/1", shop.coupons(ANNA));
        // Sunday, 1 November: of the two that exclude each other the larger.
        final Outcome sunday = shop.accrue("s", "100.00")
                .member(BEN)
                .happened("2026-11-01T12:00+08:00")
                .gives(500);
        assertEquals("five-times 400", Scenario.rows(sunday, 0));
    }

    @Test
    void theVoucherOfABigPurchaseGoesWithItsRefund() {
        shop.accrue("o", "600.00").member(ANNA).gives(600);
        shop.refund("o").amount("100.00").gives(-100);
        assertEquals("e50 2026-12-03 1/1", shop.coupons(ANNA));
        // A cent below 500 it is no longer earned.
        final Outcome revoked = shop.refund("o").amount("0.01").gives(-1);
        assertEquals("coupon/e50 1 0", Scenario.rows(revoked, 1, 2));
        assertEquals("", shop.coupons(ANNA));
        shop.accrue("p", "600.00").member(ANNA).gives(600);
        shop.step(CommandType.USE_COUPON)
                .member(ANNA)
                .rule("e50")
                .amount("210.00")
                .accepted();
        final Outcome lost = shop.refund("p").gives(-600);
        assertEquals("coupon/e50 0 1", Scenario.rows(lost, 1, 2));
        assertEquals("e50 2 1 0 1 0 21000", shop.funnel("e50"));
    }

    @Test
    void pointsAreBoughtGivenOnCardsAndBroughtFromABank() {
        activity(ANNA, "p1000").gives(1_000, "10.00");
        shop.has(ANNA, 1_000);
        for (int i = 2; i <= 5; i++) {
            activity(ANNA, "p1000").gives(1_000, "10.00");
        }
        activity(ANNA, "p1000").refused(ResultCode.RULE_LIMIT_REACHED);
        // The card's points wait for the first order, once a member.
        activity(BEN, "batch-09").gives(200);
        shop.has(BEN, 0, 200, 0, 0);
        activity(BEN, "batch-09").refused(ResultCode.RULE_LIMIT_REACHED);
        shop.accrue(BEN, "10.00").gives(10);
        shop.has(BEN, 200, 10, 0, 0);
        // 5,019 of the bank's at 20 for one.
        activity(3, "bank-a").points(5_019).gives(250);
        shop.has(3, 250);
        activity(3, "bank-a").points(19).refused(ResultCode.BELOW_MINIMUM);
        activity(3, "bank-a").refused(ResultCode.NOT_OFFERED);
        shop.redeem(3, 245).gives(-245);
        // The bank owes the chain for 245 points, 80 cents a hundred: 196 cents.
        assertEquals("245 196 0 0", shop.settlement("bank-a"));
    }

    @Test
    void pointsAreWorthDoubleOnThe18th() {
        join(ANNA);
        bought(ANNA, 10);
        shop.step(CommandType.REDEEM).member(ANNA).amount("10.00").gives(-1_000);
        shop.step(CommandType.REDEEM).member(ANNA).amount("50.00").cash("45.00").gives(-500);
        shop.step(CommandType.REDEEM).member(ANNA).amount("50.00").cash("49.50").refused(ResultCode.BELOW_MINIMUM);
        shop.at("2026-11-18T00:00+08:00");
        shop.step(CommandType.REDEEM).member(ANNA).amount("10.00").gives(-500);
        shop.step(CommandType.REDEEM).member(ANNA).amount("10.01").gives(-501);
        shop.has(ANNA, 10_000 - 1_000 - 500 - 500 - 501);
    }

    @Test
    void pointsBuyVouchersServicesAndGifts() {
        join(ANNA);
        bought(ANNA, 20);
        shop.step(CommandType.REDEEM, "v").member(ANNA).rule("voucher-20").gives(-1_800);
        assertEquals("e20 2026-12-03 1/1", shop.coupons(ANNA));
        shop.step(CommandType.REVERSE).about("v").gives(1_800);
        assertEquals("", shop.coupons(ANNA));
        shop.step(CommandType.REDEEM).member(ANNA).rule("warranty").gives(-8_000);
        final Step kettle = shop.step(CommandType.REDEEM).member(ANNA).rule("kettle");
        kettle.refused(ResultCode.NOT_OFFERED);
        shop.step(CommandType.REDEEM)
                .member(ANNA)
                .rule("kettle")
                .channel("terminal")
                .gives(-3_000, "29.00");
        assertEquals("kettle 500 499 1 0", shop.stock("kettle"));
        // The television is only won.
        shop.step(CommandType.REDEEM).member(ANNA).rule("tv55").refused(ResultCode.NOT_OFFERED);
        shop.has(ANNA, 9_000);
    }

    @Test
    void aDrawCostsFiftyWhateverIsWon() {
        join(ANNA);
        bought(ANNA, 1);
        final Outcome first = draw(0).gives(-50);
        assertEquals("reward/tv55 1 0", Scenario.rows(first, 0, 1));
        // One in ten thousand, then one in twenty.
        final Outcome second = draw(100).gives(50);
        assertEquals("points 2 100", Scenario.rows(second, 0, 1));
        assertEquals("points 2 100", Scenario.rows(draw(50_099).gives(50), 0, 1));
        assertEquals("", Scenario.rows(draw(50_100).gives(-50)));
        shop.has(ANNA, 1_000);
        assertEquals("tv/1 10 9 1 0", shop.stock("tv/1"));
    }

    private Step draw(final int millionths) {
        return shop.step(CommandType.DRAW).member(ANNA).rule("tv").luck(millionths);
    }
}

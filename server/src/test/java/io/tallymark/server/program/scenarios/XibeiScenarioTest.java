package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** Xibei: VIP by a paid card, or by 4 visits and ¥1,000 within twelve months; points for VIPs only. */
final class XibeiScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;

    private final Scenario tables = Scenario.of("xibei", "2026-01-10T12:00+08:00");

    /** Four visits of ¥250, one a month from January on. */
    private void fourVisits() {
        for (int month = 1; month <= 4; month++) {
            tables.at("2026-0" + month + "-10T12:00+08:00")
                    .accrue("v" + month, "250.00")
                    .member(ANNA)
                    .gives(0);
        }
    }

    private Step card(final CommandType type, final long member) {
        return tables.step(type).member(member).rule("vip").way("paid");
    }

    @Test
    void visitsAndMoneyAreBothNeeded() {
        tables.accrue(ANNA, "300.00").gives(0);
        tables.accrue(ANNA, "300.00").gives(0);
        tables.accrue(ANNA, "300.00").gives(0);
        // The fourth visit leaves a cent to ¥1,000. The order that makes it full is of a member without points.
        tables.accrue(ANNA, "99.99").gives(0);
        tables.tier(ANNA, "");
        tables.accrue(ANNA, "0.01").gives(0);
        tables.tier(ANNA, "vip");
        tables.accrue(ANNA, "88.80").gives(88);
        // The other way round: money enough, but what is brought home is no visit.
        tables.accrue(BEN, "2000.00").gives(0);
        tables.accrue(BEN, "20.00").gives(0);
        tables.accrue(BEN, "20.00").gives(0);
        tables.accrue(BEN, "20.00").noVisit().gives(0);
        tables.tier(BEN, "");
        tables.accrue(BEN, "20.00").gives(0);
        tables.tier(BEN, "vip").has(BEN, 0).has(ANNA, 88);
    }

    @Test
    void twelveMonthsLaterItIsLostAMonthAtATime() {
        fourVisits();
        tables.tier(ANNA, "vip");
        // January 2027 looks back at January 2026, twelve months before it: still 4 visits and ¥1,000. February does
        // not; its check waits for orders that come up to 7 days late.
        tables.at("2027-02-07T23:59:59.999+08:00").tier(ANNA, "vip");
        tables.at("2027-02-08T00:00+08:00").tier(ANNA, "");
        tables.accrue(ANNA, "100.00").gives(0);
        // ¥750 in three visits of February to April, and these ¥100.
        tables.tier(ANNA, "");
        tables.accrue(ANNA, "150.00").gives(0);
        // Now ¥1,000 in five visits.
        tables.tier(ANNA, "vip");
        tables.accrue(ANNA, "100.00").gives(100);
    }

    @Test
    void aLateOrderCountsForTheMonthItHappenedIn() {
        fourVisits();
        tables.at("2027-02-05T12:00+08:00");
        // Still VIP when it comes, so it earns. The window of February has 3 + 1 visits and ¥750 + ¥250.
        tables.accrue(ANNA, "250.00").happened("2027-01-31T20:00+08:00").gives(250);
        tables.at("2027-02-08T00:00+08:00").tier(ANNA, "vip");
        // In March the visit of February 2026 is out of it too.
        tables.at("2027-03-07T23:59:59.999+08:00").tier(ANNA, "vip");
        tables.at("2027-03-08T00:00+08:00").tier(ANNA, "");
        // Seven days and a millisecond are too late.
        tables.accrue(ANNA, "1.00").happened("2027-02-28T23:59:59.999+08:00").refused(ResultCode.EVENT_TOO_OLD);
        tables.accrue(ANNA, "1.00").happened("2027-03-01T00:00+08:00").accepted();
    }

    @Test
    void theCardIsGoodForTwelveMonths() {
        tables.at("2026-03-15T18:30+08:00");
        tables.step(CommandType.ENROL).member(ANNA).accepted();
        tables.accrue(ANNA, "68.00").gives(0);
        card(CommandType.GRANT_TIER, ANNA).accepted();
        tables.tier(ANNA, "vip");
        tables.accrue(ANNA, "68.00").gives(68);
        // Twelve months after March 2026, to the end of that month.
        tables.at("2027-03-31T23:59:59.999+08:00").tier(ANNA, "vip");
        tables.accrue(ANNA, "10.00").gives(10);
        tables.at("2027-04-01T00:00+08:00").tier(ANNA, "");
        tables.accrue(ANNA, "68.00").gives(0);
        // Bought anew it goes on; given back it ends at once.
        card(CommandType.GRANT_TIER, ANNA).accepted();
        tables.accrue(ANNA, "20.00").gives(20);
        card(CommandType.REVOKE_TIER, ANNA).accepted();
        tables.tier(ANNA, "");
        card(CommandType.REVOKE_TIER, ANNA).refused(ResultCode.ORIGINAL_NOT_FOUND);
        tables.step(CommandType.GRANT_TIER)
                .member(ANNA)
                .rule("vip")
                .way("invited")
                .refused(ResultCode.NOT_OFFERED);
    }

    @Test
    void whoHasBothWaysLosesOnlyOne() {
        fourVisits();
        card(CommandType.GRANT_TIER, ANNA).accepted();
        tables.at("2026-04-20T12:00+08:00");
        // ¥750 in three visits: the earned way is undone, the card is not.
        tables.refund("v1").gives(0);
        tables.tier(ANNA, "vip");
        card(CommandType.REVOKE_TIER, ANNA).accepted();
        tables.tier(ANNA, "");
    }

    @Test
    void aRefundUndoesItInTheFirstMonthOnly() {
        fourVisits();
        tables.at("2026-04-30T23:00+08:00").refund("v1").amount("0.01").gives(0);
        tables.tier(ANNA, "");
        tables.accrue(ANNA, "0.01").gives(0);
        tables.tier(ANNA, "vip");
        // In May the first month is over: what is kept is kept until June's check.
        tables.at("2026-05-20T12:00+08:00").refund("v2").gives(0);
        tables.tier(ANNA, "vip");
        tables.at("2026-06-07T23:59:59.999+08:00").tier(ANNA, "vip");
        tables.at("2026-06-08T00:00+08:00").tier(ANNA, "");
    }

    @Test
    void pointsLiveTwelveMonthsToMonthEnd() {
        tables.at("2026-03-16T12:00+08:00");
        tables.step(CommandType.ENROL).member(ANNA).accepted();
        card(CommandType.GRANT_TIER, ANNA).accepted();
        tables.accrue(ANNA, "500.00").gives(500);
        tables.at("2026-04-01T00:00+08:00").accrue(ANNA, "200.00").gives(200);
        // The older ones go first: 80 are spent and 100 are held of March's 500.
        tables.redeem(ANNA, 80).gives(-80);
        tables.at("2027-03-31T23:50+08:00");
        tables.step(CommandType.HOLD, "bill").member(ANNA).points(100).gives(-100);
        tables.has(ANNA, 520, 0, 100, 0);
        // At midnight 320 expire; held points do not, until they are released.
        tables.at("2027-04-01T00:00+08:00").has(ANNA, 200, 0, 100, 0);
        tables.step(CommandType.CAPTURE).about("bill").points(40).gives(-40);
        tables.has(ANNA, 200);
        tables.at("2027-04-30T23:59:59.999+08:00").has(ANNA, 200);
        tables.at("2027-05-01T00:00+08:00").has(ANNA, 0);
    }

    private Step buyCard(final String document, final long member) {
        return tables.step(CommandType.BUY_PACK, document).member(member).rule("year-card");
    }

    private Step dish(final long member) {
        return tables.step(CommandType.USE_COUPON).member(member).rule("dish");
    }

    @Test
    void theCardBringsCouponsTheVisitsDoNot() {
        fourVisits();
        tables.step(CommandType.ENROL).member(BEN).accepted();
        final Outcome card = buyCard("card", BEN).gives(0, "299.00");
        assertEquals("vip", Scenario.tier(card));
        // 365 days behind 10 April 2026.
        assertEquals("dish 2027-04-10 4/4", tables.coupons(BEN));
        assertEquals("vip-price -1 -1 0", tables.benefits(BEN));
        assertEquals("vip-price -1 -1 0", tables.benefits(ANNA));
        tables.accrue(BEN, "68.00").gives(68);
        tables.accrue(ANNA, "68.00").gives(68);
        dish(BEN).accepted();
        dish(ANNA).refused(ResultCode.COUPON_NOT_FOUND);
    }

    @Test
    void aCardGivenBackPaysItsUnusedShare() {
        tables.step(CommandType.ENROL).member(BEN).accepted();
        buyCard("card", BEN).gives(0, "299.00");
        dish(BEN).amount("188.00").accepted();
        tables.at("2026-02-10T12:00+08:00");
        // Three of four: 29,900 × 3 ÷ 4. The tier ends at once.
        final Outcome back = tables.step(CommandType.REFUND_PACK).about("card").gives(0, "224.25");
        assertEquals("", Scenario.tier(back));
        assertEquals("", tables.coupons(BEN));
        tables.accrue(BEN, "68.00").gives(0);
        assertEquals("dish 4 1 0 3 0 18800", tables.funnel("dish"));
    }
}

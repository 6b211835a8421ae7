package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Clip;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** Ubras: earlier orders claimed after joining, once; the birthday's month doubles, capped; points of active members. */
final class UbrasScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;

    /** Anna, born in May, and Ben join on 8 November 2026. */
    private final Scenario shop = Scenario.of("ubras", "2026-11-08T10:00+08:00");

    private void join() {
        shop.step(CommandType.ENROL).member(ANNA).birthday(1995_05_20).accepted();
        shop.step(CommandType.ENROL).member(BEN).accepted();
    }

    private Step claim(final long member, final String order, final String amount, final String happened) {
        return shop.step(CommandType.CLAIM)
                .source("service")
                .member(member)
                .about("tmall", order)
                .amount(amount)
                .happened(happened);
    }

    @Test
    void anEarlierOrderIsClaimedOnce() {
        claim(ANNA, "T-1", "259.90", "2026-06-01T20:00+08:00").refused(ResultCode.UNKNOWN_MEMBER);
        join();
        final Step claim = claim(ANNA, "T-1", "259.90", "2026-06-01T20:00+08:00");
        claim.gives(259);
        // The same request again is the same claim; another one for that order finds it taken, whoever asks.
        assertTrue(claim.gives(259).replayed);
        claim(ANNA, "T-1", "259.90", "2026-06-01T20:00+08:00").refused(ResultCode.ALREADY_ACCRUED);
        claim(BEN, "T-1", "259.90", "2026-06-01T20:00+08:00").refused(ResultCode.ALREADY_ACCRUED);
        // Nor does the platform's own late report of it earn once more.
        shop.accrue("T-1", "259.90")
                .source("tmall")
                .member(ANNA)
                .happened("2026-06-01T20:00+08:00")
                .refused(ResultCode.ALREADY_ACCRUED);
        shop.has(ANNA, 259).has(BEN, 0);
        claim(ANNA, "T-2", "40.00", "2026-06-02T20:00+08:00").gives(40);
        shop.has(ANNA, 299);
        // Nor does a claim of what has earned as an order.
        shop.accrue("T-9", "100.00").source("tmall").member(ANNA).gives(100);
        claim(ANNA, "T-9", "100.00", "2026-11-08T10:00+08:00").refused(ResultCode.ALREADY_ACCRUED);
        shop.has(ANNA, 399);
    }

    @Test
    void aClaimMayReachBackAYearFromJoining() {
        join();
        // 365 days before 8 November 2026 is 8 November 2025; what counts is the day of joining, not of asking.
        shop.at("2026-12-24T10:00+08:00");
        claim(ANNA, "T-1", "10.00", "2025-11-07T23:59:59.999+08:00").refused(ResultCode.EVENT_TOO_OLD);
        claim(ANNA, "T-2", "10.00", "2025-11-08T00:00+08:00").gives(10);
        claim(ANNA, "T-3", "10.00", "2026-11-08T23:59:59.999+08:00").gives(10);
        // A later order is a member's order, not a claim.
        claim(ANNA, "T-4", "10.00", "2026-11-09T00:00+08:00").refused(ResultCode.NOT_OFFERED);
        shop.accrue("T-4", "10.00")
                .source("tmall")
                .member(ANNA)
                .happened("2026-11-09T00:00+08:00")
                .gives(10);
        shop.has(ANNA, 30);
    }

    @Test
    void aClaimedOrderIsRefundedUnderItsName() {
        join();
        claim(ANNA, "T-1", "259.90", "2026-06-01T20:00+08:00").gives(259);
        // 259.90 − 60 = 199.90: 199 stay.
        shop.step(CommandType.REFUND).about("tmall", "T-1").amount("60.00").gives(-60);
        shop.has(ANNA, 199);
        assertEquals(199_90, shop.member(ANNA).lifetimeSpendMinor);
        shop.step(CommandType.REFUND).about("tmall", "T-1").gives(-199);
        claim(ANNA, "T-1", "259.90", "2026-06-01T20:00+08:00").refused(ResultCode.ALREADY_ACCRUED);
        shop.has(ANNA, 0);
    }

    @Test
    void theMonthOfTheBirthdayDoublesUpToItsCap() {
        join();
        shop.at("2027-04-30T23:59:59.999+08:00").accrue(ANNA, "300.00").gives(300);
        shop.at("2027-05-01T00:00+08:00").accrue(ANNA, "300.00").gives(600);
        shop.accrue(BEN, "300.00").gives(300);
        // 2,500 of the campaign: 2,000 an order, of which the day has 1,700 left.
        final Outcome capped = shop.accrue(ANNA, "2500.00").gives(4_200);
        assertEquals("2500 1700 800", capped.basePoints + " " + capped.campaignPoints + " " + capped.clippedPoints);
        assertEquals(Clip.CAMPAIGN_MEMBER_DAY.ordinal(), capped.rows.value(0, 2));
        shop.accrue(ANNA, "80.00").gives(80);
        final Outcome nextDay =
                shop.at("2027-05-02T09:00+08:00").accrue(ANNA, "2500.00").gives(4_500);
        assertEquals("2000 500", nextDay.campaignPoints + " " + nextDay.clippedPoints);
        assertEquals(Clip.CAMPAIGN_ORDER.ordinal(), nextDay.rows.value(0, 2));
        // The last day's order, reported in June.
        shop.at("2027-06-02T09:00+08:00");
        shop.accrue(ANNA, "50.00").happened("2027-05-31T23:59:59.999+08:00").gives(100);
        shop.accrue(ANNA, "50.00").gives(50);
    }

    @Test
    void aRefundOfACappedOrderFirstTakesWhatWasNeverGranted() {
        join();
        shop.at("2027-05-20T12:00+08:00");
        shop.accrue("o", "2500.00").member(ANNA).gives(4_500);
        // Of ¥2,100 the campaign would give 2,100: the 2,000 granted stay, the base loses 400.
        shop.refund("o").amount("400.00").gives(-400);
        // Of ¥1,900 both give 1,900.
        shop.refund("o").amount("200.00").gives(-300);
        shop.has(ANNA, 3_800);
        // The day's 2,000 are used up for good.
        shop.accrue(ANNA, "100.00").gives(100);
    }

    @Test
    void anOrderOfTheBirthdayMonthIsClaimedDoubled() {
        join();
        claim(ANNA, "T-1", "100.00", "2026-05-31T23:00+08:00").gives(200);
        claim(ANNA, "T-2", "100.00", "2026-06-01T00:00+08:00").gives(100);
    }

    @Test
    void aRefundTakesNoMoreThanThereIs() {
        join();
        shop.accrue("o", "100.00").member(ANNA).gives(100);
        shop.redeem(ANNA, 80).gives(-80);
        final Outcome o = shop.refund("o").gives(-100);
        assertEquals("0 80", o.addedDebtPoints + " " + o.writtenOffPoints);
        shop.has(ANNA, 0);
    }

    @Test
    void pointsLiveAsLongAsTheMemberIsActive() {
        join();
        shop.accrue(ANNA, "100.00").gives(100);
        shop.accrue(BEN, "100.00").gives(100);
        // Twelve months after November 2026, to month end: Ben redeems on that last day, Anna is not seen.
        shop.at("2027-11-30T23:59:59.999+08:00").has(ANNA, 100);
        shop.redeem(BEN, 10).gives(-10);
        shop.at("2027-12-01T00:00+08:00").has(ANNA, 0).has(BEN, 90);
        shop.at("2028-11-30T23:59:59.999+08:00").has(BEN, 90);
        shop.at("2028-12-01T00:00+08:00").has(BEN, 0);
        // What is earned afterwards lives its own twelve months.
        shop.accrue(ANNA, "5.00").gives(5);
        shop.at("2029-12-31T23:59:59.999+08:00").has(ANNA, 5);
        shop.at("2030-01-01T00:00+08:00").has(ANNA, 0);
    }

    private Step draw(final long member, final int millionths) {
        return shop.step(CommandType.DRAW).member(member).rule("recall").luck(millionths);
    }

    @Test
    void membersDrawForPoints() {
        shop.accrue(ANNA, "200.00").gives(200);
        shop.accrue(BEN, "60.00").gives(60);
        // One in a thousand, then one in ten, then one in eight, then nothing.
        assertEquals("reward/underwear-set 1 0", Scenario.rows(draw(ANNA, 999).gives(-20), 0, 1));
        assertEquals("coupon/ten-off 2 0", Scenario.rows(draw(ANNA, 1_000).gives(-20), 0, 1));
        assertEquals("points 3 50", Scenario.rows(draw(ANNA, 101_000).gives(30), 0, 1));
        draw(ANNA, 0).refused(ResultCode.RULE_LIMIT_REACHED);
        assertEquals("", Scenario.rows(draw(BEN, 226_000).gives(-20)));
        assertEquals("ten-off 2026-12-08 1/1", shop.coupons(ANNA));
        // Of two sets the second goes to Ben; then there is none, and the draw is paid for all the same.
        draw(BEN, 0).gives(-20);
        assertEquals("recall/1 2 0 2 0", shop.stock("recall/1"));
        assertEquals("", Scenario.rows(draw(BEN, 0).gives(-20)));
        shop.at("2026-11-09T00:00+08:00");
        draw(BEN, 0).refused(ResultCode.INSUFFICIENT_POINTS);
        shop.has(ANNA, 190).has(BEN, 0);
    }

    @Test
    void theBirthdayGiftWaitsInItsMonthOnceAYear() {
        join();
        assertEquals("early-access -1 -1 0", shop.benefits(ANNA));
        shop.at("2027-04-30T12:00+08:00");
        gift().accepted();
        gift().refused(ResultCode.RULE_LIMIT_REACHED);
        final Step use = shop.step(CommandType.USE_COUPON).member(ANNA).rule("birthday-gift");
        use.refused(ResultCode.NOT_OFFERED);
        shop.at("2027-05-30T23:59:59.999+08:00");
        shop.step(CommandType.USE_COUPON).member(ANNA).rule("birthday-gift").accepted();
        shop.at("2027-12-31T12:00+08:00");
        gift().refused(ResultCode.RULE_LIMIT_REACHED);
        shop.at("2028-01-01T00:00+08:00");
        gift().accepted();
    }

    private Step gift() {
        return shop.step(CommandType.GRANT_COUPON).member(ANNA).rule("birthday-gift");
    }
}

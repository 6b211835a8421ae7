package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** What the presets do not come to: claws in their order, closed and merged members, time, versions. */
final class WorkedListScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;
    private static final long CLARA = 3;

    /** One point per ¥1 for twelve months to month end; what a wallet says more. */
    private static Scenario shop(final String wallet, final String start) {
        return Scenario.ofText(text(wallet, "{points: 1, per: \"1.00\"}"), start);
    }

    private static String text(final String wallet, final String base) {
        return """
                program: worked
                lateWindow: 30d
                retention: {keyDays: 40, orderDays: 800}
                wallets:
                  points: {expiry: {months: 12, roundTo: monthEnd}, %s}
                earn:
                  base: %s
                  campaigns: [{id: welcome, bonus: {points: 50}, when: {firstPurchase: true, channel: app}}]
                """.formatted(wallet, base);
    }

    @Test
    void aReturnTakesTheLastToExpireARefundItsOwn() {
        final Scenario shop = shop("refund: {policy: debt, limit: 1000, unreferenced: true}", "2026-01-10T12:00+08:00");
        for (final long member : new long[] {ANNA, BEN, CLARA}) {
            shop.accrue("jan-" + member, "100.00").member(member).gives(100);
        }
        shop.at("2026-02-10T12:00+08:00");
        for (final long member : new long[] {ANNA, BEN, CLARA}) {
            shop.accrue("feb-" + member, "100.00").member(member).gives(100);
        }
        shop.at("2026-03-10T12:00+08:00");
        // Anna: 100 of February, 30 of January. Ben spends January and half of February; the refund of his January
        // order finds what is left of February. Clara's of February takes its own, though January expires first.
        shop.step(CommandType.RETURN_UNREFERENCED).member(ANNA).amount("130.00").gives(-130);
        shop.redeem(BEN, 150).gives(-150);
        final Outcome refund = shop.refund("jan-" + BEN).amount("30.00").gives(-30);
        assertEquals(0, refund.addedDebtPoints);
        shop.refund("feb-" + CLARA).amount("30.00").gives(-30);
        shop.at("2027-01-31T23:59:59.999+08:00").has(ANNA, 70).has(BEN, 20).has(CLARA, 170);
        shop.at("2027-02-01T00:00+08:00").has(ANNA, 0).has(BEN, 20).has(CLARA, 70);
        shop.at("2027-03-01T00:00+08:00").has(BEN, 0);
    }

    @Test
    void aClawGoesThroughAllItsSteps() {
        final Scenario shop =
                shop("activation: {afterDays: 10}, refund: {policy: debt, limit: 30}", "2026-01-10T12:00+08:00");
        shop.accrue("x", "20.00").member(ANNA).gives(20);
        shop.at("2026-02-10T12:00+08:00").accrue("o", "100.00").member(ANNA).gives(100);
        shop.at("2026-02-19T23:59:59.999+08:00").has(ANNA, 20, 100, 0, 0);
        shop.at("2026-02-20T00:00+08:00").has(ANNA, 120);
        // All of x and 70 of o are spent; then y, and a hold of 20 of o.
        shop.redeem(ANNA, 90).gives(-90);
        shop.at("2026-03-10T12:00+08:00").accrue("y", "25.00").member(ANNA).gives(25);
        shop.at("2026-03-20T12:00+08:00");
        shop.accrue("z", "7.00").member(ANNA).gives(7);
        shop.step(CommandType.HOLD, "h").member(ANNA).points(20).gives(-20);
        shop.has(ANNA, 35, 7, 20, 0);
        // 100 = 10 of o that nobody holds + 25 of y + 30 of debt + 35 written off; what is pending of z stays.
        final Outcome refund = shop.refund("o").gives(-100);
        assertEquals("30 35", refund.addedDebtPoints + " " + refund.writtenOffPoints);
        shop.has(ANNA, 0, 7, 20, 30);
        // Released points repay, then those that activate.
        shop.step(CommandType.VOID).about("h").gives(20);
        shop.has(ANNA, 0, 7, 0, 10);
        shop.at("2026-03-30T00:00+08:00").has(ANNA, 0, 0, 0, 3);
    }

    @Test
    void frozenAndClosedMembersAreRefunded() {
        final Scenario shop = shop("refund: {policy: debt, limit: 1000}", "2026-01-10T12:00+08:00");
        shop.accrue("a", "100.00").member(ANNA).gives(100);
        shop.accrue("b", "50.00").member(ANNA).gives(50);
        shop.step(CommandType.FREEZE).member(ANNA).accepted();
        shop.refund("a").amount("40.00").gives(-40);
        shop.accrue("c", "10.00").member(ANNA).gives(10);
        shop.has(ANNA, 110, 10, 0, 0);
        shop.step(CommandType.UNFREEZE).member(ANNA).accepted();
        shop.has(ANNA, 120);
        shop.step(CommandType.CLOSE).member(ANNA).gives(-120);
        final Outcome refund = shop.refund("b").gives(-50);
        assertEquals("0 50", refund.addedDebtPoints + " " + refund.writtenOffPoints);
        shop.has(ANNA, 0);
        shop.accrue(ANNA, "1.00").refused(ResultCode.MEMBER_CLOSED);
    }

    @Test
    void mergedMembersPayTheirDebtTogether() {
        final Scenario shop = shop("refund: {policy: debt, limit: 1000}", "2026-01-10T12:00+08:00");
        shop.accrue("o", "100.00").member(ANNA).gives(100);
        shop.redeem(ANNA, 80).gives(-80);
        shop.refund("o").gives(-100);
        shop.has(ANNA, 0, 0, 0, 80);
        shop.accrue("q", "50.00").member(BEN).gives(50);
        shop.step(CommandType.HOLD, "h").member(BEN).points(30).gives(-30);
        // 80 owed, 20 of Ben's 50 are free.
        shop.step(CommandType.MERGE).member(ANNA).into(BEN).accepted();
        shop.has(BEN, 0, 0, 30, 60).has(ANNA, 0, 0, 30, 60);
        shop.step(CommandType.VOID).about("h").gives(30);
        shop.has(BEN, 0, 0, 0, 30);
        shop.accrue("r", "200.00").member(CLARA).gives(200);
        shop.step(CommandType.MERGE).member(BEN).into(CLARA).accepted();
        shop.has(CLARA, 170);
        // Both old ids mean Clara: earning, and the refund of Ben's order.
        assertEquals(CLARA, shop.accrue(ANNA, "10.00").gives(10).memberId);
        assertEquals(CLARA, shop.refund("q").gives(-50).memberId);
        shop.has(ANNA, 130).has(BEN, 130).has(CLARA, 130);
        shop.step(CommandType.MERGE).member(ANNA).into(BEN).refused(ResultCode.SAME_MEMBER);
    }

    @Test
    void fiveMinutesAheadAreNow() {
        final Scenario shop = shop("refund: {policy: withinBalance}", "2026-01-10T12:00+08:00");
        shop.accrue(ANNA, "1.00").happened("2026-01-10T12:05+08:00").gives(1);
        // Too early by a millisecond: refused, and right when its time has come. What was too old stays refused.
        final Step early = shop.accrue(ANNA, "1.00").happened("2026-01-10T12:05:00.001+08:00");
        assertFalse(early.refused(ResultCode.EVENT_IN_FUTURE).journaled);
        final Step old = shop.accrue(ANNA, "1.00").happened("2025-12-11T11:59:59.999+08:00");
        old.refused(ResultCode.EVENT_TOO_OLD);
        shop.at("2026-01-10T12:00:00.001+08:00");
        assertFalse(early.gives(1).replayed);
        assertTrue(old.refused(ResultCode.EVENT_TOO_OLD).replayed);
        shop.has(ANNA, 2);
    }

    @Test
    void whoWasToldNoIsNotServedByALateDuplicate() {
        final Scenario shop = shop("refund: {policy: withinBalance}", "2026-01-10T12:00+08:00");
        shop.accrue(ANNA, "10.00").gives(10);
        final Step redemption = shop.redeem(ANNA, 11);
        redemption.refused(ResultCode.INSUFFICIENT_POINTS);
        shop.accrue(ANNA, "10.00").gives(10);
        assertTrue(redemption.refused(ResultCode.INSUFFICIENT_POINTS).replayed);
        shop.redeem(ANNA, 11).gives(-11);
        shop.has(ANNA, 9);
    }

    @Test
    void theFirstPurchaseIsTheFirstToArriveAndStaysIt() {
        final Scenario shop = shop("refund: {policy: withinBalance}", "2026-01-10T12:00+08:00");
        shop.accrue("a", "100.00").member(ANNA).channel("app").gives(150);
        shop.accrue("b", "100.00")
                .member(ANNA)
                .channel("app")
                .happened("2026-01-09T12:00+08:00")
                .gives(100);
        // A part of it keeps the welcome, nothing of it does not; the next order is no first one.
        shop.refund("a").amount("99.00").gives(-99);
        shop.refund("a").gives(-51);
        shop.accrue("c", "100.00").member(ANNA).channel("app").gives(100);
        // Of another channel it was the first all the same.
        shop.accrue(BEN, "1.00").channel("shop").gives(1);
        shop.accrue(BEN, "1.00").channel("app").gives(1);
    }

    @Test
    void aLateOrderEarnsByTheVersionThatItFinds() {
        final String wallet = "refund: {policy: withinBalance}";
        final Scenario shop = shop(wallet, "2026-01-10T12:00+08:00");
        final Step first = shop.accrue("a", "10.00").member(ANNA);
        first.gives(10);
        shop.at("2026-02-01T00:00+08:00").publish(text(wallet, "{points: 3, per: \"1.00\"}"));
        shop.accrue("b", "10.00")
                .member(ANNA)
                .happened("2026-01-10T12:00+08:00")
                .gives(30);
        assertTrue(first.gives(10).replayed);
        // Each is refunded by its own.
        shop.refund("a").amount("5.00").gives(-5);
        shop.refund("b").amount("5.00").gives(-15);
        shop.has(ANNA, 20);
    }

    @Test
    void whatIsReversedAfterItsLifeExpiresAtOnce() {
        final Scenario shop = shop("refund: {policy: withinBalance}", "2026-01-10T12:00+08:00");
        shop.accrue(ANNA, "60.00").gives(60);
        shop.at("2026-02-10T12:00+08:00").accrue(ANNA, "40.00").gives(40);
        shop.at("2027-01-31T12:00+08:00");
        shop.step(CommandType.REDEEM, "r").member(ANNA).points(70).gives(-70);
        // A redemption of points is worth as many units as points. The last taken come back first: 10 of February, 15
        // of
        // January which has expired.
        shop.at("2027-02-01T00:00+08:00");
        shop.step(CommandType.REVERSE).about("r").amount("0.25").gives(25);
        shop.has(ANNA, 40);
        shop.step(CommandType.REVERSE).about("r").gives(45);
        shop.has(ANNA, 40);
        shop.step(CommandType.REVERSE).about("r").refused(ResultCode.REVERSAL_EXCEEDS_ORIGINAL);
    }
}

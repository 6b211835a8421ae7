package io.tallymark.ledger.reference;

import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Clip;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every number that the specification works out, for whatever keeps the points. */
abstract class WorkedNumbers {
    private Till till;

    abstract Book book();

    @BeforeEach
    void open() {
        till = new Till(book());
    }

    // Section 5.

    @Test
    void earned100Spent80RefundedWhole() {
        till.publish(Till.shop());
        till.done(till.order("o", 1, 10_000));
        till.done(till.redeem(1, 80));
        final Outcome refund = till.done(till.refund("o"));
        assertEquals(-100, refund.points);
        assertEquals(80, refund.addedDebtPoints);
        assertEquals(0, refund.writtenOffPoints);
        till.has(1, 0, 0, 0, 80);
        till.refused(ResultCode.IN_DEBT, till.redeem(1, 1));
        till.done(till.order("o2", 1, 5_000));
        till.has(1, 0, 0, 0, 30);
        till.refused(ResultCode.IN_DEBT, till.redeem(1, 1));
        till.done(till.order("o3", 1, 4_000));
        till.has(1, 10, 0, 0, 0);
    }

    @Test
    void threeRefundsOfAThird() {
        till.publish(Till.shop());
        assertEquals(99, till.done(till.order("o", 1, 9_990)).points);
        for (int i = 0; i < 3; i++) {
            assertEquals(-33, till.done(till.refund("o").amount(3_330)).points);
        }
        till.has(1, 0, 0, 0, 0);
        till.refused(ResultCode.REFUND_EXCEEDS_ORIGINAL, till.refund("o").amount(1));
    }

    private Outcome workedOrder() {
        till.publish(Till.shop()
                .addTier("gold", 0, 1_500_000)
                .addCampaign(
                        Till.add("double", "2", Condition.builder().skus("B").build(), 30)));
        final Outcome o = till.done(
                till.order("o", 1, 10_000).line(1, 1, 6_000, 0, "A", "", "").line(2, 1, 4_000, 0, "B", "", ""));
        assertEquals("100 + 50 + 30", o.basePoints + " + " + o.tierPoints + " + " + o.campaignPoints);
        assertEquals(180, o.points);
        assertEquals(10, o.clippedPoints);
        assertEquals(1, o.rows.count());
        assertEquals(Clip.BUDGET.ordinal(), o.rows.value(0, 2));
        return o;
    }

    @Test
    void refundOfTheDoubledLine() {
        workedOrder();
        final Outcome refund = till.done(till.refund("o").line(2, 0, 4_000));
        assertEquals(-90, refund.points);
        till.has(1, 90, 0, 0, 0);
        // The budget is whole again.
        assertEquals(30, till.done(till.order("o2", 2, 4_000).line(1, 1, 4_000, 0, "B", "", "")).campaignPoints);
    }

    @Test
    void refundOfHalfTheOrder() {
        workedOrder();
        final Outcome refund = till.done(till.refund("o").amount(5_000));
        assertEquals(-85, refund.points);
        till.has(1, 95, 0, 0, 0);
        assertEquals(10, till.done(till.order("o2", 2, 4_000).line(1, 1, 4_000, 0, "B", "", "")).campaignPoints);
    }

    @Test
    void refundByQuantityIsCumulative() {
        till.publish(Till.shop()
                .addCampaign(new Campaign(
                        "unit",
                        1,
                        Campaign.Mode.BONUS,
                        0,
                        5,
                        true,
                        "",
                        Condition.ALWAYS,
                        UNLIMITED,
                        UNLIMITED,
                        UNLIMITED,
                        UNLIMITED)));
        final Outcome order = till.done(till.order("o", 1, 10_000).line(1, 3, 10_000));
        assertEquals(115, order.points);
        // 100 − 66 of base and one unit of three; then 66 − 33, and the rest.
        assertEquals(-39, till.done(till.refund("o").line(1, 1, 0)).points);
        assertEquals(-38, till.done(till.refund("o").line(1, 1, 0)).points);
        till.refused(ResultCode.REFUND_EXCEEDS_ORIGINAL, till.refund("o").line(1, 0, 1));
        assertEquals(-38, till.done(till.refund("o").line(1, 1, 0)).points);
        till.has(1, 0, 0, 0, 0);
    }

    @Test
    void refundAfterMerge() {
        till.publish(Till.shop());
        till.done(till.order("o", 1, 10_000));
        till.done(till.order("p", 2, 3_000));
        till.done(till.ask(CommandType.MERGE).member(1).with(FixedField.OTHER_MEMBER_ID, 2));
        final Outcome refund = till.done(till.refund("o").amount(4_000));
        assertEquals(2, refund.memberId);
        till.has(1, 90, 0, 0, 0);
        till.has(2, 90, 0, 0, 0);
        assertEquals(9_000, till.query(1).lifetimeSpendMinor);
    }

    @Test
    void refundAfterTierChange() {
        till.publish(Till.shop().addTier("silver", 100, 1_000_000).addTier("gold", 20_000, 2_000_000));
        till.done(till.order("o", 1, 10_000));
        till.done(till.order("p", 1, 10_000));
        till.hasTier(1, "gold");
        // The first order was made without a tier, whatever the member is now.
        assertEquals(-100, till.done(till.refund("o")).points);
        till.hasTier(1, "silver");
    }

    @Test
    void refundAfterProgramChange() {
        till.publish(Till.shop());
        till.done(till.order("o", 1, 10_000));
        till.publish(Till.shop().baseRate(3, 100));
        assertEquals(-50, till.done(till.refund("o").amount(5_000)).points);
        assertEquals(300, till.done(till.order("p", 1, 10_000)).points);
    }

    @Test
    void refundAfterExpiry() {
        till.publish(Till.shop().expiry(Expiry.months(1)));
        till.done(till.order("o", 1, 10_000));
        till.to("2026-05-01T00:00:00+08:00");
        till.has(1, 0, 0, 0, 0);
        till.done(till.adjust(1, 30));
        final Outcome refund = till.done(till.refund("o"));
        assertEquals(70, refund.addedDebtPoints);
        till.has(1, 0, 0, 0, 70);
    }

    @Test
    void refundOfAnOrderWhosePointsAreHeld() {
        till.publish(Till.shop());
        till.done(till.order("o", 1, 10_000));
        till.done(till.hold("h", 1, 60));
        final Outcome refund = till.done(till.refund("o"));
        assertEquals(60, refund.addedDebtPoints);
        till.has(1, 0, 0, 60, 60);
        // In debt an older hold is captured all the same; what is released repays.
        till.done(till.about(CommandType.CAPTURE, "h").points(45));
        till.has(1, 0, 0, 0, 45);
    }

    @Test
    void refundPolicies() {
        till.publish(Till.shop().refund(new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 0, false)));
        till.done(till.order("o", 1, 10_000));
        till.done(till.redeem(1, 80));
        assertEquals(80, till.done(till.refund("o")).writtenOffPoints);
        till.has(1, 0, 0, 0, 0);
        till.publish(Till.shop().refund(new RefundPolicy(RefundPolicy.Claw.DEBT, 50, false)));
        till.done(till.order("p", 1, 10_000));
        till.done(till.redeem(1, 80));
        final Outcome refund = till.done(till.refund("p"));
        assertEquals("50 30", refund.addedDebtPoints + " " + refund.writtenOffPoints);
        till.publish(Till.shop()
                .refund(new RefundPolicy(RefundPolicy.Claw.PENDING_ONLY, 0, false))
                .activation(new Activation(false, 7)));
        till.done(till.order("q", 2, 10_000));
        till.has(2, 0, 100, 0, 0);
        till.done(till.refund("q").amount(4_000));
        till.has(2, 0, 60, 0, 0);
        till.afterDays(7);
        till.has(2, 60, 0, 0, 0);
        assertEquals(60, till.done(till.refund("q")).writtenOffPoints);
    }

    @Test
    void capsAreUsedUpForGoodBudgetsAreNot() {
        till.publish(Till.shop()
                .caps(new EarnCaps(UNLIMITED, false, 40, false))
                .addCampaign(Till.bonus("welcome", 30, UNLIMITED, 50)));
        till.done(till.order("o", 1, 10_000));
        final Outcome second = till.done(till.order("p", 1, 10_000));
        assertEquals("10 20", second.campaignPoints + " " + second.clippedPoints);
        assertEquals(Clip.DAY.ordinal(), second.rows.value(0, 2));
        till.done(till.refund("o"));
        assertEquals(0, till.done(till.order("q", 1, 10_000)).campaignPoints);
        till.afterDays(1);
        final Outcome nextDay = till.done(till.order("r", 1, 10_000));
        assertEquals(10, nextDay.campaignPoints);
        assertEquals(Clip.CAMPAIGN_MEMBER.ordinal(), nextDay.rows.value(0, 2));
    }

    @Test
    void unreferencedReturns() {
        till.publish(Till.shop().refund(new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, true)));
        till.refused(
                ResultCode.UNKNOWN_MEMBER,
                till.ask(CommandType.RETURN_UNREFERENCED).member(1).amount(100));
        till.done(till.order("o", 1, 10_000));
        final Outcome returned =
                till.done(till.ask(CommandType.RETURN_UNREFERENCED).member(1).amount(12_050));
        assertEquals("-120 20", returned.points + " " + returned.addedDebtPoints);
        assertEquals(0, till.query(1).lifetimeSpendMinor);
    }

    // Section 6.

    @Test
    void reversalIsCumulativeAndLastTakenFirst() {
        till.publish(Till.shop().expiry(Expiry.months(1)).burn(new Burn(10, 100, UNLIMITED, 3, List.of())));
        till.done(till.adjust(1, 30));
        till.to("2026-04-15T00:00:00+08:00");
        till.done(till.adjust(1, 100));
        // ¥9.99 at 10 points a yuan: 99.9, so 100: 30 of the older lot, 70 of the younger.
        final Outcome redeemed =
                till.done(till.ask(CommandType.REDEEM, "r").member(1).amount(999));
        assertEquals("-100 999", redeemed.points + " " + redeemed.valueMinor);
        till.to("2026-05-15T00:00:00+08:00");
        assertEquals(33, till.done(till.about(CommandType.REVERSE, "r").amount(333)).points);
        assertEquals(33, till.done(till.about(CommandType.REVERSE, "r").amount(333)).points);
        till.refused(
                ResultCode.REVERSAL_EXCEEDS_ORIGINAL,
                till.about(CommandType.REVERSE, "r").amount(334));
        assertEquals(34, till.done(till.about(CommandType.REVERSE, "r")).points);
        till.has(1, 130, 0, 0, 0);
        // The 30 of the expired lot live until 24:00 of the third day.
        till.to("2026-05-18T23:59:59.999+08:00");
        till.has(1, 130, 0, 0, 0);
        till.after(1);
        till.has(1, 100, 0, 0, 0);
        till.refused(ResultCode.REVERSAL_EXCEEDS_ORIGINAL, till.about(CommandType.REVERSE, "r"));
    }

    @Test
    void holdsEndAtTheirMillisecond() {
        till.publish(Till.shop());
        till.done(till.adjust(1, 100));
        till.done(till.hold("h", 1, 60).with(FixedField.TTL_MS, 1_000));
        till.done(till.hold("g", 1, 40).with(FixedField.TTL_MS, 1_000));
        till.refused(ResultCode.INSUFFICIENT_POINTS, till.redeem(1, 1));
        till.after(999);
        till.done(till.about(CommandType.CAPTURE, "h"));
        till.refused(ResultCode.HOLD_CAPTURED, till.about(CommandType.CAPTURE, "h"));
        till.after(1);
        till.refused(ResultCode.HOLD_EXPIRED, till.about(CommandType.CAPTURE, "g"));
        till.has(1, 40, 0, 0, 0);
    }

    @Test
    void burnCampaignAndCash() {
        till.publish(Till.shop()
                .burn(new Burn(
                        100,
                        100,
                        100,
                        -1,
                        List.of(new Burn.BurnCampaign(
                                "worth-double",
                                2_000_000,
                                Condition.builder().monthDays(1 << 18).build())))));
        till.done(till.adjust(1, 10_000));
        final Outcome plain =
                till.done(till.ask(CommandType.REDEEM).member(1).amount(1_000).with(FixedField.CASH_MINOR, 750));
        assertEquals("-250 250", plain.points + " " + plain.valueMinor);
        till.refused(
                ResultCode.BELOW_MINIMUM,
                till.ask(CommandType.REDEEM).member(1).amount(1_000).with(FixedField.CASH_MINOR, 901));
        till.to("2026-03-18T00:00:00+08:00");
        assertEquals(-501, till.done(till.ask(CommandType.REDEEM).member(1).amount(1_001)).points);
    }

    @Test
    void transferTakesTheEarliestAndKeepsItsDay() {
        till.publish(Till.shop().expiry(Expiry.months(1)).transferDailyLimitPoints(50));
        till.done(till.adjust(1, 40));
        till.to("2026-04-15T12:00:00+08:00");
        till.done(till.adjust(1, 40));
        till.done(till.adjust(2, 1));
        till.done(till.ask(CommandType.TRANSFER).member(1).points(50).with(FixedField.OTHER_MEMBER_ID, 2));
        till.refused(
                ResultCode.RULE_LIMIT_REACHED,
                till.ask(CommandType.TRANSFER).member(1).points(1).with(FixedField.OTHER_MEMBER_ID, 2));
        till.to("2026-05-01T00:00:00+08:00");
        till.has(1, 30, 0, 0, 0);
        till.has(2, 11, 0, 0, 0);
    }

    // Sections 1, 3, 4, 7, 8.

    @Test
    void releasedPointsPastTheirDayExpireAtTheRelease() {
        till.publish(Till.shop().expiry(Expiry.months(1)));
        till.done(till.adjust(1, 50));
        till.to("2026-04-30T12:00:00+08:00");
        till.done(till.hold("h", 1, 20).with(FixedField.TTL_MS, CompiledProgram.DAY_MS));
        till.to("2026-05-01T00:00:00+08:00");
        till.has(1, 0, 0, 20, 0);
        till.done(till.about(CommandType.VOID, "h"));
        till.has(1, 0, 0, 0, 0);
    }

    @Test
    void frozenMembersGetTheirCreditsWhenTheyThaw() {
        till.publish(Till.shop());
        till.done(till.order("o", 1, 5_000));
        till.done(till.ask(CommandType.FREEZE).member(1));
        till.done(till.order("p", 1, 5_000));
        till.has(1, 50, 50, 0, 0);
        till.refused(ResultCode.MEMBER_FROZEN, till.redeem(1, 1));
        till.done(till.ask(CommandType.UNFREEZE).member(1));
        till.has(1, 100, 0, 0, 0);
    }

    @Test
    void pointsWaitForFulfilment() {
        till.publish(Till.shop().activation(new Activation(true, 2)));
        till.done(till.order("o", 1, 5_000));
        till.done(till.order("p", 1, 3_000));
        till.afterDays(30);
        till.has(1, 0, 80, 0, 0);
        till.done(till.about(CommandType.ACTIVATE_PENDING, "o"));
        till.has(1, 0, 80, 0, 0);
        till.done(till.about(CommandType.CANCEL_PENDING, "p"));
        till.refused(ResultCode.NOT_PENDING, till.about(CommandType.ACTIVATE_PENDING, "p"));
        till.afterDays(2);
        till.has(1, 50, 0, 0, 0);
    }

    private static Tier rolling(final int graceDays) {
        final Requirement vip = new Requirement(false, 100_000, 4, 0, 0);
        return new Tier(
                "vip", 1_000_000, vip, Tier.Window.ROLLING_MONTHS, 12, 0, vip, graceDays, 12, 0, 200, List.of());
    }

    @Test
    void vipByVisitsAndSpendOfTwelveMonths() {
        till.publish(Till.shop().addTier(rolling(0)));
        for (int i = 0; i < 3; i++) {
            till.done(till.order("o" + i, 1, 30_000));
            till.hasTier(1, "");
        }
        final Outcome fourth = till.done(till.order("o3", 1, 10_000));
        assertEquals(200, fourth.bonusPoints);
        till.hasTier(1, "vip");
        till.has(1, 1_200, 0, 0, 0);
        till.to("2027-03-31T23:59:59.999+08:00");
        till.hasTier(1, "vip");
        // March 2026 has left the window of April 2027.
        till.after(1);
        till.hasTier(1, "");
    }

    @Test
    void anUndoneUpgradeLosesItsBonusOnce() {
        till.publish(Till.shop().addTier(rolling(0)));
        for (int i = 0; i < 4; i++) {
            till.done(till.order("o" + i, 1, 25_000));
        }
        till.has(1, 1_200, 0, 0, 0);
        final Outcome refund = till.done(till.refund("o0"));
        assertEquals("-250 -200", refund.points + " " + refund.bonusPoints);
        till.hasTier(1, "");
        till.has(1, 750, 0, 0, 0);
        final Outcome again = till.done(till.order("o4", 1, 25_000));
        assertEquals(0, again.bonusPoints);
        till.hasTier(1, "vip");
    }

    @Test
    void softLandingOneLevelAPeriod() {
        final CompiledProgram.Builder program = Till.shop();
        for (int i = 1; i <= 3; i++) {
            final Requirement spend = Requirement.spend(i * 100_000L);
            program.addTier(
                    new Tier("t" + i, 1_000_000, spend, Tier.Window.CALENDAR_YEAR, 0, 1, spend, 0, 0, 0, 0, List.of()));
        }
        till.publish(program);
        till.done(till.order("o", 1, 300_000));
        till.hasTier(1, "t3");
        till.to("2027-12-31T23:59:59.999+08:00");
        till.hasTier(1, "t3");
        till.after(1);
        till.hasTier(1, "t2");
        till.to("2029-01-01T00:00:00+08:00");
        till.hasTier(1, "t1");
        till.to("2030-01-01T00:00:00+08:00");
        till.hasTier(1, "");
    }

    @Test
    void anniversariesClampFromTheOriginalDate() {
        final Requirement spend = Requirement.spend(10_000);
        till.publish(Till.shop()
                .addTier(new Tier(
                        "gold", 1_000_000, spend, Tier.Window.ANNIVERSARY, 0, 0, spend, 0, 0, 0, 0, List.of())));
        till.to("2028-02-29T12:00:00+08:00");
        till.done(till.order("o", 1, 10_000));
        // Kept for one more year by the order of the first, which ends on 28 February too.
        till.to("2029-02-28T00:00:00+08:00");
        till.hasTier(1, "gold");
        till.to("2030-02-27T23:59:59.999+08:00");
        till.hasTier(1, "gold");
        till.after(1);
        till.hasTier(1, "");
    }

    @Test
    void identitiesAreFoundUnderAnyKey() {
        till.publish(Till.shop());
        final Outcome first =
                till.done(till.ask(CommandType.ACCRUE, "o").amount(1_000).identity("card", 5, 1, 1));
        assertTrue(first.memberId > 0);
        final Outcome second =
                till.done(till.ask(CommandType.ACCRUE, "p").amount(1_000).identity("card", 5, 2, 2));
        assertEquals(first.memberId, second.memberId);
        till.done(till.ask(CommandType.ERASE).member(first.memberId));
        final Outcome third =
                till.done(till.ask(CommandType.ACCRUE, "q").amount(1_000).identity("card", 5, 2, 2));
        assertEquals(first.memberId + 1, third.memberId);
    }

    @Test
    void claimsAndActivities() {
        till.publish(Till.shop()
                .claimDays(30)
                .addActivity(new io.tallymark.ledger.program.Activity(
                        "sign-in", 5, io.tallymark.ledger.program.Activity.Per.DAY, 1)));
        till.done(till.ask(CommandType.ACTIVITY).member(1).rule("sign-in"));
        till.refused(
                ResultCode.RULE_LIMIT_REACHED,
                till.ask(CommandType.ACTIVITY).member(1).rule("sign-in"));
        final long before = till.nowMs - 30 * CompiledProgram.DAY_MS;
        final Ask claim = till.ask(CommandType.CLAIM, "c")
                .member(1)
                .amount(5_000)
                .about("web-1")
                .with(VarField.ORIGINAL_SOURCE, "web");
        till.refused(
                ResultCode.EVENT_TOO_OLD,
                till.ask(CommandType.CLAIM).member(1).amount(1).about("web-0").at(before - CompiledProgram.DAY_MS));
        assertEquals(50, till.done(claim.at(before)).points);
        till.refused(
                ResultCode.ALREADY_ACCRUED,
                till.ask(CommandType.CLAIM)
                        .member(1)
                        .amount(5_000)
                        .about("web-1")
                        .with(VarField.ORIGINAL_SOURCE, "web")
                        .at(before));
        till.has(1, 55, 0, 0, 0);
    }
}

package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Rows;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on tiers, one after the other, in numbers. Amounts are in fen, times in +08:00. */
class TierCasesTest {
    private static final long YUAN = 100;
    private static final long DAYS = CompiledProgram.DAY_MS;
    private static final LocalDate JOIN = LocalDate.of(2020, 2, 29);

    private static final Requirement FOUR_VISITS_AND_1000 = new Requirement(false, 1_000 * YUAN, 4, 0, 0);
    private static final Tier XIBEI_VIP = new Tier(
            "vip",
            1_000_000,
            FOUR_VISITS_AND_1000,
            Tier.Window.ROLLING_MONTHS,
            12,
            0,
            FOUR_VISITS_AND_1000,
            0,
            12,
            0,
            0,
            List.of());

    private TierBench bench;

    private static Tier yearly(final String id, final long spend, final int keep, final int grace, final long bonus) {
        return within(Tier.Window.CALENDAR_YEAR, id, spend, keep, grace, bonus);
    }

    private static Tier within(
            final Tier.Window window,
            final String id,
            final long spend,
            final int keep,
            final int grace,
            final long bonus) {
        final Requirement earned = Requirement.spend(spend);
        return new Tier(id, 1_000_000, earned, window, 0, keep, earned, grace, 0, 0, bonus, List.of());
    }

    private static Tier lifetime(final String id, final long spend, final long bonus) {
        return within(Tier.Window.LIFETIME, id, spend, 0, 0, bonus);
    }

    private static Tier invited(final String id, final int paidMonths, final int invitedMonths) {
        return new Tier(
                id, 1_000_000, null, Tier.Window.LIFETIME, 0, 0, null, 0, paidMonths, invitedMonths, 0, List.of());
    }

    private static long at(final String local) {
        return LocalDateTime.parse(local).toInstant(ZoneOffset.ofHours(8)).toEpochMilli();
    }

    private static LocalDate day(final String date) {
        return LocalDate.parse(date);
    }

    /** A member of a program, at a time. */
    private void member(final String time, final long lateMs, final Tier... tiers) {
        final CompiledProgram program = TierBench.program(lateMs, tiers);
        bench = new TierBench(new ProgramState(0, program), JOIN, at(time));
        assertEquals(0, bench.upgrade());
    }

    /** A visit that counts now. */
    private long buy(final String time, final long spend) {
        return buy(time, day(time.substring(0, 10)), spend);
    }

    private long buy(final String time, final LocalDate eventDay, final long spend) {
        bench.advanceTo(at(time));
        bench.count(eventDay, spend, spend / YUAN, 1, 1);
        return bench.upgrade();
    }

    private long refund(final String time, final String eventDay, final long spend) {
        bench.advanceTo(at(time));
        bench.count(day(eventDay), -spend, -spend / YUAN, -1, -1);
        return bench.downgrade();
    }

    private void holds(final String tier, final String time) {
        bench.advanceTo(at(time));
        assertEquals(tier, bench.tier(), time);
    }

    @Test
    void aDinerBecomesVipWithFourVisitsAndAThousandInTwelveMonths() {
        member("2023-12-01T00:00:00", 0, XIBEI_VIP);
        buy("2024-01-15T12:00:00", 500 * YUAN);
        buy("2024-02-15T12:00:00", 300 * YUAN);
        buy("2024-03-15T12:00:00", 300 * YUAN);
        holds("", "2024-03-15T12:00:00");
        buy("2024-07-15T12:00:00", 1);
        holds("vip", "2024-07-15T12:00:00");
        // January 2024 is among the twelve months before January 2025, and not before February.
        holds("vip", "2025-01-31T23:59:59.999");
        holds("", "2025-02-01T00:00:00");
    }

    @Test
    void fourVisitsWithoutTheMoneyAndTheMoneyWithoutTheVisitsAreNotEnough() {
        member("2023-12-01T00:00:00", 0, XIBEI_VIP);
        for (int i = 1; i <= 4; i++) {
            buy("2024-01-1" + i + "T12:00:00", 249 * YUAN);
        }
        assertEquals("", bench.tier());
        final Rows rows = bench.progress();
        assertEquals(4 * YUAN, rows.value(0, 2));
        assertEquals(0, rows.value(0, 3));
        member("2023-12-01T00:00:00", 0, XIBEI_VIP);
        buy("2024-01-11T12:00:00", 5_000 * YUAN);
        holds("", "2024-01-11T12:00:00");
    }

    @Test
    void aYearCardMakesVipToTheEndOfTheMonthAfterTwelveMonthsAndEndsAtOnceWhenRefunded() {
        member("2024-01-31T10:00:00", 0, XIBEI_VIP);
        assertEquals(ResultCode.ACCEPTED, bench.grant("vip", "paid", null));
        holds("vip", "2025-01-31T23:59:59.999");
        holds("", "2025-02-01T00:00:00");
        assertEquals(ResultCode.ORIGINAL_NOT_FOUND, bench.revoke("vip", "paid"));
        bench.grant("vip", "paid", null);
        assertEquals(ResultCode.ACCEPTED, bench.revoke("vip", "paid"));
        holds("", "2025-02-01T00:00:00");
    }

    @Test
    void waysThatAreNotOfferedAreRefused() {
        member("2024-01-31T10:00:00", 0, XIBEI_VIP, invited("black", 0, Tier.FOR_EVER));
        assertEquals(ResultCode.NOT_OFFERED, bench.grant("vip", "invited", null));
        assertEquals(ResultCode.NOT_OFFERED, bench.grant("vip", "earned", null));
        assertEquals(ResultCode.NOT_OFFERED, bench.grant("gold", "paid", null));
        assertEquals(ResultCode.NOT_OFFERED, bench.grant("vip", "paid", bench.nowMs));
        assertEquals(ResultCode.NOT_OFFERED, bench.revoke("gold", "paid"));
        assertEquals(ResultCode.NOT_OFFERED, bench.revoke("vip", "earned"));
        assertEquals(ResultCode.ORIGINAL_NOT_FOUND, bench.revoke("vip", "invited"));
        assertEquals(ResultCode.ACCEPTED, bench.grant("vip", "paid", bench.nowMs + 1));
        assertEquals(ResultCode.ACCEPTED, bench.grant("black", "invited", null));
        holds("black", "2099-01-01T00:00:00");
        assertEquals(Long.MAX_VALUE, bench.progress().value(1, 1));
        assertEquals(-1, bench.progress().value(1, 2), "black cannot be earned");
    }

    @Test
    void aSecondGrantReplacesTheFirst() {
        member("2024-01-31T10:00:00", 0, XIBEI_VIP);
        bench.grant("vip", "paid", at("2030-01-01T00:00:00"));
        bench.grant("vip", "paid", at("2024-06-01T00:00:00"));
        assertEquals(1, bench.d.grants.count);
        holds("", "2024-06-01T00:00:00");
    }

    @Test
    void aTierOfTheCalendarYearIsKeptOneYearMoreAndThenGoesOneLevelDown() {
        member("2023-12-01T00:00:00", 0, yearly("silver", 100, 1, 0, 0), yearly("gold", 1_000, 1, 0, 0));
        buy("2024-05-01T00:00:00", 1_000);
        holds("gold", "2025-12-31T23:59:59.999");
        holds("silver", "2026-01-01T00:00:00");
        // One period only: the step down is not kept another year.
        holds("silver", "2026-12-31T23:59:59.999");
        holds("", "2027-01-01T00:00:00");
    }

    @Test
    void whatTheYearBroughtRenewsForOneYear() {
        member("2023-12-01T00:00:00", 0, yearly("silver", 100, 0, 0, 0), yearly("gold", 1_000, 0, 0, 0));
        buy("2024-05-01T00:00:00", 1_000);
        buy("2024-12-31T23:59:59.999", 1);
        holds("gold", "2024-12-31T23:59:59.999");
        // The year that ends is tested: 2024 renews it for 2025, and 2025 brought nothing.
        holds("gold", "2025-12-31T23:59:59.999");
        holds("silver", "2026-01-01T00:00:00");
    }

    @Test
    void settlementWaitsForTheLateWindowAndCountsWhatComesInIt() {
        member("2023-12-01T00:00:00", 10 * DAYS, yearly("silver", 100, 0, 0, 0), yearly("gold", 1_000, 1, 0, 0));
        buy("2024-05-01T00:00:00", 1_000);
        holds("gold", "2026-01-10T23:59:59.999");
        buy("2026-01-10T23:59:59.999", LocalDate.of(2025, 12, 31), 1_000);
        holds("gold", "2026-01-11T00:00:00");
        holds("gold", "2027-01-10T23:59:59.999");
        holds("silver", "2027-01-11T00:00:00");
    }

    @Test
    void graceKeepsTheTierAndTheNewPeriodMayRenewIt() {
        final Tier gold = yearly("gold", 1_000, 0, 30, 0);
        final Tier silver = yearly("silver", 100, 0, 0, 0);
        member("2023-12-01T00:00:00", 0, silver, gold);
        // Retention is met at the end of 2024, not at that of 2025.
        buy("2024-05-01T00:00:00", 1_000);
        holds("gold", "2026-01-30T23:59:59.999");
        holds("silver", "2026-01-31T00:00:00");

        member("2023-12-01T00:00:00", 0, silver, gold);
        buy("2024-05-01T00:00:00", 1_000);
        buy("2026-01-30T23:00:00", 1_000);
        holds("gold", "2026-12-31T23:59:59.999");
        // The year of the grace was a full one too, so its end renews it for the next.
        holds("gold", "2027-12-31T23:59:59.999");
        holds("silver", "2028-01-31T00:00:00");
    }

    @Test
    void theStepDownIsToWhatTheCountersGiveWhereThatIsHigher() {
        member(
                "2023-12-01T00:00:00",
                20 * DAYS,
                yearly("bronze", 10, 0, 0, 0),
                yearly("silver", 100, 0, 0, 0),
                yearly("gold", 1_000, 1, 0, 0));
        buy("2024-05-01T00:00:00", 1_000);
        buy("2026-01-05T00:00:00", 1_000);
        holds("gold", "2026-01-21T00:00:00");
        holds("gold", "2027-01-20T23:59:59.999");
    }

    @Test
    void missedPeriodsAreSettledInTurn() {
        member(
                "2023-12-01T00:00:00",
                0,
                yearly("bronze", 10, 0, 0, 0),
                yearly("silver", 100, 0, 0, 0),
                yearly("gold", 1_000, 0, 0, 0));
        buy("2024-05-01T00:00:00", 1_000);
        holds("bronze", "2027-06-01T00:00:00");
        holds("", "2028-01-01T00:00:00");
    }

    @Test
    void anniversaryYearsEndOnTheClampedDay() {
        member("2021-02-27T00:00:00", 0, within(Tier.Window.ANNIVERSARY, "gold", 1_000, 0, 0, 0));
        // Joined on 29 February 2020: the second year begins on 28 February 2021, the fifth on 29 February 2024.
        buy("2021-02-27T23:00:00", 999);
        buy("2021-02-28T00:00:00", 999);
        holds("", "2021-02-28T00:00:00");
        buy("2022-02-27T00:00:00", 1);
        holds("gold", "2022-02-27T00:00:00");
        holds("gold", "2023-02-27T23:59:59.999");
        holds("", "2023-02-28T00:00:00");
        buy("2024-02-28T00:00:00", 1_000);
        holds("gold", "2025-02-27T23:59:59.999");
        holds("", "2025-02-28T00:00:00");
    }

    @Test
    void theUpgradeBonusComesOnceWithThoseOfTheLevelsPassed() {
        member("2023-12-01T00:00:00", 0, yearly("silver", 100, 0, 0, 5), yearly("gold", 1_000, 0, 0, 70));
        assertEquals(75, buy("2024-05-01T00:00:00", 1_000));
        assertEquals(0, buy("2024-05-02T00:00:00", 1_000));
        holds("", "2028-01-01T00:00:00");
        assertEquals(0, buy("2028-05-01T00:00:00", 1_000));
        holds("gold", "2028-05-01T00:00:00");
        // It brought no bonus the second time, so there is none to take back.
        assertEquals(0, refund("2028-05-02T00:00:00", "2028-05-01", 1_000));
        holds("", "2028-05-02T00:00:00");
    }

    @Test
    void aRefundWithinTheFirstPeriodUndoesTheGrantAndItsBonus() {
        member("2023-12-01T00:00:00", 0, yearly("silver", 100, 1, 0, 5), yearly("gold", 1_000, 1, 0, 70));
        assertEquals(75, buy("2024-05-01T00:00:00", 900) + buy("2024-05-02T00:00:00", 100));
        assertEquals(70, refund("2024-12-31T23:59:59.999", "2024-05-02", 100));
        holds("silver", "2024-12-31T23:59:59.999");
        assertEquals(0, buy("2024-12-31T23:59:59.999", 100), "never a second time");
        holds("gold", "2024-12-31T23:59:59.999");
        // In the second period a refund takes nothing away before the settlement.
        assertEquals(0, refund("2025-01-01T00:00:00", "2024-12-31", 100));
        holds("gold", "2025-12-31T23:59:59.999");
    }

    @Test
    void aJumpUndoneInPartLandsOnTheLevelThatIsStillReached() {
        member("2023-12-01T00:00:00", 0, yearly("silver", 100, 0, 0, 5), yearly("gold", 1_000, 0, 0, 70));
        assertEquals(75, buy("2024-05-01T00:00:00", 1_000));
        bench.count(day("2024-05-01"), -500, -5, 0, 0);
        assertEquals(70, bench.downgrade());
        assertEquals("silver", bench.tier());
        assertEquals(5, refund("2024-06-01T00:00:00", "2024-05-01", 500));
        assertEquals("", bench.tier());
    }

    @Test
    void aLifetimeLevelRisesAndFallsWithTheCountersAndItsBonusGoesOnce() {
        member(
                "2023-12-01T00:00:00",
                0,
                lifetime("normal", 1, 3),
                lifetime("silver", 100, 5),
                lifetime("gold", 900, 7));
        assertEquals(15, buy("2024-05-01T00:00:00", 900));
        assertEquals(12, refund("2034-05-01T00:00:00", "2024-05-01", 850));
        assertEquals("normal", bench.tier());
        assertEquals(0, buy("2034-05-02T00:00:00", 2_000));
        assertEquals("gold", bench.tier());
        assertEquals(0, refund("2034-05-03T00:00:00", "2034-05-02", 2_000), "what was clawed is not clawed again");
        assertEquals("normal", bench.tier());
        assertEquals(0, bench.d.buckets.count, "nothing is kept by month");
    }

    @Test
    void loweredThresholdsLiftWithTheNextCountAndRaisedOnesTakeNothingBeforeARefund() {
        member("2023-12-01T00:00:00", 0, lifetime("gold", 1_000, 0));
        buy("2024-05-01T00:00:00", 500);
        bench.program.replace(TierBench.program(0, lifetime("gold", 400, 0)), bench.nowMs);
        holds("", "2024-05-01T00:00:00");
        buy("2024-05-02T00:00:00", 1);
        holds("gold", "2024-05-02T00:00:00");
        bench.program.replace(TierBench.program(0, lifetime("gold", 5_000, 0)), bench.nowMs);
        holds("gold", "2030-05-02T00:00:00");
        refund("2030-05-02T00:00:00", "2024-05-02", 1);
        assertEquals("", bench.tier());
    }

    @Test
    void aRetiredTierStandsAsTheOneThatItWasMappedTo() {
        member(
                "2024-01-01T00:00:00",
                0,
                invited("old", 12, 0),
                yearly("silver", 100, 0, 0, 0),
                yearly("gold", 900, 0, 0, 0));
        bench.grant("old", "paid", null);
        final CompiledProgram next = CompiledProgram.builder("club")
                .currency("CNY")
                .utcOffsetMinutes(480)
                .baseRate(1, 100)
                .lateWindowMs(0)
                .addTier(yearly("gold", 900, 0, 0, 0))
                .addTier(invited("black", 12, 0))
                .retireTier("old", "black")
                .retireTier("silver", "gold")
                .build();
        assertTrue(bench.program.tierRules().allIn(next));
        assertFalse(bench.program.tierRules().allIn(TierBench.program(0, yearly("gold", 900, 0, 0, 0))));
        bench.count(day("2024-01-01"), 100, 1, 1, 1);
        bench.upgrade();
        bench.program.replace(next, bench.nowMs);
        holds("black", "2024-01-02T00:00:00");
        assertEquals(ResultCode.NOT_OFFERED, bench.revoke("old", "paid"));
        assertEquals(ResultCode.ACCEPTED, bench.revoke("black", "paid"));
        holds("gold", "2024-12-31T23:59:59.999");
        // The conditions are those of gold now: 100 do not keep it.
        holds("", "2025-01-01T00:00:00");
    }

    @Test
    void aMergedMemberHasTheSumAndNoBonusTwice() {
        member("2024-01-01T00:00:00", 0, yearly("silver", 100, 0, 0, 5), yearly("gold", 900, 0, 0, 70));
        final TierBench other = new TierBench(bench.program, JOIN.plusYears(3), bench.nowMs);
        other.count(day("2024-01-01"), 500, 5, 1, 1);
        assertEquals(5, other.upgrade());
        assertEquals(5, buy("2024-01-01T00:00:00", 400));
        bench.engine.merge(other.d, bench.d, bench.nowMs);
        assertEquals(70, bench.upgrade());
        assertEquals("gold", bench.tier());
        assertEquals(900, bench.d.spendMinor);
        assertEquals((int) JOIN.toEpochDay(), bench.d.joinDay);
        assertEquals(2, bench.d.grants.count, "silver once, gold once");
        assertEquals(70, refund("2024-01-02T00:00:00", "2024-01-01", 400));
        assertEquals("silver", bench.tier());
    }

    @Test
    void distinctMonthsAreThoseOfWhichAnOrderRemains() {
        final Requirement threeMonths = new Requirement(false, 0, 0, 0, 3);
        member(
                "2024-01-01T00:00:00",
                0,
                new Tier(
                        "loyal",
                        1_000_000,
                        threeMonths,
                        Tier.Window.CALENDAR_YEAR,
                        0,
                        0,
                        threeMonths,
                        0,
                        0,
                        0,
                        0,
                        List.of()));
        buy("2024-01-31T00:00:00", 1);
        buy("2024-02-01T00:00:00", 1);
        buy("2024-02-29T00:00:00", 1);
        refund("2024-02-29T00:00:00", "2024-02-29", 1);
        buy("2024-03-01T00:00:00", 1);
        assertEquals("loyal", bench.tier());
        refund("2024-03-01T00:00:00", "2024-02-01", 1);
        assertEquals("", bench.tier());
    }

    @Test
    void aMemberWithoutAnOrderHasTheTierThatAsksForNothing() {
        final CompiledProgram program = TierBench.program(0, lifetime("normal", 0, 9), lifetime("gold", 1_000, 0));
        bench = new TierBench(new ProgramState(0, program), JOIN, at("2024-01-01T00:00:00"));
        assertEquals(9, bench.upgrade());
        assertEquals("normal", bench.tier());
    }

    @Test
    void bucketsStayFewAndNothingIsAllocated() {
        member("2023-12-01T00:00:00", 30 * DAYS, XIBEI_VIP, within(Tier.Window.ANNIVERSARY, "gold", 5_000, 0, 9, 5));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final DueEvents due = new DueEvents(bench.engine);
        final Movement movement = new Movement();
        final Rows rows = new Rows();
        final MemberDraft d = bench.d;
        long before = 0;
        long nowMs = bench.nowMs;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            nowMs += DAYS;
            due.advance(d, nowMs, movement);
            final int today = d.program.localDay(nowMs);
            bench.engine.count(d, today, 150, 1, 1, 1);
            bench.engine.upgrade(d, nowMs);
            if (i % 3 == 0) {
                bench.engine.count(d, today, -150, -1, -1, -1);
                bench.engine.downgrade(d, nowMs);
            }
            bench.engine.rank(d, nowMs);
            bench.engine.progress(d, nowMs, rows);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 1_000, allocated + " bytes allocated");
        assertTrue(d.buckets.count <= 14 + 3, d.buckets.count + " buckets");
    }
}

package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/**
 * China Eastern: six stars, silver, gold and platinum by the money of a calendar year, kept through the next; the year
 * is settled when no flight of it can come any more, 90 days after its end.
 */
final class ChinaEasternScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;

    private final Scenario airline = Scenario.of("china-eastern", "2026-06-01T12:00+08:00");

    @Test
    void theLadderOfAYear() {
        airline.accrue(ANNA, "999.99").gives(999);
        airline.tier(ANNA, "");
        airline.accrue(ANNA, "0.01").gives(0);
        airline.tier(ANNA, "star-1");
        airline.accrue(ANNA, "2000.00").gives(2_000);
        airline.tier(ANNA, "star-2");
        airline.accrue(ANNA, "3000.00").gives(3_000);
        airline.tier(ANNA, "star-3");
        airline.accrue(ANNA, "4000.00").gives(4_000);
        airline.tier(ANNA, "star-4");
        airline.accrue(ANNA, "5000.00").gives(5_000);
        airline.tier(ANNA, "star-5");
        airline.accrue(ANNA, "5000.00").gives(5_000);
        airline.tier(ANNA, "star-6");
        airline.accrue(ANNA, "10000.00").gives(10_000);
        airline.tier(ANNA, "silver");
        // 30,000 × 1.15, then 60,000 × 1.25: each at the tier held before.
        airline.accrue(ANNA, "30000.00").gives(34_500);
        airline.tier(ANNA, "gold");
        airline.accrue(ANNA, "60000.00").gives(75_000);
        airline.tier(ANNA, "platinum");
        // 100.01 × 1.5 = 150.015: 100 of it the base's.
        final Outcome o = airline.accrue(ANNA, "100.01").gives(150);
        assertEquals("100 50", o.basePoints + " " + o.tierPoints);
        // 29,999 + 34,500 + 75,000 + 150.
        airline.has(ANNA, 139_649);
    }

    @Test
    void silverIsKeptThroughTheNextYear() {
        airline.accrue(ANNA, "30000.00").gives(30_000);
        airline.tier(ANNA, "silver");
        // 2027: ¥29,999.99 are a cent too little to keep it for 2028, Ben's ¥30,000 are enough.
        airline.accrue(BEN, "30000.00").gives(30_000);
        airline.at("2027-05-01T12:00+08:00").accrue(ANNA, "29999.99").gives(34_499);
        airline.accrue(BEN, "30000.00").gives(34_500);
        airline.at("2028-03-30T23:59:59.999+08:00").tier(ANNA, "silver");
        airline.at("2028-03-31T00:00+08:00").tier(ANNA, "star-6").tier(BEN, "silver");
        // Both for 2028, which is settled on 1 April 2029: one level down for each that had no flight in it.
        airline.at("2029-03-31T23:59:59.999+08:00").tier(ANNA, "star-6").tier(BEN, "silver");
        airline.at("2029-04-01T00:00+08:00").tier(ANNA, "star-5").tier(BEN, "star-6");
    }

    @Test
    void softLandingTakesOneLevelAYear() {
        airline.accrue(ANNA, "120000.00").gives(120_000);
        airline.tier(ANNA, "platinum");
        final String[] landing = {"gold", "silver", "star-6", "star-5", "star-4", "star-3", "star-2", "star-1", ""};
        String held = "platinum";
        for (int i = 0; i < landing.length; i++) {
            final int year = 2028 + i;
            // The 90th day after New Year: 31 March in leap years, else 1 April.
            final boolean leap = year % 4 == 0;
            airline.at(year + (leap ? "-03-30" : "-03-31") + "T23:59:59.999+08:00")
                    .tier(ANNA, held);
            held = landing[i];
            airline.at(year + (leap ? "-03-31" : "-04-01") + "T00:00+08:00").tier(ANNA, held);
        }
    }

    @Test
    void theLandingIsNoLowerThanWhatTheNewYearGives() {
        airline.accrue(ANNA, "120000.00").gives(120_000);
        airline.accrue(BEN, "30000.00").gives(30_000);
        // Nothing in 2027. Early in 2028 Anna flies for ¥120,000 at 1.5, Ben for ¥15,000 at 1.15.
        airline.at("2028-02-01T12:00+08:00").accrue(ANNA, "120000.00").gives(180_000);
        airline.accrue(BEN, "15000.00").gives(17_250);
        // She has flown for platinum again and keeps it; his star-5 is below the star-6 that he lands on.
        airline.at("2028-03-31T00:00+08:00").tier(ANNA, "platinum").tier(BEN, "star-6");
        // In April he makes silver anew, at once and to the end of 2029.
        airline.at("2028-04-10T12:00+08:00").accrue(BEN, "15000.00").gives(15_000);
        airline.tier(BEN, "silver");
        // What she flew in 2028 keeps hers through 2029 too.
        airline.at("2029-04-01T00:00+08:00").tier(ANNA, "platinum").tier(BEN, "silver");
        airline.at("2030-04-01T00:00+08:00").tier(ANNA, "gold").tier(BEN, "star-6");
    }

    @Test
    void aLateFlightCountsInItsOwnYear() {
        airline.accrue(ANNA, "30000.00").gives(30_000);
        airline.accrue(BEN, "30000.00").gives(30_000);
        airline.at("2027-12-01T12:00+08:00").accrue(ANNA, "29000.00").gives(33_350);
        airline.accrue(BEN, "29000.00").gives(33_350);
        // On the 90th day the flight of New Year's Eve is still taken, that of its noon is not.
        airline.at("2028-03-30T20:00+08:00");
        airline.accrue(ANNA, "1000.00").happened("2027-12-31T20:00+08:00").gives(1_150);
        airline.accrue(BEN, "1000.00").happened("2027-12-31T12:00+08:00").refused(ResultCode.EVENT_TOO_OLD);
        airline.at("2028-03-31T00:00+08:00").tier(ANNA, "silver").tier(BEN, "star-6");
    }

    @Test
    void aRefundInTheYearUndoesTheStatus() {
        airline.accrue("a", "30000.00").member(ANNA).gives(30_000);
        airline.accrue("b", "30000.00").member(ANNA).gives(34_500);
        airline.tier(ANNA, "gold");
        // ¥10,000 of b: 20,000 × 1.15 = 23,000 stay of 34,500. ¥50,000 of spend are silver.
        airline.refund("b").amount("10000.00").gives(-11_500);
        airline.tier(ANNA, "silver").has(ANNA, 53_000);
        airline.refund("b").gives(-23_000);
        airline.tier(ANNA, "silver").has(ANNA, 30_000);
        airline.refund("a").amount("0.01").gives(-1);
        airline.tier(ANNA, "star-6");
    }

    @Test
    void aRefundInTheNextYearDoesNot() {
        airline.accrue("a", "30000.00").member(ANNA).gives(30_000);
        airline.at("2027-01-01T00:00+08:00").refund("a").gives(-30_000);
        airline.tier(ANNA, "silver").has(ANNA, 0);
        airline.at("2028-03-31T00:00+08:00").tier(ANNA, "star-6");
    }

    @Test
    void pointsLiveThirtySixMonthsToMonthEnd() {
        airline.accrue(ANNA, "100.00").gives(100);
        airline.at("2029-06-30T23:59:59.999+08:00").has(ANNA, 100);
        airline.at("2029-07-01T00:00+08:00").has(ANNA, 0);
    }
}

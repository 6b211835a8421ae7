package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Limit;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What is used of limits is given back within its period, and forgotten behind it. */
class MemberUsageTest {
    private final MemberUsage usage = new MemberUsage();

    private static int day(final String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    private static UsageLimit twice(final Activity.Per per) {
        return new UsageLimit(new Limit(per, 2), MemberUsage.REWARD, 7);
    }

    @Test
    void aLimitCountsWithinItsPeriod() {
        final UsageLimit weekly = twice(Activity.Per.WEEK);
        // Sunday, then Monday.
        weekly.count(usage, day("2026-11-22"));
        weekly.count(usage, day("2026-11-16"));
        assertTrue(weekly.isReached(usage, day("2026-11-18")));
        assertFalse(weekly.isReached(usage, day("2026-11-23")));
        assertEquals(2, weekly.left(usage, day("2026-11-23")));
        // On Monday it is too late.
        weekly.giveBack(usage, day("2026-11-22"), day("2026-11-23"));
        assertTrue(weekly.isReached(usage, day("2026-11-22")));
        weekly.giveBack(usage, day("2026-11-16"), day("2026-11-22"));
        assertEquals(1, weekly.left(usage, day("2026-11-22")));
        weekly.giveBack(usage, day("2026-11-16"), day("2026-11-22"));
        assertEquals(0, usage.count);
    }

    @Test
    void whatIsOverIsForgottenAndALifetimeNever() {
        final int today = day("2026-11-22");
        for (final Activity.Per per : Activity.Per.values()) {
            twice(per).count(usage, day("2026-11-15"));
            twice(per).count(usage, today);
        }
        // Two of day and week, one each of month, lifetime and year.
        assertEquals(7, usage.count);
        usage.forget(Integer.MIN_VALUE, today);
        assertEquals(5, usage.count);
        usage.forget(Integer.MIN_VALUE, day("2027-01-01"));
        assertEquals(1, usage.count);
        assertTrue(twice(Activity.Per.LIFETIME).isReached(usage, day("2099-01-01")));
    }

    @Test
    void theYearOfAnActivityIsKeptAsLongAsItsEventsAreTaken() {
        final int number = Activity.Per.values().length * 3;
        usage.add(MemberUsage.ACTIVITY, number + Activity.Per.YEAR.ordinal(), day("2026-01-01"), 1);
        usage.add(MemberUsage.ACTIVITY, number + Activity.Per.DAY.ordinal(), day("2026-05-01"), 1);
        usage.forget(day("2026-12-31"), day("2027-03-01"));
        assertEquals(1, usage.count);
        usage.forget(day("2027-01-01"), day("2027-03-02"));
        assertEquals(0, usage.count);
    }
}

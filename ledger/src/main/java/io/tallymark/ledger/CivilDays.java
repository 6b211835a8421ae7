package io.tallymark.ledger;

/**
 * Months and days of the proleptic Gregorian calendar, days counted from 1970-01-01, without allocation. The arithmetic
 * is that of "chrono-Compatible Low-Level Date Algorithms" (H. Hinnant).
 */
final class CivilDays {
    private static final int ERA_YEARS = 400;
    private static final int ERA_DAYS = 146_097;
    private static final int EPOCH_SHIFT = 719_468;
    private static final int MONTHS = 12;

    private CivilDays() {}

    /** Year × 12 + month − 1 of a day. */
    static int monthOf(final long day) {
        final long shifted = day + EPOCH_SHIFT;
        final long era = Math.floorDiv(shifted, (long) ERA_DAYS);
        final long dayOfEra = shifted - era * ERA_DAYS;
        final long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final long marchMonth = (5 * dayOfYear + 2) / 153;
        final long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        final long year = yearOfEra + era * ERA_YEARS + (month <= 2 ? 1 : 0);
        return (int) (year * MONTHS + month - 1);
    }

    /** The first day of a month as {@link #monthOf} counts them. */
    static int firstDayOf(final int month) {
        final int monthOfYear = Math.floorMod(month, MONTHS) + 1;
        final long year = Math.floorDiv(month, MONTHS) - (monthOfYear <= 2 ? 1 : 0);
        final long era = Math.floorDiv(year, (long) ERA_YEARS);
        final long yearOfEra = year - era * ERA_YEARS;
        final long dayOfYear = (153L * (monthOfYear > 2 ? monthOfYear - 3 : monthOfYear + 9) + 2) / 5;
        final long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (int) (era * ERA_DAYS + dayOfEra - EPOCH_SHIFT);
    }

    /** Day of the month of a day, from 1. */
    static int dayOfMonth(final long day) {
        return (int) (day - firstDayOf(monthOf(day))) + 1;
    }

    /** Days of a month. */
    static int lengthOf(final int month) {
        return firstDayOf(month + 1) - firstDayOf(month);
    }

    /** 0: Monday to 6: Sunday. */
    static int weekday(final long day) {
        return (int) Math.floorMod(day + 3, 7L);
    }

    /** The Monday of a day's week. */
    static int mondayOf(final long day) {
        return (int) (day - weekday(day));
    }

    /** The day a number of months later, clamped to the month's last day. */
    static int plusMonths(final int day, final int months) {
        final int month = monthOf(day) + months;
        return firstDayOf(month) + Math.min(dayOfMonth(day), lengthOf(month)) - 1;
    }

    /** How many whole years lie between two days, anniversaries clamped from the first; negative before it. */
    static int yearsBetween(final int from, final int day) {
        final int years = Math.floorDiv(monthOf(day) - monthOf(from), MONTHS);
        return plusMonths(from, years * MONTHS) <= day ? years : years - 1;
    }
}

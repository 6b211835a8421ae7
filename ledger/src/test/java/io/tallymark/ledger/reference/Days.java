package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;
import java.time.LocalDate;
import java.time.YearMonth;

/** The calendar of a program. Months are counted: year × 12 + month − 1. */
final class Days {
    static final long NEVER_MS = Long.MAX_VALUE;

    private final long offsetMs;

    Days(final CompiledProgram rules) {
        offsetMs = rules.utcOffsetMinutes() * 60_000L;
    }

    long dayOf(final long timeMs) {
        return Math.floorDiv(timeMs + offsetMs, CompiledProgram.DAY_MS);
    }

    long startOf(final long day) {
        return day * CompiledProgram.DAY_MS - offsetMs;
    }

    int minuteOf(final long timeMs) {
        return (int) (Math.floorMod(timeMs + offsetMs, CompiledProgram.DAY_MS) / 60_000);
    }

    LocalDate dateOf(final long timeMs) {
        return LocalDate.ofEpochDay(dayOf(timeMs));
    }

    static int monthOf(final LocalDate date) {
        return date.getYear() * 12 + date.getMonthValue() - 1;
    }

    int monthOf(final long timeMs) {
        return monthOf(dateOf(timeMs));
    }

    /** Weeks begin on Monday; 1970-01-01 was a Thursday. */
    static long weekOfDay(final long day) {
        return Math.floorDiv(day + 3, 7);
    }

    /** Which year since joining a day lies in; 0 is the first, those before joining are below 0. */
    static int yearSince(final long joinDay, final long day) {
        final LocalDate join = LocalDate.ofEpochDay(joinDay);
        final LocalDate date = LocalDate.ofEpochDay(day);
        final int years = date.getYear() - join.getYear();
        return date.isBefore(join.plusYears(years)) ? years - 1 : years;
    }

    /** The first day of a year since joining. */
    static LocalDate yearBegin(final long joinDay, final int year) {
        return LocalDate.ofEpochDay(joinDay).plusYears(year);
    }

    /** The end of the period in which a moment lies. */
    long periodEnd(final Tier.Window window, final long joinDay, final long timeMs) {
        final LocalDate date = dateOf(timeMs);
        switch (window) {
            case CALENDAR_YEAR:
                return startOf(LocalDate.of(date.getYear() + 1, 1, 1).toEpochDay());
            case ANNIVERSARY:
                final int year = yearSince(joinDay, date.toEpochDay());
                return startOf(
                        LocalDate.ofEpochDay(joinDay).plusYears(year + 1L).toEpochDay());
            case ROLLING_MONTHS:
                return startOf(YearMonth.from(date).plusMonths(1).atDay(1).toEpochDay());
            default:
                return NEVER_MS;
        }
    }

    /** 24:00 of the last day of the month that lies this many months after a moment's. */
    long monthEnd(final long timeMs, final int months) {
        return startOf(
                YearMonth.from(dateOf(timeMs)).plusMonths(months + 1L).atDay(1).toEpochDay());
    }
}

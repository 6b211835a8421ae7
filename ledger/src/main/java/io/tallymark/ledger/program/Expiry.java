package io.tallymark.ledger.program;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * When earned points expire. Days are days of the program's own offset, counted from 1970-01-01. A lot is valid until
 * 24:00 of its last day: it has expired from the day on that {@link #expiryDay} returns.
 */
public final class Expiry {
    /** {@link #expiryDay} of points that never expire; sorts behind every real day. */
    public static final int NEVER_DAY = Integer.MAX_VALUE;

    /** Most years that a fixed date may lie ahead. */
    public static final int MAX_YEARS_AHEAD = 100;

    /** Most months that points may live. */
    public static final int MAX_MONTHS = 1_200;

    private static final Expiry NEVER = new Expiry(Kind.NEVER, 0, 0, 0);

    private static final int LEAP_YEAR = 2_000;

    /** The kinds; the ordinal is the code in the canonical form, new ones are appended. */
    public enum Kind {
        NEVER,
        FIXED,
        MONTHS,
        INACTIVITY
    }

    private final Kind kind;
    private final int month;
    private final int day;
    private final int span;

    private Expiry(final Kind kind, final int month, final int day, final int span) {
        this.kind = kind;
        this.month = month;
        this.day = day;
        this.span = span;
    }

    /** Points never expire. */
    public static Expiry never() {
        return NEVER;
    }

    /**
     * Points earned in year Y are valid through this date of year Y + yearsAhead; where that lies before the day of
     * earning (possible only for 0 years ahead), through the date a year later. 29 February means the 28th in a
     * common year.
     *
     * @throws InvalidProgramException if there is no such date or the years are outside 0 to 100
     */
    public static Expiry fixed(final int month, final int day, final int yearsAhead) {
        try {
            LocalDate.of(LEAP_YEAR, month, day);
        } catch (final DateTimeException e) {
            throw new InvalidProgramException("expiry.fixed", "there is no month " + month + " with a day " + day);
        }
        if (yearsAhead < 0 || yearsAhead > MAX_YEARS_AHEAD) {
            throw new InvalidProgramException("expiry.yearsAhead", "must be 0 to " + MAX_YEARS_AHEAD);
        }
        return new Expiry(Kind.FIXED, month, day, yearsAhead);
    }

    /**
     * Points are valid through the last day of the month that lies this many calendar months after the month of
     * earning.
     *
     * @throws InvalidProgramException if the months are outside 1 to 1,200
     */
    public static Expiry months(final int months) {
        if (months < 1 || months > MAX_MONTHS) {
            throw new InvalidProgramException("expiry.months", "must be 1 to " + MAX_MONTHS);
        }
        return new Expiry(Kind.MONTHS, 0, 0, months);
    }

    /**
     * All points are valid through the last day of the month that lies this many calendar months after the month of the
     * member's last activity.
     *
     * @throws InvalidProgramException if the months are outside 1 to 1,200
     */
    public static Expiry inactivity(final int months) {
        if (months < 1 || months > MAX_MONTHS) {
            throw new InvalidProgramException("expiry.inactivityMonths", "must be 1 to " + MAX_MONTHS);
        }
        return new Expiry(Kind.INACTIVITY, 0, 0, months);
    }

    /** Of {@link Kind#INACTIVITY}: the day on which the points of a member have expired, seen from its last activity. */
    public int inactiveDay(final long lastActivityDay) {
        final YearMonth month = YearMonth.from(LocalDate.ofEpochDay(lastActivityDay));
        return (int) month.plusMonths(span).atEndOfMonth().toEpochDay() + 1;
    }

    /** Which kind this is. */
    public Kind kind() {
        return kind;
    }

    /** Of {@link Kind#FIXED}: month 1 to 12; else 0. */
    public int month() {
        return month;
    }

    /** Of {@link Kind#FIXED}: day of the month; else 0. */
    public int day() {
        return day;
    }

    /** Of {@link Kind#FIXED}: years ahead; of {@link Kind#MONTHS} and {@link Kind#INACTIVITY}: months; else 0. */
    public int span() {
        return span;
    }

    /**
     * The first day on which points earned on a day are no longer valid, or {@link #NEVER_DAY}. Allocates: callers
     * keep the answer for the day.
     *
     * @param earnedDay local day of earning, days since 1970-01-01
     */
    public int expiryDay(final long earnedDay) {
        switch (kind) {
            case FIXED:
                final LocalDate earned = LocalDate.ofEpochDay(earnedDay);
                final LocalDate sameYear = dateIn(earned.getYear() + span);
                final LocalDate last = sameYear.isBefore(earned) ? dateIn(earned.getYear() + span + 1) : sameYear;
                return (int) last.toEpochDay() + 1;
            case MONTHS:
                final YearMonth month = YearMonth.from(LocalDate.ofEpochDay(earnedDay));
                return (int) month.plusMonths(span).atEndOfMonth().toEpochDay() + 1;
            default:
                return NEVER_DAY;
        }
    }

    private LocalDate dateIn(final int year) {
        final YearMonth yearMonth = YearMonth.of(year, month);
        return yearMonth.atDay(Math.min(day, yearMonth.lengthOfMonth()));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Expiry that
                && kind == that.kind
                && month == that.month
                && day == that.day
                && span == that.span;
    }

    @Override
    public int hashCode() {
        return ((kind.ordinal() * 31 + month) * 31 + day) * 31 + span;
    }

    @Override
    public String toString() {
        switch (kind) {
            case FIXED:
                return "through " + month + "-" + day + ", " + span + " years ahead";
            case MONTHS:
                return span + " months to month end";
            case INACTIVITY:
                return span + " months without activity to month end";
            default:
                return "never";
        }
    }
}

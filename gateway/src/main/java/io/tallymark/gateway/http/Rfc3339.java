package io.tallymark.gateway.http;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Times as in RFC 3339. Reading allocates nothing; writing does once a day. Not thread-safe.
 *
 * <p>A fraction beyond milliseconds is cut off. A leap second ({@code :60}) is refused, since epoch milliseconds have
 * no place for it.
 */
final class Rfc3339 {
    /** What {@link #parse} returns for a text that is no time. */
    static final long INVALID = Long.MIN_VALUE;

    /** Length of what {@link #format} writes. */
    static final int FORMATTED_CHARS = 24;

    private static final long DAY_MS = 86_400_000L;
    private static final int DATE_CHARS = 10;
    private static final int FIRST_YEAR = 1_900;
    private static final int DATE_TIME_CHARS = 19;
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

    private final byte[] dateBytes = new byte[10];
    private long dateDay = Long.MIN_VALUE;

    /** Epoch milliseconds of a date-time with offset, or {@link #INVALID}. */
    static long parse(final char[] text, final int offset, final int length) {
        if (length < DATE_TIME_CHARS + 1
                || text[offset + 4] != '-'
                || text[offset + 7] != '-'
                || (text[offset + 10] | 0x20) != 't'
                || text[offset + 13] != ':'
                || text[offset + 16] != ':') {
            return INVALID;
        }
        final int year = digits(text, offset, 4);
        final int month = digits(text, offset + 5, 2);
        final int day = digits(text, offset + 8, 2);
        final int hour = digits(text, offset + 11, 2);
        final int minute = digits(text, offset + 14, 2);
        final int second = digits(text, offset + 17, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) {
            return INVALID;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return INVALID;
        }
        final long secondOfDay = (hour * 60L + minute) * 60 + second;
        final long localMs = epochDay(year, month, day) * DAY_MS + secondOfDay * 1_000;
        return fractionAndOffset(text, offset + DATE_TIME_CHARS, offset + length, localMs);
    }

    /** A date {@code YYYY-MM-DD} of the years 1900 to 9999 as year × 10,000 + month × 100 + day; 0 if it is none. */
    static int parseDate(final char[] text, final int offset, final int length) {
        if (length != DATE_CHARS || text[offset + 4] != '-' || text[offset + 7] != '-') {
            return 0;
        }
        final int year = digits(text, offset, 4);
        final int month = digits(text, offset + 5, 2);
        final int day = digits(text, offset + 8, 2);
        return year < FIRST_YEAR || month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)
                ? 0
                : year * 10_000 + month * 100 + day;
    }

    /** Writes epoch milliseconds of the years 0 to 9999 as {@code 2026-03-01T12:34:56.789Z}. */
    void format(final long epochMs, final byte[] into, final int offset) {
        final long day = Math.floorDiv(epochMs, DAY_MS);
        if (day != dateDay) {
            final byte[] date = DateTimeFormatter.ISO_LOCAL_DATE
                    .format(LocalDate.ofEpochDay(day))
                    .getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(date, 0, dateBytes, 0, dateBytes.length);
            dateDay = day;
        }
        final int ofDay = (int) Math.floorMod(epochMs, DAY_MS);
        System.arraycopy(dateBytes, 0, into, offset, dateBytes.length);
        into[offset + 10] = 'T';
        two(into, offset + 11, ofDay / 3_600_000);
        into[offset + 13] = ':';
        two(into, offset + 14, ofDay / 60_000 % 60);
        into[offset + 16] = ':';
        two(into, offset + 17, ofDay / 1_000 % 60);
        into[offset + 19] = '.';
        into[offset + 20] = (byte) ('0' + ofDay / 100 % 10);
        two(into, offset + 21, ofDay % 100);
        into[offset + 23] = 'Z';
    }

    private static long fractionAndOffset(final char[] text, final int from, final int end, final long localMs) {
        int at = from;
        int fractionMs = 0;
        if (text[at] == '.') {
            at++;
            final int first = at;
            for (int weight = 100; at < end && isDigit(text[at]); at++, weight /= 10) {
                fractionMs += (text[at] - '0') * weight;
            }
            if (at == first || at == end) {
                return INVALID;
            }
        }
        final char zone = text[at];
        if ((zone | 0x20) == 'z') {
            return at + 1 == end ? localMs + fractionMs : INVALID;
        }
        if (zone != '+' && zone != '-' || end - at != 6 || text[at + 3] != ':') {
            return INVALID;
        }
        final int hours = digits(text, at + 1, 2);
        final int minutes = digits(text, at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        final long offsetMs = (hours * 60L + minutes) * 60_000;
        return localMs + fractionMs - (zone == '+' ? offsetMs : -offsetMs);
    }

    private static int digits(final char[] text, final int offset, final int count) {
        int value = 0;
        for (int i = offset; i < offset + count; i++) {
            if (!isDigit(text[i])) {
                return -1;
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLeapYear(final int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int daysOfMonth(final int year, final int month) {
        return month == 2 && isLeapYear(year) ? 29 : DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1];
    }

    private static long epochDay(final int year, final int month, final int day) {
        final int before = year - 1;
        // Leap days of the years 1 to the one before; of 1970 that is 477.
        final long leapDays = Math.floorDiv(before, 4) - Math.floorDiv(before, 100) + Math.floorDiv(before, 400) - 477L;
        final int inYear = DAYS_BEFORE_MONTH[month - 1] + (month > 2 && isLeapYear(year) ? 1 : 0);
        return (year - 1970) * 365L + leapDays + inYear + day - 1;
    }

    private static void two(final byte[] into, final int offset, final int value) {
        into[offset] = (byte) ('0' + value / 10);
        into[offset + 1] = (byte) ('0' + value % 10);
    }
}

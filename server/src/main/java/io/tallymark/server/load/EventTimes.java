package io.tallymark.server.load;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Reads the times of a file. A date without a time is its midnight; a time without an offset is in a fixed one. Days
 * that do not exist are refused, never moved. Not thread-safe.
 */
public final class EventTimes {
    private static final LocalDateTime SAMPLE = LocalDateTime.of(2021, 11, 23, 14, 35, 56);

    private final DateTimeFormatter format;
    private final ZoneOffset offset;
    private String lastText = "";
    private long lastTimeMs;

    private EventTimes(final DateTimeFormatter format, final ZoneOffset offset) {
        this.format = format;
        this.offset = offset;
    }

    /** ISO 8601: {@code 2021-11-23}, with {@code T} or a blank {@code 14:35[:56[.123]]}, and with an offset. */
    public static EventTimes iso(final ZoneOffset offset) {
        final DateTimeFormatter format = new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .optionalStart()
                .appendPattern("[ ]['T']")
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .optionalStart()
                .appendOffsetId()
                .optionalEnd()
                .optionalEnd()
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        return new EventTimes(format, offset);
    }

    /**
     * A pattern of {@link DateTimeFormatter}, such as {@code d/M/yyyy} or {@code yyyyMMdd HH:mm}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static EventTimes pattern(final String pattern, final ZoneOffset offset) {
        final String letters = withoutQuoted(pattern);
        if (letters.matches(".*[zVv].*")) {
            throw new IllegalArgumentException(
                    "the time format '" + pattern + "' names a zone; only offsets (X, x, Z) are read");
        }
        final DateTimeFormatter format;
        try {
            format = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(properYears(pattern))
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + pattern + "' is no time format: " + e.getMessage(), e);
        }
        final EventTimes times = new EventTimes(format, offset);
        times.checkSample(pattern, letters.matches(".*[hHkKmsSaAnNB].*"));
        return times;
    }

    /**
     * Epoch milliseconds.
     *
     * @throws DateTimeException if the text is no time of the format
     */
    long parse(final String text) {
        // Rows of one order, and of one day, come together: the same text again is the common case.
        if (!text.equals(lastText)) {
            final TemporalAccessor parsed = format.parse(text);
            final LocalDate date = LocalDate.from(parsed);
            final LocalTime time = parsed.query(TemporalQueries.localTime());
            final ZoneOffset own = parsed.query(TemporalQueries.offset());
            lastTimeMs = LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time)
                    .toInstant(own == null ? offset : own)
                    .toEpochMilli();
            lastText = text;
        }
        return lastTimeMs;
    }

    private void checkSample(final String pattern, final boolean hasTime) {
        try {
            final TemporalAccessor read = format.parse(format.format(SAMPLE.atOffset(offset)));
            if (!LocalDate.from(read).equals(SAMPLE.toLocalDate())) {
                throw new IllegalArgumentException("the time format '" + pattern + "' does not fix a day");
            }
            final LocalTime time = read.query(TemporalQueries.localTime());
            if (hasTime && (time == null || time.getHour() != SAMPLE.getHour())) {
                throw new IllegalArgumentException(
                        "the time format '" + pattern + "' does not fix an hour (HH, or hh with a)");
            }
        } catch (final DateTimeParseException e) {
            throw new IllegalArgumentException("the time format '" + pattern + "' does not fix a day", e);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException("the time format '" + pattern + "' does not fix a day", e);
        }
    }

    private static String withoutQuoted(final String pattern) {
        return pattern.replaceAll("'[^']*'", "");
    }

    /** Strict reading wants the proleptic year u; people write y. */
    private static String properYears(final String pattern) {
        final StringBuilder proper = new StringBuilder(pattern);
        boolean quoted = false;
        for (int i = 0; i < proper.length(); i++) {
            if (proper.charAt(i) == '\'') {
                quoted = !quoted;
            } else if (!quoted && proper.charAt(i) == 'y') {
                proper.setCharAt(i, 'u');
            }
        }
        return proper.toString();
    }
}

package io.tallymark.server.program;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A moment as program files write it: a date (its 00:00), a date and time, both of the program's own offset, or a date
 * and time with an offset of its own.
 *
 * @param local  date and time
 * @param offset the offset that was written; null: the program's
 */
record FileTime(LocalDateTime local, ZoneOffset offset) {
    private static final String TIME = "T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?";
    private static final String PATTERN = "(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}(" + TIME + "(Z|[+-][0-9]{2}:[0-9]{2})?)?";
    private static final int SHORT = "2026-09-25".length();

    /** The type of such values. */
    static final ValueType<FileTime> TYPE = Values.parsed(
            PATTERN,
            "a quoted date or time such as \"2026-09-25\", \"2026-09-25T10:00\" or \"2026-09-25T10:00:00+08:00\"",
            FileTime::read);

    private static FileTime read(final String text, final Place at) {
        if (((YamlNode.Scalar) at.node()).plain()) {
            at.error("a date is quoted: \"" + text + "\"");
            return null;
        }
        try {
            if (text.length() == SHORT) {
                return new FileTime(LocalDate.parse(text).atStartOfDay(), null);
            }
            final boolean ownOffset = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > SHORT;
            if (ownOffset) {
                final OffsetDateTime time = OffsetDateTime.parse(text);
                return new FileTime(time.toLocalDateTime(), time.getOffset());
            }
            return new FileTime(LocalDateTime.parse(text), null);
        } catch (final DateTimeException e) {
            at.error("there is no such date or time: \"" + text + "\"");
            return null;
        }
    }

    /** @param programOffsetMinutes of the program */
    long toEpochMs(final int programOffsetMinutes) {
        final ZoneOffset used = offset == null ? ZoneOffset.ofTotalSeconds(programOffsetMinutes * 60) : offset;
        return local.toInstant(used).toEpochMilli();
    }
}

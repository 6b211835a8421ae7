package io.tallymark.journal;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Names of an epoch's files. Chronicle names a file by the time its roll cycle begins; ours begin at 1970 and last one
 * second of a clock that only counts files, so file n is named by second n.
 */
final class CycleNames {
    /** The pattern that Chronicle formats its times with. */
    static final String PATTERN = "yyyyMMdd-HHmmss";

    static final String SUFFIX = ".cq4";
    static final String DISCARD_SUFFIX = ".discard";
    static final int CYCLE_MS = 1_000;

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(PATTERN);

    private CycleNames() {}

    /** The file with this number. */
    static Path file(final Path epochFolder, final int number) {
        return epochFolder.resolve(
                LocalDateTime.ofEpochSecond(number, 0, ZoneOffset.UTC).format(FORMAT) + SUFFIX);
    }

    /** The number of a file, or -1 if it has none. */
    static int number(final Path file) {
        final String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            final String stem = name.substring(0, name.length() - SUFFIX.length());
            return Math.toIntExact(LocalDateTime.parse(stem, FORMAT).toEpochSecond(ZoneOffset.UTC));
        } catch (final java.time.format.DateTimeParseException | ArithmeticException e) {
            return -1;
        }
    }
}

package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    private static final long MAX_MS = 253_402_300_799_999L;

    private static long parse(final String text) {
        return Rfc3339.parse(("##" + text + "##").toCharArray(), 2, text.length());
    }

    @Test
    void agreesWithTheLibraryOnAnyTime() {
        final long seed = 20260301;
        final Random random = new Random(seed);
        final Rfc3339 time = new Rfc3339();
        final byte[] bytes = new byte[Rfc3339.FORMATTED_CHARS];
        for (int i = 0; i < 20_000; i++) {
            final long epochMs = random.nextLong(MAX_MS + 1);
            final OffsetDateTime local = Instant.ofEpochMilli(epochMs)
                    .atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 1_079) - 1_079)));
            final long shownYear = local.getYear();
            if (shownYear >= 1 && shownYear <= 9_999) {
                assertEquals(
                        epochMs,
                        parse(local.truncatedTo(ChronoUnit.MILLIS)
                                .toString()
                                .replaceFirst("T(\\d\\d:\\d\\d)([Z+-])", "T$1:00$2")),
                        "seed " + seed + ": " + local);
            }
            time.format(epochMs, bytes, 0);
            final String text = new String(bytes, StandardCharsets.US_ASCII);
            assertEquals(Instant.ofEpochMilli(epochMs), Instant.parse(text), "seed " + seed);
        }
    }

    @Test
    void takesAllFormsOfTheStandard() {
        final long expected = Instant.parse("2026-02-28T23:30:05.120Z").toEpochMilli();
        assertEquals(expected, parse("2026-02-28T23:30:05.12Z"));
        assertEquals(expected, parse("2026-02-28t23:30:05.120999999z"));
        assertEquals(expected, parse("2026-03-01T07:30:05.12+08:00"));
        assertEquals(expected, parse("2026-02-28T23:30:05.12-00:00"));
        assertEquals(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli(), parse("2024-02-29T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-03-01T00:00:00",
                "2026-03-01 00:00:00Z",
                "2026-3-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-03-00T00:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T00:60:00Z",
                "2026-03-01T23:59:60Z",
                "2026-03-01T00:00:00.Z",
                "2026-03-01T00:00:00,5Z",
                "2026-03-01T00:00:00.5",
                "2026-03-01T00:00:00ZZ",
                "2026-03-01T00:00:00+0800",
                "2026-03-01T00:00:00+24:00",
                "2026-03-01T00:00:00+08:60",
                "2026-03-01T00:00:00+08:0",
                "2026-03-01T00:00:00 08:00",
                "+2026-03-01T00:00:00Z",
                "202６-03-01T00:00:00Z"
            })
    void refusesWhatIsNoTime(final String text) {
        assertEquals(Rfc3339.INVALID, parse(text));
    }
}

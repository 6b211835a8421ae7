package io.tallymark.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void plainLinesTellRateAndPeak() {
        try (LiveLine line = LiveLine.begin(stream, false, 1_000, 0)) {
            assertFalse(line.isDue(SECOND_NS));
            assertTrue(line.isDue(2 * SECOND_NS));
            line.show(500, 1.234, true, 2 * SECOND_NS);
            assertFalse(line.isDue(3 * SECOND_NS));
        }
        assertEquals(
                "  [##############..............]  50 %       250/s  p99     1.23 ms  PEAK\n",
                bytes.toString(StandardCharsets.UTF_8).replace("\r", ""));
    }

    @Test
    void onATerminalOneLineIsWrittenOverAndTakenAway() {
        try (LiveLine line = LiveLine.begin(stream, true, 5_000_000, 0)) {
            line.show(5_000_000, 59_999.99, true, SECOND_NS);
        }
        final String[] parts = bytes.toString(StandardCharsets.UTF_8).split("\r", -1);
        for (final String part : parts) {
            assertTrue(part.length() < 80, part);
        }
        assertFalse(bytes.toString(StandardCharsets.UTF_8).contains("\n"));
        assertTrue(parts[parts.length - 2].isBlank());
    }
}

package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on real files, from start to restart. */
final class JournalTest {
    @TempDir
    Path dir;

    private JournalEnd readAll(final long expected) {
        try (JournalReader reader = JournalReader.open(dir)) {
            assertEquals(expected, Samples.readAccruals(reader));
            return reader.end();
        }
    }

    @Test
    void whatWasForcedIsReadBackAfterACleanStop() {
        try (DataFolder folder = DataFolder.lock(dir)) {
            final JournalEnd empty = readAll(0);
            assertEquals(0, empty.epoch());
            try (Journal journal = Journal.start(folder, Samples.SMALL, empty, 11, 12)) {
                Samples.append(journal, 1, 1_000, 10);
                assertEquals(0, journal.forcedThrough());
                journal.force();
                assertEquals(1_000, journal.forcedThrough());
            }
        }
        try (JournalReader reader = JournalReader.open(dir)) {
            assertEquals(1_000, Samples.readAccruals(reader));
            assertEquals(11, reader.seedHigh());
            assertEquals(12, reader.seedLow());
            assertNull(reader.end().ignoredTail());
            assertEquals(1_000, reader.end().watermark());
        }
    }

    @Test
    void everyStartContinuesBehindTheOneBeforeIt() {
        long last = 0;
        for (int start = 1; start <= 5; start++) {
            try (DataFolder folder = DataFolder.lock(dir)) {
                final JournalEnd end = readAll(last);
                assertEquals(start - 1, end.epoch());
                try (Journal journal = Journal.start(folder, Samples.SMALL, end, 11, 12)) {
                    Samples.append(journal, last + 1, last + start * 100, 7);
                    journal.force();
                    last += start * 100;
                }
            }
        }
        assertEquals(last, readAll(last).lastSequence());
    }

    @Test
    void anEarlierEpochKeepsNoRoomThatItDidNotUse() throws IOException {
        for (int start = 1; start <= 3; start++) {
            try (DataFolder folder = DataFolder.lock(dir)) {
                final JournalEnd end = readAll(0);
                try (Journal journal = Journal.start(folder, Samples.SMALL, end, 11, 12)) {
                    assertEquals(start, journal.epoch());
                    if (start > 1) {
                        assertEquals(end.position(), Files.size(Path.of(end.fileName())), "reserved for ever");
                    }
                }
            }
        }
        assertNull(readAll(0).ignoredTail());
    }

    @Test
    void filesRollBySizeAndAreReadAcross() {
        try (DataFolder folder = DataFolder.lock(dir)) {
            try (Journal journal = Journal.start(folder, Samples.SMALL, readAll(0), 11, 12)) {
                Samples.append(journal, 1, 100_000, 500);
                journal.force();
            }
        }
        final JournalEnd end = readAll(100_000);
        assertTrue(end.file() >= 3, "files " + end.file());
    }
}

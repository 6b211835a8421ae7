package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * Damage at every single byte of a small journal. The oracle is not the reader: either the start is refused, naming a
 * place, or all that was acknowledged is there and nothing that was never written.
 */
final class EveryByteTest {
    private static final int ACKNOWLEDGED = 24;
    private static final int WRITTEN = 33;

    /** Two epochs; in the second some frames are forced and some are not. */
    private static MemoryFrameLogs journal() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        try (Journal first = Journal.start(logs, Samples.SMALL, end(logs, 0), 1, 2)) {
            Samples.append(first, 1, 12, 4);
            first.force();
        }
        // Not closed: killed.
        final Journal second = Journal.start(logs, Samples.SMALL, end(logs, 12), 1, 2);
        Samples.append(second, 13, ACKNOWLEDGED, 3);
        second.force();
        Samples.append(second, ACKNOWLEDGED + 1, WRITTEN, 3);
        return logs;
    }

    private static JournalEnd end(final MemoryFrameLogs logs, final long expected) {
        try (JournalReader reader = JournalReader.open(logs)) {
            assertEquals(expected, Samples.readAccruals(reader));
            return reader.end();
        }
    }

    /** Returns the last sequence read, or -1 where the start was refused in an orderly way. */
    private static long judge(final MemoryFrameLogs logs, final String damage) {
        try (JournalReader reader = JournalReader.open(logs)) {
            return Samples.readAccruals(reader);
        } catch (final JournalException e) {
            assertTrue(e.getMessage().contains("memory/epoch-"), damage + ": " + e.getMessage());
            return -1;
        } catch (final RuntimeException | Error e) {
            return fail(damage, e);
        }
    }

    @Test
    void aFlippedByteNeverLosesOrInventsARecord() {
        final MemoryFrameLogs logs = journal().afterKill();
        int refused = 0;
        int harmless = 0;
        for (int epoch = 1; epoch <= 2; epoch++) {
            for (int at = 0; at < logs.length(epoch, 0); at++) {
                for (final int mask : new int[] {0x01, 0x80, 0xFF}) {
                    logs.flip(epoch, 0, at, mask);
                    final String damage = "epoch " + epoch + " byte " + at + " mask " + mask;
                    final long last = judge(logs, damage);
                    assertTrue(last == -1 || last >= ACKNOWLEDGED && last <= WRITTEN, damage + ": " + last);
                    refused += last == -1 ? 1 : 0;
                    harmless += last == WRITTEN ? 1 : 0;
                    logs.flip(epoch, 0, at, mask);
                }
            }
        }
        assertTrue(refused > 1_000, "refused " + refused);
        // Only padding between frames may be flipped without an effect: less than 8 bytes for each of 13 frames.
        assertTrue(harmless < 13 * 8 * 3, "harmless " + harmless);
        assertEquals(WRITTEN, judge(logs, "none"));
    }

    @Test
    void aCutAtAnyByteNeverLosesAnAcknowledgedRecord() {
        final MemoryFrameLogs whole = journal().afterKill();
        for (int epoch = 1; epoch <= 2; epoch++) {
            for (int at = 0; at < whole.length(epoch, 0); at++) {
                final MemoryFrameLogs logs = whole.afterKill();
                logs.cut(epoch, 0, at);
                final String damage = "epoch " + epoch + " cut at " + at;
                final long last = judge(logs, damage);
                assertTrue(last == -1 || last >= ACKNOWLEDGED && last <= WRITTEN, damage + ": " + last);
            }
        }
    }

    @Test
    void withoutTheWatermarkFileWhatFramesSayStillHolds() {
        // A power loss: of the unforced frames every prefix may be there, in bytes.
        final MemoryFrameLogs source = journal();
        boolean sawTail = false;
        for (int kept = 0; kept < 1_000; kept++) {
            final MemoryFrameLogs logs = source.afterPowerLoss(kept);
            try (JournalReader reader = JournalReader.open(logs)) {
                final long last = Samples.readAccruals(reader);
                assertTrue(last >= ACKNOWLEDGED && last <= WRITTEN, "kept " + kept + ": " + last);
                sawTail |= reader.end().ignoredTail() != null;
                // And the next start builds on exactly that.
                final Journal next = Journal.start(logs, Samples.SMALL, reader.end(), 1, 2);
                Samples.append(next, last + 1, last + 5, 2);
                next.force();
                assertEquals(last + 5, end(logs, last + 5).lastSequence());
            }
        }
        assertTrue(sawTail);
    }

    @Test
    void aHoleBelowAForcedFrameIsFoundWithoutTheWatermarkFile() {
        final MemoryFrameLogs logs = journal();
        logs.dropWatermark();
        // The last forced frame (22..24) is followed by frames that say so; damage it in the middle of its records.
        final int frame = frameHolding(logs, 22);
        logs.flip(2, 0, frame + 100, 1);
        final JournalException e = assertThrows(JournalException.class, () -> end(logs, 0));
        assertEquals(22, e.sequence());
        assertTrue(e.getMessage().contains("behind the damage"), e.getMessage());
    }

    private static int frameHolding(final MemoryFrameLogs logs, final long sequence) {
        try (FrameCursor cursor = logs.read(2)) {
            while (cursor.next()) {
                if (Frame.firstSequence(cursor.buffer(), cursor.offset()) == sequence) {
                    return (int) cursor.position();
                }
            }
        }
        return fail("no frame begins with " + sequence);
    }

    @Test
    void aLostEpochOrFileStopsTheStart() {
        final MemoryFrameLogs lostEpoch = journal().afterKill();
        lostEpoch.lose(1);
        assertNotNull(
                assertThrows(JournalException.class, () -> end(lostEpoch, 0)).file());
        final MemoryFrameLogs lostFile = journal().afterKill();
        lostFile.lose(2, 0);
        assertThrows(JournalException.class, () -> end(lostFile, 0));
    }
}

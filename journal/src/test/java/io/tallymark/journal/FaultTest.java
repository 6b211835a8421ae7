package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Durability;
import org.junit.jupiter.api.Test;

/** What happens when the device says no. */
final class FaultTest {
    private static JournalEnd end(final MemoryFrameLogs logs) {
        try (JournalReader reader = JournalReader.open(logs)) {
            Samples.readAccruals(reader);
            return reader.end();
        }
    }

    @Test
    void afterAFailedForceNothingIsEverDurableAgain() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final Journal journal = Journal.start(logs, Samples.SMALL, end(logs), 1, 2);
        Samples.append(journal, 1, 10, 5);
        journal.force();
        Samples.append(journal, 11, 20, 5);
        logs.failForce(1);
        assertThrows(JournalException.class, journal::force);
        assertEquals(10, journal.forcedThrough());
        logs.failForce(Long.MAX_VALUE);
        assertThrows(JournalException.class, journal::force, "the device recovered, the pages are lost all the same");
        assertThrows(JournalException.class, () -> Samples.append(journal, 21, 21, 1));
        journal.close();
        assertEquals(10, journal.forcedThrough());
        assertEquals(10, end(logs.afterPowerLoss(0)).lastSequence());
    }

    @Test
    void afterAFailedAppendEverythingFails() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final Journal journal = Journal.start(logs, Samples.SMALL, end(logs), 1, 2);
        Samples.append(journal, 1, 10, 5);
        journal.force();
        logs.failAppend(1);
        assertThrows(JournalException.class, () -> Samples.append(journal, 11, 15, 5));
        logs.failAppend(Long.MAX_VALUE);
        assertThrows(JournalException.class, () -> Samples.append(journal, 11, 15, 5));
        assertThrows(JournalException.class, journal::force);
        assertEquals(10, journal.forcedThrough());
    }

    @Test
    void aStartThatCannotForceIsNoStart() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final JournalEnd empty = end(logs);
        logs.failForce(1);
        assertThrows(JournalException.class, () -> Journal.start(logs, Samples.SMALL, empty, 1, 2));
        logs.failForce(Long.MAX_VALUE);
        // The folder of the failed start stays; the next one goes around it.
        final MemoryFrameLogs left = logs.afterPowerLoss(0);
        final Journal journal = Journal.start(left, Samples.SMALL, end(left), 1, 2);
        assertEquals(2, journal.epoch());
        Samples.append(journal, 1, 3, 3);
        journal.force();
        assertEquals(3, end(left).lastSequence());
    }

    @Test
    void anUnforcedTailIsForcedBeforeAnythingIsBuiltOnIt() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final Journal killed = Journal.start(logs, Samples.SMALL, end(logs), 1, 2);
        Samples.append(killed, 1, 9, 3);
        // Killed before its force; the next start reads all nine from the page cache.
        final JournalEnd end = end(logs);
        assertEquals(9, end.lastSequence());
        final Journal next = Journal.start(logs, Samples.SMALL, end, 1, 2);
        Samples.append(next, 10, 12, 3);
        next.force();
        assertEquals(12, end(logs.afterPowerLoss(0)).lastSequence());
    }

    @Test
    void whatTheDeviceRefusedIsWrittenAgainBeforeAnythingIsBuiltOnIt() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final Journal halted = Journal.start(logs, Samples.SMALL, end(logs), 1, 2);
        Samples.append(halted, 1, 9, 3);
        halted.force();
        Samples.append(halted, 10, 15, 3);
        logs.failForce(1);
        assertThrows(JournalException.class, halted::force);
        // The machine runs on: the next start reads all fifteen, and the kernel calls them clean.
        logs.failForce(Long.MAX_VALUE);
        final MemoryFrameLogs left = logs.afterKill();
        final JournalEnd end = end(left);
        assertEquals(15, end.lastSequence());
        final Journal next = Journal.start(left, Samples.SMALL, end, 1, 2);
        Samples.append(next, 16, 18, 3);
        next.force();
        assertEquals(18, end(left.afterPowerLoss(0)).lastSequence());
    }

    @Test
    void onlyWhatNoLaterFrameProvesIsWrittenAgain() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final Journal journal = Journal.start(logs, Samples.SMALL, end(logs), 1, 2);
        Samples.append(journal, 1, 3, 3);
        journal.force();
        final int forced = logs.length(1, 0);
        Samples.append(journal, 4, 6, 3);
        assertEquals(forced, end(logs).unprovenPosition());
        journal.force();
        journal.close();
        final JournalEnd stopped = end(logs);
        assertEquals(stopped.position() - 56, stopped.unprovenPosition(), "only STOP is left to prove");
    }

    @Test
    void pageCacheMovesItsWatermarkWithoutAForceAndPromisesNothingBeyondThePower() {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final JournalOptions options = new JournalOptions(Durability.PAGE_CACHE, 1 << 20, 256 << 10);
        final Journal journal = Journal.start(logs, options, end(logs), 1, 2);
        logs.failForce(1);
        Samples.append(journal, 1, 10, 5);
        journal.force();
        assertEquals(10, journal.forcedThrough());
        Samples.append(journal, 11, 20, 5);
        journal.force();
        assertEquals(20, end(logs.afterKill()).lastSequence());
        assertEquals(0, end(logs.afterPowerLoss(0)).lastSequence());
        // A later frame that happened to survive claims nothing about the ones before it.
        final MemoryFrameLogs hole = logs.afterPowerLoss(Long.MAX_VALUE);
        hole.flip(1, 0, 250, 1);
        assertTrue(end(hole).lastSequence() < 20);
    }
}

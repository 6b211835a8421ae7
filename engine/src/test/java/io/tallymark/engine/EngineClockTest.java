package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class EngineClockTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long START_MS = 1_700_000_000_000L;

    private long nowMs = START_MS;

    private EngineClock clock(final long lastMs, final boolean confirmed) {
        return new EngineClock(() -> nowMs, HOUR_MS, lastMs, confirmed);
    }

    @Test
    void anEmptyJournalBelievesAnyClock() {
        final EngineClock clock = clock(0, false);
        assertTrue(clock.advance());
        assertEquals(START_MS, clock.timeMs());
    }

    @Test
    void timeNeverGoesBack() {
        final EngineClock clock = clock(START_MS, false);
        nowMs = START_MS - 1_000;
        assertTrue(clock.advance());
        assertEquals(START_MS, clock.timeMs());
        nowMs = START_MS + 5;
        assertTrue(clock.advance());
        assertEquals(START_MS + 5, clock.timeMs());
    }

    @Test
    void aJumpEitherWayIsNotBelievedUntilTheClockComesBack() {
        final EngineClock clock = clock(START_MS, false);
        nowMs = START_MS + HOUR_MS + 1;
        assertFalse(clock.advance());
        assertEquals(START_MS, clock.timeMs());
        nowMs = START_MS - HOUR_MS - 1;
        assertFalse(clock.advance());
        nowMs = START_MS + HOUR_MS;
        assertTrue(clock.advance());
        assertEquals(START_MS + HOUR_MS, clock.timeMs());
    }

    @Test
    void aConfirmationHoldsForOneJumpOnly() {
        final EngineClock clock = clock(START_MS, true);
        nowMs = START_MS + 24 * HOUR_MS;
        assertTrue(clock.advance());
        assertEquals(nowMs, clock.timeMs());
        nowMs += 2 * HOUR_MS;
        assertFalse(clock.advance());
    }

    @Test
    void aConfirmedJumpBackStaysConfirmed() {
        final EngineClock clock = clock(START_MS, true);
        nowMs = START_MS - 24 * HOUR_MS;
        assertTrue(clock.advance());
        nowMs += 10;
        assertTrue(clock.advance(), "confirmed for one batch only");
        assertEquals(START_MS, clock.timeMs());
        nowMs += HOUR_MS;
        assertTrue(clock.advance());
        nowMs += 2 * HOUR_MS;
        assertFalse(clock.advance());
    }

    @Test
    void manySmallStepsBackAreAJump() {
        final EngineClock clock = clock(START_MS, false);
        nowMs = START_MS - HOUR_MS;
        assertTrue(clock.advance());
        nowMs -= HOUR_MS;
        assertFalse(clock.advance());
    }
}

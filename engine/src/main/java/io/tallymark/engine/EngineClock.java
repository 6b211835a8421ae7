package io.tallymark.engine;

import java.util.function.LongSupplier;

/**
 * Engine time: epoch milliseconds, max(clock, last). This is the only place where a clock enters, before the journal.
 * A clock that stands further than the largest jump from where it stood last is not believed, since engine time can
 * never go back; admission stops until the clock comes back or an operator confirms it at the next start. Where a clock
 * is confirmed that stands behind, engine time waits for it.
 *
 * <p>Writer thread only, apart from construction.
 */
final class EngineClock {
    private final LongSupplier clockMs;
    private final long maxJumpMs;
    private boolean nextJumpConfirmed;
    private long lastMs;
    /** Where the clock stood when it was believed last: engine time, or behind it after a jump back was confirmed. */
    private long referenceMs;

    /**
     * @param lastMs             the journal's last engine time; 0: the journal is empty and any time is believed
     * @param firstJumpConfirmed whether the jump since then is confirmed
     */
    EngineClock(final LongSupplier clockMs, final long maxJumpMs, final long lastMs, final boolean firstJumpConfirmed) {
        this.clockMs = clockMs;
        this.maxJumpMs = maxJumpMs;
        this.lastMs = lastMs;
        this.referenceMs = lastMs;
        this.nextJumpConfirmed = firstJumpConfirmed || lastMs == 0;
    }

    /** Moves engine time to the clock; false if the clock jumped and engine time stays. */
    boolean advance() {
        final long nowMs = clockMs.getAsLong();
        if (!believes(nowMs)) {
            return false;
        }
        // Only a confirmation moves it back: else many small steps back would pass where one large one does not.
        referenceMs = nextJumpConfirmed ? nowMs : Math.max(nowMs, referenceMs);
        nextJumpConfirmed = false;
        lastMs = Math.max(nowMs, lastMs);
        return true;
    }

    /** Whether {@link #advance} would move engine time now. */
    boolean isBelieved() {
        return believes(clockMs.getAsLong());
    }

    private boolean believes(final long nowMs) {
        return nextJumpConfirmed || Math.abs(nowMs - referenceMs) <= maxJumpMs;
    }

    /** The engine time in force. */
    long timeMs() {
        return lastMs;
    }
}

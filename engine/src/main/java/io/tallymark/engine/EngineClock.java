package io.tallymark.engine;

import java.util.function.LongSupplier;

/**
 * Engine time: epoch milliseconds, max(clock, last). This is the only place where a clock enters, before the journal.
 * A clock that stands further than the largest jump from the last engine time is not believed, since engine time can
 * never go back; admission stops until the clock comes back or an operator confirms it at the next start.
 *
 * <p>Writer thread only, apart from construction.
 */
final class EngineClock {
    private final LongSupplier clockMs;
    private final long maxJumpMs;
    private boolean nextJumpConfirmed;
    private long lastMs;

    /**
     * @param lastMs             the journal's last engine time; 0: the journal is empty and any time is believed
     * @param firstJumpConfirmed whether the jump since then is confirmed
     */
    EngineClock(final LongSupplier clockMs, final long maxJumpMs, final long lastMs, final boolean firstJumpConfirmed) {
        this.clockMs = clockMs;
        this.maxJumpMs = maxJumpMs;
        this.lastMs = lastMs;
        this.nextJumpConfirmed = firstJumpConfirmed || lastMs == 0;
    }

    /** Moves engine time to the clock; false if the clock jumped and engine time stays. */
    boolean advance() {
        final long nowMs = clockMs.getAsLong();
        if (!believes(nowMs)) {
            return false;
        }
        nextJumpConfirmed = false;
        lastMs = Math.max(nowMs, lastMs);
        return true;
    }

    /** The clock itself, epoch milliseconds. */
    long clockMs() {
        return clockMs.getAsLong();
    }

    /** Whether {@link #advance} would move engine time to this. */
    boolean believes(final long nowMs) {
        return nextJumpConfirmed || Math.abs(nowMs - lastMs) <= maxJumpMs;
    }

    /** The engine time in force. */
    long timeMs() {
        return lastMs;
    }
}

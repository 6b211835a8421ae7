package io.tallymark.engine;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one thread sleep until there is work, without losing a wake-up and without spinning beside its producers: on
 * few cores a spinning consumer takes the core from the thread that it waits for.
 *
 * <p>The sleeper announces itself, looks for work once more and only then parks; whoever made work signals after it.
 * The full fences on both sides order "work made, then announcement read" against "announced, then work read", so at
 * least one of the two sees the other.
 */
final class Parking {
    private static final int SPINS = 64;
    private static final int YIELDS = 4;

    private volatile Thread sleeper;
    private int idleRounds;

    /** The owner found work. */
    void reset() {
        idleRounds = 0;
    }

    /** The owner found none: true when it should announce itself and park, after a few rounds that are cheaper. */
    boolean shouldPark() {
        idleRounds++;
        if (idleRounds <= SPINS) {
            Thread.onSpinWait();
            return false;
        }
        if (idleRounds <= SPINS + YIELDS) {
            Thread.yield();
            return false;
        }
        return true;
    }

    /** The owner is about to park: it must look for work once more after this. */
    void announce() {
        sleeper = Thread.currentThread();
        VarHandle.fullFence();
    }

    /** Parks until signalled, at most {@code maxNs}. */
    void park(final long maxNs) {
        LockSupport.parkNanos(this, maxNs);
    }

    /** The owner is awake. */
    void retract() {
        sleeper = null;
    }

    /** Wakes the owner if it sleeps or is about to; any thread, after it made work visible. */
    void signal() {
        VarHandle.fullFence();
        final Thread thread = sleeper;
        if (thread != null) {
            sleeper = null;
            LockSupport.unpark(thread);
        }
    }
}

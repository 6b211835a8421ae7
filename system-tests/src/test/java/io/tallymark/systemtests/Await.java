package io.tallymark.systemtests;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time. */
final class Await {
    private static final long POLL_NS = 100_000;

    private Await() {}

    /**
     * Returns once the condition holds.
     *
     * @throws AssertionError with the text of {@code otherwise} if it does not within {@code timeout}
     */
    static void until(final Duration timeout, final BooleanSupplier condition, final Supplier<String> otherwise) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError(otherwise.get());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}

package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ParkingTest {
    private static final int ROUNDS = 20_000;

    /** With parks that end by a signal only, one lost wake-up would hang this test. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noWakeUpIsLost() throws Exception {
        final Parking parking = new Parking();
        final AtomicLong made = new AtomicLong();
        final AtomicLong taken = new AtomicLong();
        final Thread consumer = new Thread(() -> {
            while (taken.get() < ROUNDS) {
                if (taken.get() < made.get()) {
                    taken.incrementAndGet();
                    continue;
                }
                parking.announce();
                if (taken.get() == made.get()) {
                    parking.park(TimeUnit.HOURS.toNanos(1));
                }
                parking.retract();
            }
        });
        consumer.start();
        for (int i = 1; i <= ROUNDS; i++) {
            made.set(i);
            parking.signal();
            if (i % 7 == 0) {
                while (taken.get() < i) {
                    Thread.onSpinWait();
                }
            }
        }
        consumer.join();
        assertEquals(ROUNDS, taken.get());
    }
}

package io.tallymark.engine;

import java.util.concurrent.TimeUnit;

/**
 * A thread that runs one stage: work while there is any, park while there is none. A stage that throws stops the
 * process, because the stages behind it must not go on as if its work had been done.
 */
final class PipelineThread {
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A stage: one round of work on its own thread. */
    interface Stage {
        /** Does what can be done now; returns 0 when there was nothing. */
        int doWork() throws Exception;

        /** Whether nothing is left to do, not even what waits for somebody else. */
        boolean isDone();
    }

    private final Thread thread;
    private final Stage stage;
    private final Parking parking;
    private final FailStop failStop;
    private volatile boolean running = true;

    PipelineThread(final String name, final Stage stage, final Parking parking, final FailStop failStop) {
        this.stage = stage;
        this.parking = parking;
        this.failStop = failStop;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    /** Lets the stage finish the work that is there, then ends the thread. */
    void stopWhenIdle() throws InterruptedException {
        running = false;
        parking.signal();
        thread.join();
    }

    private void run() {
        try {
            while (true) {
                final boolean stopping = !running;
                if (stage.doWork() > 0) {
                    parking.reset();
                } else if (stopping && stage.isDone()) {
                    return;
                } else if (parking.shouldPark()) {
                    park();
                }
            }
        } catch (final Throwable t) {
            failStop.fail(thread.getName() + " stopped", t);
        }
    }

    private void park() throws Exception {
        parking.announce();
        if (stage.doWork() == 0 && (running || !stage.isDone())) {
            parking.park(MAX_PARK_NS);
        }
        parking.retract();
    }
}

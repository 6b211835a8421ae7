package io.tallymark.gateway;

import java.util.concurrent.atomic.LongAdder;

/** What the gateway has seen since it started. Readable from any thread; each value is exact once its loop rests. */
public final class GatewayCounters {
    final LongAdder frames = new LongAdder();
    final LongAdder commands = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder replies = new LongAdder();
    final LongAdder lateReplies = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder turnedAway = new LongAdder();
    final LongAdder brokenFrames = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder slowReaders = new LongAdder();
    final LongAdder failures = new LongAdder();

    GatewayCounters() {}

    /** A front read this many bytes. */
    public void received(final long bytes) {
        bytesIn.add(bytes);
    }

    /** A front wrote this many bytes. */
    public void sent(final long bytes) {
        bytesOut.add(bytes);
    }

    /** A front refused a request as malformed. */
    public void malformedRequest() {
        malformed.increment();
    }

    /** A front closed a connection because of a time limit. */
    public void timedOut() {
        timeouts.increment();
    }

    /** A front closed a connection whose client read too little. */
    public void slowReader() {
        slowReaders.increment();
    }

    /** A front closed a connection because of an error of its own. */
    public void failed() {
        failures.increment();
    }

    /** Whole frames read. */
    public long frames() {
        return frames.sum();
    }

    /** Commands handed on. */
    public long commands() {
        return commands.sum();
    }

    /** Messages refused as malformed. */
    public long malformed() {
        return malformed.sum();
    }

    /** Messages refused for overload, whole frames at a time. */
    public long refused() {
        return refused.sum();
    }

    /** Outcomes handed to connections. */
    public long replies() {
        return replies.sum();
    }

    /** Outcomes whose connection had gone. */
    public long lateReplies() {
        return lateReplies.sum();
    }

    public long bytesIn() {
        return bytesIn.sum();
    }

    public long bytesOut() {
        return bytesOut.sum();
    }

    /** Connections taken. */
    public long connectionsAccepted() {
        return accepted.sum();
    }

    /** Connections there are now. */
    public long connectionsOpen() {
        return accepted.sum() - closed.sum();
    }

    /** Connections beyond the limit, closed at once. */
    public long connectionsTurnedAway() {
        return turnedAway.sum();
    }

    /** Connections closed because of a frame that is none. */
    public long brokenFrames() {
        return brokenFrames.sum();
    }

    /** Connections closed because of a time limit. */
    public long timeouts() {
        return timeouts.sum();
    }

    /** Connections closed because too many replies gathered that their client did not read. */
    public long slowReaders() {
        return slowReaders.sum();
    }

    /** Connections closed because of an error in the gateway or behind it; each is logged. */
    public long failures() {
        return failures.sum();
    }
}

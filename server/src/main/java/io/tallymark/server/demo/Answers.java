package io.tallymark.server.demo;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The last answer to each document of the story. Written by the clients' threads, each document by one
 * of them at a time; what was written before {@link #count()} rose is seen by who read the higher count.
 */
final class Answers {
    private final ResultCode[] codes;
    private final long[] sequences;
    private final long[] points;
    private final boolean[] replayed;
    private final AtomicInteger count = new AtomicInteger();

    Answers(final int size) {
        codes = new ResultCode[size];
        sequences = new long[size];
        points = new long[size];
        replayed = new boolean[size];
    }

    /** A client's thread: an answer came. */
    void put(final Reply reply, final int i) {
        codes[i] = reply.code;
        sequences[i] = reply.sequence;
        points[i] = reply.points;
        replayed[i] = reply.replayed;
        count.incrementAndGet();
    }

    /** How many answers came. */
    int count() {
        return count.getAcquire();
    }

    /** Waits for an answer to all that was asked; false if that takes longer than this. */
    boolean await(final int expected, final long timeoutMs) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (count() < expected) {
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(200_000);
        }
        return true;
    }

    /** Null: there was none, or its code is not known here. */
    ResultCode code(final int i) {
        return codes[i];
    }

    /** 0: it took none. */
    long sequence(final int i) {
        return sequences[i];
    }

    long points(final int i) {
        return points[i];
    }

    boolean replayed(final int i) {
        return replayed[i];
    }

    /** Whether the outcome is known: decided, or refused for what it says. */
    boolean isKnown(final int i) {
        return codes[i] != null && codes[i].kind() != ResultCode.Kind.OVERLOAD;
    }

    /** Whether the outcome must be in the journal. */
    boolean isJournaled(final int i) {
        return isKnown(i) && sequences[i] > 0;
    }

    /** The highest sequence of any answer. */
    long lastSequence() {
        long last = 0;
        for (final long sequence : sequences) {
            last = Math.max(last, sequence);
        }
        return last;
    }
}

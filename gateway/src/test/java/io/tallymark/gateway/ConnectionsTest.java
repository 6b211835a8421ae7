package io.tallymark.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** One connection that fails in a task of the loop takes nobody with it. */
final class ConnectionsTest {
    private static final class Target implements ReplyTarget {
        Error toThrow;
        Throwable failure;
        int flushes;
        int sweeps;

        @Override
        public void onReply(final DirectBuffer buffer, final int offset, final int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            flushes++;
            throwIfTold();
        }

        @Override
        public void sweep(final long nowNs) {
            sweeps++;
            throwIfTold();
        }

        private void throwIfTold() {
            if (toThrow != null) {
                throw toThrow;
            }
        }

        @Override
        public void stopAccepting() {
            throwIfTold();
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public void fail(final Throwable cause) {
            failure = cause;
        }

        @Override
        public void closeAfterFlush() {
            throwIfTold();
        }
    }

    private final Connections connections = new Connections(0);
    private final Target broken = new Target();
    private final Target sound = new Target();
    private final long first = connections.add(broken);
    private final long second = connections.add(sound);

    @Test
    void aFlushThatFailsKeepsNoOtherFromItsReplies() {
        broken.toThrow = new OutOfMemoryError("no direct memory");
        for (int round = 1; round <= 3; round++) {
            connections.touch(first);
            connections.touch(second);
            connections.flushTouched();
            assertEquals(round, sound.flushes);
            assertEquals(round, broken.flushes);
        }
        assertSame(broken.toThrow, broken.failure);
        assertNull(sound.failure);
    }

    @Test
    void aSweepThatFailsReachesTheOthers() {
        broken.toThrow = new AssertionError("broken");
        connections.forEach(target -> target.sweep(1));
        assertEquals(1, sound.sweeps);
        assertSame(broken.toThrow, broken.failure);
    }
}

package io.tallymark.engine;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

/** Never waits inside the Disruptor: the writer looks, and parks by itself; publishers wake it. */
final class WriterWaitStrategy implements WaitStrategy {
    private final Parking parking;

    WriterWaitStrategy(final Parking parking) {
        this.parking = parking;
    }

    @Override
    public long waitFor(
            final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier) {
        return dependent.get();
    }

    @Override
    public void signalAllWhenBlocking() {
        parking.signal();
    }
}

package io.tallymark.engine;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import io.tallymark.journal.FrameWriter;
import io.tallymark.ledger.Ledger;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyEncoder;
import io.tallymark.protocol.ResultCode;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writer: takes commands in the order of the ring, stamps sequence and engine time, lets the ledger decide, puts
 * command and outcome into the frame of this batch and the reply beside it. A batch is sealed – its frame appended, its
 * replies handed to the durability thread – as soon as the force before it has ended, or when it is full: nothing
 * lingers, and while one batch is being forced the next one grows.
 *
 * <p>A plain single-threaded object: the writer thread drives it, a simulation may.
 */
final class WriterStage implements PipelineThread.Stage {
    static final int MIN_REPLY_BLOCK_BYTES = 256 * 1024;

    /** Commands whose cells are touched together before they are applied, so that their cache misses overlap. */
    private static final int TOUCH_AHEAD = 64;

    private static final int MAX_COMMANDS_A_ROUND = 1_024;

    /** More than the fixed part of a record and its outcome can take, see docs/journal.md. */
    private static final int MAX_RECORD_FIXED_BYTES = 512;

    private static final int MAX_PROGRAMS_REPLY_BYTES = 128 * 1024;

    private final RingBuffer<Command> ring;
    private final SequenceBarrier barrier;
    private final Sequence consumed;
    private final Ledger ledger;
    private final FrameWriter frames;
    private final int maxFrameBytes;
    private final Durability durability;
    private final EngineClock clock;
    private final long tickIntervalMs;
    private final boolean ticks;
    private final BatchExchange exchange;
    private final LargeBuffers largeBuffers;
    private final Quarantine quarantine;
    private final EngineCounters counters;
    private final ReplyEncoder replyEncoder = new ReplyEncoder();
    private final Outcome outcome = new Outcome();
    private final Command tick = new Command();

    private Batch batch;
    private boolean frameOpen;
    private volatile boolean clockBelieved;

    WriterStage(
            final EngineOptions options,
            final RingBuffer<Command> ring,
            final Ledger ledger,
            final FrameWriter frames,
            final EngineClock clock,
            final BatchExchange exchange,
            final LargeBuffers largeBuffers,
            final Quarantine quarantine,
            final EngineCounters counters) {
        this.ring = ring;
        this.barrier = ring.newBarrier();
        this.consumed = new Sequence(ring.getCursor());
        this.ledger = ledger;
        this.frames = frames;
        this.maxFrameBytes = options.journal().maxFrameBytes();
        this.durability = options.journal().durability();
        this.clock = clock;
        this.clockBelieved = clock.isBelieved();
        this.tickIntervalMs = options.tickIntervalMs();
        this.ticks = !quarantine.holdsTick();
        this.exchange = exchange;
        this.largeBuffers = largeBuffers;
        this.quarantine = quarantine;
        this.counters = counters;
        ring.addGatingSequences(consumed);
    }

    @Override
    public int doWork() throws Exception {
        final long next = consumed.get() + 1;
        final long published = barrier.waitFor(next);
        int work = 0;
        if (published >= next) {
            work = applyUpTo(Math.min(published, next + MAX_COMMANDS_A_ROUND - 1), next);
        } else if (batch == null) {
            work = idle();
        }
        if (batch != null && exchange.isDurabilityIdle()) {
            seal();
            work++;
        }
        return work;
    }

    @Override
    public boolean isDone() {
        return batch == null && consumed.get() == ring.getCursor();
    }

    /** Whether the clock was believed when the writer last looked at it; any thread. */
    boolean isClockBelieved() {
        return clockBelieved;
    }

    private int applyUpTo(final long last, final long first) throws Exception {
        long next = first;
        while (next <= last) {
            if (batch == null && !openBatch()) {
                // Before touching: what cannot be applied now would be touched again in every round until it can.
                return (int) (next - first);
            }
            final long chunkEnd = Math.min(last, next + TOUCH_AHEAD - 1);
            for (long s = next; s <= chunkEnd; s++) {
                ledger.touch(ring.get(s));
            }
            while (next <= chunkEnd) {
                final Command command = ring.get(next);
                if (!makeRoomFor(command)) {
                    consumed.set(next - 1);
                    return (int) (next - first);
                }
                decide(command);
                next++;
            }
            consumed.set(chunkEnd);
        }
        return (int) (next - first);
    }

    /** Opens or changes the batch so that the command's record and reply fit; false when no batch is free. */
    private boolean makeRoomFor(final Command command) throws Exception {
        final int replyBytes = command.type() == CommandType.LIST_PROGRAMS
                ? MAX_PROGRAMS_REPLY_BYTES
                : ReplyEncoder.maxReplyBytes(command.type());
        if (batch != null
                && (!batch.replies().hasRoomFor(replyBytes)
                        || frameOpen
                                && frames.bytes() + command.bytesLength() + MAX_RECORD_FIXED_BYTES > maxFrameBytes)) {
            seal();
        }
        return batch != null || openBatch();
    }

    /** Takes a free batch and gives it its time; false when there is none. */
    private boolean openBatch() {
        batch = exchange.tryOpen();
        if (batch == null) {
            return false;
        }
        clockBelieved = clock.advance();
        if (clockBelieved && isTickDue(clock.timeMs())) {
            apply(tick.reset(CommandType.TICK).eventTimeMs(clock.timeMs()));
        }
        return true;
    }

    /** Without commands: keeps the belief in the clock, and the journal's time, up to date. */
    private int idle() {
        // Followed also in silence, which is no jump however long it lasts.
        clockBelieved = clock.advance();
        return clockBelieved && isTickDue(clock.timeMs()) && openBatch() ? 1 : 0;
    }

    /** Queries move the clock and journal nothing: only the ledger knows how old the journal's time is. */
    private boolean isTickDue(final long nowMs) {
        return ticks && ledger.lastSequence() > 0 && nowMs - ledger.engineTimeMs() >= tickIntervalMs;
    }

    private void decide(final Command command) {
        final CommandType type = command.type();
        if (type == CommandType.NONE) {
            giveBackBuffer(command);
            return;
        }
        if (type == CommandType.LIST_PROGRAMS) {
            replyPrograms(command);
        } else if (type.changesState() && !clockBelieved) {
            refuse(command, ResultCode.CLOCK_UNCONFIRMED);
        } else if (quarantine.holds(command)) {
            refuse(command, ResultCode.QUARANTINED);
        } else {
            apply(command);
            final ReplyBlock replies = batch.replies();
            endReply(
                    command,
                    replyEncoder.encodeOutcome(
                            command, outcome, durability, replies.buffer(), replies.messageOffset()));
        }
        giveBackBuffer(command);
    }

    private void apply(final Command command) {
        outcome.reset();
        final long timeMs = clock.timeMs();
        try {
            ledger.apply(command, ledger.lastSequence() + 1, timeMs, outcome);
        } catch (final RuntimeException | AssertionError e) {
            throw quarantine.store(command, e);
        }
        counters.onDecided(outcome);
        if (!outcome.journaled) {
            return;
        }
        if (!frameOpen) {
            frames.begin(timeMs);
            frameOpen = true;
        }
        if (!frames.add(command, outcome)) {
            throw new IllegalStateException(
                    "record " + outcome.sequence + " does not fit a frame of " + frames.bytes() + " bytes");
        }
    }

    private void refuse(final Command command, final ResultCode code) {
        final ReplyBlock replies = batch.replies();
        endReply(
                command,
                replyEncoder.encodeError(
                        command.correlationId(),
                        code,
                        1_000,
                        code.meaning(),
                        replies.buffer(),
                        replies.messageOffset()));
    }

    private void replyPrograms(final Command command) {
        final ReplyBlock replies = batch.replies();
        endReply(
                command,
                replyEncoder.encodePrograms(
                        command.correlationId(),
                        ledger.lastSequence(),
                        durability,
                        ProgramSummaries.of(ledger),
                        replies.buffer(),
                        replies.messageOffset()));
    }

    private void endReply(final Command command, final int length) {
        batch.replies().endEntry(command.replyTo(), length);
    }

    private void giveBackBuffer(final Command command) {
        final UnsafeBuffer lent = command.takeBack();
        if (lent != null) {
            largeBuffers.giveBack(lent);
        }
    }

    private void seal() throws Exception {
        if (frameOpen) {
            frames.end();
            frameOpen = false;
        }
        batch.lastSequence(ledger.lastSequence());
        counters.onBatch();
        exchange.hand(batch);
        batch = null;
    }

    /** A record of the largest command fits an empty frame: checked once, where the sizes meet. */
    static void checkSizes(final EngineOptions options) {
        final int needed = Limits.MAX_COMMAND_BYTES + 2 * MAX_RECORD_FIXED_BYTES;
        if (options.journal().maxFrameBytes() < needed) {
            throw new IllegalArgumentException("a frame must hold the largest command: " + needed + " bytes, not "
                    + options.journal().maxFrameBytes());
        }
    }
}

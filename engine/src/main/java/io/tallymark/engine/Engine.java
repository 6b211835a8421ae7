package io.tallymark.engine;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.tallymark.journal.DataFolder;
import io.tallymark.journal.Journal;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.StateHash;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ProgramSummary;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The pipeline, top to bottom: commands in a Disruptor ring, one writer that applies and journals them, one durability
 * thread that forces the journal and lets the replies go.
 *
 * <pre>
 *  event loops ──claim, fill, publish──▶ ring ──▶ WriterStage ──frames──▶ Journal
 *       ▲                                            │ batches               ▲ force
 *       └────────────── ReplySink ◀── DurabilityStage ◀──────────────────────┘
 * </pre>
 *
 * <p>{@link #open} recovers, {@link #start} begins to serve. The methods about commands may be called by any thread.
 */
public final class Engine implements AutoCloseable {
    private final EngineOptions options;
    private final DataFolder folder;
    private final Recovery.Result recovered;
    private final Journal journal;
    private final Quarantine quarantine;
    private final RingBuffer<Command> ring;
    private final LargeBuffers largeBuffers;
    private final Parking writerParking = new Parking();
    private final Parking durabilityParking = new Parking();
    private final EngineCounters counters = new EngineCounters();
    private final FailStop failStop;
    private final LongSupplier clockMs;
    private final long clockJumpMs;
    private WriterStage writerStage;
    private PipelineThread writer;
    private PipelineThread durability;
    private volatile boolean admitting;

    private Engine(
            final EngineOptions options,
            final DataFolder folder,
            final Recovery.Result recovered,
            final Journal journal,
            final Quarantine quarantine,
            final LongSupplier clockMs,
            final FailStop failStop) {
        this.options = options;
        this.folder = folder;
        this.recovered = recovered;
        this.journal = journal;
        this.quarantine = quarantine;
        this.clockMs = clockMs;
        this.failStop = failStop;
        this.ring = RingBuffer.createMultiProducer(
                Command::new, options.ringSlots(), new WriterWaitStrategy(writerParking));
        final long lastMs = recovered.ledger().engineTimeMs();
        this.clockJumpMs = lastMs == 0 ? 0 : clockMs.getAsLong() - lastMs;
        this.largeBuffers = new LargeBuffers(options.largeBuffers());
    }

    /**
     * Takes the data folder, re-executes its journal and opens the next epoch. Nothing is served yet.
     *
     * @param progress hears of a long recovery
     * @throws io.tallymark.journal.JournalException if the folder is taken or the journal is damaged where it counts
     * @throws ReplayException if re-execution leads to another outcome than the journal's
     */
    public static Engine open(
            final Path dataFolder,
            final EngineOptions options,
            final LongSupplier clockMs,
            final FailStop failStop,
            final Recovery.Progress progress)
            throws IOException {
        WriterStage.checkSizes(options);
        final DataFolder folder = DataFolder.lock(dataFolder);
        try {
            final Quarantine quarantine = Quarantine.load(folder.quarantine());
            final Recovery.Result recovered = Recovery.run(dataFolder, options.ledger(), progress);
            final Journal journal = Journal.start(
                    folder, options.journal(), recovered.end(), recovered.seedHigh(), recovered.seedLow());
            return new Engine(options, folder, recovered, journal, quarantine, clockMs, failStop);
        } catch (final IOException | RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /** Starts the two threads; replies go to the sink. */
    public void start(final ReplySink sink) {
        final BatchExchange exchange =
                new BatchExchange(options.replyBlocks(), options.replyBlockBytes(), writerParking, durabilityParking);
        final Ledger ledger = recovered.ledger();
        final EngineClock clock =
                new EngineClock(clockMs, options.maxClockJumpMs(), ledger.engineTimeMs(), options.acceptClockJump());
        writerStage = new WriterStage(
                options, ring, ledger, journal.frames(), clock, exchange, largeBuffers, quarantine, counters);
        final DurabilityStage durabilityStage =
                new DurabilityStage(journal, exchange, options.replyBlocks(), sink, counters);
        durability = new PipelineThread("tallymark-durability", durabilityStage, durabilityParking, failStop);
        writer = new PipelineThread("tallymark-writer", writerStage, writerParking, failStop);
        durability.start();
        writer.start();
        admitting = true;
    }

    /**
     * Claims slots for commands that are admitted together. Each must be filled and then published.
     *
     * @return the first slot, or a negated number of {@link ResultCode}: BUSY or SHUTTING_DOWN
     */
    public long tryClaim(final int count) {
        if (!admitting) {
            return -ResultCode.SHUTTING_DOWN.number();
        }
        try {
            return ring.tryNext(count) - count + 1;
        } catch (final InsufficientCapacityException e) {
            return -ResultCode.BUSY.number();
        }
    }

    /** What a command would meet now: ACCEPTED where it would be decided, SHUTTING_DOWN or CLOCK_UNCONFIRMED. */
    public ResultCode admission() {
        if (!admitting) {
            return ResultCode.SHUTTING_DOWN;
        }
        return writerStage.isClockBelieved() ? ResultCode.ACCEPTED : ResultCode.CLOCK_UNCONFIRMED;
    }

    /** The command of a claimed slot. */
    public Command slot(final long slot) {
        return ring.get(slot);
    }

    /** Publishes claimed slots; those to be skipped carry {@link io.tallymark.protocol.CommandType#NONE}. */
    public void publish(final long first, final int count) {
        ring.publish(first, first + count - 1);
    }

    /** A buffer to lend to a large command, which the writer takes back; null when all are in use. */
    public UnsafeBuffer tryBorrow() {
        return largeBuffers.tryBorrow();
    }

    /** Returns a buffer that was borrowed and not published with a command. */
    public void giveBack(final UnsafeBuffer buffer) {
        largeBuffers.giveBack(buffer);
    }

    /** What was found at the start. */
    public Recovery.Result recovered() {
        return recovered;
    }

    /** The programs in force at the end of recovery; before {@link #start} only. */
    public List<ProgramSummary> recoveredPrograms() {
        return ProgramSummaries.of(recovered.ledger());
    }

    /** The state hash at the end of recovery; scans all state, before {@link #start} only. */
    public StateHash recoveredStateHash() {
        return recovered.ledger().stateHash();
    }

    /** Commands in quarantine, each refused. */
    public int quarantined() {
        return quarantine.size();
    }

    /** How far the clock stood from the journal's last engine time at the start, in milliseconds; negative: behind. */
    public long clockJumpMs() {
        return clockJumpMs;
    }

    /** What every reply promises. */
    public Durability durability() {
        return options.journal().durability();
    }

    /** What it did since it started; any thread. */
    public EngineCounters counters() {
        return counters;
    }

    /** Admits nothing more; what is admitted is still decided, made durable and answered. */
    public void stopAdmission() {
        admitting = false;
    }

    /** Waits until everything admitted is durable and its replies are with the sink, then ends the threads. */
    public void drain() throws InterruptedException {
        stopAdmission();
        if (writer != null) {
            writer.stopWhenIdle();
            durability.stopWhenIdle();
            writer = null;
        }
    }

    /**
     * Drains, closes the journal cleanly and gives the data folder back.
     *
     * @throws IOException if this thread was interrupted while the engine drained: its threads may still write, so the
     *                     folder stays locked; close again
     */
    @Override
    public void close() throws IOException {
        try {
            drain();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the engine was draining; the data folder stays locked", e);
        }
        try {
            journal.close();
        } finally {
            folder.close();
        }
    }
}

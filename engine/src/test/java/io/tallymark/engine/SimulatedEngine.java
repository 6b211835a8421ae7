package io.tallymark.engine;

import com.lmax.disruptor.RingBuffer;
import io.tallymark.journal.Journal;
import io.tallymark.journal.JournalEnd;
import io.tallymark.journal.JournalReader;
import io.tallymark.journal.MemoryFrameLogs;
import io.tallymark.ledger.Ledger;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyDecoder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The stages of an engine on one thread and on logs in memory, recovered from what those logs hold. */
final class SimulatedEngine {
    private final List<Reply> replies = new ArrayList<>();
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final RingBuffer<Command> ring;
    private final WriterStage writer;
    private final DurabilityStage durability;
    private final LargeBuffers largeBuffers;

    SimulatedEngine(final MemoryFrameLogs logs, final long seed) throws Exception {
        this(logs, seed, System::currentTimeMillis);
    }

    SimulatedEngine(final MemoryFrameLogs logs, final long seed, final LongSupplier clockMs) throws Exception {
        this(logs, seed, clockMs, false);
    }

    SimulatedEngine(
            final MemoryFrameLogs logs, final long seed, final LongSupplier clockMs, final boolean acceptClockJump)
            throws Exception {
        final EngineOptions options = EngineHarness.options();
        final Ledger ledger;
        final Journal journal;
        try (JournalReader reader = JournalReader.open(logs)) {
            final long seedHigh = reader.isEmpty() ? seed : reader.seedHigh();
            final long seedLow = reader.isEmpty() ? ~seed : reader.seedLow();
            ledger = new Ledger(options.ledger(), seedHigh, seedLow);
            Replay.run(reader, ledger, Replay.TO_THE_END, Replay.Listener.NONE);
            final JournalEnd end = reader.end();
            journal = Journal.start(logs, options.journal(), end, seedHigh, seedLow);
        }
        final Parking nobody = new Parking();
        final EngineCounters counters = new EngineCounters();
        final BatchExchange exchange =
                new BatchExchange(options.replyBlocks(), options.replyBlockBytes(), nobody, nobody);
        largeBuffers = new LargeBuffers(2);
        ring = RingBuffer.createMultiProducer(Command::new, options.ringSlots(), new WriterWaitStrategy(nobody));
        writer = new WriterStage(
                options,
                ring,
                ledger,
                journal.frames(),
                new EngineClock(clockMs, options.maxClockJumpMs(), ledger.engineTimeMs(), acceptClockJump),
                exchange,
                largeBuffers,
                Quarantine.load(Files.createTempDirectory("none").resolve("absent")),
                counters);
        durability = new DurabilityStage(journal, exchange, options.replyBlocks(), this::collect, counters);
    }

    private void collect(final ReplyBlock block) {
        block.retain(1);
        for (int at = 0; at < block.limit(); at = block.next(at)) {
            final Reply reply = new Reply();
            decoder.decode(block.buffer(), at + ReplyBlock.ENTRY_HEADER_BYTES, block.messageLength(at), reply);
            replies.add(reply);
        }
        block.release();
    }

    /** Replies so far, in their order. */
    List<Reply> replies() {
        return replies;
    }

    void submit(final Consumer<Command> fill) {
        final long slot = ring.next();
        fill.accept(ring.get(slot));
        ring.publish(slot);
    }

    void publishMima() throws Exception {
        final Consumer<Command> publication = EngineHarness.mimaPublication();
        submit(c -> {
            c.lend(largeBuffers.tryBorrow());
            publication.accept(c);
        });
        settle();
        replies.clear();
    }

    /** One round of the writer; 0: it found nothing to do. */
    int stepWriter() throws Exception {
        return writer.doWork();
    }

    boolean isClockBelieved() {
        return writer.isClockBelieved();
    }

    void stepDurability() throws Exception {
        durability.doWork();
    }

    /** Steps until nothing is left to do. */
    void settle() throws Exception {
        while (!writer.isDone() || !durability.isDone()) {
            writer.doWork();
            durability.doWork();
        }
    }
}

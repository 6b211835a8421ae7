package io.tallymark.engine;

import io.tallymark.journal.JournalOptions;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyDecoder;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** An engine on a real journal, driven through its ring; replies are collected in the order in which they came. */
final class EngineHarness implements AutoCloseable {
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final Engine engine;

    private EngineHarness(final Engine engine) {
        this.engine = engine;
    }

    static EngineOptions options() {
        return EngineOptions.of(
                new LedgerOptions(10_000, 1_000_000, 10_000_000),
                new JournalOptions(Durability.FSYNC, 64 * 1024 * 1024, 512 * 1024));
    }

    static EngineHarness open(final Path folder) throws IOException {
        return open(folder, options());
    }

    static EngineHarness open(final Path folder, final EngineOptions options) throws IOException {
        final AtomicReference<EngineHarness> self = new AtomicReference<>();
        final Engine engine = Engine.open(
                folder,
                options,
                System::currentTimeMillis,
                (message, cause) -> self.get().failure.set(cause),
                records -> {});
        final EngineHarness harness = new EngineHarness(engine);
        self.set(harness);
        return harness;
    }

    EngineHarness start() {
        engine.start(this::collect);
        return this;
    }

    /** Starts with a sink of the test's own. */
    EngineHarness start(final ReplySink sink) {
        engine.start(sink);
        return this;
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

    Engine engine() {
        return engine;
    }

    Throwable failure() {
        return failure.get();
    }

    /** Publishes one command; the refusal's negative number if the ring is full, else its slot. */
    long trySubmit(final Consumer<Command> fill) {
        final long slot = engine.tryClaim(1);
        if (slot >= 0) {
            fill.accept(engine.slot(slot));
            engine.publish(slot, 1);
        }
        return slot;
    }

    void submit(final Consumer<Command> fill) {
        while (trySubmit(fill) < 0) {
            Thread.onSpinWait();
        }
    }

    Reply next() throws InterruptedException {
        final Reply reply = replies.poll(30, TimeUnit.SECONDS);
        if (reply == null) {
            throw new AssertionError("no reply within 30 s; failure: " + failure.get());
        }
        return reply;
    }

    Reply call(final Consumer<Command> fill) throws InterruptedException {
        submit(fill);
        return next();
    }

    void publishMima() throws InterruptedException {
        final UnsafeBuffer buffer = engine.tryBorrow();
        final Consumer<Command> publication = mimaPublication();
        call(c -> {
            c.lend(buffer);
            publication.accept(c);
        });
    }

    /** A program with a multiplier on its second tier. */
    static Consumer<Command> mimaPublication() {
        final byte[] compiled = CompiledProgram.builder("mima")
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(CompiledProgram.UNLIMITED)
                .keyDays(CompiledProgram.FOREVER)
                .baseRate(1, 100)
                .expiry(Expiry.never())
                .debtLimitPoints(100_000)
                .addTier("normal", 100, 1_000_000)
                .addTier("supreme", 500_000, 1_500_000)
                .build()
                .encode();
        return c -> c.reset(CommandType.PUBLISH_PROGRAM)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "test")
                .put(VarField.DOCUMENT_ID, "publish-1")
                .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length);
    }

    static Consumer<Command> accrual(final String documentId, final long memberId, final long amountMinor) {
        return c -> c.reset(CommandType.ACCRUE)
                .correlationId(documentId.hashCode())
                .memberId(memberId)
                .amountMinor(amountMinor)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos-1")
                .put(VarField.DOCUMENT_ID, documentId);
    }

    static Consumer<Command> redemption(final String documentId, final long memberId, final long points) {
        return c -> c.reset(CommandType.REDEEM)
                .memberId(memberId)
                .points(points)
                .put(VarField.PROGRAM, "mima")
                .put(VarField.SOURCE, "pos-1")
                .put(VarField.DOCUMENT_ID, documentId);
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}

package io.tallymark.server.load;

import io.tallymark.gateway.CommandPort;
import io.tallymark.gateway.Gateway;
import io.tallymark.gateway.GatewayOptions;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.ProgramView;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ProgramSummary;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyEncoder;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A real gateway and a real ledger without a journal between them: what is published is applied at once, on the event
 * loop, and answered by a thread of its own: a loop that delivered to itself would wait for ever once its queue is full.
 * The loader cannot tell it from a server.
 */
final class LedgerServer implements CommandPort, AutoCloseable {
    private static final int SLOTS = 1 << 12;

    private final Ledger ledger = new Ledger(new LedgerOptions(1_000, 1_000_000, 1_000_000), 1, 2);
    private final Command[] slots = new Command[SLOTS];
    private final Deque<UnsafeBuffer> buffers = new ArrayDeque<>();
    private final Outcome outcome = new Outcome();
    private final ReplyEncoder encoder = new ReplyEncoder();
    private final ExecutorService delivery = Executors.newSingleThreadExecutor();
    private final Gateway gateway;
    private long claimed;
    private int framesTaken;
    private int refusals;
    private ResultCode refuseWith;

    LedgerServer(final CompiledProgram program) throws IOException {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Command();
        }
        for (int i = 0; i < 16; i++) {
            buffers.add(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        }
        final byte[] compiled = program.encode();
        final Command publication = new Command();
        publication.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        ledger.apply(
                publication
                        .reset(CommandType.PUBLISH_PROGRAM)
                        .put(VarField.PROGRAM, program.name())
                        .put(VarField.SOURCE, "test")
                        .put(VarField.DOCUMENT_ID, "p")
                        .put(VarField.COMPILED_PROGRAM, new UnsafeBuffer(compiled), 0, compiled.length),
                1,
                System.currentTimeMillis(),
                outcome);
        gateway = Gateway.start(GatewayOptions.onLoopback(), this);
    }

    String address() {
        return "127.0.0.1:" + gateway.binaryAddress().getPort();
    }

    /** After the first frame, which asks for the programs, so many are refused. */
    synchronized void refuse(final int frames, final ResultCode with) {
        refusals = frames;
        refuseWith = with;
    }

    synchronized ProgramView program() {
        return ledger.program(0);
    }

    synchronized long lastSequence() {
        return ledger.lastSequence();
    }

    @Override
    public synchronized long tryClaim(final int count) {
        if (refusals > 0 && framesTaken > 0) {
            refusals--;
            return -refuseWith.number();
        }
        final long first = claimed;
        claimed += count;
        framesTaken++;
        return first;
    }

    @Override
    public Command slot(final long slot) {
        return slots[(int) (slot & SLOTS - 1)];
    }

    @Override
    public synchronized UnsafeBuffer tryBorrow() {
        return buffers.poll();
    }

    @Override
    public synchronized void giveBack(final UnsafeBuffer buffer) {
        buffers.add(buffer);
    }

    @Override
    public synchronized void publish(final long first, final int count) {
        // Replies without rows are short; the last one may be the longest there is.
        final ReplyBlock block = new ReplyBlock(count * 512 + 2 * ReplyEncoder.MAX_REPLY_BYTES, () -> {});
        for (long slot = first; slot < first + count; slot++) {
            final Command command = slot(slot);
            if (command.type() != CommandType.NONE) {
                final int length = answer(command, block);
                block.endEntry(command.replyTo(), length);
            }
            final UnsafeBuffer lent = command.takeBack();
            if (lent != null) {
                buffers.add(lent);
            }
        }
        delivery.execute(() -> gateway.deliver(block));
    }

    private int answer(final Command command, final ReplyBlock block) {
        if (command.type() == CommandType.LIST_PROGRAMS) {
            final List<ProgramSummary> programs = new ArrayList<>();
            for (int i = 0; i < ledger.programCount(); i++) {
                final ProgramView p = ledger.program(i);
                programs.add(new ProgramSummary(p.id(), p.version(), 0, 0, p.members()));
            }
            return encoder.encodePrograms(
                    command.correlationId(),
                    ledger.lastSequence(),
                    Durability.PAGE_CACHE,
                    programs,
                    block.buffer(),
                    block.messageOffset());
        }
        final long timeMs = Math.max(System.currentTimeMillis(), ledger.engineTimeMs());
        ledger.apply(command, ledger.lastSequence() + 1, timeMs, outcome);
        return encoder.encodeOutcome(command, outcome, Durability.PAGE_CACHE, block.buffer(), block.messageOffset());
    }

    @Override
    public void close() {
        gateway.close();
        delivery.shutdown();
    }
}

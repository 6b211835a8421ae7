package io.tallymark.gateway;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine without a ledger: a thread takes what was published and answers each command with its member as points.
 * Shared state is guarded by this object, since several event loops may call.
 */
public final class FakePort implements CommandPort {
    private static final List<ProgramSummary> PROGRAMS =
            List.of(new ProgramSummary("mima", 3, 0xAB, 0xCD, 42), new ProgramSummary("svip", 1, -1, 7, 0));
    private static final int SLOTS = 1 << 14;
    private static final int BLOCKS = 8;
    private static final int BLOCK_BYTES = 64 * 1024;

    final List<String> documents = new ArrayList<>();
    public final AtomicInteger blocksFree = new AtomicInteger(BLOCKS);
    /** What each command leads to, beside the sequence; may be replaced. */
    public volatile BiConsumer<Command, Outcome> ledger = FakePort::memberAsPoints;

    public volatile ResultCode refuseWith;
    public volatile boolean throwOnSlot;

    private final Command[] slots = new Command[SLOTS];
    private final boolean[] published = new boolean[SLOTS];
    private final Deque<UnsafeBuffer> buffers = new ArrayDeque<>();
    private final BlockingQueue<ReplyBlock> free = new LinkedBlockingQueue<>();
    private final Thread worker = new Thread(this::work, "fake-engine");
    private final int buffersInAll;
    private Gateway gateway;
    private long claimed;
    private long taken;
    private boolean held;
    private boolean ended;

    public FakePort(final int largeBuffers) {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Command();
        }
        for (int i = 0; i < largeBuffers; i++) {
            buffers.add(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        }
        buffersInAll = largeBuffers;
        for (int i = 0; i < BLOCKS; i++) {
            final ReplyBlock[] self = new ReplyBlock[1];
            self[0] = new ReplyBlock(BLOCK_BYTES, () -> {
                blocksFree.incrementAndGet();
                free.add(self[0]);
            });
            free.add(self[0]);
        }
    }

    public void serve(final Gateway target) {
        gateway = target;
        worker.start();
    }

    /** While held nothing is answered. */
    public synchronized void hold(final boolean value) {
        held = value;
        notifyAll();
    }

    public synchronized boolean allBuffersBack() {
        return buffers.size() == buffersInAll;
    }

    public synchronized long unpublished() {
        long count = 0;
        for (long slot = taken; slot < claimed; slot++) {
            count += published[(int) (slot & SLOTS - 1)] ? 0 : 1;
        }
        return count;
    }

    public synchronized List<String> documents() {
        return List.copyOf(documents);
    }

    public synchronized long claimed() {
        return claimed;
    }

    @Override
    public synchronized long tryClaim(final int count) {
        if (refuseWith != null) {
            return -refuseWith.number();
        }
        if (claimed + count - taken > SLOTS) {
            return -ResultCode.BUSY.number();
        }
        final long first = claimed;
        claimed += count;
        return first;
    }

    @Override
    public Command slot(final long slot) {
        if (throwOnSlot) {
            throwOnSlot = false;
            throw new IllegalStateException("thrown on purpose by the test");
        }
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
        for (long slot = first; slot < first + count; slot++) {
            if (published[(int) (slot & SLOTS - 1)]) {
                throw new IllegalStateException("published twice");
            }
            published[(int) (slot & SLOTS - 1)] = true;
        }
        notifyAll();
    }

    public void close() throws InterruptedException {
        synchronized (this) {
            ended = true;
            held = false;
            notifyAll();
        }
        worker.join();
    }

    private void work() {
        try {
            while (batch()) {
                // Goes on until closed.
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean batch() throws InterruptedException {
        final ReplyBlock block = free.take();
        blocksFree.decrementAndGet();
        block.clear();
        final boolean more;
        synchronized (this) {
            while (!ended && (held || !(taken < claimed && published[(int) (taken & SLOTS - 1)]))) {
                wait();
            }
            final ReplyEncoder encoder = new ReplyEncoder();
            while (taken < claimed
                    && published[(int) (taken & SLOTS - 1)]
                    && block.hasRoomFor(ReplyEncoder.MAX_REPLY_BYTES)) {
                final int i = (int) (taken & SLOTS - 1);
                published[i] = false;
                answer(slots[i], block, encoder);
                final UnsafeBuffer lent = slots[i].takeBack();
                if (lent != null) {
                    buffers.add(lent);
                }
                taken++;
            }
            more = !ended || taken < claimed;
        }
        gateway.deliver(block);
        return more;
    }

    private void answer(final Command command, final ReplyBlock block, final ReplyEncoder encoder) {
        if (command.type() == CommandType.NONE) {
            return;
        }
        documents.add(command.text(VarField.DOCUMENT_ID));
        final Outcome outcome = new Outcome();
        outcome.reset();
        outcome.code = ResultCode.ACCEPTED;
        outcome.sequence = taken + 1;
        ledger.accept(command, outcome);
        final int length = command.type() == CommandType.LIST_PROGRAMS
                ? encoder.encodePrograms(
                        command.correlationId(), 5, Durability.FSYNC, PROGRAMS, block.buffer(), block.messageOffset())
                : encoder.encodeOutcome(command, outcome, Durability.FSYNC, block.buffer(), block.messageOffset());
        block.endEntry(command.replyTo(), length);
    }

    private static void memberAsPoints(final Command command, final Outcome outcome) {
        outcome.points = command.memberId();
    }
}

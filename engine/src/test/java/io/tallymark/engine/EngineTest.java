package io.tallymark.engine;

import static io.tallymark.engine.EngineHarness.accrual;
import static io.tallymark.engine.EngineHarness.redemption;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.JournalException;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.ledger.StateHash;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyDecoder;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EngineTest {
    @TempDir
    Path folder;

    @Test
    void earnsSpendsAndAnswersAgain() throws Exception {
        try (EngineHarness engine = EngineHarness.open(folder).start()) {
            engine.publishMima();
            final Reply earned = engine.call(accrual("o-1", 42, 12_345));
            assertEquals(ResultCode.ACCEPTED, earned.code);
            assertEquals(123, earned.points);
            assertEquals(2, earned.sequence);
            final Reply again = engine.call(accrual("o-1", 42, 12_345));
            assertTrue(again.replayed);
            assertEquals(2, again.sequence);
            assertEquals(ResultCode.IDEMPOTENCY_CONFLICT, engine.call(accrual("o-1", 42, 12_346)).code);
            assertEquals(ResultCode.ACCEPTED, engine.call(redemption("r-1", 42, 100)).code);
            assertEquals(ResultCode.INSUFFICIENT_POINTS, engine.call(redemption("r-2", 42, 24)).code);
            final Reply member = engine.call(
                    c -> c.reset(CommandType.QUERY_MEMBER).memberId(42).put(VarField.PROGRAM, "mima"));
            assertEquals(23, member.availablePoints);
            assertEquals("normal", member.tier());
            final Reply programs = engine.call(c -> c.reset(CommandType.LIST_PROGRAMS));
            assertEquals("mima", programs.programs.get(0).program());
            assertEquals(1, programs.programs.get(0).members());
            assertNull(engine.failure());
        }
    }

    @Test
    void aRestartKnowsEverythingThatWasAnswered() throws Exception {
        final int orders = 20_000;
        final List<Reply> before = new ArrayList<>();
        try (EngineHarness engine = EngineHarness.open(folder).start()) {
            engine.publishMima();
            for (int i = 0; i < orders; i++) {
                engine.submit(accrual("o-" + i, 1 + i % 997, 100 + i));
            }
            for (int i = 0; i < orders; i++) {
                before.add(engine.next());
            }
        }
        final StateHash hash;
        try (EngineHarness engine = EngineHarness.open(folder)) {
            assertEquals(orders + 1, engine.engine().recovered().records());
            hash = engine.engine().recoveredStateHash();
            engine.start();
            for (int i = 0; i < orders; i++) {
                engine.submit(accrual("o-" + i, 1 + i % 997, 100 + i));
            }
            for (int i = 0; i < orders; i++) {
                final Reply again = engine.next();
                assertTrue(again.replayed);
                assertEquals(before.get(i).sequence, again.sequence);
                assertEquals(before.get(i).points, again.points);
            }
        }
        try (EngineHarness engine = EngineHarness.open(folder)) {
            assertEquals(hash, engine.engine().recoveredStateHash());
            assertEquals(orders + 1, engine.engine().recovered().end().lastSequence(), "replays take no sequence");
        }
    }

    @Test
    void manyProducersGetOneOrderAndNoReplyBeforeItsForce() throws Exception {
        final int producers = 4;
        final int each = 20_000;
        final Set<Long> sequences = new HashSet<>();
        final AtomicLong last = new AtomicLong();
        final CountDownLatch all = new CountDownLatch(producers * each);
        try (EngineHarness engine = EngineHarness.open(folder).start()) {
            engine.publishMima();
            engine.engine().drain();
        }
        try (EngineHarness engine = EngineHarness.open(folder)) {
            final var decoder = new ReplyDecoder();
            final Reply reply = new Reply();
            final List<String> faults = new ArrayList<>();
            engine.start(block -> {
                block.retain(1);
                for (int at = 0; at < block.limit(); at = block.next(at)) {
                    decoder.decode(block.buffer(), at + ReplyBlock.ENTRY_HEADER_BYTES, block.messageLength(at), reply);
                    if (reply.sequence <= last.get()) {
                        faults.add("sequence " + reply.sequence + " after " + last.get());
                    }
                    if (reply.sequence > engine.engine().counters().durableSequence()) {
                        faults.add("sequence " + reply.sequence + " answered before it was durable");
                    }
                    last.set(reply.sequence);
                    sequences.add(reply.sequence);
                    all.countDown();
                }
                block.release();
            });
            final List<Thread> threads = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                final int producer = p;
                final Thread thread = new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        engine.submit(accrual("p" + producer + "-" + i, 1 + i % 100, 100));
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            assertTrue(all.await(60, TimeUnit.SECONDS), () -> "missing " + all.getCount());
            assertEquals(List.of(), faults);
            assertEquals(producers * each, sequences.size());
            assertEquals(producers * each + 1L, last.get());
        }
    }

    @Test
    void fullIsAnAnswerAndEndsWhenRepliesAreTakenAway() throws Exception {
        final List<ReplyBlock> kept = new ArrayList<>();
        final AtomicLong keep = new AtomicLong(1);
        try (EngineHarness engine = EngineHarness.open(folder).start()) {
            engine.publishMima();
        }
        try (EngineHarness engine = EngineHarness.open(folder)) {
            engine.start(block -> {
                block.retain(1);
                synchronized (kept) {
                    kept.add(block);
                    if (keep.get() == 0) {
                        kept.forEach(ReplyBlock::release);
                        kept.clear();
                    }
                }
            });
            int i = 0;
            long slot;
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            do {
                slot = engine.trySubmit(accrual("o-" + i++, 1, 100));
                assertTrue(System.nanoTime() < deadlineNs, "the engine never got full");
            } while (slot >= 0);
            assertEquals(-ResultCode.BUSY.number(), slot);
            synchronized (kept) {
                keep.set(0);
                kept.forEach(ReplyBlock::release);
                kept.clear();
            }
            while (engine.trySubmit(accrual("o-" + i, 1, 100)) < 0) {
                assertTrue(System.nanoTime() < deadlineNs, "the engine stayed full");
                LockSupport.parkNanos(100_000);
            }
            engine.engine().drain();
            assertNull(engine.failure());
        }
        try (EngineHarness engine = EngineHarness.open(folder)) {
            assertTrue(engine.engine().recovered().records()
                    > EngineHarness.options().ringSlots());
        }
    }

    @Test
    void aLargeOrderTravelsInALentBufferThatComesBack() throws Exception {
        try (EngineHarness engine = EngineHarness.open(folder).start()) {
            engine.publishMima();
            for (int i = 0; i < 3 * EngineHarness.options().largeBuffers(); i++) {
                final var buffer = engine.engine().tryBorrow();
                final String documentId = "big-" + i;
                final int member = 1 + i;
                final Reply reply = engine.call(c -> {
                    c.lend(buffer);
                    fillLines(c, documentId, member, 593);
                });
                assertEquals(ResultCode.ACCEPTED, reply.code, reply::toString);
                assertEquals(593, reply.points);
            }
        }
        try (EngineHarness engine = EngineHarness.open(folder)) {
            assertEquals(
                    1 + 3L * EngineHarness.options().largeBuffers(),
                    engine.engine().recovered().records());
        }
    }

    private static void fillLines(final Command c, final String documentId, final int member, final int lines) {
        accrual(documentId, member, lines * 100L).accept(c);
        final int at = c.reserve(VarField.LINES, lines * 40);
        int end = at;
        for (int n = 1; n <= lines; n++) {
            end = OrderLines.putFixed(c.bytes(), end, n, 1, 100, 0);
            for (int text = 0; text < 3; text++) {
                end = OrderLines.putText(c.bytes(), end, c.bytes(), 0, 4);
            }
        }
        c.commitReserved(VarField.LINES, end - at);
        c.lineCount(lines);
    }

    @Test
    void aLedgerPlannedForLessThanTheJournalHoldsIsSaidPlainly() throws Exception {
        try (EngineHarness engine = EngineHarness.open(folder).start()) {
            engine.publishMima();
            for (int member = 1; member <= 3; member++) {
                assertEquals(ResultCode.ACCEPTED, engine.call(accrual("d-" + member, member, 100)).code);
            }
        }
        final EngineOptions tooSmall = EngineOptions.of(
                new LedgerOptions(1, 2, 1_000), EngineHarness.options().journal());
        final ReplayException refused = assertThrows(ReplayException.class, () -> EngineHarness.open(folder, tooSmall));
        assertEquals(4, refused.sequence());
        assertTrue(refused.getMessage().contains("more members or keys"), refused.getMessage());
        EngineHarness.open(folder).close();
    }

    @Test
    void anInterruptedCloseKeepsTheFolderFromOthersWhileThreadsMayStillWrite() throws Exception {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch held = new CountDownLatch(1);
        final EngineHarness engine = EngineHarness.open(folder).start(block -> {
            reached.countDown();
            try {
                held.await();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
            block.retain(1);
            block.release();
        });
        engine.submit(accrual("d-1", 1, 100));
        reached.await();
        Thread.currentThread().interrupt();
        assertThrows(IOException.class, engine.engine()::close);
        assertTrue(Thread.interrupted());
        assertThrows(JournalException.class, () -> EngineHarness.open(folder));
        held.countDown();
        engine.engine().close();
        EngineHarness.open(folder).close();
    }

    @Test
    void aFolderHasOneOwner() throws Exception {
        try (EngineHarness first = EngineHarness.open(folder)) {
            final JournalException refused = assertThrows(JournalException.class, () -> EngineHarness.open(folder));
            assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
            assertFalse(first.engine().tryClaim(1) >= 0, "nothing is admitted before the start");
        }
    }

    @Test
    void aCommandInQuarantineIsRefusedAndItsNeighboursAreNot() throws Exception {
        final Command poison = new Command();
        accrual("poison", 1, 100).accept(poison);
        Quarantine.load(folder.resolve("quarantine")).store(poison, new IllegalStateException("once"));
        try (EngineHarness engine = EngineHarness.open(folder).start()) {
            engine.publishMima();
            assertEquals(ResultCode.QUARANTINED, engine.call(accrual("poison", 1, 100)).code);
            assertEquals(ResultCode.ACCEPTED, engine.call(accrual("sound", 1, 100)).code);
        }
    }
}

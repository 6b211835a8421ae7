package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.JournalException;
import io.tallymark.journal.MemoryFrameLogs;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The two stages driven on one thread in a random order of steps, on a log that can be killed, lose its power or refuse
 * a force: whatever was answered before must be there after the next start, once and with the same outcome.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PipelineSimulationTest {
    private static final int HISTORIES = 60;
    private static final int CRASHES = 6;
    private static final int STEPS = 400;

    @Test
    void whatWasAnsweredOutlivesKillsAndPowerLosses() throws Exception {
        for (int history = 0; history < HISTORIES; history++) {
            final long seed = 20261122L + history;
            try {
                runHistory(new Random(seed));
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void afterARefusedForceNothingIsAnswered() throws Exception {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final SimulatedEngine engine = new SimulatedEngine(logs, 1);
        engine.publishMima();
        engine.settle();
        final int answered = engine.replies().size();
        logs.failForce(1);
        engine.submit(EngineHarness.accrual("o-1", 1, 100));
        assertThrows(JournalException.class, engine::settle);
        assertEquals(answered, engine.replies().size());
    }

    @Test
    void afterARefusedAppendNothingIsAnswered() throws Exception {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final SimulatedEngine engine = new SimulatedEngine(logs, 1);
        engine.publishMima();
        engine.settle();
        final int answered = engine.replies().size();
        logs.failAppend(1);
        engine.submit(EngineHarness.accrual("o-1", 1, 100));
        assertThrows(JournalException.class, engine::settle);
        assertEquals(answered, engine.replies().size());
    }

    private static void runHistory(final Random random) throws Exception {
        final Map<Long, Long> pointsByDocument = new HashMap<>();
        final Map<Long, Long> sequenceByDocument = new HashMap<>();
        MemoryFrameLogs logs = new MemoryFrameLogs();
        SimulatedEngine engine = new SimulatedEngine(logs, random.nextLong());
        engine.publishMima();
        engine.settle();
        long document = 0;
        for (int crash = 0; crash < CRASHES; crash++) {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        // Now and then a document again: a replay must wait for its original's durability too.
                        final long number =
                                document > 0 && random.nextInt(5) == 0 ? 1 + random.nextLong(document) : ++document;
                        engine.submit(order(number));
                    }
                    case 2 -> engine.stepWriter();
                    default -> engine.stepDurability();
                }
            }
            collect(engine, pointsByDocument, sequenceByDocument);
            logs = random.nextBoolean()
                    ? logs.afterKill()
                    : logs.afterPowerLoss(random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextInt(20_000));
            engine = new SimulatedEngine(logs, random.nextLong());
            checkAll(engine, pointsByDocument, sequenceByDocument);
        }
    }

    private static Consumer<Command> order(final long number) {
        return c -> EngineHarness.accrual("o-" + number, 1 + number % 50, 100 * number)
                .andThen(command -> command.correlationId(number))
                .accept(c);
    }

    private static void collect(
            final SimulatedEngine engine, final Map<Long, Long> points, final Map<Long, Long> sequences) {
        for (final Reply reply : engine.replies()) {
            assertEquals(ResultCode.ACCEPTED, reply.code);
            final Long before = sequences.put(reply.correlationId, reply.sequence);
            assertTrue(before == null || before == reply.sequence, "one document, two sequences");
            points.put(reply.correlationId, reply.points);
        }
        engine.replies().clear();
    }

    private static void checkAll(
            final SimulatedEngine engine, final Map<Long, Long> points, final Map<Long, Long> sequences)
            throws Exception {
        for (final long document : sequences.keySet()) {
            engine.submit(order(document));
            engine.settle();
        }
        assertEquals(sequences.size(), engine.replies().size());
        for (final Reply reply : engine.replies()) {
            assertNotNull(sequences.get(reply.correlationId));
            assertTrue(reply.replayed, () -> "document " + reply.correlationId + " was lost: " + reply);
            assertEquals(sequences.get(reply.correlationId), reply.sequence);
            assertEquals(points.get(reply.correlationId), reply.points);
        }
        engine.replies().clear();
    }
}

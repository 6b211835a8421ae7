package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.journal.MemoryFrameLogs;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import org.junit.jupiter.api.Test;

/** What an idle engine makes of its clock. */
final class IdleWriterTest {
    private static final long MINUTE_MS = 60_000;

    private long nowMs = 1_790_000_000_000L;

    private SimulatedEngine engine(final MemoryFrameLogs logs) throws Exception {
        return new SimulatedEngine(logs, 5, () -> nowMs);
    }

    private void idleFor(final SimulatedEngine engine, final int minutes) throws Exception {
        for (int i = 0; i < minutes; i++) {
            nowMs += MINUTE_MS;
            engine.stepWriter();
            engine.stepDurability();
        }
    }

    @Test
    void silenceOnAnEmptyJournalIsNoClockJump() throws Exception {
        final SimulatedEngine engine = engine(new MemoryFrameLogs());
        engine.submit(c -> c.reset(CommandType.LIST_PROGRAMS));
        engine.settle();
        idleFor(engine, 90);
        engine.replies().clear();
        engine.submit(EngineHarness.accrual("first", 1, 100));
        engine.settle();
        assertEquals(ResultCode.UNKNOWN_PROGRAM, engine.replies().get(0).code);
    }

    @Test
    void silenceAfterAConfirmedJumpBackIsNoClockJump() throws Exception {
        final MemoryFrameLogs logs = new MemoryFrameLogs();
        final SimulatedEngine ahead = engine(logs);
        ahead.publishMima();
        nowMs -= 24 * 60 * MINUTE_MS;
        final SimulatedEngine engine = new SimulatedEngine(logs.afterKill(), 5, () -> nowMs, true);
        engine.submit(EngineHarness.accrual("a", 1, 100));
        engine.settle();
        idleFor(engine, 90);
        engine.submit(EngineHarness.accrual("b", 1, 100));
        engine.settle();
        assertEquals(ResultCode.ACCEPTED, engine.replies().get(0).code);
        assertEquals(ResultCode.ACCEPTED, engine.replies().get(1).code);
    }

    @Test
    void anUnbelievedClockRefusesCommandsUntilItComesBack() throws Exception {
        final SimulatedEngine engine = engine(new MemoryFrameLogs());
        engine.publishMima();
        nowMs += 120 * MINUTE_MS;
        engine.submit(EngineHarness.accrual("a", 1, 100));
        engine.settle();
        assertEquals(ResultCode.CLOCK_UNCONFIRMED, engine.replies().get(0).code);
        nowMs -= 100 * MINUTE_MS;
        engine.submit(EngineHarness.accrual("a", 1, 100));
        engine.settle();
        assertEquals(ResultCode.ACCEPTED, engine.replies().get(1).code);
    }

    @Test
    void publicationsStillComeAfterLongSilence() throws Exception {
        final SimulatedEngine engine = engine(new MemoryFrameLogs());
        engine.submit(c -> c.reset(CommandType.QUERY_MEMBER).memberId(1).put(VarField.PROGRAM, "mima"));
        engine.settle();
        idleFor(engine, 90);
        engine.publishMima();
        engine.submit(EngineHarness.accrual("a", 1, 100));
        engine.settle();
        assertEquals(ResultCode.ACCEPTED, engine.replies().get(engine.replies().size() - 1).code);
    }
}

package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.MemoryFrameLogs;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the journal's time follows the clock while no command moves it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TickTest {
    private static final long TICK_MS = EngineHarness.options().tickIntervalMs();
    private static final long MAX_JUMP_MS = EngineHarness.options().maxClockJumpMs();

    private final MemoryFrameLogs logs = new MemoryFrameLogs();
    private long nowMs = 1_700_000_000_000L;
    private SimulatedEngine engine;

    @BeforeEach
    void start() throws Exception {
        engine = new SimulatedEngine(logs, 1, () -> nowMs);
        engine.publishMima();
        engine.submit(EngineHarness.accrual("d-1", 1, 10_000));
        engine.settle();
        engine.replies().clear();
    }

    private Reply query() throws Exception {
        engine.submit((final Command c) ->
                c.reset(CommandType.QUERY_MEMBER).memberId(1).put(VarField.PROGRAM, "mima"));
        engine.settle();
        final Reply reply = engine.replies().get(engine.replies().size() - 1);
        assertEquals(ResultCode.ACCEPTED, reply.code);
        return reply;
    }

    @Test
    void queriesDoNotKeepTheJournalsTimeBack() throws Exception {
        final long startMs = nowMs;
        while (nowMs < startMs + 2 * MAX_JUMP_MS) {
            nowMs += TICK_MS / 3;
            final Reply reply = query();
            assertTrue(nowMs - reply.engineTimeMs < TICK_MS, "behind by " + (nowMs - reply.engineTimeMs) + " ms");
        }
        // So a restart sees no jump, although the journal took no command for longer than the largest one.
        assertTrue(new SimulatedEngine(logs, 1, () -> nowMs).isClockBelieved());
    }

    @Test
    void aClockThatJumpedAndCameBackIsKnownWithoutACommand() throws Exception {
        nowMs += 2 * MAX_JUMP_MS;
        engine.stepWriter();
        assertFalse(engine.isClockBelieved());
        nowMs -= 2 * MAX_JUMP_MS;
        engine.stepWriter();
        assertTrue(engine.isClockBelieved());
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;

/** Whether an event lies within the time that its program takes events of. */
final class EventTime {
    private EventTime() {}

    /** ACCEPTED, EVENT_IN_FUTURE or EVENT_TOO_OLD, seen from the effect's engine time. */
    static ResultCode check(final Command c, final Effect e) {
        final long eventTimeMs = c.eventTimeMs();
        if (eventTimeMs == Command.NO_TIME) {
            return ResultCode.ACCEPTED;
        }
        if (eventTimeMs > e.timeMs + Limits.FUTURE_TOLERANCE_MS) {
            return ResultCode.EVENT_IN_FUTURE;
        }
        if (eventTimeMs < 0) {
            return ResultCode.EVENT_TOO_OLD;
        }
        final long lateWindowMs = e.program.compiled().lateWindowMs();
        return lateWindowMs != CompiledProgram.UNLIMITED && eventTimeMs < e.timeMs - lateWindowMs
                ? ResultCode.EVENT_TOO_OLD
                : ResultCode.ACCEPTED;
    }
}

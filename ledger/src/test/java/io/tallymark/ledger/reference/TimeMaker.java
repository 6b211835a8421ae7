package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Moves time along a random history: by little, by much, and to the very moments at which something ends. */
final class TimeMaker {
    /** At which something ends. */
    final List<Long> moments = new ArrayList<>();

    long nowMs = History.START_MS;
    private final Random random;

    TimeMaker(final Random random) {
        this.random = random;
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    private long pick(final long... values) {
        return values[random.nextInt(values.length)];
    }

    void move() {
        final int dice = random.nextInt(1_000);
        if (dice < 3) {
            nowMs += (30 + random.nextInt(700)) * CompiledProgram.DAY_MS;
        } else if (dice < 20) {
            nowMs += random.nextInt(50) * CompiledProgram.DAY_MS;
        } else if (dice < 60) {
            // To the very millisecond around a midnight of some offset.
            final long quarter = 15 * 60_000L;
            nowMs = (nowMs / quarter + random.nextInt(200) + 1) * quarter - random.nextInt(2);
        } else if (dice < 120 && !moments.isEmpty()) {
            final long moment = moments.get(moments.size() - 1 - random.nextInt(Math.min(4, moments.size())));
            nowMs = Math.max(nowMs, moment + random.nextInt(3) - 1);
        } else if (dice < 300) {
            nowMs += random.nextInt(7_200_000);
        } else if (dice < 700) {
            nowMs += random.nextInt(3);
        } else if (dice == 999 && chance(1, 10)) {
            nowMs += 50 * 365 * CompiledProgram.DAY_MS;
        }
    }

    long eventTimeMs() {
        return switch (random.nextInt(40)) {
            case 0 -> nowMs + Limits.FUTURE_TOLERANCE_MS + random.nextInt(2);
            case 1 -> nowMs - pick(0, 1, 3, 40) * CompiledProgram.DAY_MS - random.nextInt(2);
            case 2 -> pick(Long.MAX_VALUE, Long.MIN_VALUE + 1, -1, 0);
            case 3, 4 -> nowMs - random.nextInt(100_000_000);
            case 5 -> nowMs - random.nextInt(100) * CompiledProgram.DAY_MS;
            default -> Command.NO_TIME;
        };
    }
}

package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Redemptions, holds with every end, reversals and draws allocate nothing after warm-up; holds leave nothing behind. */
class RewardAllocationTest {
    private static final int MEMBERS = 500;
    private static final int ROUND = 2_000;
    private static final UnsafeBuffer PROGRAM = new UnsafeBuffer(Commands.PROGRAM.getBytes());
    private static final UnsafeBuffer SOURCE = new UnsafeBuffer(Commands.SOURCE.getBytes());
    private static final UnsafeBuffer[] RULES = {
        new UnsafeBuffer("cup".getBytes()), new UnsafeBuffer("tote".getBytes()), new UnsafeBuffer("wheel".getBytes())
    };

    private final Ledger ledger = new Ledger(new LedgerOptions(100_000, 100_000, 1_000_000), 5, 6);
    private final Command c = new Command();
    private final Outcome outcome = new Outcome();
    private long timeMs = Desk.NOON_MS;
    private long document;
    private long random = 88172645463325252L;
    private long accepted;

    @Test
    void nothingIsAllocated() {
        ledger.apply(Commands.publish("p", program()), 1, timeMs, outcome);
        assertEquals(ResultCode.ACCEPTED, outcome.code);
        for (int member = 1; member <= MEMBERS; member++) {
            begin(CommandType.ACCRUE, ++document).memberId(member).amountMinor(100_000_000);
            apply();
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 400 && (round < 100 || least > 0); round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            round();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes for " + ROUND + " commands");
        assertTrue(accepted > 10_000);
        ledger.verifyZeroSum();
    }

    private static CompiledProgram program() {
        return Desk.mima()
                .lateWindowMs(0)
                .keyDays(1)
                .expiry(Expiry.never())
                .catalogue(Catalogue.builder()
                        .add(Reward.of("cup", Offer.of(1, 5).withLimit(new Limit(Activity.Per.DAY, 20))))
                        .add(Reward.of("tote", Offer.of(2, 0).withStock(100)))
                        .add(new Draw(
                                "wheel",
                                Offer.of(1, 0),
                                List.of(new Draw.Prize(Draw.Kind.POINTS, "", 2, 1, 3, CompiledProgram.UNLIMITED))))
                        .build())
                .build();
    }

    private void round() {
        timeMs += 2 * 3_600_000L;
        for (int i = 0; i < ROUND; i++) {
            timeMs += i % 16 == 0 ? 1_000 : 0;
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            final long member = 1 + Math.floorMod(random, (long) MEMBERS);
            final int rule = (int) (random >>> 32 & 1);
            switch ((int) (random >>> 40 & 7)) {
                case 0, 1 -> named(CommandType.REDEEM, member, rule);
                case 2, 3, 4 -> named(CommandType.HOLD, member, rule);
                case 5 -> named(CommandType.DRAW, member, 2);
                case 6 -> about(CommandType.REVERSE);
                default -> about((random & 1 << 20) == 0 ? CommandType.CAPTURE : CommandType.VOID);
            }
            apply();
        }
    }

    private void named(final CommandType type, final long member, final int rule) {
        begin(type, ++document).memberId(member).randomBits(random);
        c.ttlMs(type == CommandType.HOLD ? 60_000 : 0);
        c.put(VarField.RULE_ID, RULES[rule], 0, RULES[rule].capacity());
    }

    /** Some document of a while ago. */
    private void about(final CommandType type) {
        begin(type, ++document);
        c.bytes().putLong(c.reserve(VarField.ORIGINAL_DOCUMENT_ID, Long.BYTES), document - 1 - (random >>> 50 & 15));
        c.commitReserved(VarField.ORIGINAL_DOCUMENT_ID, Long.BYTES);
    }

    private Command begin(final CommandType type, final long number) {
        c.reset(type);
        c.put(VarField.PROGRAM, PROGRAM, 0, PROGRAM.capacity());
        c.put(VarField.SOURCE, SOURCE, 0, SOURCE.capacity());
        c.bytes().putLong(c.reserve(VarField.DOCUMENT_ID, Long.BYTES), number);
        c.commitReserved(VarField.DOCUMENT_ID, Long.BYTES);
        return c;
    }

    private void apply() {
        ledger.touch(c);
        ledger.apply(c, ledger.lastSequence() + 1, timeMs, outcome);
        accepted += outcome.code == ResultCode.ACCEPTED ? 1 : 0;
    }
}

package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What boards cost the collector. */
final class BoardAllocationTest {
    /** Orders that count on boards, refunds and queries of the first: after warm-up none allocates. */
    @Test
    void countingAndAskingAllocateNothing() {
        final Ledger ledger = new Ledger(new LedgerOptions(200_000, 200_000, 1_000_000), 5, 6);
        final Outcome o = new Outcome();
        final CompiledProgram program = BoardsTest.program(
                        BoardsTest.ending(
                                BoardsTest.board("m", Board.By.MEMBER, Board.Score.SPEND),
                                BoardsTest.FROM,
                                Limits.MAX_VALUE),
                        BoardsTest.ending(
                                BoardsTest.board("r", Board.By.REFERRER, Board.Score.ORDERS),
                                BoardsTest.FROM,
                                Limits.MAX_VALUE),
                        BoardsTest.ending(
                                BoardsTest.board("s", Board.By.STORE, Board.Score.POINTS),
                                BoardsTest.FROM,
                                Limits.MAX_VALUE))
                .build();
        ledger.apply(Commands.publish("p", program), 1, BoardsTest.FROM, o);
        for (int id = 1; id <= 2_000; id++) {
            ledger.apply(
                    Commands.keyed(CommandType.ENROL, "e" + id).memberId(id).referrerId(id / 2),
                    ledger.lastSequence() + 1,
                    BoardsTest.FROM,
                    o);
        }
        final List<Command> accruals = new ArrayList<>();
        final List<Command> refunds = new ArrayList<>();
        final int rounds = 12;
        final int each = 4_000;
        for (int i = 0; i < rounds * each; i++) {
            accruals.add(Commands.accrue("o" + i, 1 + i % 2_000, 100 + i % 900).put(VarField.STORE, "s" + i % 50));
            refunds.add(Commands.keyed(CommandType.REFUND, "f" + i)
                    .put(VarField.ORIGINAL_DOCUMENT_ID, "o" + i)
                    .amountMinor(100));
        }
        final Command ask = new Command()
                .reset(CommandType.QUERY_BOARD)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .put(VarField.RULE_ID, "m");
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = round * each; i < (round + 1) * each; i++) {
                ledger.apply(accruals.get(i), ledger.lastSequence() + 1, BoardsTest.FROM, o);
                ledger.apply(refunds.get(i), ledger.lastSequence() + 1, BoardsTest.FROM, o);
                if (i % 40 == 0) {
                    ledger.apply(ask, ledger.lastSequence() + 1, BoardsTest.FROM, o);
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(ResultCode.ACCEPTED, o.code);
        // Records stay, so pages are allocated: 64 KiB at a time, and fewer than one for 100 commands.
        assertTrue(least < 40L * (1 << 17), least + " bytes by " + 2 * each + " commands");
        assertEquals(0, asked(ledger, ask, o, threads));
    }

    private static long asked(final Ledger ledger, final Command ask, final Outcome o, final ThreadMXBean threads) {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                ledger.apply(ask, ledger.lastSequence() + 1, BoardsTest.FROM, o);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}

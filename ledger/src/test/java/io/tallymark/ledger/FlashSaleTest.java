package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
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
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A million members want a thousand items: the first thousand get them, the others cost nothing but their keys. */
class FlashSaleTest {
    private static final int MEMBERS = 1_000_000;
    private static final int ITEMS = 1_000;
    private static final int LAST_ROUND = 100_000;
    private static final UnsafeBuffer PROGRAM = new UnsafeBuffer(Commands.PROGRAM.getBytes());
    private static final UnsafeBuffer SOURCE = new UnsafeBuffer(Commands.SOURCE.getBytes());
    private static final UnsafeBuffer REWARD = new UnsafeBuffer("tote".getBytes());

    private final Ledger ledger = new Ledger(new LedgerOptions(MEMBERS, MEMBERS, 4L * MEMBERS), 3, 4);
    private final Command c = new Command();
    private final Outcome outcome = new Outcome();
    private long document;

    @Test
    void exactlyAThousandAreSoldInSequenceOrderAndRefusalsAllocateNothing() {
        final Offer offer = Offer.of(10, 0).withStock(ITEMS).withLimit(new Limit(Activity.Per.LIFETIME, 1));
        ledger.apply(
                Commands.publish(
                        "p",
                        Desk.mima()
                                .expiry(Expiry.never())
                                .catalogue(Catalogue.builder()
                                        .add(Reward.of("tote", offer))
                                        .build())
                                .build()),
                1,
                Desk.NOON_MS,
                outcome);
        assertEquals(ResultCode.ACCEPTED, outcome.code);
        for (int member = 1; member <= MEMBERS; member++) {
            accrue(member);
        }
        int sold = 0;
        for (int i = 0; i < MEMBERS - LAST_ROUND; i++) {
            redeem(member(i));
            assertEquals(i < ITEMS ? ResultCode.ACCEPTED : ResultCode.OUT_OF_STOCK, outcome.code);
            sold += outcome.code == ResultCode.ACCEPTED ? 1 : 0;
        }
        assertEquals(ITEMS, sold);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final int least = LAST_ROUND / 50;
        long bytes = Long.MAX_VALUE;
        for (int i = MEMBERS - LAST_ROUND; i < MEMBERS; i += least) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int j = i; j < i + least; j++) {
                redeem(member(j));
            }
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(ResultCode.OUT_OF_STOCK, outcome.code);
        }
        // Some round needs no new page for its keys.
        assertTrue(bytes == 0, bytes + " bytes for " + least + " refused attempts");
        assertEquals(10L * ITEMS, ledger.program(0).redeemedPoints());
        ledger.verifyZeroSum();
    }

    /** All members, in an order that is none. */
    private static int member(final int i) {
        return (int) (1 + i * 7_368_787L % MEMBERS);
    }

    private void accrue(final int member) {
        begin(CommandType.ACCRUE).memberId(member).amountMinor(5_000);
        apply();
    }

    private void redeem(final int member) {
        begin(CommandType.REDEEM).memberId(member).put(VarField.RULE_ID, REWARD, 0, REWARD.capacity());
        apply();
    }

    private Command begin(final CommandType type) {
        c.reset(type);
        c.put(VarField.PROGRAM, PROGRAM, 0, PROGRAM.capacity());
        c.put(VarField.SOURCE, SOURCE, 0, SOURCE.capacity());
        c.bytes().putLong(c.reserve(VarField.DOCUMENT_ID, Long.BYTES), ++document);
        c.commitReserved(VarField.DOCUMENT_ID, Long.BYTES);
        return c;
    }

    private void apply() {
        ledger.touch(c);
        ledger.apply(c, ledger.lastSequence() + 1, Desk.NOON_MS, outcome);
    }
}

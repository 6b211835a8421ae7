package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Pack;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** After warm-up nothing is allocated by what concerns coupons, benefits and packs, whatever is granted and expires. */
final class CouponAllocationTest {
    private static final int MEMBERS = 500;
    private static final int COMMANDS = 40_000;
    private static final int COMMANDS_PER_DAY = 2_000;
    private static final int BYTES_PER_DAY = 128;
    private static final UnsafeBuffer PROGRAM = ascii(Commands.PROGRAM);
    private static final UnsafeBuffer SOURCE = ascii(Commands.SOURCE);
    private static final UnsafeBuffer WEEK = ascii("week");
    private static final UnsafeBuffer LOUNGE = ascii("lounge");
    private static final UnsafeBuffer WASHES = ascii("washes");

    private final Ledger ledger = new Ledger(new LedgerOptions(1_000, 1_000, 1_000_000), 5, 6);
    private final Command c = new Command();
    private final Outcome o = new Outcome();
    private final int[] accepted = new int[64];
    private long timeMs = Desk.NOON_MS;
    private long sequence;
    private long document;
    private long random = 88172645463325252L;

    private static UnsafeBuffer ascii(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void nothingIsAllocated() {
        publish();
        for (int i = 0; i < 5 * COMMANDS; i++) {
            next();
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long allowed = (COMMANDS / COMMANDS_PER_DAY + 1L) * BYTES_PER_DAY;
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 8 && least > allowed; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < COMMANDS; i++) {
                next();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least <= allowed, least + " bytes allocated by " + COMMANDS + " commands");
        for (final CommandType type : List.of(
                CommandType.GRANT_COUPON,
                CommandType.USE_COUPON,
                CommandType.RETURN_USE,
                CommandType.USE_BENEFIT,
                CommandType.HOLD,
                CommandType.BUY_PACK,
                CommandType.REFUND_PACK,
                CommandType.REFUND,
                CommandType.ACCRUE)) {
            assertTrue(accepted[type.code()] > 100, type + " accepted " + accepted[type.code()] + " times");
        }
        ledger.verifyZeroSum();
    }

    private void publish() {
        final long none = CompiledProgram.UNLIMITED;
        final Limit often = new Limit(Activity.Per.MONTH, 1_000);
        final CouponGrant three = new CouponGrant("week", 3, 5);
        final Requirement earned = Requirement.spend(1);
        final Campaign campaign = new Campaign(
                "any",
                1,
                Campaign.Mode.BONUS,
                0,
                0,
                false,
                "",
                Condition.ALWAYS,
                none,
                none,
                none,
                none,
                List.of(new CouponGrant("week", 0, 0)));
        final CompiledProgram program = CouponBench.program(Catalogue.builder()
                        .add(Coupon.of("week", 5, 7))
                        .add(new Pack("washes", Offer.of(1, 5), List.of(three), Pack.Refund.UNUSED_SHARE)))
                .lateWindowMs(0)
                .keyDays(1)
                .orderDays(1)
                .addTier(new Tier(
                        "club",
                        1_000_000,
                        earned,
                        Tier.Window.LIFETIME,
                        0,
                        0,
                        earned,
                        0,
                        1,
                        0,
                        0,
                        List.of(new Benefit("lounge", Benefit.Way.ANY, 0, often)),
                        "washes"))
                .addCampaign(campaign)
                .build();
        ledger.apply(Commands.publish("p1", program), ++sequence, timeMs, o);
        assertTrue(o.code == ResultCode.ACCEPTED, o.toString());
    }

    private void next() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        timeMs += CompiledProgram.DAY_MS / COMMANDS_PER_DAY;
        final int which = (int) (document % 12);
        switch (which) {
            case 0, 1 -> begin(CommandType.ACCRUE).amountMinor(10_000);
            case 2, 3 -> rule(begin(CommandType.GRANT_COUPON), WEEK);
            case 4, 5 -> rule(begin(CommandType.USE_COUPON).amountMinor(700), WEEK);
            case 6 -> rule(begin(CommandType.USE_BENEFIT), LOUNGE);
            case 7 -> rule(begin(CommandType.BUY_PACK), WASHES);
            case 8 -> begin(CommandType.HOLD).ttlMs(3_600_000L).put(VarField.COUPON_ID, WEEK, 0, WEEK.capacity());
            case 9 -> original(begin(CommandType.RETURN_USE).memberId(0), 5);
            case 10 -> original(begin(CommandType.REFUND_PACK).memberId(0), 3);
            default -> original(begin(CommandType.REFUND).memberId(0), 11);
        }
        ledger.touch(c);
        ledger.apply(c, sequence + 1, timeMs, o);
        sequence += o.journaled ? 1 : 0;
        accepted[c.type().code()] += o.code == ResultCode.ACCEPTED ? 1 : 0;
    }

    private Command begin(final CommandType type) {
        c.reset(type);
        put(VarField.PROGRAM, PROGRAM);
        put(VarField.SOURCE, SOURCE);
        number(VarField.DOCUMENT_ID, ++document);
        return c.memberId(1 + Math.floorMod(random, (long) MEMBERS));
    }

    private void put(final VarField field, final UnsafeBuffer text) {
        c.put(field, text, 0, text.capacity());
    }

    private void number(final VarField field, final long value) {
        final int at = c.reserve(field, Long.BYTES);
        c.bytes().putLong(at, value);
        c.commitReserved(field, Long.BYTES);
    }

    private void rule(final Command command, final UnsafeBuffer id) {
        command.put(VarField.RULE_ID, id, 0, id.capacity());
    }

    private void original(final Command command, final int before) {
        number(VarField.ORIGINAL_DOCUMENT_ID, document - before);
    }
}

package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.tallymark.protocol.VarField;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** After warm-up nothing is allocated by what concerns coupons, benefits and packs, whatever is granted and expires. */
final class CouponAllocationTest {
    private static final int MEMBERS = 500;
    private static final int COMMANDS = 40_000;
    private static final int COMMANDS_PER_DAY = 2_000;
    private static final int BYTES_PER_DAY = 128;
    private static final UnsafeBuffer WEEK = AllocationDesk.ascii("week");
    private static final UnsafeBuffer LOUNGE = AllocationDesk.ascii("lounge");
    private static final UnsafeBuffer WASHES = AllocationDesk.ascii("washes");

    private final AllocationDesk desk = new AllocationDesk(new LedgerOptions(1_000, 1_000, 1_000_000));

    @Test
    void nothingIsAllocated() {
        publish();
        for (int i = 0; i < 5; i++) {
            stretch();
        }
        final long allowed = (COMMANDS / COMMANDS_PER_DAY + 1L) * BYTES_PER_DAY;
        final long least = AllocationDesk.leastBytes(8, allowed, this::stretch);
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
            assertTrue(desk.accepted(type) > 100, type + " accepted " + desk.accepted(type) + " times");
        }
        desk.ledger.verifyZeroSum();
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
        desk.publish(program);
    }

    private void stretch() {
        for (int i = 0; i < COMMANDS; i++) {
            next();
        }
    }

    private void next() {
        desk.timeMs += CompiledProgram.DAY_MS / COMMANDS_PER_DAY;
        final long member = 1 + Math.floorMod(desk.nextRandom(), (long) MEMBERS);
        final int which = (int) (desk.document % 12);
        switch (which) {
            case 0, 1 -> desk.begin(CommandType.ACCRUE, member).amountMinor(10_000);
            case 2, 3 -> named(CommandType.GRANT_COUPON, member, WEEK);
            case 4, 5 -> named(CommandType.USE_COUPON, member, WEEK).amountMinor(700);
            case 6 -> named(CommandType.USE_BENEFIT, member, LOUNGE);
            case 7 -> named(CommandType.BUY_PACK, member, WASHES);
            case 8 -> {
                desk.begin(CommandType.HOLD, member).ttlMs(3_600_000L);
                desk.put(VarField.COUPON_ID, WEEK);
            }
            case 9 -> before(CommandType.RETURN_USE, 5);
            case 10 -> before(CommandType.REFUND_PACK, 3);
            default -> before(CommandType.REFUND, 11);
        }
        desk.send();
    }

    private Command named(final CommandType type, final long member, final UnsafeBuffer rule) {
        final Command c = desk.begin(type, member);
        desk.put(VarField.RULE_ID, rule);
        return c;
    }

    /** About the document that is so many before this one. */
    private void before(final CommandType type, final int documents) {
        desk.about(type, desk.document + 1 - documents);
    }
}

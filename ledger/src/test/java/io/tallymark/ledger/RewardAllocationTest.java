package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Draw;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Redemptions, holds with every end, reversals and draws allocate nothing after warm-up; holds leave nothing behind. */
final class RewardAllocationTest {
    private static final int MEMBERS = 500;
    private static final int ROUND = 2_000;
    private static final UnsafeBuffer[] RULES = {
        AllocationDesk.ascii("cup"), AllocationDesk.ascii("tote"), AllocationDesk.ascii("wheel")
    };

    private final AllocationDesk desk = new AllocationDesk(new LedgerOptions(100_000, 100_000, 1_000_000));

    @Test
    void nothingIsAllocated() {
        desk.publish(program());
        for (int member = 1; member <= MEMBERS; member++) {
            desk.begin(CommandType.ACCRUE, member).amountMinor(100_000_000);
            desk.send();
        }
        for (int i = 0; i < 100; i++) {
            round();
        }
        final long least = AllocationDesk.leastBytes(300, 0, this::round);
        assertEquals(0, least, "bytes for " + ROUND + " commands");
        assertTrue(desk.accepted() > 10_000);
        desk.ledger.verifyZeroSum();
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
        desk.timeMs += 2 * 3_600_000L;
        for (int i = 0; i < ROUND; i++) {
            desk.timeMs += i % 16 == 0 ? 1_000 : 0;
            final long random = desk.nextRandom();
            final long member = 1 + Math.floorMod(random, (long) MEMBERS);
            final int rule = (int) (random >>> 32 & 1);
            switch ((int) (random >>> 40 & 7)) {
                case 0, 1 -> named(CommandType.REDEEM, member, rule, random);
                case 2, 3, 4 -> named(CommandType.HOLD, member, rule, random);
                case 5 -> named(CommandType.DRAW, member, 2, random);
                case 6 -> about(CommandType.REVERSE, random);
                default -> about((random & 1 << 20) == 0 ? CommandType.CAPTURE : CommandType.VOID, random);
            }
            desk.send();
        }
    }

    private void named(final CommandType type, final long member, final int rule, final long random) {
        desk.begin(type, member).randomBits(random).ttlMs(type == CommandType.HOLD ? 60_000 : 0);
        desk.put(VarField.RULE_ID, RULES[rule]);
    }

    /** Some document of a while ago. */
    private void about(final CommandType type, final long random) {
        desk.about(type, desk.document - (random >>> 50 & 15));
    }
}

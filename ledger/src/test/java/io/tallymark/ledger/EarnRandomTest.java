package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random orders and refunds under random programs, beside an oracle in fractions of big integers. */
final class EarnRandomTest {
    private static final int PROGRAMS = Integer.getInteger("tallymark.earn.programs", 4_000);
    private static final int ORDERS = 50;
    private static final long FIRST_SEED = Long.getLong("tallymark.earn.seed", 20_261_122L);

    private final EarnEngine engine = new EarnEngine();
    private final Command command = EarnBench.bigCommand();
    private long refused;
    private long clipped;
    private long clawed;
    private long refundsTaken;
    private long refundsRefused;

    @Test
    void sharesClipsAndRefundsAreThoseOfTheOracle() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
            try {
                walk(new EarnRandom(seed));
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " (-Dtallymark.earn.seed): " + e.getMessage(), e);
            }
        }
        System.out.printf(
                "%,d orders from seed %d on: %,d beyond the limit, %,d clipped; refunds: %,d taken, %,d refused, %,d clawed%n",
                PROGRAMS * ORDERS, FIRST_SEED, refused, clipped, refundsTaken, refundsRefused, clawed);
        assertTrue(refused > 0 && clipped > PROGRAMS && clawed > PROGRAMS && refundsRefused > PROGRAMS);
    }

    private void walk(final EarnRandom random) {
        final CompiledProgram program = random.program();
        final EarnBench bench = new EarnBench(program, engine, command);
        final EarnOracle oracle = new EarnOracle(program);
        for (int i = 0; i < ORDERS; i++) {
            final EarnOracle.Order o = random.order(program);
            final OrderDraft draft = new OrderDraft();
            final boolean fits = oracle.earn(o);
            final ResultCode code = bench.earn(o, draft);
            assertEquals(fits ? ResultCode.ACCEPTED : ResultCode.LIMIT_EXCEEDED, code);
            if (!fits) {
                refused++;
                continue;
            }
            final int member = random.below(3);
            oracle.clip(o, member);
            bench.grant(draft, member);
            assertEquals(sharesOf(o), sharesOf(program, draft));
            clipped += draft.granted.clippedPoints() > 0 ? 1 : 0;
            if (random.oneIn(2)) {
                refund(random, bench, oracle, o, draft);
            }
        }
        for (int i = 0; i < program.campaigns().size(); i++) {
            final String id = program.campaigns().get(i).id();
            assertEquals(oracle.used(id), bench.budgets.granted(bench.number(id)), "budget of " + id);
        }
    }

    private void refund(
            final EarnRandom random,
            final EarnBench bench,
            final EarnOracle oracle,
            final EarnOracle.Order o,
            final OrderDraft draft) {
        final RefundOracle refunds = new RefundOracle(o, oracle.program.hasLineRules());
        for (int i = 1 + random.below(4); i > 0; i--) {
            final boolean byLines = random.oneIn(2);
            final List<EarnBench.Part> parts = byLines ? random.parts(o) : List.of();
            final long amount = byLines || random.oneIn(4) ? 0 : random.part(o.amount - o.refunded());
            final ResultCode expected = refunds.take(amount, parts);
            assertEquals(expected, bench.refund(draft, amount, parts));
            if (expected == ResultCode.ACCEPTED) {
                oracle.settle(o);
                assertEquals(o.claw, bench.refunds.clawPoints, "claw");
                refundsTaken++;
                clawed += o.claw > 0 ? 1 : 0;
            } else {
                refundsRefused++;
            }
            assertEquals(o.retained, draft.retainedPoints, "retained");
            assertEquals(o.refunded(), draft.refundedMinor, "refunded");
        }
    }

    private static List<String> sharesOf(final EarnOracle.Order o) {
        final List<String> shares = new ArrayList<>();
        shares.add(o.base + " + " + o.tierShare + " (" + o.clippedBase + ")");
        o.shares.forEach((id, s) -> shares.add(id + ": " + s.points + " (" + s.clipped + " " + s.by + ")"));
        return shares;
    }

    private static List<String> sharesOf(final CompiledProgram program, final OrderDraft draft) {
        final Shares granted = draft.granted;
        final List<String> shares = new ArrayList<>();
        shares.add(granted.basePoints + " + " + granted.tierPoints + " (" + granted.clippedBasePoints + ")");
        for (int i = 0; i < granted.count; i++) {
            shares.add(program.campaigns().get(granted.campaign[i]).id() + ": " + granted.points[i] + " ("
                    + granted.clipped[i] + " " + granted.clippedBy[i] + ")");
        }
        return shares;
    }
}

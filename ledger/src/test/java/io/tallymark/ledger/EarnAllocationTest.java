package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After warm-up neither earning nor a refund makes an object. */
final class EarnAllocationTest {
    private static final int CASES = 200;

    private record Case(EarnPlan plan, BurnRules burn, Command command, EarnFacts facts, MemberUsage usage) {}

    private final EarnEngine engine = new EarnEngine();
    private final RefundMath refunds = new RefundMath();
    private final Budgets budgets = new Budgets();
    private final OrderDraft draft = new OrderDraft();
    private final Command refund =
            new Command().reset(io.tallymark.protocol.CommandType.REFUND).amountMinor(1);
    private long accepted;

    @Test
    void neitherEarningNorARefundAllocates() {
        final List<Case> cases = new ArrayList<>();
        for (long seed = 1; seed <= CASES; seed++) {
            cases.add(caseOf(new EarnRandom(seed)));
        }
        final long least = AllocationDesk.leastBytes(400, 0, () -> runAll(cases));
        assertTrue(accepted > 0);
        assertTrue(least == 0, least + " bytes for " + CASES + " orders");
    }

    private static Case caseOf(final EarnRandom random) {
        final CompiledProgram program = random.program();
        final EarnBench bench = new EarnBench(program);
        final EarnOracle.Order o = random.order(program);
        final EarnFacts facts = new EarnFacts();
        facts.clear();
        facts.amountMinor = o.amount;
        facts.tierRank = o.tier;
        facts.at(o.eventMs, program.utcOffsetMinutes());
        final Command command = bench.commandOf(o);
        facts.textsOf(command);
        final CompiledProgram burning = CompiledProgram.builder("p")
                .currency("CNY")
                .baseRate(1, 100)
                .burn(random.burn())
                .build();
        return new Case(bench.plan, new BurnRules(burning), command, facts, new MemberUsage());
    }

    private void runAll(final List<Case> cases) {
        for (int i = 0; i < CASES; i++) {
            run(cases.get(i));
        }
    }

    private void run(final Case c) {
        draft.clear();
        draft.amountMinor = c.facts.amountMinor;
        draft.tierRank = c.facts.tierRank;
        c.burn.points(c.facts.amountMinor, c.facts);
        engine.readLines(c.command, c.plan, c.facts, draft.lines);
        if (engine.earn(c.plan, c.facts, draft.lines, draft.granted) != ResultCode.ACCEPTED) {
            return;
        }
        EarnClips.clip(c.plan, c.usage, budgets, c.facts.localDay(), draft.granted);
        EarnClips.countCaps(c.plan, c.usage, c.facts.localDay(), draft.granted);
        if (refunds.take(refund, draft) == ResultCode.ACCEPTED) {
            refunds.settle(c.plan, engine, draft);
            accepted++;
        }
    }
}

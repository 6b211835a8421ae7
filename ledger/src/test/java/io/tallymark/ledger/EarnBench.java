package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The parts of earning put together as a handler would, for tests to work with. */
final class EarnBench {
    /** A line of a refund: a number with a quantity or with an amount. */
    record Part(int number, int quantity, long amountMinor) {}

    final CompiledProgram program;
    final EarnPlan plan;
    final EarnEngine engine;
    final Budgets budgets = new Budgets();
    final List<MemberUsage> members = new ArrayList<>();
    final EarnFacts facts = new EarnFacts();
    final RefundMath refunds = new RefundMath();
    private final Command command;

    EarnBench(final CompiledProgram program) {
        this(program, new EarnEngine(), bigCommand());
    }

    EarnBench(final CompiledProgram program, final EarnEngine engine, final Command command) {
        this.program = program;
        this.engine = engine;
        this.command = command;
        // Any numbers do, as long as they are stable: here from the back.
        plan = new EarnPlan(program, this::number);
        for (int i = 0; i < 4; i++) {
            members.add(new MemberUsage());
        }
    }

    static Command bigCommand() {
        final Command c = new Command();
        c.lend(new UnsafeBuffer(new byte[256 * 1024]));
        return c;
    }

    int number(final String campaignId) {
        return 1_000 - place(campaignId);
    }

    int place(final String campaignId) {
        for (int i = 0; i < program.campaigns().size(); i++) {
            if (program.campaigns().get(i).id().equals(campaignId)) {
                return i;
            }
        }
        throw new AssertionError(campaignId);
    }

    /** Unclipped shares and lines in the draft. */
    ResultCode earn(final EarnOracle.Order o, final OrderDraft draft) {
        final Command c = commandOf(o);
        draft.clear();
        draft.amountMinor = o.amount;
        draft.tierRank = o.tier;
        facts.clear();
        facts.amountMinor = o.amount;
        facts.tierRank = o.tier;
        facts.firstPurchase = o.first;
        facts.birthdayMonth = o.birthday;
        facts.at(o.eventMs, program.utcOffsetMinutes());
        facts.textsOf(c);
        for (final String id : o.paused) {
            facts.pausedCampaigns |= 1L << place(id);
        }
        draft.eventDay = facts.localDay();
        engine.readLines(c, plan, facts, draft.lines);
        return engine.earn(plan, facts, draft.lines, draft.granted);
    }

    /** Clips, counts and keeps what the record of an order keeps. */
    void grant(final OrderDraft draft, final int member) {
        EarnClips.clip(plan, members.get(member), budgets, draft.eventDay, draft.granted);
        EarnClips.countCaps(plan, members.get(member), draft.eventDay, draft.granted);
        for (int i = 0; i < draft.granted.count; i++) {
            budgets.add(plan.campaigns[draft.granted.campaign[i]].number, draft.granted.points[i]);
        }
        draft.retainedPoints = draft.granted.total();
        System.arraycopy(draft.granted.points, 0, draft.keptPoints, 0, draft.granted.count);
        if (!program.hasLineRules()) {
            draft.lines.clear();
        }
    }

    /** Takes a refund and settles it. */
    ResultCode refund(final OrderDraft draft, final long amountMinor, final List<Part> parts) {
        command.reset(CommandType.REFUND).amountMinor(amountMinor);
        int at = command.reserve(VarField.LINES, 64 * 1024);
        final int first = at;
        for (final Part part : parts) {
            at = OrderLines.putFixed(command.bytes(), at, part.number, part.quantity, part.amountMinor, 0);
            for (int text = 0; text < 3; text++) {
                command.bytes().putByte(at++, (byte) 0);
            }
        }
        command.commitReserved(VarField.LINES, at - first);
        command.lineCount(parts.size());
        final ResultCode code = refunds.take(command, draft);
        if (code == ResultCode.ACCEPTED) {
            refunds.settle(plan, engine, draft);
            for (int i = 0; i < draft.granted.count; i++) {
                budgets.add(plan.campaigns[draft.granted.campaign[i]].number, -refunds.regainedPoints[i]);
            }
        }
        return code;
    }

    Command commandOf(final EarnOracle.Order o) {
        final Command c = command.reset(CommandType.ACCRUE).amountMinor(o.amount);
        put(c, VarField.CHANNEL, o.channel);
        put(c, VarField.STORE, o.store);
        final int first = c.reserve(VarField.LINES, 200 * 1024);
        int at = first;
        for (final EarnOracle.Line l : o.lines) {
            final int flags = (l.discounted() ? OrderLines.DISCOUNTED : 0) | (l.sample() ? OrderLines.SAMPLE : 0);
            at = OrderLines.putFixed(c.bytes(), at, l.number(), l.quantity(), l.amount(), flags);
            for (final String text : new String[] {l.sku(), l.category(), l.brand()}) {
                final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                at = OrderLines.putText(c.bytes(), at, new UnsafeBuffer(bytes), 0, bytes.length);
            }
        }
        c.commitReserved(VarField.LINES, at - first);
        return c.lineCount(o.lines.size());
    }

    private static void put(final Command c, final VarField field, final String text) {
        if (!text.isEmpty()) {
            c.put(field, text);
        }
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Rows;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** One member's image under the tier engine, driven as handlers drive it. */
final class TierBench {
    private static final String[] WAYS = {"", "earned", "paid", "invited"};

    final TierEngine engine = new TierEngine();
    final ProgramState program;
    final MemberDraft d = new MemberDraft();
    long nowMs;

    TierBench(final ProgramState program, final LocalDate join, final long nowMs) {
        this.program = program;
        this.nowMs = nowMs;
        d.clear(program, 1);
        d.joinDay = (int) join.toEpochDay();
    }

    void advanceTo(final long ms) {
        nowMs = ms;
        new DueEvents(engine).advance(d, ms, new Movement());
    }

    void count(final LocalDate day, final long spend, final long points, final long visits, final long orders) {
        engine.count(d, (int) day.toEpochDay(), spend, points, (int) visits, (int) orders);
    }

    long upgrade() {
        return engine.upgrade(d, nowMs);
    }

    long downgrade() {
        return engine.downgrade(d, nowMs);
    }

    int rank() {
        return engine.rank(d, nowMs);
    }

    String tier() {
        return new String(program.tierRules().id(rank()), StandardCharsets.US_ASCII);
    }

    ResultCode grant(final String tier, final String way, final Long untilMs) {
        return engine.grant(d, rankOf(tier), wayOf(way), untilMs == null ? Command.NO_TIME : untilMs, nowMs);
    }

    ResultCode revoke(final String tier, final String way) {
        return engine.revoke(d, rankOf(tier), wayOf(way));
    }

    private int rankOf(final String tier) {
        final UnsafeBuffer text = new UnsafeBuffer(("x" + tier).getBytes(StandardCharsets.US_ASCII));
        return program.tierRules().rankOf(text, 1, tier.length());
    }

    private static int wayOf(final String way) {
        final UnsafeBuffer text = new UnsafeBuffer(("x" + way).getBytes(StandardCharsets.US_ASCII));
        return TierEngine.way(text, 1, way.length());
    }

    /** The grants, by the ids that the program's versions gave them. */
    List<String> grants(final List<String> idsByStable) {
        final List<String> all = new ArrayList<>();
        final GrantBook g = d.grants;
        for (int i = 0; i < g.count; i++) {
            all.add(idsByStable.get(g.tier[i] - 1) + " " + WAYS[g.way[i]] + " " + g.fromMs[i] + " " + g.untilMs[i] + " "
                    + g.firstPeriodEndMs[i] + " " + g.graceEndMs[i] + " " + ids(idsByStable, g.bonuses[i]));
        }
        return all.stream().sorted().toList();
    }

    static List<String> ids(final List<String> idsByStable, final long bits) {
        final List<String> ids = new ArrayList<>();
        for (int i = 0; i < idsByStable.size(); i++) {
            if ((bits >>> i & 1) != 0) {
                ids.add(idsByStable.get(i));
            }
        }
        return ids.stream().sorted().toList();
    }

    Rows progress() {
        final Rows rows = new Rows();
        engine.progress(d, nowMs, rows);
        return rows;
    }

    static CompiledProgram program(final long lateWindowMs, final Tier... tiers) {
        final CompiledProgram.Builder b = CompiledProgram.builder("club")
                .currency("CNY")
                .utcOffsetMinutes(480)
                .lateWindowMs(lateWindowMs)
                .baseRate(1, 100);
        for (final Tier tier : tiers) {
            b.addTier(tier);
        }
        return b.build();
    }
}

package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Rows;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random programs and long random lives of two members, who are merged in the end, against {@link NaiveTiers}. */
class TierHistoryTest {
    private static final long DAY_MS = CompiledProgram.DAY_MS;
    private static final int HISTORIES = Integer.getInteger("tallymark.tierHistories", 400);
    private static final int STEPS = 120;
    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");
    private static final long[] LATE_MS = {
        CompiledProgram.UNLIMITED, 0, DAY_MS, 3 * DAY_MS / 2, 20 * DAY_MS, 60 * DAY_MS, 400 * DAY_MS
    };
    private static final LocalDate[] JOINS = {
        LocalDate.of(2020, 2, 29), LocalDate.of(2021, 1, 31), LocalDate.of(2019, 12, 31), LocalDate.of(2021, 3, 1)
    };

    private record Order(LocalDate day, long spend, long points, long visits) {}

    /** The same member twice. */
    private static final class Pair {
        TierBench engine;
        NaiveTiers naive;
        final List<Order> orders = new ArrayList<>();
    }

    private long bonuses;
    private long claws;
    private long rises;
    private long falls;
    private long graces;

    @Test
    void livesOfMembersGoAsTheRulesPageSays() {
        final long first = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("TierHistoryTest: seeds from " + first + ", " + HISTORIES + " histories");
        for (long seed = first; seed < first + HISTORIES; seed++) {
            try {
                history(new Random(seed));
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        System.out.println("TierHistoryTest: bonuses " + bonuses + ", claws " + claws + ", rises " + rises + ", falls "
                + falls + ", graces " + graces);
        assertTrue(
                Math.min(Math.min(bonuses, claws), Math.min(Math.min(rises, falls), graces)) > HISTORIES / 20,
                "the histories show too little");
    }

    private void history(final Random r) {
        final long lateMs = LATE_MS[r.nextInt(LATE_MS.length)];
        final int offset = new int[] {-480, 0, 330, 480}[r.nextInt(4)];
        final boolean lifetimeMonths = r.nextInt(4) == 0;
        final List<String> ids = new ArrayList<>();
        final ProgramState program = new ProgramState(0, program(r, lateMs, offset, lifetimeMonths, ids));
        final long startMs =
                LocalDate.of(2021, 1 + r.nextInt(12), 1 + r.nextInt(28)).toEpochDay() * DAY_MS;
        final Pair[] pairs = {pair(r, program, ids, startMs), pair(r, program, ids, startMs)};
        long nowMs = startMs;
        for (int step = 0; step < STEPS; step++) {
            nowMs += jump(r, nowMs, offset);
            final Pair p = pairs[r.nextInt(2)];
            if (r.nextInt(60) == 0) {
                final CompiledProgram next = program(r, lateMs, offset, lifetimeMonths, ids);
                assertTrue(program.tierRules().allIn(next));
                for (final Pair each : pairs) {
                    advance(each, nowMs);
                    each.naive.program = next;
                }
                program.replace(next, nowMs);
            }
            advance(p, nowMs);
            command(r, p, program);
            same(p);
        }
        for (final Pair p : pairs) {
            advance(p, nowMs);
        }
        pairs[0].engine.engine.merge(pairs[1].engine.d, pairs[0].engine.d, nowMs);
        pairs[0].naive.merge(pairs[1].naive);
        assertEquals(pairs[0].naive.upgrade(), pairs[0].engine.upgrade(), "bonus of the merge");
        same(pairs[0]);
        advance(pairs[0], nowMs + 800 * DAY_MS);
        same(pairs[0]);
    }

    private Pair pair(final Random r, final ProgramState program, final List<String> ids, final long startMs) {
        final Pair p = new Pair();
        final LocalDate join = r.nextInt(3) == 0
                ? LocalDate.ofEpochDay(startMs / DAY_MS - r.nextInt(900))
                : JOINS[r.nextInt(JOINS.length)];
        final LocalDate joined = join.toEpochDay() > startMs / DAY_MS ? JOINS[0] : join;
        p.engine = new TierBench(program, joined, startMs);
        p.naive = new NaiveTiers(program.compiled(), ids, joined, startMs);
        assertEquals(p.naive.upgrade(), p.engine.upgrade(), "bonus at enrolment");
        same(p);
        return p;
    }

    private static void advance(final Pair p, final long nowMs) {
        p.naive.advanceTo(nowMs);
        p.engine.advanceTo(nowMs);
    }

    private static long jump(final Random r, final long nowMs, final int offset) {
        return switch (r.nextInt(8)) {
            case 0 -> 0;
            case 1, 2, 3 -> r.nextInt((int) (9 * DAY_MS / 1_000)) * 1_000L;
            case 4, 5 -> r.nextInt(50) * DAY_MS;
            case 6 -> {
                // To the edge of a month, or a millisecond before it.
                final LocalDate next = LocalDate.ofEpochDay(nowMs / DAY_MS)
                        .plusMonths(1L + r.nextInt(12))
                        .withDayOfMonth(1);
                yield Math.max(0, next.toEpochDay() * DAY_MS - offset * 60_000L - nowMs - r.nextInt(2));
            }
            default -> r.nextInt(12) == 0 ? r.nextInt(1_500) * DAY_MS : r.nextInt(4) * DAY_MS;
        };
    }

    private void command(final Random r, final Pair p, final ProgramState program) {
        final LocalDate today = p.naive.date(p.naive.nowMs);
        switch (r.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> accrue(r, p, today.minusDays(r.nextInt(3) == 0 ? r.nextInt(450) : r.nextInt(2)));
            case 5, 6, 7 -> refund(r, p);
            case 8 -> count(p, today, 0, r.nextInt(4), 0, 0, true);
            case 9 -> count(p, today, -r.nextInt(6), -r.nextInt(6), 0, 0, false);
            default -> grantOrRevoke(r, p);
        }
    }

    private void accrue(final Random r, final Pair p, final LocalDate day) {
        final Order order = new Order(day, 1 + r.nextInt(r.nextInt(5) == 0 ? 12 : 4), r.nextInt(5), r.nextInt(2));
        p.orders.add(order);
        count(p, day, order.spend, order.points, order.visits, 1, true);
    }

    private void refund(final Random r, final Pair p) {
        if (p.orders.isEmpty()) {
            return;
        }
        final int which = r.nextBoolean() ? p.orders.size() - 1 : r.nextInt(p.orders.size());
        final Order order = p.orders.remove(which);
        if (order.spend > 1 && r.nextInt(3) == 0) {
            p.orders.add(new Order(order.day, order.spend - 1, order.points, order.visits));
            count(p, order.day, -1, 0, 0, 0, false);
        } else {
            count(p, order.day, -order.spend, -order.points, -order.visits, -1, false);
        }
    }

    private void count(
            final Pair p,
            final LocalDate day,
            final long spend,
            final long points,
            final long visits,
            final long orders,
            final boolean up) {
        final int before = p.naive.rank();
        p.engine.count(day, spend, points, visits, orders);
        p.naive.count(day, spend, points, visits, orders);
        if (up) {
            final long bonus = p.naive.upgrade();
            assertEquals(bonus, p.engine.upgrade(), "bonus");
            bonuses += bonus > 0 ? 1 : 0;
        } else {
            final long claw = p.naive.downgrade();
            assertEquals(claw, p.engine.downgrade(), "claw");
            claws += claw > 0 ? 1 : 0;
        }
        rises += p.naive.rank() > before ? 1 : 0;
        falls += p.naive.rank() < before ? 1 : 0;
    }

    private static void grantOrRevoke(final Random r, final Pair p) {
        final String id = IDS.get(r.nextInt(IDS.size()));
        final String way = List.of("paid", "invited", "earned", "stolen").get(r.nextInt(r.nextInt(4) == 0 ? 4 : 2));
        if (r.nextInt(3) > 0) {
            final Long until = r.nextBoolean() ? null : p.naive.nowMs - DAY_MS + r.nextInt(400) * DAY_MS;
            assertEquals(
                    p.naive.grant(id, way, until) ? ResultCode.ACCEPTED : ResultCode.NOT_OFFERED,
                    p.engine.grant(id, way, until));
            return;
        }
        final boolean listed = p.naive.program.tiers().stream().anyMatch(t -> t.id().equals(id));
        final ResultCode expected = !listed || !way.equals("paid") && !way.equals("invited")
                ? ResultCode.NOT_OFFERED
                : p.naive.revoke(id, way) ? ResultCode.ACCEPTED : ResultCode.ORIGINAL_NOT_FOUND;
        assertEquals(expected, p.engine.revoke(id, way));
    }

    private void same(final Pair p) {
        final List<String> ids = p.naive.ids;
        final MemberDraft d = p.engine.d;
        assertEquals(p.naive.rank(), p.engine.rank(), "rank");
        assertEquals(p.naive.grants(), p.engine.grants(ids), "grants");
        assertEquals(
                p.naive.lifetimeTier == null ? 0 : ids.indexOf(p.naive.lifetimeTier) + 1, d.lifetimeTier, "lifetime");
        assertEquals(List.copyOf(p.naive.given), TierBench.ids(ids, d.bonusesGiven), "bonuses given");
        assertEquals(
                List.copyOf(p.naive.lifetimeBonuses), TierBench.ids(ids, d.lifetimeBonuses), "bonuses of the lifetime");
        final Rows rows = p.engine.progress();
        assertEquals(p.naive.program.tiers().size(), rows.count());
        for (int row = 0; row < rows.count(); row++) {
            final long[] told = new long[Rows.COLUMNS];
            for (int column = 0; column < Rows.COLUMNS; column++) {
                told[column] = rows.value(row, column);
            }
            assertEquals(
                    Arrays.toString(p.naive.progress(row + 1)),
                    Arrays.toString(told),
                    "progress of " + new String(rows.text(row), StandardCharsets.US_ASCII));
        }
        graces += p.naive.grants.stream().anyMatch(g -> g.graceEndMs != null) ? 1 : 0;
    }

    private static CompiledProgram program(
            final Random r, final long lateMs, final int offset, final boolean lifetimeMonths, final List<String> ids) {
        while (true) {
            final List<String> names = new ArrayList<>(IDS);
            Collections.shuffle(names, r);
            final List<String> listed = names.subList(0, 1 + r.nextInt(names.size()));
            final CompiledProgram.Builder b = CompiledProgram.builder("club")
                    .currency("CNY")
                    .utcOffsetMinutes(offset)
                    .lateWindowMs(lateMs)
                    .baseRate(1, 100);
            final int style = r.nextInt(5);
            long spend = -1;
            boolean asks = false;
            for (final String id : listed) {
                final Tier tier = tier(r, id, style, spend + 1);
                spend = tier.window() == Tier.Window.LIFETIME && tier.earned() != null
                        ? Math.max(spend, tier.earned().spendMinor())
                        : spend;
                asks |= tier.earned() != null
                        && tier.window() == Tier.Window.LIFETIME
                        && tier.earned().months() > 0;
                b.addTier(tier);
            }
            for (final String id : ids) {
                if (!listed.contains(id)) {
                    b.retireTier(id, listed.get(r.nextInt(listed.size())));
                }
            }
            // Whether months are forgotten must not change: what was forgotten does not come back.
            if (asks == lifetimeMonths) {
                try {
                    final CompiledProgram program = b.build();
                    listed.stream().filter(id -> !ids.contains(id)).forEach(ids::add);
                    return program;
                } catch (final InvalidProgramException e) {
                    continue;
                }
            }
        }
    }

    private static Tier tier(final Random r, final String id, final int style, final long minSpend) {
        final int kind = r.nextInt(6);
        final int paid = r.nextInt(4) == 0 ? r.nextInt(3) == 0 ? Tier.FOR_EVER : r.nextInt(14) : 0;
        final int invited = r.nextInt(4) == 0 ? 1 + r.nextInt(3) : 0;
        if (kind == 0) {
            return new Tier(id, 1_000_000, null, Tier.Window.LIFETIME, 0, 0, null, 0, paid, invited + 1, 0, List.of());
        }
        final int bonus = r.nextInt(3) == 0 ? 0 : 1 << r.nextInt(20);
        if (style == 0 || kind == 1) {
            final Requirement spend = style == 0
                    ? Requirement.spend(minSpend + r.nextInt(8))
                    : new Requirement(
                            r.nextBoolean(), minSpend + r.nextInt(8), r.nextInt(4), r.nextInt(6), r.nextInt(3));
            return new Tier(
                    id, 1_000_000, spend, Tier.Window.LIFETIME, 0, 0, spend, 0, paid, invited, bonus, List.of());
        }
        final Tier.Window window = style <= 3 ? Tier.Window.values()[style] : Tier.Window.values()[1 + r.nextInt(3)];
        final Requirement earned = requirement(r);
        return new Tier(
                id,
                1_000_000,
                earned,
                window,
                window == Tier.Window.ROLLING_MONTHS ? 1 + r.nextInt(12) : 0,
                r.nextInt(3) == 0 ? r.nextInt(3) : 0,
                r.nextInt(3) == 0 ? requirement(r) : earned,
                r.nextInt(3) == 0 ? r.nextInt(100) : 0,
                paid,
                invited,
                bonus,
                List.of());
    }

    private static Requirement requirement(final Random r) {
        return switch (r.nextInt(6)) {
            case 0 -> Requirement.spend(r.nextInt(12));
            case 1 -> new Requirement(r.nextBoolean(), 0, r.nextInt(5), r.nextInt(8), 0);
            case 2 -> new Requirement(false, 0, 0, 0, 1 + r.nextInt(2));
            default -> new Requirement(r.nextBoolean(), r.nextInt(10), r.nextInt(4), r.nextInt(8), r.nextInt(3));
        };
    }
}

package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who holds which tier, since when, until when. */
final class Tiers {
    private final Program program;

    Tiers(final Program program) {
        this.program = program;
    }

    /** The level that counts; 0: none. */
    int level(final Member m) {
        final int byGrants = m.grants.values().stream()
                .mapToInt(g -> program.level(g.tier))
                .max()
                .orElse(0);
        return Math.max(program.level(m.lifetimeTier), byGrants);
    }

    String tierId(final Member m) {
        final int level = level(m);
        return level == 0 ? "" : program.tier(level).id();
    }

    Exact multiplier(final Member m) {
        final int level = level(m);
        return level == 0 ? Exact.ONE : Exact.ofMicros(program.tier(level).multiplierMicros());
    }

    private static boolean byLifetime(final Tier tier) {
        return tier.earned() != null && tier.window() == Tier.Window.LIFETIME;
    }

    private static boolean byWindow(final Tier tier) {
        return tier.earned() != null && tier.window() != Tier.Window.LIFETIME;
    }

    // Counters over windows.

    private Collection<Counters.Sums> window(final Member m, final Tier tier, final long momentMs) {
        final int month = program.days.monthOf(momentMs);
        switch (tier.window()) {
            case CALENDAR_YEAR:
                final int january = month - Math.floorMod(month, 12);
                return m.counters.months.subMap(january, january + 12).values();
            case ANNIVERSARY:
                final int year = Days.yearSince(m.joinDay, program.days.dayOf(momentMs));
                return m.counters.years.containsKey(year)
                        ? m.counters.years.get(year).values()
                        : List.of();
            case ROLLING_MONTHS:
                return m.counters
                        .months
                        .subMap(month - tier.windowMonths(), month + 1)
                        .values();
            default:
                return m.counters.months.values();
        }
    }

    private boolean isMet(final Member m, final Tier tier, final Requirement requirement, final long momentMs) {
        final Collection<Counters.Sums> buckets = window(m, tier, momentMs);
        final Counters.Sums sums = tier.window() == Tier.Window.LIFETIME ? m.counters.lifetime : Counters.sum(buckets);
        return requirement.isMetBy(sums.spend, sums.visits, sums.points, Counters.monthsWithOrders(buckets));
    }

    /** The highest level by lifetime counters. */
    private int lifetimeGives(final Member m) {
        for (int level = program.rules.tiers().size(); level > 0; level--) {
            final Tier tier = program.tier(level);
            if (byLifetime(tier) && isMet(m, tier, tier.earned(), 0)) {
                return level;
            }
        }
        return 0;
    }

    /** The highest level by counters in windows. */
    private int windowsGive(final Member m, final long momentMs) {
        for (int level = program.rules.tiers().size(); level > 0; level--) {
            final Tier tier = program.tier(level);
            if (byWindow(tier) && isMet(m, tier, tier.earned(), momentMs)) {
                return level;
            }
        }
        return 0;
    }

    private Stream<Grant> earned(final Member m) {
        return m.grants.values().stream().filter(g -> g.way == Grant.Way.EARNED);
    }

    private Grant highestEarned(final Member m) {
        return earned(m)
                .max(Comparator.comparingInt(g -> program.level(g.tier)))
                .orElse(null);
    }

    // Rising.

    void enrol(final Member m) {
        final int level = lifetimeGives(m);
        m.lifetimeTier = level == 0 ? null : program.tier(level).id();
    }

    /** The bonuses that {@link #rise} would bring now. */
    Map<String, Long> bonusesOfRise(final Member m, final long nowMs) {
        final Map<String, Long> bonuses = new HashMap<>();
        final int lifetime = lifetimeGives(m);
        for (int level = program.level(m.lifetimeTier) + 1; level <= lifetime; level++) {
            if (byLifetime(program.tier(level))) {
                addBonus(m, program.tier(level), bonuses);
            }
        }
        final Grant highest = highestEarned(m);
        final int windowed = windowsGive(m, nowMs);
        for (int level = highest == null ? 1 : program.level(highest.tier) + 1; level <= windowed; level++) {
            if (byWindow(program.tier(level))) {
                addBonus(m, program.tier(level), bonuses);
            }
        }
        return bonuses;
    }

    private static void addBonus(final Member m, final Tier tier, final Map<String, Long> bonuses) {
        if (!m.bonuses.containsKey(tier.id())) {
            bonuses.put(tier.id(), tier.bonusPoints());
        }
    }

    /** After counters rose. The bonuses are credited by the caller. */
    void rise(final Member m, final long nowMs) {
        m.bonuses.putAll(bonusesOfRise(m, nowMs));
        final int lifetime = lifetimeGives(m);
        if (lifetime > program.level(m.lifetimeTier)) {
            m.lifetimeTier = program.tier(lifetime).id();
        }
        final Grant highest = highestEarned(m);
        final int windowed = windowsGive(m, nowMs);
        if (windowed > (highest == null ? 0 : program.level(highest.tier))) {
            final Tier tier = program.tier(windowed);
            long until = program.days.periodEnd(tier.window(), m.joinDay, nowMs);
            for (int i = 0; i < tier.keepPeriods(); i++) {
                until = program.days.periodEnd(tier.window(), m.joinDay, until);
            }
            put(m, new Grant(tier.id(), Grant.Way.EARNED, nowMs, until));
        }
    }

    private static void put(final Member m, final Grant grant) {
        m.grants.put(new Member.GrantKey(grant.tier, grant.way), grant);
    }

    private static void remove(final Member m, final Grant grant) {
        m.grants.remove(new Member.GrantKey(grant.tier, grant.way));
    }

    // Falling by refunds.

    /** After a refund lowered counters; returns the bonus points to claw. */
    long undo(final Member m, final long nowMs) {
        return undoLifetime(m) + undoHighestGrant(m, nowMs);
    }

    private long undoLifetime(final Member m) {
        final int held = program.level(m.lifetimeTier);
        if (held == 0
                || !byLifetime(program.tier(held))
                || isMet(m, program.tier(held), program.tier(held).earned(), 0)) {
            return 0;
        }
        final int given = lifetimeGives(m);
        if (given >= held) {
            return 0;
        }
        m.lifetimeTier = given == 0 ? null : program.tier(given).id();
        long lost = 0;
        for (int level = given + 1; level <= held; level++) {
            if (byLifetime(program.tier(level))) {
                lost += loseBonus(m, program.tier(level).id());
            }
        }
        return lost;
    }

    private long undoHighestGrant(final Member m, final long nowMs) {
        final Grant highest = highestEarned(m);
        if (highest == null || highest.landed) {
            return 0;
        }
        final Tier tier = program.tier(program.level(highest.tier));
        final boolean firstPeriod = nowMs < program.days.periodEnd(tier.window(), m.joinDay, highest.fromMs);
        if (!firstPeriod || isMet(m, tier, tier.earned(), nowMs)) {
            return 0;
        }
        remove(m, highest);
        return loseBonus(m, tier.id());
    }

    private static long loseBonus(final Member m, final String tier) {
        final Long outstanding = m.bonuses.get(tier);
        if (outstanding == null) {
            return 0;
        }
        m.bonuses.put(tier, 0L);
        return outstanding;
    }

    // Settlement.

    private long lateWindowMs() {
        return program.rules.lateWindowMs() == CompiledProgram.UNLIMITED ? 0 : program.rules.lateWindowMs();
    }

    /** When something is to be done about a grant. */
    long dueMs(final Grant grant) {
        if (grant.way != Grant.Way.EARNED || grant.untilMs == Days.NEVER_MS) {
            return grant.untilMs;
        }
        return grant.inGrace() ? grant.graceEndMs : grant.untilMs + lateWindowMs();
    }

    void runDue(final Member m, final Grant grant, final long timeMs) {
        if (grant.way != Grant.Way.EARNED) {
            remove(m, grant);
            return;
        }
        final Tier tier = program.tier(program.level(grant.tier));
        if (grant.inGrace()) {
            if (isMet(m, tier, tier.earned(), timeMs)) {
                grant.untilMs = program.days.periodEnd(tier.window(), m.joinDay, timeMs);
                grant.graceEndMs = Days.NEVER_MS;
            } else {
                land(m, grant, timeMs);
            }
            return;
        }
        final long tested = tier.window() == Tier.Window.ROLLING_MONTHS ? grant.untilMs : grant.untilMs - 1;
        if (isMet(m, tier, tier.retention(), tested)) {
            grant.untilMs = program.days.periodEnd(tier.window(), m.joinDay, grant.untilMs);
        } else if (tier.graceDays() > 0) {
            grant.graceEndMs = timeMs + tier.graceDays() * CompiledProgram.DAY_MS;
        } else {
            land(m, grant, timeMs);
        }
    }

    /** The grant ends; softly: one level down, or where the counters lead. */
    private void land(final Member m, final Grant grant, final long timeMs) {
        remove(m, grant);
        m.bonuses.computeIfPresent(grant.tier, (k, outstanding) -> 0L);
        final int level = Math.max(program.level(grant.tier) - 1, windowsGive(m, timeMs));
        if (level < 1 || !byWindow(program.tier(level))) {
            return;
        }
        final Tier tier = program.tier(level);
        final long until = program.days.periodEnd(tier.window(), m.joinDay, timeMs);
        final Grant held = m.grants.get(new Member.GrantKey(tier.id(), Grant.Way.EARNED));
        if (held == null) {
            final Grant landed = new Grant(tier.id(), Grant.Way.EARNED, timeMs, until);
            landed.landed = true;
            put(m, landed);
        } else if (held.untilMs < until) {
            held.untilMs = until;
            held.graceEndMs = Days.NEVER_MS;
        }
    }

    // Publication and merging.

    /** Tiers that are no longer listed go over into those that stand for them. */
    void rename(final Member m, final Map<String, String> retired) {
        if (m.lifetimeTier != null) {
            m.lifetimeTier = retired.getOrDefault(m.lifetimeTier, m.lifetimeTier);
        }
        final List<Grant> grants = List.copyOf(m.grants.values());
        m.grants.clear();
        for (final Grant grant : grants) {
            grant.tier = retired.getOrDefault(grant.tier, grant.tier);
            unite(m, grant);
        }
        for (final String id : List.copyOf(m.bonuses.keySet())) {
            if (retired.containsKey(id)) {
                m.bonuses.merge(retired.get(id), m.bonuses.remove(id), Long::sum);
            }
        }
    }

    void merge(final Member into, final Member from) {
        if (program.level(from.lifetimeTier) > program.level(into.lifetimeTier)) {
            into.lifetimeTier = from.lifetimeTier;
        }
        from.grants.values().forEach(grant -> unite(into, grant));
        from.bonuses.forEach((tier, points) -> into.bonuses.merge(tier, points, Long::sum));
    }

    private static void unite(final Member m, final Grant grant) {
        m.grants.merge(new Member.GrantKey(grant.tier, grant.way), grant, Grant::united);
    }
}

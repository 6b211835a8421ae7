package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

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

    static boolean byLifetime(final Tier tier) {
        return tier.earned() != null && tier.window() == Tier.Window.LIFETIME;
    }

    static boolean byWindow(final Tier tier) {
        return tier.earned() != null && tier.window() != Tier.Window.LIFETIME;
    }

    // Counters over windows.

    private boolean isMet(final Member m, final Tier tier, final Requirement requirement, final long momentMs) {
        final int month = program.days.monthOf(momentMs);
        final var months = m.counters.months;
        Collection<Counters.Sums> ofMonths = months.values();
        Counters.Sums sums = m.counters.lifetime;
        if (tier.window() == Tier.Window.ANNIVERSARY) {
            final int year = Days.yearSince(m.joinDay, program.days.dayOf(momentMs));
            final var begin = Days.yearBegin(m.joinDay, year);
            final var last = Days.yearBegin(m.joinDay, year + 1).minusDays(1);
            ofMonths =
                    months.subMap(Days.monthOf(begin), Days.monthOf(last) + 1).values();
            sums = m.counters.years.getOrDefault(year, new Counters.Sums());
        } else if (tier.window() != Tier.Window.LIFETIME) {
            final boolean rolling = tier.window() == Tier.Window.ROLLING_MONTHS;
            final int first = rolling ? month - tier.windowMonths() : month - Math.floorMod(month, 12);
            ofMonths = months.subMap(first, rolling ? month + 1 : first + 12).values();
            sums = Counters.sum(ofMonths);
        }
        return requirement.isMetBy(sums.spend, sums.visits, sums.points, Counters.monthsWithOrders(ofMonths));
    }

    /** The highest level up to one that lifetime counters give. */
    private int lifetimeGives(final Member m, final int highest) {
        for (int level = highest; level > 0; level--) {
            final Tier tier = program.tier(level);
            if (byLifetime(tier) && isMet(m, tier, tier.earned(), 0)) {
                return level;
            }
        }
        return 0;
    }

    /** The highest level up to one that counters in windows give. */
    private int windowsGive(final Member m, final long momentMs, final int highest) {
        for (int level = highest; level > 0; level--) {
            final Tier tier = program.tier(level);
            if (byWindow(tier) && isMet(m, tier, tier.earned(), momentMs)) {
                return level;
            }
        }
        return 0;
    }

    private int top() {
        return program.rules.tiers().size();
    }

    private Grant highestEarned(final Member m) {
        return m.grants.values().stream()
                .filter(g -> g.way == Grant.Way.EARNED)
                .max(Comparator.<Grant>comparingInt(g -> program.level(g.tier))
                        .thenComparingInt(g -> -program.listingOrder(g.tier)))
                .orElse(null);
    }

    private int earnedLevel(final Member m) {
        final Grant highest = highestEarned(m);
        return highest == null ? 0 : program.level(highest.tier);
    }

    // Rising.

    /** What {@link #rise} would bring now. */
    long bonusOfRise(final Member m, final long nowMs) {
        final boolean any = program.rules.tiers().stream().anyMatch(tier -> tier.bonusPoints() > 0);
        return any ? rise(m.copyForPreview(), nowMs) : 0;
    }

    /** After counters rose; returns the bonus points, which the caller credits. */
    long rise(final Member m, final long nowMs) {
        long bonus = 0;
        final int lifetime = lifetimeGives(m, top());
        if (lifetime > program.level(m.lifetimeTier)) {
            bonus += giveBonuses(m, lifetime, m.lifetimeBonuses);
            m.lifetimeTier = program.tier(lifetime).id();
        }
        final int windowed = windowsGive(m, nowMs, top());
        if (windowed > earnedLevel(m)) {
            final Grant grant = started(m, windowed, nowMs);
            bonus += giveBonuses(m, windowed, grant.bonuses);
            put(m, grant);
        }
        return bonus;
    }

    /** The bonuses of the levels above the earned one, as far as they were not given yet. */
    private long giveBonuses(final Member m, final int upTo, final Collection<String> owner) {
        long points = 0;
        for (int level = Math.max(program.level(m.lifetimeTier), earnedLevel(m)) + 1; level <= upTo; level++) {
            final Tier tier = program.tier(level);
            if (m.bonusesGiven.add(tier.id())) {
                owner.add(tier.id());
                points = Math.addExact(points, tier.bonusPoints());
            }
        }
        return points;
    }

    private Grant started(final Member m, final int level, final long nowMs) {
        final Tier tier = program.tier(level);
        final long first = program.days.periodEnd(tier.window(), m.joinDay, nowMs);
        long until = first;
        for (int i = 0; i < tier.keepPeriods(); i++) {
            until = program.days.periodEnd(tier.window(), m.joinDay, until);
        }
        final Grant grant = new Grant(tier.id(), Grant.Way.EARNED, nowMs, until);
        grant.firstPeriodEndMs = first;
        return grant;
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
        final TreeSet<String> lost = new TreeSet<>();
        final int held = program.level(m.lifetimeTier);
        if (held > 0
                && !(byLifetime(program.tier(held))
                        && isMet(m, program.tier(held), program.tier(held).earned(), 0))) {
            final int given = lifetimeGives(m, held - 1);
            m.lifetimeTier = given == 0 ? null : program.tier(given).id();
            m.lifetimeBonuses.stream().filter(id -> program.level(id) > given).forEach(lost::add);
        }
        boolean removed = false;
        for (Grant highest = highestEarned(m); isUndone(m, highest, nowMs); highest = highestEarned(m)) {
            remove(m, highest);
            lost.addAll(highest.bonuses);
            removed = true;
        }
        Grant instead = null;
        final int level = windowsGive(m, nowMs, top());
        if (removed && level > earnedLevel(m)) {
            instead = started(m, level, nowMs);
            put(m, instead);
        }
        return claw(m, lost, instead);
    }

    private boolean isUndone(final Member m, final Grant grant, final long nowMs) {
        if (grant == null || nowMs >= grant.firstPeriodEndMs) {
            return false;
        }
        final Tier tier = program.tier(program.level(grant.tier));
        return !byWindow(tier) || !isMet(m, tier, tier.earned(), nowMs);
    }

    private long claw(final Member m, final Collection<String> lost, final Grant instead) {
        final int left = Math.max(program.level(m.lifetimeTier), earnedLevel(m));
        long points = 0;
        for (final String id : lost) {
            if (program.level(id) > left) {
                final Tier tier = program.tier(program.level(id));
                points = Math.addExact(points, tier.id().equals(id) ? tier.bonusPoints() : 0);
                m.lifetimeBonuses.remove(id);
            } else if (instead != null && program.level(id) <= program.level(instead.tier)) {
                m.lifetimeBonuses.remove(id);
                instead.bonuses.add(id);
            }
        }
        return points;
    }

    // Settlement.

    private long lateWindowMs() {
        return program.rules.lateWindowMs() == CompiledProgram.UNLIMITED ? 0 : program.rules.lateWindowMs();
    }

    /** When something is to be done about a grant. */
    long dueMs(final Grant grant) {
        if (grant.way != Grant.Way.EARNED) {
            return grant.untilMs;
        }
        return grant.inGrace() ? grant.graceEndMs : grant.untilMs + lateWindowMs();
    }

    void runDue(final Member m, final Grant grant, final long timeMs) {
        final Tier tier = program.tier(program.level(grant.tier));
        if (grant.way != Grant.Way.EARNED) {
            remove(m, grant);
        } else if (!byWindow(tier)) {
            stepDown(m, grant, timeMs);
        } else if (grant.inGrace()) {
            if (isMet(m, tier, tier.earned(), timeMs)) {
                grant.untilMs = program.days.periodEnd(tier.window(), m.joinDay, timeMs);
                grant.graceEndMs = Days.NEVER_MS;
            } else {
                stepDown(m, grant, timeMs);
            }
        } else {
            settle(m, grant, tier, timeMs);
        }
    }

    private void settle(final Member m, final Grant grant, final Tier tier, final long timeMs) {
        final long tested = tier.window() == Tier.Window.ROLLING_MONTHS ? grant.untilMs : grant.untilMs - 1;
        if (isMet(m, tier, tier.retention(), tested)) {
            grant.untilMs = program.days.periodEnd(tier.window(), m.joinDay, grant.untilMs);
        } else if (tier.graceDays() > 0) {
            grant.graceEndMs = timeMs + tier.graceDays() * CompiledProgram.DAY_MS;
        } else {
            stepDown(m, grant, timeMs);
        }
    }

    /** The grant ends; softly: one level down, or where the counters lead. */
    private void stepDown(final Member m, final Grant grant, final long timeMs) {
        remove(m, grant);
        final int own = program.level(grant.tier);
        int below = own - 1;
        while (below > 0 && !byWindow(program.tier(below))) {
            below--;
        }
        final int level = Math.max(below, windowsGive(m, timeMs, own));
        if (level == 0) {
            return;
        }
        final Tier tier = program.tier(level);
        final long until = program.days.periodEnd(tier.window(), m.joinDay, timeMs);
        final Grant live = m.grants.values().stream()
                .filter(g -> g.way == Grant.Way.EARNED && program.level(g.tier) == level)
                .min(Comparator.comparingInt(g -> program.listingOrder(g.tier)))
                .orElse(null);
        if (live == null) {
            put(m, new Grant(tier.id(), Grant.Way.EARNED, timeMs, until));
        } else if (live.untilMs < until) {
            live.untilMs = until;
            live.graceEndMs = Days.NEVER_MS;
        }
    }

    // Commands and merging.

    void end(final Member m, final Grant grant) {
        remove(m, grant);
    }

    /** Ends what a tier means now, under whatever name it was granted; returns whether there was anything. */
    boolean end(final Member m, final int level, final Grant.Way way) {
        final List<Grant> ended = new ArrayList<>(m.grants.values());
        ended.removeIf(g -> g.way != way || program.level(g.tier) != level);
        ended.forEach(grant -> remove(m, grant));
        return !ended.isEmpty();
    }

    void grant(final Member m, final Grant grant) {
        end(m, program.level(grant.tier), grant.way);
        put(m, grant);
    }

    void merge(final Member into, final Member from) {
        if (program.level(from.lifetimeTier) > program.level(into.lifetimeTier)) {
            into.lifetimeTier = from.lifetimeTier;
        }
        into.lifetimeBonuses.addAll(from.lifetimeBonuses);
        into.bonusesGiven.addAll(from.bonusesGiven);
        from.grants.forEach((key, grant) -> into.grants.merge(key, grant, Grant::united));
    }
}

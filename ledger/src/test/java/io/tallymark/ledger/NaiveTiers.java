package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tiers of one member as the page on rules tells them, with dates and maps and nothing forgotten. Time goes by in
 * steps of half a day; late windows are a multiple of that.
 */
final class NaiveTiers {
    static final long STEP_MS = 43_200_000L;

    static final class Grant {
        String tier;
        String way;
        long fromMs;
        long untilMs;
        long firstPeriodEndMs;
        Long graceEndMs;
        Set<String> bonuses = new TreeSet<>();
    }

    /** Every id, in the order in which the program's versions listed them first: the elder comes first in a tie. */
    final List<String> ids;

    CompiledProgram program;
    LocalDate join;
    String lifetimeTier;
    List<Grant> grants = new ArrayList<>();
    final Set<String> given = new TreeSet<>();
    final Set<String> lifetimeBonuses = new TreeSet<>();
    final long[] life = new long[4];
    final Map<YearMonth, long[]> months = new TreeMap<>();
    Map<Integer, long[]> years = new TreeMap<>();
    long nowMs;

    NaiveTiers(final CompiledProgram program, final List<String> ids, final LocalDate join, final long nowMs) {
        this.program = program;
        this.ids = ids;
        this.join = join;
        this.nowMs = nowMs;
    }

    LocalDate date(final long ms) {
        return Instant.ofEpochMilli(ms)
                .atOffset(ZoneOffset.ofTotalSeconds(program.utcOffsetMinutes() * 60))
                .toLocalDate();
    }

    long startMs(final LocalDate date) {
        return date.atStartOfDay()
                .toInstant(ZoneOffset.ofTotalSeconds(program.utcOffsetMinutes() * 60))
                .toEpochMilli();
    }

    int level(final String id) {
        if (id == null) {
            return 0;
        }
        final String listed = program.retiredTiers().getOrDefault(id, id);
        return 1 + program.tiers().stream().map(Tier::id).toList().indexOf(listed);
    }

    Tier tier(final int level) {
        return program.tiers().get(level - 1);
    }

    boolean isWindowed(final int level) {
        return tier(level).earned() != null && tier(level).window() != Tier.Window.LIFETIME;
    }

    boolean isLifetime(final int level) {
        return tier(level).earned() != null && tier(level).window() == Tier.Window.LIFETIME;
    }

    int yearOf(final LocalDate date) {
        int year = 0;
        while (!join.plusYears(year + 1L).isAfter(date)) {
            year++;
        }
        return year;
    }

    void count(final LocalDate day, final long... change) {
        add(life, change);
        boolean keepsMonths = false;
        boolean keepsYears = false;
        for (final Tier t : program.tiers()) {
            if (t.earned() != null) {
                keepsMonths |= t.earned().months() > 0 || t.retention().months() > 0;
                keepsMonths |= t.window() == Tier.Window.CALENDAR_YEAR || t.window() == Tier.Window.ROLLING_MONTHS;
                keepsYears |= t.window() == Tier.Window.ANNIVERSARY;
            }
        }
        if (keepsMonths) {
            add(months.computeIfAbsent(YearMonth.from(day), m -> new long[4]), change);
        }
        if (keepsYears) {
            add(years.computeIfAbsent(yearOf(day), y -> new long[4]), change);
        }
    }

    private static void add(final long[] to, final long... change) {
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.max(0, to[i] + change[i]);
        }
    }

    private int monthsBetween(final YearMonth first, final YearMonth last) {
        return (int) months.entrySet().stream()
                .filter(e -> !e.getKey().isBefore(first) && !e.getKey().isAfter(last))
                .filter(e -> e.getValue()[3] > 0)
                .count();
    }

    private NaiveSum sumOfMonths(final YearMonth first, final YearMonth last) {
        final long[] sum = new long[4];
        months.forEach((month, counted) -> {
            if (!month.isBefore(first) && !month.isAfter(last)) {
                add(sum, counted);
            }
        });
        return new NaiveSum(sum[0], sum[2], sum[1], monthsBetween(first, last));
    }

    NaiveSum sum(final int level, final long ms) {
        final LocalDate day = date(ms);
        return switch (tier(level).window()) {
            case LIFETIME ->
                new NaiveSum(life[0], life[2], life[1], monthsBetween(YearMonth.of(1, 1), YearMonth.of(9999, 1)));
            case CALENDAR_YEAR -> sumOfMonths(YearMonth.of(day.getYear(), 1), YearMonth.of(day.getYear(), 12));
            case ROLLING_MONTHS ->
                sumOfMonths(YearMonth.from(day).minusMonths(tier(level).windowMonths()), YearMonth.from(day));
            case ANNIVERSARY -> {
                final int year = yearOf(day);
                final long[] counted = years.getOrDefault(year, new long[4]);
                final YearMonth first = YearMonth.from(join.plusYears(year));
                final YearMonth last = YearMonth.from(join.plusYears(year + 1L).minusDays(1));
                yield new NaiveSum(counted[0], counted[2], counted[1], monthsBetween(first, last));
            }
        };
    }

    long periodEnd(final int level, final long ms, final int further) {
        final LocalDate day = date(ms);
        return startMs(
                switch (tier(level).window()) {
                    case CALENDAR_YEAR -> LocalDate.of(day.getYear() + 1 + further, 1, 1);
                    case ANNIVERSARY -> join.plusYears(yearOf(day) + 1L + further);
                    case ROLLING_MONTHS -> day.withDayOfMonth(1).plusMonths(1L + further);
                    case LIFETIME -> throw new AssertionError();
                });
    }

    int highest(final boolean windowed, final int above, final int upTo, final long ms) {
        for (int level = upTo; level > above; level--) {
            if ((windowed ? isWindowed(level) : isLifetime(level))
                    && sum(level, ms).meets(tier(level).earned())) {
                return level;
            }
        }
        return 0;
    }

    Optional<Grant> topEarned() {
        return grants.stream()
                .filter(g -> g.way.equals("earned"))
                .max(Comparator.<Grant>comparingInt(g -> level(g.tier)).thenComparing(g -> -ids.indexOf(g.tier)));
    }

    int earnedGrantLevel() {
        return topEarned().map(g -> level(g.tier)).orElse(0);
    }

    int earnedLevel() {
        return Math.max(level(lifetimeTier), earnedGrantLevel());
    }

    private Set<String> newBonuses(final int above, final int upTo) {
        final Set<String> fresh = new TreeSet<>();
        for (int level = above + 1; level <= upTo; level++) {
            if (tier(level).bonusPoints() > 0 && given.add(tier(level).id())) {
                fresh.add(tier(level).id());
            }
        }
        return fresh;
    }

    private long points(final Set<String> bonuses) {
        return program.tiers().stream()
                .filter(t -> bonuses.contains(t.id()))
                .mapToLong(Tier::bonusPoints)
                .sum();
    }

    private Grant start(final int level) {
        final Grant g = new Grant();
        g.tier = tier(level).id();
        g.way = "earned";
        g.fromMs = nowMs;
        g.firstPeriodEndMs = periodEnd(level, nowMs, 0);
        g.untilMs = periodEnd(level, nowMs, tier(level).keepPeriods());
        grants.add(g);
        return g;
    }

    long upgrade() {
        long bonus = 0;
        final int before = earnedLevel();
        final int reached = highest(false, level(lifetimeTier), program.tiers().size(), nowMs);
        if (reached > 0) {
            lifetimeTier = tier(reached).id();
            final Set<String> fresh = newBonuses(before, reached);
            lifetimeBonuses.addAll(fresh);
            bonus += points(fresh);
        }
        final int windowed = highest(true, earnedGrantLevel(), program.tiers().size(), nowMs);
        if (windowed > 0) {
            final int passed = Math.max(before, reached);
            final Grant g = start(windowed);
            g.bonuses = newBonuses(passed, windowed);
            bonus += points(g.bonuses);
        }
        return bonus;
    }

    long downgrade() {
        final Set<String> lost = new TreeSet<>();
        final int level = level(lifetimeTier);
        if (level > 0
                && !(isLifetime(level) && sum(level, nowMs).meets(tier(level).earned()))) {
            final int lower = highest(false, 0, level - 1, nowMs);
            lifetimeTier = lower == 0 ? null : tier(lower).id();
            lifetimeBonuses.stream().filter(b -> level(b) > lower).forEach(lost::add);
        }
        final Set<String> undone = new TreeSet<>();
        boolean removed = false;
        while (true) {
            final Optional<Grant> top = topEarned();
            if (top.isEmpty()
                    || nowMs >= top.get().firstPeriodEndMs
                    || isWindowed(level(top.get().tier))
                            && sum(level(top.get().tier), nowMs)
                                    .meets(tier(level(top.get().tier)).earned())) {
                break;
            }
            removed = true;
            undone.addAll(top.get().bonuses);
            grants.remove(top.get());
        }
        if (removed) {
            final int windowed =
                    highest(true, earnedGrantLevel(), program.tiers().size(), nowMs);
            if (windowed > 0) {
                final Grant g = start(windowed);
                undone.stream().filter(b -> level(b) <= windowed).forEach(g.bonuses::add);
                lost.stream().filter(b -> level(b) <= windowed).forEach(g.bonuses::add);
                lifetimeBonuses.removeIf(b -> lost.contains(b) && level(b) <= windowed);
            }
        }
        lifetimeBonuses.removeIf(b -> lost.contains(b) && level(b) > earnedLevel());
        lost.addAll(undone);
        lost.removeIf(b -> level(b) <= earnedLevel());
        return points(lost);
    }

    /** Lets time go by, half a day after the other. */
    void advanceTo(final long ms) {
        final long offsetMs = program.utcOffsetMinutes() * 60_000L;
        long step = (Math.floorDiv(nowMs + offsetMs, STEP_MS) + 1) * STEP_MS - offsetMs;
        while (step <= ms) {
            nowMs = step;
            endOthers();
            runDueNow();
            step += STEP_MS;
        }
        nowMs = ms;
        endOthers();
    }

    private void endOthers() {
        grants.removeIf(g -> !g.way.equals("earned") && g.untilMs <= nowMs);
    }

    private long dueMs(final Grant g) {
        final long late = program.lateWindowMs() == CompiledProgram.UNLIMITED ? 0 : program.lateWindowMs();
        return g.graceEndMs != null ? g.graceEndMs : g.untilMs + late;
    }

    private void runDueNow() {
        while (true) {
            final Optional<Grant> due = grants.stream()
                    .filter(g -> g.way.equals("earned") && dueMs(g) <= nowMs)
                    .min(Comparator.<Grant>comparingInt(g -> level(g.tier)).thenComparing(g -> ids.indexOf(g.tier)));
            if (due.isEmpty()) {
                return;
            }
            settle(due.get());
        }
    }

    private void settle(final Grant g) {
        final int level = level(g.tier);
        if (isWindowed(level)) {
            final Tier tier = tier(level);
            if (g.graceEndMs != null) {
                if (sum(level, nowMs).meets(tier.earned())) {
                    g.graceEndMs = null;
                    g.untilMs = periodEnd(level, nowMs, 0);
                    return;
                }
            } else {
                final long tested = tier.window() == Tier.Window.ROLLING_MONTHS ? g.untilMs : g.untilMs - 1;
                if (sum(level, tested).meets(tier.retention())) {
                    g.untilMs = periodEnd(level, g.untilMs, 0);
                    return;
                }
                if (tier.graceDays() > 0) {
                    g.graceEndMs = nowMs + tier.graceDays() * 86_400_000L;
                    return;
                }
            }
        }
        grants.remove(g);
        int next = 0;
        for (int lower = 1; lower < level; lower++) {
            next = isWindowed(lower) ? lower : next;
        }
        next = Math.max(next, highest(true, 0, level, nowMs));
        if (next > 0) {
            land(next);
        }
    }

    private void land(final int level) {
        final long untilMs = periodEnd(level, nowMs, 0);
        final String id = tier(level).id();
        if (grants.stream().anyMatch(g -> g.way.equals("earned") && level(g.tier) == level && g.untilMs >= untilMs)) {
            return;
        }
        final Optional<Grant> same = grants.stream()
                .filter(g -> g.way.equals("earned") && g.tier.equals(id))
                .findFirst();
        if (same.isPresent()) {
            same.get().untilMs = untilMs;
            same.get().graceEndMs = null;
        } else {
            final Grant g = start(level);
            g.firstPeriodEndMs = nowMs;
            g.untilMs = untilMs;
        }
    }

    boolean grant(final String id, final String way, final Long untilMs) {
        final Optional<Tier> tier =
                program.tiers().stream().filter(t -> t.id().equals(id)).findFirst();
        final int lasts = tier.isEmpty()
                ? 0
                : switch (way) {
                    case "paid" -> tier.get().paidMonths();
                    case "invited" -> tier.get().invitedMonths();
                    default -> 0;
                };
        if (lasts == 0 || untilMs != null && untilMs <= nowMs) {
            return false;
        }
        revoke(id, way);
        final Grant g = new Grant();
        g.tier = id;
        g.way = way;
        g.fromMs = nowMs;
        g.untilMs = untilMs != null
                ? untilMs
                : lasts == Tier.FOR_EVER
                        ? Long.MAX_VALUE
                        : startMs(
                                date(nowMs).plusMonths(lasts).withDayOfMonth(1).plusMonths(1));
        grants.add(g);
        return true;
    }

    boolean revoke(final String id, final String way) {
        return grants.removeIf(g -> g.way.equals(way) && level(g.tier) == level(id));
    }

    void merge(final NaiveTiers other) {
        add(life, other.life);
        final LocalDate earlier = join.isBefore(other.join) ? join : other.join;
        final Map<Integer, long[]> all = new TreeMap<>();
        file(this, earlier, all);
        file(other, earlier, all);
        years = all;
        join = earlier;
        other.months.forEach((m, counted) -> add(months.computeIfAbsent(m, x -> new long[4]), counted));
        if (level(other.lifetimeTier) > level(lifetimeTier)) {
            lifetimeTier = other.lifetimeTier;
        }
        given.addAll(other.given);
        lifetimeBonuses.addAll(other.lifetimeBonuses);
        for (final Grant theirs : other.grants) {
            final Optional<Grant> own = grants.stream()
                    .filter(g -> g.tier.equals(theirs.tier) && g.way.equals(theirs.way))
                    .findFirst();
            if (own.isEmpty()) {
                grants.add(theirs);
                continue;
            }
            own.get().bonuses.addAll(theirs.bonuses);
            if (theirs.fromMs < own.get().fromMs) {
                own.get().fromMs = theirs.fromMs;
                own.get().firstPeriodEndMs = theirs.firstPeriodEndMs;
            }
            if (theirs.untilMs > own.get().untilMs) {
                own.get().untilMs = theirs.untilMs;
                own.get().graceEndMs = theirs.graceEndMs;
            }
        }
    }

    private void file(final NaiveTiers m, final LocalDate earlier, final Map<Integer, long[]> into) {
        m.years.forEach((year, counted) -> {
            int to = year;
            if (!m.join.equals(earlier)) {
                final NaiveTiers seen = new NaiveTiers(program, ids, earlier, nowMs);
                to = Math.min(seen.yearOf(m.join.plusYears(year + 1L).minusDays(1)), seen.yearOf(date(nowMs)));
            }
            add(into.computeIfAbsent(to, y -> new long[4]), counted);
        });
    }

    List<String> grants() {
        return grants.stream()
                .map(g -> g.tier + " " + g.way + " " + g.fromMs + " " + g.untilMs + " " + g.firstPeriodEndMs + " "
                        + (g.graceEndMs == null ? 0 : g.graceEndMs) + " " + List.copyOf(g.bonuses))
                .sorted()
                .toList();
    }

    /** Held, until when, and what is missing, as the row of a level tells it. */
    long[] progress(final int level) {
        long until = level(lifetimeTier) == level ? Long.MAX_VALUE : 0;
        for (final Grant g : grants) {
            if (level(g.tier) == level) {
                until = Math.max(until, Math.max(g.untilMs, g.graceEndMs == null ? 0 : g.graceEndMs));
            }
        }
        final long held = until > 0 ? 1 : 0;
        final Requirement r = tier(level).earned();
        if (r == null) {
            return new long[] {held, until, -1, -1, -1, -1};
        }
        final NaiveSum sum = sum(level, nowMs);
        if (sum.meets(r)) {
            return new long[] {held, until, 0, 0, 0, 0};
        }
        return new long[] {
            held,
            until,
            Math.max(0, r.spendMinor() - sum.spend()),
            Math.max(0, r.visits() - sum.visits()),
            Math.max(0, r.points() - sum.points()),
            Math.max(0, r.months() - sum.months())
        };
    }

    int rank() {
        return Math.max(
                level(lifetimeTier),
                grants.stream().mapToInt(g -> level(g.tier)).max().orElse(0));
    }
}

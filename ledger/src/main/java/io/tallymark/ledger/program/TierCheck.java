package io.tallymark.ledger.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_GRACE_DAYS;

import io.tallymark.protocol.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The part of {@link ProgramCheck} that looks at tiers. */
final class TierCheck {
    static final int MAX_WINDOW_MONTHS = 120;
    static final int MAX_KEEP_PERIODS = 100;
    static final int MAX_LASTING_MONTHS = 1_200;

    private static final int MONTHS_A_YEAR = 12;

    private final Mistakes mistakes;
    private final List<Tier> tiers;
    private final List<Map.Entry<String, String>> retired;
    private final Set<String> packs;
    private final Set<String> ids = new HashSet<>();
    private long spendBelowMinor = -1;
    private String spendBelowPath = "";

    TierCheck(final Mistakes mistakes, final CompiledProgram.Builder program) {
        this.mistakes = mistakes;
        this.tiers = program.tiers;
        this.retired = program.retiredTiers;
        this.packs = program.catalogue.packs().stream().map(Pack::id).collect(Collectors.toSet());
    }

    void run() {
        mistakes.atMost(CompiledProgram.MAX_TIERS, tiers.size(), "tiers");
        for (int i = 0; i < tiers.size(); i++) {
            tier(tiers.get(i), "tiers[" + i + "]");
        }
        final String[] idPaths = idPaths(tiers.size());
        mistakes.atMost(CompiledProgram.MAX_ENTRIES, retired.size(), "retiredTiers");
        final Set<String> retiredIds = new HashSet<>();
        for (final Map.Entry<String, String> entry : retired) {
            final String path = "retiredTiers." + entry.getKey();
            mistakes.id(entry.getKey(), retiredIds, path);
            mistakes.check(!ids.contains(entry.getKey()), path, "is a tier still", idPaths);
            mistakes.check(ids.contains(entry.getValue()), path, "there is no tier " + entry.getValue(), idPaths);
        }
    }

    /** Where the ids of so many tiers stand. */
    static String[] idPaths(final int count) {
        return Stream.concat(Stream.of("tiers"), IntStream.range(0, count).mapToObj(i -> "tiers[" + i + "].id"))
                .toArray(String[]::new);
    }

    private void tier(final Tier tier, final String path) {
        mistakes.id(tier.id(), ids, path + ".id");
        mistakes.check(
                tier.multiplierMicros() >= CompiledProgram.ONE_MICROS
                        && tier.multiplierMicros() <= CompiledProgram.MAX_MULTIPLIER_MICROS,
                path + ".multiplier",
                "must be from 1 to 1000");
        if (tier.earned() == null) {
            final String[] ways = Stream.of(
                            "when", "ways", "ways.earned", "ways.earned.when", "ways.paid", "ways.invited")
                    .map(way -> path + "." + way)
                    .toArray(String[]::new);
            mistakes.check(
                    tier.retention() == null
                            && tier.window() == Tier.Window.LIFETIME
                            && tier.windowMonths() == 0
                            && tier.keepPeriods() == 0
                            && tier.graceDays() == 0,
                    path + ".when",
                    "missing where a window, retention, keepPeriods or graceDays is given");
            mistakes.check(
                    tier.bonusPoints() == 0, path + ".upgradeBonus", "goes with a tier that can be earned", ways);
            mistakes.check(
                    tier.paidMonths() != 0 || tier.invitedMonths() != 0,
                    path,
                    "needs a way into it: earned, paid or invited",
                    ways);
        } else {
            earned(tier, path);
        }
        lasting(tier.paidMonths(), path + ".ways.paid.lasts");
        lasting(tier.invitedMonths(), path + ".ways.invited.lasts");
        mistakes.within(tier.bonusPoints(), 0, Limits.MAX_VALUE, path + ".upgradeBonus", " points");
        pack(tier, path + ".ways.paid.pack");
        mistakes.atMost(CompiledProgram.MAX_ENTRIES, tier.benefits().size(), path + ".benefits");
        final Set<String> benefits = new HashSet<>();
        tier.benefits().forEach(benefit -> benefit(tier, benefit, path, benefits));
    }

    private void pack(final Tier tier, final String path) {
        final String pack = tier.paidPack();
        if (!pack.isEmpty()) {
            mistakes.check(packs.contains(pack), path, "there is no pack " + pack, "packs", "packs." + pack);
            mistakes.check(tier.paidMonths() != 0, path, "goes with a tier that can be bought");
        }
    }

    /** @param before ids of the tier's benefits before this one, each behind its way */
    private void benefit(final Tier tier, final Benefit benefit, final String tierPath, final Set<String> before) {
        final String way = benefit.way().name().toLowerCase(Locale.ROOT);
        final boolean ofTier = benefit.way() == Benefit.Way.ANY;
        final String path = ofTier ? tierPath + ".benefits" : tierPath + ".ways." + way + ".benefits";
        mistakes.check(Mistakes.isId(benefit.id()), path, Mistakes.ID_IS);
        mistakes.check(before.add(way + "." + benefit.id()), path, "given twice: " + benefit.id());
        mistakes.within(benefit.discountMicros(), 0, CompiledProgram.ONE_MICROS, path, " millionths");
        mistakes.limit(benefit.limit(), path + ".limit");
        final boolean offered = switch (benefit.way()) {
            case ANY -> true;
            case EARNED -> tier.earned() != null;
            case PAID -> tier.paidMonths() != 0;
            case INVITED -> tier.invitedMonths() != 0;
        };
        mistakes.check(offered, path, "goes with a way that the tier has");
    }

    private void earned(final Tier tier, final String path) {
        requirement(tier.earned(), path + ".when");
        final boolean rolling = tier.window() == Tier.Window.ROLLING_MONTHS;
        if (rolling) {
            mistakes.within(tier.windowMonths(), 1, MAX_WINDOW_MONTHS, path + ".window.rollingMonths", " months");
        } else {
            mistakes.check(tier.windowMonths() == 0, path + ".window", "has months with rollingMonths only");
        }
        if (tier.window() == Tier.Window.LIFETIME) {
            final String reason = "goes with a window that ends, not with lifetime";
            mistakes.check(tier.retention().equals(tier.earned()), path + ".retention", reason, path + ".window");
            mistakes.check(tier.keepPeriods() == 0, path + ".keepPeriods", reason, path + ".window");
            mistakes.check(tier.graceDays() == 0, path + ".graceDays", reason, path + ".window");
            lifetimeSpend(tier.earned(), path);
            return;
        }
        monthsFit(tier, tier.earned(), path + ".when.months");
        if (!tier.retention().equals(tier.earned())) {
            requirement(tier.retention(), path + ".retention");
            monthsFit(tier, tier.retention(), path + ".retention.months");
        }
        mistakes.within(tier.keepPeriods(), 0, MAX_KEEP_PERIODS, path + ".keepPeriods", " periods");
        mistakes.within(tier.graceDays(), 0, MAX_GRACE_DAYS, path + ".graceDays", " days");
    }

    private void requirement(final Requirement requirement, final String path) {
        mistakes.within(requirement.spendMinor(), 0, Limits.MAX_VALUE, path + ".spend", " minor units");
        mistakes.within(requirement.visits(), 0, Limits.MAX_VALUE, path + ".visits", "");
        mistakes.within(requirement.points(), 0, Limits.MAX_VALUE, path + ".points", "");
        mistakes.within(requirement.months(), 0, MAX_LASTING_MONTHS, path + ".months", "");
    }

    /** A window of N months never counts more than the months that it touches. */
    private void monthsFit(final Tier tier, final Requirement requirement, final String path) {
        final int most = switch (tier.window()) {
            case ROLLING_MONTHS -> tier.windowMonths() + 1;
            case ANNIVERSARY -> MONTHS_A_YEAR + 1;
            default -> MONTHS_A_YEAR;
        };
        mistakes.check(requirement.months() <= most, path, "the window has only " + most, parentOf(path) + ".window");
    }

    private static String parentOf(final String monthsPath) {
        return monthsPath.substring(0, monthsPath.indexOf('.'));
    }

    /** Of tiers that lifetime spend reaches, a higher one needs more; other counters cannot be compared. */
    private void lifetimeSpend(final Requirement earned, final String path) {
        final boolean nothingAsked =
                earned.spendMinor() == 0 && earned.visits() == 0 && earned.points() == 0 && earned.months() == 0;
        if (earned.spendMinor() == 0 && !nothingAsked) {
            return;
        }
        final String spendPath = path + ".when.spend";
        mistakes.check(
                earned.spendMinor() > spendBelowMinor,
                spendPath,
                "must be above that of the tier below: tiers are listed lowest first",
                spendBelowPath);
        spendBelowMinor = earned.spendMinor();
        spendBelowPath = spendPath;
    }

    private void lasting(final int months, final String path) {
        if (months != Tier.FOR_EVER) {
            mistakes.within(months, 0, MAX_LASTING_MONTHS, path + ".months", " months");
        }
    }
}

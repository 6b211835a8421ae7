package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_ENTRIES;
import static io.tallymark.ledger.program.CompiledProgram.MAX_GRACE_DAYS;
import static io.tallymark.ledger.program.CompiledProgram.MAX_MULTIPLIER_MICROS;
import static io.tallymark.ledger.program.CompiledProgram.ONE_MICROS;

import io.tallymark.ledger.program.Benefit;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Requirement;
import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Limits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code tiers}: the steps, lowest first. */
final class TierSection {
    private static final int MAX_MONTHS = 1_200;
    private static final int DISCOUNT_PLACES = 6;

    private static final Key<Fields> WHEN = Key.optional(
            "when", RequirementSection.SECTION, "it cannot be earned", "What earns it, short for ways.earned.when.");
    private static final Key<Fields> EARNED_WHEN = Key.required("when", RequirementSection.SECTION, "What earns it.");
    private static final Key<Long> ROLLING =
            Key.required("rollingMonths", Values.whole(1, 120), "The present calendar month and this many before it.");
    private static final Key<Object> WINDOW = Key.optional(
            "window",
            Shapes.<Object>either(
                    windows(), new Section("rollingWindow", "A window that moves on every month.", ROLLING)),
            "lifetime",
            "Over what the counters are counted.");
    private static final Key<Long> KEEP_PERIODS = Key.optional(
            "keepPeriods",
            Values.whole(0, 100),
            "0",
            "Further periods that it is kept after the one it was earned in.");
    private static final Key<Fields> RETENTION =
            Key.optional("retention", RequirementSection.SECTION, "as when", "What keeps it at the end of its period.");
    private static final Key<Long> GRACE_DAYS =
            Key.optional("graceDays", Values.whole(0, MAX_GRACE_DAYS), "0", "Days to catch up after that was missed.");

    private static final Key<String> BENEFIT_ID = Key.required(
            "id", Values.id(), "What replies and commands call it; of several of one id the highest counts.");
    private static final Key<Long> DISCOUNT = Key.optional(
            "discount",
            Values.parsed("0|1|0\\.[0-9]{1,6}", "a share such as \"0.14\"", TierSection::micros),
            "not said",
            "A share of the price, for people and replies.");
    private static final Key<List<Fields>> BENEFITS = Key.optional(
            "benefits",
            Shapes.listOf(
                    0,
                    MAX_ENTRIES,
                    new Section(
                            "benefit",
                            "A right that a tier, or a way into it, brings.",
                            BENEFIT_ID,
                            DISCOUNT,
                            LimitSection.KEY)),
            "none",
            "Rights that come with it; the engine counts their uses and never prices a basket.");

    private static final Key<Long> LASTS_MONTHS =
            Key.required("months", Values.whole(1, MAX_MONTHS), "Calendar months, to month end.");
    private static final Key<Object> LASTS = Key.required(
            "lasts",
            Shapes.<Object>either(
                    Map.of("forever", "forever"), new Section("lasts", "How long a tier lasts.", LASTS_MONTHS)),
            "How long it lasts.");
    private static final Key<String> PACK =
            Key.optional("pack", Values.id(), "granted by command only", "The pack that brings it.");
    private static final Key<Fields> PAID = Key.optional(
            "paid",
            new Section("paidWay", "A tier that is bought.", LASTS, PACK, BENEFITS),
            "it cannot be bought",
            "It can be bought: with a pack, or granted by command.");
    private static final Key<Fields> INVITED = Key.optional(
            "invited",
            new Section("invitedWay", "A tier by invitation.", LASTS, BENEFITS),
            "nobody is invited",
            "It can be had by invitation: granted by command.");
    private static final Key<Fields> EARNED = Key.optional(
            "earned",
            new Section(
                    "earnedWay",
                    "A tier that counters earn.",
                    EARNED_WHEN,
                    WINDOW,
                    KEEP_PERIODS,
                    RETENTION,
                    GRACE_DAYS,
                    BENEFITS),
            "it cannot be earned",
            "It can be earned.");
    private static final Key<Fields> WAYS = Key.optional(
            "ways",
            new Section("ways", "Ways into a tier.", EARNED, PAID, INVITED).notEmpty(),
            "earned by when",
            "All ways into it, in place of when.");

    private static final Key<String> ID =
            Key.required("id", Values.id(), "Stays the same from version to version; see retiredTiers.");
    private static final Key<Long> MULTIPLIER = Key.optional(
            "multiplier",
            Values.multiplier(ONE_MICROS, MAX_MULTIPLIER_MICROS),
            "\"1\"",
            "What members of the tier earn, times this.");
    private static final Key<Long> BONUS = Key.optional(
            "upgradeBonus",
            Values.whole(0, Limits.MAX_VALUE),
            "0",
            "Points at the first upgrade to it; of what is earned.");
    private static final Section TIER = new Section(
                    "tier",
                    "One step. A way into it is needed: when, or ways.",
                    ID,
                    WHEN,
                    WINDOW,
                    KEEP_PERIODS,
                    RETENTION,
                    GRACE_DAYS,
                    WAYS,
                    MULTIPLIER,
                    BONUS,
                    BENEFITS)
            .rule(Rule.exactlyOneOf("when", "ways"))
            .rule(Rule.needs("window", "when"))
            .rule(Rule.needs("keepPeriods", "when"))
            .rule(Rule.needs("retention", "when"))
            .rule(Rule.needs("graceDays", "when"));

    /** Lowest first. */
    static final ValueType<List<Fields>> TYPE = Shapes.listOf(0, CompiledProgram.MAX_TIERS, TIER);

    private TierSection() {}

    private static Long micros(final String share, final Place at) {
        if (((YamlNode.Scalar) at.node()).plain()) {
            at.error("a decimal is quoted: \"" + share + "\"");
            return null;
        }
        return new BigDecimal(share).movePointRight(DISCOUNT_PLACES).longValueExact();
    }

    private static Map<String, Object> windows() {
        final Map<String, Object> windows = new LinkedHashMap<>();
        windows.put("lifetime", Tier.Window.LIFETIME);
        windows.put("calendarYear", Tier.Window.CALENDAR_YEAR);
        windows.put("anniversary", Tier.Window.ANNIVERSARY);
        return windows;
    }

    static void compile(final List<Fields> tiers, final CompiledProgram.Builder builder) {
        for (final Fields tier : tiers) {
            builder.addTier(tier == null ? Tier.bySpend("", 0, ONE_MICROS) : tier(tier));
        }
    }

    private static Tier tier(final Fields tier) {
        final Fields ways = tier.get(WAYS);
        final Fields way = ways == null ? tier : ways.get(EARNED);
        final Fields when = way == null ? null : way.get(way == tier ? WHEN : EARNED_WHEN);
        final Requirement earned = when == null ? null : RequirementSection.compile(when);
        final Object window = earned == null ? null : way.get(WINDOW);
        final Fields retention = earned == null ? null : way.get(RETENTION);
        final List<Benefit> benefits = new ArrayList<>(benefits(tier, Benefit.Way.ANY));
        if (ways != null) {
            benefits.addAll(benefits(ways.get(EARNED), Benefit.Way.EARNED));
            benefits.addAll(benefits(ways.get(PAID), Benefit.Way.PAID));
            benefits.addAll(benefits(ways.get(INVITED), Benefit.Way.INVITED));
        }
        final Fields paid = ways == null ? null : ways.get(PAID);
        return new Tier(
                tier.get(ID, ""),
                tier.get(MULTIPLIER, ONE_MICROS),
                earned,
                window instanceof Fields
                        ? Tier.Window.ROLLING_MONTHS
                        : Objects.requireNonNullElse((Tier.Window) window, Tier.Window.LIFETIME),
                window instanceof Fields rolling ? rolling.get(ROLLING, 1L).intValue() : 0,
                earned == null ? 0 : way.get(KEEP_PERIODS, 0L).intValue(),
                retention == null ? null : RequirementSection.compile(retention),
                earned == null ? 0 : way.get(GRACE_DAYS, 0L).intValue(),
                months(ways, PAID),
                months(ways, INVITED),
                tier.get(BONUS, 0L),
                benefits,
                paid == null ? "" : paid.get(PACK, ""));
    }

    /** @param bringer the tier, or a way; null: none */
    private static List<Benefit> benefits(final Fields bringer, final Benefit.Way way) {
        if (bringer == null) {
            return List.of();
        }
        return bringer.get(BENEFITS, List.of()).stream()
                .filter(Objects::nonNull)
                .map(b -> new Benefit(b.get(BENEFIT_ID, ""), way, b.get(DISCOUNT, 0L), LimitSection.compile(b)))
                .toList();
    }

    private static int months(final Fields ways, final Key<Fields> key) {
        final Fields way = ways == null ? null : ways.get(key);
        if (way == null) {
            return 0;
        }
        return way.get(LASTS) instanceof Fields lasts
                ? lasts.get(LASTS_MONTHS, 1L).intValue()
                : Tier.FOR_EVER;
    }
}

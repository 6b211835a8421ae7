package io.tallymark.ledger;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.LineRate;
import io.tallymark.protocol.Clip;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The pages "Earning" and "Refund" of docs/rules.md once more, with fractions of big integers, line by line. */
final class EarnOracle {
    static final BigInteger LIMIT = BigInteger.TEN.pow(15);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    record Fraction(BigInteger top, BigInteger bottom) {
        static final Fraction ZERO = of(0, 1);

        static Fraction of(final long top, final long bottom) {
            return new Fraction(BigInteger.valueOf(top), BigInteger.valueOf(bottom));
        }

        Fraction plus(final Fraction other) {
            if (bottom.equals(other.bottom)) {
                return new Fraction(top.add(other.top), bottom);
            }
            final BigInteger common = bottom.divide(bottom.gcd(other.bottom)).multiply(other.bottom);
            final BigInteger sum =
                    top.multiply(common.divide(bottom)).add(other.top.multiply(common.divide(other.bottom)));
            return new Fraction(sum, common);
        }

        Fraction times(final Fraction other) {
            return new Fraction(top.multiply(other.top), bottom.multiply(other.bottom));
        }

        BigInteger floor() {
            return top.divide(bottom);
        }

        int compare(final Fraction other) {
            return top.multiply(other.bottom).compareTo(other.top.multiply(bottom));
        }
    }

    record Line(
            int number,
            int quantity,
            long amount,
            boolean discounted,
            boolean sample,
            String sku,
            String category,
            String brand) {}

    static final class Share {
        long points;
        long clipped;
        Clip by = Clip.NONE;
        long kept;
    }

    static final class Order {
        long amount;
        List<Line> lines = new ArrayList<>();
        long eventMs;
        int tier;
        boolean first;
        boolean birthday;
        String channel = "";
        String store = "";
        Set<String> paused = Set.of();

        final Map<Integer, Fraction> rates = new HashMap<>();
        long base;
        long tierShare;
        long clippedBase;
        final Map<String, Share> shares = new LinkedHashMap<>();
        long retained;

        /** What refunds took, by line; without kept lines all is line 1. */
        final TreeMap<Integer, Long> refundedAmount = new TreeMap<>();

        final TreeMap<Integer, Integer> refundedQuantity = new TreeMap<>();
        long claw;

        List<Line> linesOrOne() {
            return lines.isEmpty() ? List.of(new Line(1, 1, amount, false, false, "", "", "")) : lines;
        }

        long refunded() {
            return refundedAmount.values().stream().mapToLong(a -> a).sum();
        }
    }

    final CompiledProgram program;

    /** Used by (campaign or empty, member, day or empty). */
    final Map<String, Long> used = new HashMap<>();

    EarnOracle(final CompiledProgram program) {
        this.program = program;
    }

    /** False: beyond the limit. */
    boolean earn(final Order o) {
        for (final Line line : o.linesOrOne()) {
            o.rates.put(line.number, rateOf(o, line));
        }
        final List<Campaign> running = new ArrayList<>();
        for (final Campaign c : program.campaigns()) {
            if (!o.paused.contains(c.id())
                    && orderHolds(c.when(), o, o.amount)
                    && !linesOf(c, o, o.linesOrOne()).isEmpty()) {
                running.add(c);
            }
        }
        running.removeIf(c -> !c.group().isEmpty()
                && running.stream().anyMatch(d -> d.group().equals(c.group()) && isLarger(d, c, o)));
        final Map<String, BigInteger> found = run(o, o.linesOrOne(), running, o.amount);
        if (isBeyond(found)) {
            return false;
        }
        o.base = found.remove("base").longValueExact();
        o.tierShare = found.remove("tier").longValueExact();
        found.forEach((id, points) -> {
            final Share share = new Share();
            share.points = points.longValueExact();
            o.shares.put(id, share);
        });
        return true;
    }

    private static boolean isBeyond(final Map<String, BigInteger> shares) {
        final BigInteger sum = shares.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        return sum.compareTo(LIMIT) > 0 || shares.get("base").compareTo(LIMIT) > 0;
    }

    private Fraction rateOf(final Order o, final Line line) {
        if (line.sample || !orderHolds(program.baseWhen(), o, o.amount)) {
            return null;
        }
        for (final LineRate rate : program.lineRates()) {
            if (orderHolds(rate.when(), o, o.amount) && lineHolds(rate.when(), line)) {
                return Fraction.of(rate.points(), rate.perMinor());
            }
        }
        return lineHolds(program.baseWhen(), line) ? Fraction.of(program.ratePoints(), program.ratePerMinor()) : null;
    }

    /** Its lines among those given; keyed by number. */
    private List<Line> linesOf(final Campaign c, final Order o, final List<Line> lines) {
        final boolean mustEarn = c.mode() != Campaign.Mode.BONUS || c.perUnit();
        return lines.stream()
                .filter(l -> !l.sample && lineHolds(c.when(), l))
                .filter(l -> !mustEarn || o.rates.get(l.number) != null)
                .toList();
    }

    private boolean isLarger(final Campaign d, final Campaign c, final Order o) {
        if (d == c) {
            return false;
        }
        final int order = alone(d, o).compare(alone(c, o));
        return order > 0 || order == 0 && d.id().compareTo(c.id()) < 0;
    }

    private Fraction alone(final Campaign c, final Order o) {
        if (c.mode() == Campaign.Mode.BONUS) {
            return new Fraction(bonus(c, linesOf(c, o, o.linesOrOne())), BigInteger.ONE);
        }
        Fraction sum = Fraction.ZERO;
        for (final Line l : linesOf(c, o, o.linesOrOne())) {
            sum = sum.plus(Fraction.of(l.amount, 1).times(o.rates.get(l.number)));
        }
        sum = sum.times(added(c));
        return c.mode() == Campaign.Mode.MULTIPLY ? sum.times(tier(o)) : sum;
    }

    private static Fraction added(final Campaign c) {
        return Fraction.of(c.multiplierMicros() - 1_000_000, 1_000_000);
    }

    private Fraction tier(final Order o) {
        return o.tier == 0
                ? Fraction.of(1, 1)
                : Fraction.of(program.tiers().get(o.tier - 1).multiplierMicros(), 1_000_000);
    }

    private static BigInteger bonus(final Campaign c, final List<Line> lines) {
        long units = 0;
        for (final Line l : lines) {
            units += l.quantity;
        }
        return BigInteger.valueOf(c.bonusPoints()).multiply(BigInteger.valueOf(c.perUnit() ? units : 1));
    }

    /** Shares by "base", "tier", campaign ids, in running order. */
    private Map<String, BigInteger> run(
            final Order o, final List<Line> lines, final List<Campaign> running, final long amount) {
        final Map<String, BigInteger> shares = new LinkedHashMap<>();
        final boolean earns = amount >= program.baseWhen().minOrderMinor();
        final Map<Integer, Fraction> bases = new TreeMap<>();
        final Map<Integer, Fraction> totals = new TreeMap<>();
        for (final Line l : lines) {
            if (earns && o.rates.get(l.number) != null) {
                final Fraction base = Fraction.of(l.amount, 1).times(o.rates.get(l.number));
                bases.put(l.number, base);
                totals.put(l.number, base.times(tier(o)));
            }
        }
        shares.put("base", sum(bases).floor());
        BigInteger before = sum(totals).floor();
        shares.put("tier", before.subtract(shares.get("base")));
        for (final Campaign c : running) {
            if (c.mode() == Campaign.Mode.BONUS) {
                continue;
            }
            for (final Line l : linesOf(c, o, lines)) {
                if (bases.containsKey(l.number)) {
                    final Fraction of = c.mode() == Campaign.Mode.ADD ? bases.get(l.number) : totals.get(l.number);
                    totals.put(l.number, totals.get(l.number).plus(of.times(added(c))));
                }
            }
            final BigInteger after = sum(totals).floor();
            shares.put(c.id(), after.subtract(before));
            before = after;
        }
        for (final Campaign c : running) {
            if (c.mode() == Campaign.Mode.BONUS) {
                final List<Line> own = linesOf(c, o, lines);
                final boolean has = !own.isEmpty() && (earns || !c.perUnit());
                shares.put(c.id(), has ? bonus(c, own) : BigInteger.ZERO);
            }
        }
        return shares;
    }

    private static Fraction sum(final Map<Integer, Fraction> parts) {
        Fraction sum = Fraction.ZERO;
        for (final Fraction part : parts.values()) {
            sum = sum.plus(part);
        }
        return sum;
    }

    boolean orderHolds(final Condition w, final Order o, final long amount) {
        final OffsetDateTime at =
                Instant.ofEpochMilli(o.eventMs).atOffset(ZoneOffset.ofTotalSeconds(program.utcOffsetMinutes() * 60));
        final int minute = at.getHour() * 60 + at.getMinute();
        final boolean overMidnight = w.fromMinute() > w.untilMinute();
        final boolean inHours = overMidnight
                ? minute >= w.fromMinute() || minute < w.untilMinute()
                : minute >= w.fromMinute() && minute < w.untilMinute();
        return (w.fromMs() == Condition.NO_TIME || o.eventMs >= w.fromMs())
                && (w.untilMs() == Condition.NO_TIME || o.eventMs < w.untilMs())
                && (w.untilMinute() == 0 || inHours)
                && (w.weekdays() == 0 || (w.weekdays() & 1 << at.getDayOfWeek().getValue() - 1) != 0)
                && (w.monthDays() == 0 || (w.monthDays() & 1 << at.getDayOfMonth()) != 0)
                && (w.channels().isEmpty() || w.channels().contains(o.channel))
                && (w.stores().isEmpty() || w.stores().contains(o.store))
                && (w.tiers().isEmpty()
                        || o.tier > 0
                                && w.tiers()
                                        .contains(
                                                program.tiers().get(o.tier - 1).id()))
                && (!w.firstPurchase() || o.first)
                && (!w.birthdayMonth() || o.birthday)
                && amount >= w.minOrderMinor();
    }

    private static boolean lineHolds(final Condition w, final Line l) {
        return (w.skus().isEmpty() || w.skus().contains(l.sku))
                && (w.categories().isEmpty() || w.categories().contains(l.category))
                && (w.brands().isEmpty() || w.brands().contains(l.brand))
                && (!w.fullPrice() || !l.discounted);
    }

    /** Clips and counts an order that has earned. */
    void clip(final Order o, final int member) {
        final long day = Math.floorDiv(o.eventMs + program.utcOffsetMinutes() * 60_000L, 86_400_000L);
        final List<String> backwards = new ArrayList<>(o.shares.keySet());
        java.util.Collections.reverse(backwards);
        for (final Campaign c : program.campaigns()) {
            final Share s = o.shares.get(c.id());
            if (s != null) {
                cut(s, c.orderCap(), 0, Clip.CAMPAIGN_ORDER);
                cut(s, c.memberCap(), used(c.id() + "/" + member), Clip.CAMPAIGN_MEMBER);
                cut(s, c.memberDayCap(), used(c.id() + "/" + member + "/" + day), Clip.CAMPAIGN_MEMBER_DAY);
            }
        }
        final String ofDay = "/" + member + "/" + day;
        cutAll(o, backwards, program.caps().order(), 0, program.caps().orderAppliesToAll(), Clip.ORDER);
        cutAll(o, backwards, program.caps().day(), used(ofDay), program.caps().dayAppliesToAll(), Clip.DAY);
        for (final Campaign c : program.campaigns()) {
            final Share s = o.shares.get(c.id());
            if (s != null) {
                cut(s, c.budget(), used(c.id()), Clip.BUDGET);
                s.kept = s.points;
                used.merge(c.id() + "/" + member, s.points, Long::sum);
                used.merge(c.id() + "/" + member + "/" + day, s.points, Long::sum);
                used.merge(c.id(), s.points, Long::sum);
            }
        }
        final long ofCampaigns =
                o.shares.values().stream().mapToLong(s -> s.points).sum();
        o.retained = o.base + o.tierShare + ofCampaigns;
        used.merge(ofDay, program.caps().dayAppliesToAll() ? o.retained : ofCampaigns, Long::sum);
    }

    long used(final String key) {
        return used.getOrDefault(key, 0L);
    }

    private static void cut(final Share s, final long cap, final long used, final Clip by) {
        final long left = cap < 0 ? Long.MAX_VALUE : Math.max(0, cap - used);
        if (s.points > left) {
            s.clipped += s.points - left;
            s.points = left;
            s.by = by;
        }
    }

    private static void cutAll(
            final Order o,
            final List<String> backwards,
            final long cap,
            final long used,
            final boolean all,
            final Clip by) {
        if (cap < 0) {
            return;
        }
        final long left = Math.max(0, cap - used);
        long sum = o.shares.values().stream().mapToLong(s -> s.points).sum() + (all ? o.base + o.tierShare : 0);
        // One point after the other would be plainest; whole shares are as plain and end sooner.
        for (final String id : backwards) {
            final Share s = o.shares.get(id);
            final long keep = Math.max(0, s.points - Math.max(0, sum - left));
            sum -= s.points - keep;
            cut(s, keep, 0, by);
        }
        if (all && sum > left) {
            o.clippedBase += sum - left;
            final long ofTier = o.tierShare > 0 ? Math.min(o.tierShare, sum - left) : 0;
            o.tierShare -= ofTier;
            o.base -= sum - left - ofTier;
        }
    }

    /** Recomputes after what refunds took; sets claw and retained, and gives budgets back. */
    void settle(final Order o) {
        final long remaining = o.amount - o.refunded();
        final List<Line> left = new ArrayList<>();
        final boolean kept = program.hasLineRules();
        if (remaining > 0 && !kept) {
            o.rates.put(0, Fraction.of(program.ratePoints(), program.ratePerMinor()));
            left.add(new Line(0, 1, remaining, false, false, "", "", ""));
        } else if (remaining > 0) {
            for (final Line l : o.linesOrOne()) {
                final long amount = l.amount - o.refundedAmount.getOrDefault(l.number, 0L);
                final int quantity = l.quantity - o.refundedQuantity.getOrDefault(l.number, 0);
                if (quantity > 0 && (amount > 0 || l.amount == 0)) {
                    left.add(new Line(l.number, quantity, amount, l.discounted, l.sample, l.sku, l.category, l.brand));
                }
            }
        }
        final List<Campaign> running = program.campaigns().stream()
                .filter(c ->
                        o.shares.containsKey(c.id()) && remaining >= c.when().minOrderMinor())
                .toList();
        final Map<String, BigInteger> found = run(o, left, running, remaining);
        if (isBeyond(found)) {
            o.claw = 0;
            return;
        }
        final long base = found.get("base").longValueExact();
        final long tier = found.get("tier").longValueExact();
        long sum = tier(o).compare(Fraction.of(1, 1)) < 0
                ? Math.min(o.base + o.tierShare, base + tier)
                : Math.min(o.base, base) + Math.min(o.tierShare, tier);
        for (final Map.Entry<String, Share> e : o.shares.entrySet()) {
            final Share s = e.getValue();
            final long again = Math.min(
                    s.points, found.getOrDefault(e.getKey(), BigInteger.ZERO).longValueExact());
            sum += again;
            used.merge(e.getKey(), -Math.max(0, s.kept - again), Long::sum);
            s.kept = Math.min(s.kept, again);
        }
        o.claw = Math.max(0, o.retained - sum);
        o.retained -= o.claw;
    }

    /** Points for a value: ceil(value × rate ÷ (worth × multiplier)). */
    static BigInteger price(final BigInteger value, final long points, final long minor, final long micros) {
        final BigInteger top = value.multiply(BigInteger.valueOf(points)).multiply(MILLION);
        final BigInteger bottom = BigInteger.valueOf(minor).multiply(BigInteger.valueOf(micros));
        return top.add(bottom).subtract(BigInteger.ONE).divide(bottom);
    }
}

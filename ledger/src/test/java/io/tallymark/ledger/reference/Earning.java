package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.LineRate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an order earns before caps and budgets. */
final class Earning {
    /** A line as it was sent. */
    record SentLine(
            int number,
            long quantity,
            long amountMinor,
            boolean discounted,
            boolean sample,
            String sku,
            String category,
            String brand) {}

    /** What conditions of orders look at. */
    record Facts(
            Days days,
            long eventMs,
            String channel,
            String store,
            String tier,
            boolean hasOrdered,
            int birthday,
            long amountMinor) {}

    /** Whole points: base, tier share, and a share for each campaign in the order they were given. */
    static final class Shares {
        BigInteger base;
        BigInteger tier;
        final List<BigInteger> campaigns = new ArrayList<>();
        boolean tooLarge;
    }

    private static final BigInteger LIMIT = BigInteger.TEN.pow(15);

    private Earning() {}

    static boolean holds(final Condition when, final Facts f) {
        return holdsButForAmount(when, f) && f.amountMinor >= when.minOrderMinor();
    }

    private static boolean holdsButForAmount(final Condition when, final Facts f) {
        final java.time.LocalDate date = f.days.dateOf(f.eventMs);
        final int minute = f.days.minuteOf(f.eventMs);
        final boolean inHours = when.fromMinute() <= when.untilMinute()
                ? minute >= when.fromMinute() && minute < when.untilMinute()
                : minute >= when.fromMinute() || minute < when.untilMinute();
        return (when.fromMs() == Condition.NO_TIME || f.eventMs >= when.fromMs())
                && (when.untilMs() == Condition.NO_TIME || f.eventMs < when.untilMs())
                && (when.untilMinute() == 0 || inHours)
                && (when.weekdays() == 0
                        || (when.weekdays() >> date.getDayOfWeek().getValue() - 1 & 1) == 1)
                && (when.monthDays() == 0 || (when.monthDays() >> date.getDayOfMonth() & 1) == 1)
                && (when.channels().isEmpty() || when.channels().contains(f.channel))
                && (when.stores().isEmpty() || when.stores().contains(f.store))
                && (when.tiers().isEmpty() || when.tiers().contains(f.tier))
                && (!when.firstPurchase() || !f.hasOrdered)
                && (!when.birthdayMonth() || f.birthday != 0 && f.birthday / 100 % 100 == date.getMonthValue());
    }

    static boolean matches(final Condition when, final SentLine line) {
        return (when.skus().isEmpty() || when.skus().contains(line.sku))
                && (when.categories().isEmpty() || when.categories().contains(line.category))
                && (when.brands().isEmpty() || when.brands().contains(line.brand))
                && (!when.fullPrice() || !line.discounted);
    }

    /** Where none are sent the order is one line. */
    static List<SentLine> linesOf(final List<SentLine> sent, final Facts f) {
        return sent.isEmpty() ? List.of(new SentLine(1, 1, f.amountMinor, false, false, "", "", "")) : sent;
    }

    /** The order's lines with their rates, and the campaigns that apply with their lines. */
    static void plan(final Order order, final List<SentLine> sent, final Facts f, final Set<String> paused) {
        final List<SentLine> taken = linesOf(sent, f);
        for (final SentLine line : taken) {
            order.lines.add(new Order.Line(line.number, line.quantity, line.amountMinor, rate(order, line, f)));
        }
        final List<Order.Applied> candidates = new ArrayList<>();
        for (final Campaign.Mode[] modes :
                new Campaign.Mode[][] {{Campaign.Mode.ADD, Campaign.Mode.MULTIPLY}, {Campaign.Mode.BONUS}}) {
            for (final Campaign campaign : order.rules.campaigns()) {
                if (List.of(modes).contains(campaign.mode())
                        && !paused.contains(campaign.id())
                        && holds(campaign.when(), f)) {
                    candidates.add(new Order.Applied(campaign, linesOf(campaign, taken, order)));
                }
            }
        }
        candidates.removeIf(one -> one.lines.isEmpty());
        order.applied = winners(order, candidates);
    }

    private static Exact rate(final Order order, final SentLine line, final Facts f) {
        final Condition base = order.rules.baseWhen();
        if (line.sample || !holds(base, f)) {
            return null;
        }
        for (final LineRate rate : order.rules.lineRates()) {
            if (holds(rate.when(), f) && matches(rate.when(), line)) {
                return Exact.of(rate.points(), rate.perMinor());
            }
        }
        return matches(base, line) ? Exact.of(order.rules.ratePoints(), order.rules.ratePerMinor()) : null;
    }

    private static Set<Integer> linesOf(final Campaign campaign, final List<SentLine> sent, final Order order) {
        final boolean onlyQualifying = campaign.mode() != Campaign.Mode.BONUS || campaign.perUnit();
        final Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < sent.size(); i++) {
            final SentLine line = sent.get(i);
            final boolean qualifies = order.lines.get(i).rate != null;
            if (!line.sample && matches(campaign.when(), line) && (qualifies || !onlyQualifying)) {
                numbers.add(line.number);
            }
        }
        return numbers;
    }

    /** Of each exclusive group the one with the largest stand-alone share; of equal ones the smallest id. */
    private static List<Order.Applied> winners(final Order order, final List<Order.Applied> candidates) {
        final Map<String, Order.Applied> best = new HashMap<>();
        for (final Order.Applied one : candidates) {
            if (!one.campaign.group().isEmpty()) {
                best.merge(one.campaign.group(), one, (a, b) -> {
                    final int compared = alone(order, a).compareTo(alone(order, b));
                    final boolean first =
                            compared != 0 ? compared > 0 : a.campaign.id().compareTo(b.campaign.id()) < 0;
                    return first ? a : b;
                });
            }
        }
        final List<Order.Applied> applied = new ArrayList<>(candidates);
        applied.removeIf(one -> !one.campaign.group().isEmpty() && best.get(one.campaign.group()) != one);
        return applied;
    }

    private static Exact alone(final Order order, final Order.Applied one) {
        if (one.campaign.mode() == Campaign.Mode.BONUS) {
            return bonus(order.lines, one);
        }
        Exact sum = Exact.ZERO;
        for (final Order.Line line : order.lines) {
            if (one.lines.contains(line.number)) {
                sum = sum.plus(Exact.of(line.remainingMinor()).times(line.rate));
            }
        }
        final Exact share = sum.times(raise(one.campaign));
        return one.campaign.mode() == Campaign.Mode.ADD ? share : share.times(order.multiplier);
    }

    private static Exact raise(final Campaign campaign) {
        return Exact.ofMicros(campaign.multiplierMicros()).minus(Exact.ONE);
    }

    private static Exact bonus(final List<Order.Line> lines, final Order.Applied one) {
        long units = 0;
        boolean any = false;
        for (final Order.Line line : lines) {
            if (one.lines.contains(line.number)) {
                units += line.remainingUnits();
                any |= line.remainingUnits() > 0;
            }
        }
        final long times = one.campaign.perUnit() ? units : any ? 1 : 0;
        return Exact.of(one.campaign.bonusPoints()).times(Exact.of(times));
    }

    /** The shares of what remains of an order, of the campaigns that applied and that the remaining amount reaches. */
    static Shares shares(final Order order) {
        final Shares shares = new Shares();
        final long remaining = order.remainingMinor();
        final boolean nothing = remaining == 0;
        final boolean qualifies =
                !nothing && remaining >= order.rules.baseWhen().minOrderMinor();
        Exact base = Exact.ZERO;
        final Map<Integer, Exact> bases = new HashMap<>();
        final Map<Integer, Exact> running = new HashMap<>();
        for (final Order.Line line : order.lines) {
            final Exact lineBase = !qualifies || line.rate == null
                    ? Exact.ZERO
                    : Exact.of(line.remainingMinor()).times(line.rate);
            base = base.plus(lineBase);
            bases.put(line.number, lineBase);
            running.put(line.number, lineBase.times(order.multiplier));
        }
        Exact sum = base.times(order.multiplier);
        shares.base = base.floor();
        shares.tier = sum.floor().subtract(base.floor());
        shares.tooLarge = base.floor().compareTo(LIMIT) > 0 || sum.floor().compareTo(LIMIT) > 0;
        BigInteger all = sum.floor();
        for (final Order.Applied one : order.applied) {
            final boolean reached = !nothing
                    && remaining >= one.campaign.when().minOrderMinor()
                    && (qualifies || !one.campaign.perUnit());
            Exact share = Exact.ZERO;
            BigInteger whole = BigInteger.ZERO;
            if (reached && one.campaign.mode() == Campaign.Mode.BONUS) {
                share = bonus(order.lines, one);
                whole = share.floor();
            } else if (reached) {
                share = multiply(one, bases, running);
                whole = sum.plus(share).floor().subtract(sum.floor());
                sum = sum.plus(share);
            }
            all = all.add(whole);
            shares.campaigns.add(whole);
            shares.tooLarge |= all.compareTo(LIMIT) > 0;
        }
        return shares;
    }

    /** Whether a campaign that ran would run on what remains. */
    static boolean runs(final Order order, final Order.Applied one) {
        final long remaining = order.remainingMinor();
        final boolean qualifies = remaining >= order.rules.baseWhen().minOrderMinor();
        final boolean needsBase = one.campaign.mode() != Campaign.Mode.BONUS || one.campaign.perUnit();
        return remaining > 0
                && remaining >= one.campaign.when().minOrderMinor()
                && (qualifies || !needsBase)
                && order.lines.stream().anyMatch(line -> one.lines.contains(line.number) && line.remainingUnits() > 0);
    }

    private static Exact multiply(
            final Order.Applied one, final Map<Integer, Exact> bases, final Map<Integer, Exact> running) {
        Exact share = Exact.ZERO;
        for (final int number : one.lines) {
            final Map<Integer, Exact> of = one.campaign.mode() == Campaign.Mode.ADD ? bases : running;
            final Exact added = of.get(number).times(raise(one.campaign));
            running.merge(number, added, Exact::plus);
            share = share.plus(added);
        }
        return share;
    }
}

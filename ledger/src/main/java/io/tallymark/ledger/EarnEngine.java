package io.tallymark.ledger;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;

/**
 * What orders earn, exactly: the shares of base, tier and campaigns before any cap, and once more on what a refund
 * leaves. Changes no state. Mutable and reused; one thread; no allocation after construction.
 */
final class EarnEngine {
    private static final int SUM = 0;
    private static final int PART = 1;
    private static final int BEST = 2;
    private static final int MAX_DIVISORS = 2 + EarnPlan.MAX_MULTIPLYING;

    private final EarnLine line = new EarnLine();
    private final OrderLineBook single = new OrderLineBook();
    private final Shares found = new Shares();
    private boolean[] rateHolds = new boolean[8];

    // Lines that the same campaigns multiply are one class: its campaigns, its base over L, its running total.
    private final long[] classCampaigns = new long[Limits.MAX_LINES];
    private final EarnWide bases = new EarnWide(Limits.MAX_LINES);
    private final EarnWide totals = new EarnWide(Limits.MAX_LINES);
    private int classes;

    private final EarnWide scratch = new EarnWide(3);
    private final long[] divisors = new long[MAX_DIVISORS];
    private int divisorCount;
    private final long[] multiplied = new long[EarnPlan.MAX_MULTIPLYING];
    private int multipliedCount;

    /**
     * Reads the lines of an accrual whose form was checked: what each is worth to the rules of this version. A command
     * without lines gives one. The facts must be set already: rates may depend on them.
     */
    void readLines(final Command c, final EarnPlan plan, final EarnFacts facts, final OrderLineBook book) {
        book.clear();
        line.wrap(c);
        final boolean earns = plan.base.holdsForOrder(facts);
        testRates(plan, facts);
        while (line.next()) {
            final int i = book.add(line.number, line.quantity, line.amountMinor);
            final boolean sample = line.sample();
            book.rate[i] = earns && !sample ? rateOfLine(plan) : OrderLineBook.NO_RATE;
            book.campaigns[i] = sample ? 0 : campaignsOfLine(plan, book.rate[i] != OrderLineBook.NO_RATE);
        }
    }

    private void testRates(final EarnPlan plan, final EarnFacts facts) {
        final int count = plan.rateWhen.length;
        if (count > rateHolds.length) {
            rateHolds = new boolean[count];
        }
        for (int i = 0; i < count; i++) {
            rateHolds[i] = plan.rateWhen[i].holdsForOrder(facts);
        }
    }

    private int rateOfLine(final EarnPlan plan) {
        for (int i = 0; i < plan.rateWhen.length; i++) {
            if (rateHolds[i] && plan.rateWhen[i].holdsForLine(line)) {
                return i + 1;
            }
        }
        return plan.base.holdsForLine(line) ? OrderLineBook.BASE_RATE : OrderLineBook.NO_RATE;
    }

    private long campaignsOfLine(final EarnPlan plan, final boolean rated) {
        long places = plan.anyLine;
        if (places != allPlaces(plan)) {
            for (int i = 0; i < plan.campaigns.length; i++) {
                final EarnCondition when = plan.campaigns[i].when;
                places |= when.concernsLines() && when.holdsForLine(line) ? 1L << i : 0;
            }
        }
        return rated ? places : places & ~plan.ratedOnly;
    }

    private static long allPlaces(final EarnPlan plan) {
        return plan.campaigns.length == 0 ? 0 : -1L >>> Long.SIZE - plan.campaigns.length;
    }

    /**
     * The shares of a new order, unclipped. Listed are the campaigns that ran, also with a share of 0; in the book each
     * line keeps of its campaigns only those.
     *
     * @return ACCEPTED, or LIMIT_EXCEEDED where a share or their sum is above 10^15; the shares are then unspecified
     */
    ResultCode earn(final EarnPlan plan, final EarnFacts facts, final OrderLineBook lines, final Shares out) {
        if (plan.plain) {
            return earnPlain(plan, facts.tierRank, lines, out) ? ResultCode.ACCEPTED : ResultCode.LIMIT_EXCEEDED;
        }
        long running = linesOf(lines) & ~facts.pausedCampaigns;
        for (int i = 0; i < plan.campaigns.length; i++) {
            final long place = 1L << i;
            if ((running & place) != 0 && !plan.campaigns[i].when.holdsForOrder(facts)) {
                running &= ~place;
            }
        }
        for (final long group : plan.groups) {
            if (Long.bitCount(running & group) > 1) {
                running = running & ~group | 1L << largestOf(plan, running & group, facts.tierRank, lines);
            }
        }
        for (int i = 0; i < lines.count; i++) {
            lines.campaigns[i] &= running;
        }
        return run(plan, facts.tierRank, running, true, lines, out) ? ResultCode.ACCEPTED : ResultCode.LIMIT_EXCEEDED;
    }

    /**
     * The shares of what remains of an order, unclipped, campaign by campaign in the order of what it was granted: for
     * refunds. Where lines are not kept, an amount that did not earn may count now; should that lead beyond 10^15, the
     * shares are those that were granted.
     *
     * @param plan of the version that the order earned under
     * @return bit i: the campaign at place i of the version's list still runs
     */
    long recompute(final EarnPlan plan, final OrderDraft order, final Shares out) {
        final long remainingMinor = order.remainingMinor();
        final OrderLineBook lines = order.lines.count > 0 ? order.lines : singleLineOf(order);
        if (plan.plain) {
            if (!earnPlain(plan, order.tierRank, lines, out)) {
                align(order.granted, order.granted, out);
            }
            return 0;
        }
        final boolean earns = remainingMinor > 0 && plan.base.holdsForAmount(remainingMinor);
        long running = 0;
        for (int i = 0; i < order.granted.count; i++) {
            final int place = order.granted.campaign[i];
            final boolean runs = remainingMinor > 0 && plan.campaigns[place].when.holdsForAmount(remainingMinor);
            running |= runs ? 1L << place : 0;
        }
        running &= linesOf(lines) & (earns ? -1L : ~plan.ratedOnly);
        final boolean fits = run(plan, order.tierRank, running, earns, lines, found);
        align(order.granted, fits ? found : order.granted, out);
        return fits ? running : -1L;
    }

    private OrderLineBook singleLineOf(final OrderDraft order) {
        single.clear();
        single.add(1, 1, order.amountMinor);
        single.refundedMinor[0] = order.refundedMinor;
        single.campaigns[0] = -1L;
        return single;
    }

    /** Brings what was found into the order of what was granted, with 0 for campaigns that no longer run. */
    private static void align(final Shares granted, final Shares found, final Shares out) {
        out.clear();
        out.basePoints = found.basePoints;
        out.tierPoints = found.tierPoints;
        int next = 0;
        for (int i = 0; i < granted.count; i++) {
            final boolean runs = next < found.count && found.campaign[next] == granted.campaign[i];
            out.add(granted.campaign[i], runs ? found.points[next] : 0);
            next += runs ? 1 : 0;
        }
        if (next != found.count) {
            throw new IllegalStateException("campaigns of an order not in running order");
        }
    }

    private static boolean earnPlain(
            final EarnPlan plan, final int tierRank, final OrderLineBook lines, final Shares out) {
        long earningMinor = 0;
        for (int i = 0; i < lines.count; i++) {
            earningMinor += lines.rate[i] == OrderLineBook.NO_RATE ? 0 : lines.remainingMinor(i);
        }
        final EarnRules rules = plan.rules;
        final long base = rules.points(earningMinor, 0);
        final long total = rules.isPlain(tierRank) ? base : rules.points(earningMinor, tierRank);
        out.clear();
        out.basePoints = base;
        out.tierPoints = total - base;
        return base != EarnRules.TOO_MANY && total != EarnRules.TOO_MANY;
    }

    /** The campaigns that any line of which something remains belongs to. */
    private static long linesOf(final OrderLineBook lines) {
        long places = 0;
        for (int i = 0; i < lines.count; i++) {
            places |= units(lines, i) > 0 ? lines.campaigns[i] : 0;
        }
        return places;
    }

    /** What a line counts for a bonus by unit. */
    private static long units(final OrderLineBook lines, final int i) {
        final boolean gone = lines.amountMinor[i] > 0 && lines.remainingMinor(i) == 0;
        return gone ? 0 : lines.quantity[i] - lines.refundedQuantity[i];
    }

    private static long unitsOf(final OrderLineBook lines, final long place) {
        long sum = 0;
        for (int i = 0; i < lines.count; i++) {
            sum += (lines.campaigns[i] & place) != 0 ? units(lines, i) : 0;
        }
        return sum;
    }

    /** Of an exclusive group the place of the largest stand-alone share, of equal ones that of the smallest id. */
    private int largestOf(final EarnPlan plan, final long group, final int tierRank, final OrderLineBook lines) {
        int best = -1;
        for (long rest = group; rest != 0; rest &= rest - 1) {
            final int place = Long.numberOfTrailingZeros(rest);
            standAlone(plan, place, tierRank, lines);
            final int order = best < 0 ? 1 : scratch.compare(SUM, BEST);
            if (order > 0 || order == 0 && plan.campaigns[place].id.compareTo(plan.campaigns[best].id) < 0) {
                best = place;
                scratch.copy(BEST, scratch, SUM);
            }
        }
        return best;
    }

    /** A campaign's share as if it were alone, in parts of 10^-12 ÷ L of a point. */
    private void standAlone(final EarnPlan plan, final int place, final int tierRank, final OrderLineBook lines) {
        final EarnCampaign campaign = plan.campaigns[place];
        if (campaign.mode == Campaign.Mode.BONUS) {
            scratch.set(SUM, campaign.bonusPoints);
            scratch.multiply(SUM, campaign.perUnit ? unitsOf(lines, 1L << place) : 1);
            scratch.multiply(SUM, CompiledProgram.ONE_MICROS * CompiledProgram.ONE_MICROS);
            scratch.multiply(SUM, plan.commonMinor);
            return;
        }
        scratch.set(SUM, 0);
        for (int i = 0; i < lines.count; i++) {
            if ((lines.campaigns[i] & 1L << place) != 0) {
                baseOf(plan, lines, i);
                scratch.add(SUM, scratch, PART);
            }
        }
        scratch.multiply(SUM, campaign.addedMicros);
        final boolean ofTotal = campaign.mode == Campaign.Mode.MULTIPLY;
        scratch.multiply(SUM, ofTotal ? plan.tierMicros(tierRank) : CompiledProgram.ONE_MICROS);
    }

    /** Sets PART to the base of a line over L. */
    private void baseOf(final EarnPlan plan, final OrderLineBook lines, final int i) {
        final int rate = lines.rate[i];
        scratch.set(PART, lines.remainingMinor(i));
        scratch.multiply(PART, plan.ratePoints[rate]);
        scratch.multiply(PART, plan.rateScale[rate]);
    }

    /** All shares of the running campaigns; false: beyond 10^15. */
    private boolean run(
            final EarnPlan plan,
            final int tierRank,
            final long running,
            final boolean earns,
            final OrderLineBook lines,
            final Shares out) {
        out.clear();
        long total = 0;
        if (earns) {
            classify(plan, running & plan.multipliers, lines);
            total = runBase(plan, tierRank, out);
            for (long rest = running & plan.multipliers; rest != 0 && total >= 0; rest &= rest - 1) {
                final int place = Long.numberOfTrailingZeros(rest);
                final long after = runMultiplier(plan, place);
                out.add(place, after - total);
                total = after;
            }
        }
        for (long rest = running & ~plan.multipliers; rest != 0 && total >= 0; rest &= rest - 1) {
            final int place = Long.numberOfTrailingZeros(rest);
            final EarnCampaign campaign = plan.campaigns[place];
            final long units = campaign.perUnit ? unitsOf(lines, 1L << place) : 1;
            final long bonus = EarnRules.floorOfProduct(campaign.bonusPoints, units, 1);
            out.add(place, bonus);
            total = bonus == EarnRules.TOO_MANY || total + bonus > Limits.MAX_VALUE
                    ? EarnRules.TOO_MANY
                    : total + bonus;
        }
        return total >= 0;
    }

    private void classify(final EarnPlan plan, final long multiplying, final OrderLineBook lines) {
        classes = 0;
        for (int i = 0; i < lines.count; i++) {
            if (lines.rate[i] != OrderLineBook.NO_RATE && lines.remainingMinor(i) > 0) {
                baseOf(plan, lines, i);
                bases.add(classOf(lines.campaigns[i] & multiplying), scratch, PART);
            }
        }
    }

    private int classOf(final long places) {
        // Neighbouring lines are often alike, so the latest class is looked at first.
        for (int i = classes - 1; i >= 0; i--) {
            if (classCampaigns[i] == places) {
                return i;
            }
        }
        classCampaigns[classes] = places;
        bases.set(classes, 0);
        return classes++;
    }

    /** Base and tier share; returns floor(T), or TOO_MANY. */
    private long runBase(final EarnPlan plan, final int tierRank, final Shares out) {
        divisors[0] = plan.commonMinor;
        divisorCount = 1;
        multipliedCount = 0;
        final long base = floorOfSum(bases);
        final long tierTop = plan.overCommon(plan.tierMicros(tierRank));
        for (int i = 0; i < classes; i++) {
            totals.copy(i, bases, i);
            totals.multiply(i, tierTop);
        }
        divideBy(plan.commonMultiplier);
        final long total = floorOfSum(totals);
        out.basePoints = base;
        out.tierPoints = total - base;
        return base == EarnRules.TOO_MANY ? EarnRules.TOO_MANY : total;
    }

    /** Runs a campaign that adds or multiplies; returns the floor of all totals behind it, or TOO_MANY. */
    private long runMultiplier(final EarnPlan plan, final int place) {
        final EarnCampaign campaign = plan.campaigns[place];
        final boolean multiplies = campaign.mode == Campaign.Mode.MULTIPLY;
        for (int i = 0; i < classes; i++) {
            final boolean applies = (classCampaigns[i] & 1L << place) != 0;
            if (multiplies) {
                totals.multiply(i, applies ? campaign.top : campaign.bottom);
            } else if (applies) {
                scratch.copy(PART, bases, i);
                scratch.multiply(PART, plan.overCommon(campaign.addedMicros));
                for (int k = 0; k < multipliedCount; k++) {
                    scratch.multiply(PART, multiplied[k]);
                }
                totals.add(i, scratch, PART);
            }
        }
        if (multiplies && campaign.bottom != 1) {
            multiplied[multipliedCount++] = campaign.bottom;
            divideBy(campaign.bottom);
        }
        return floorOfSum(totals);
    }

    /** Small divisors are joined: fewer divisions. */
    private void divideBy(final long divisor) {
        final int last = divisorCount - 1;
        if (divisors[last] <= Integer.MAX_VALUE / divisor) {
            divisors[last] *= divisor;
        } else {
            divisors[divisorCount++] = divisor;
        }
    }

    private long floorOfSum(final EarnWide parts) {
        scratch.set(SUM, 0);
        for (int i = 0; i < classes; i++) {
            scratch.add(SUM, parts, i);
        }
        for (int i = 0; i < divisorCount; i++) {
            scratch.divide(SUM, divisors[i]);
        }
        return scratch.points(SUM);
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.ledger.program.LineRate;
import io.tallymark.ledger.program.Tier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How one program version earns, prepared once: conditions over bytes, campaigns by their place in the version's list,
 * all rates over one denominator L and all that is added over one denominator E. Immutable.
 *
 * <p>Sums are kept as whole numbers over L × E × the denominators of the campaigns that multiplied so far. The largest
 * that can come: order amount 10^15 × rate 10^9 × L 10^12, times a factor of (1,000 + 64 × 999) × 1,000^8, over
 * denominators E 10^6 and 10^6 for each of 8 campaigns: below 10^119, that is 2^396, within the 512 bits of
 * {@link EarnWide}. What is compared inside an exclusive group stays below 10^15 × 10^21 × 10^9 × 10^9. The constructor
 * refuses what is beyond these bounds.
 */
final class EarnPlan {
    /** Most campaigns that multiply. */
    static final int MAX_MULTIPLYING = 8;

    /** Largest common denominator of the rates. */
    static final long MAX_COMMON_MINOR = 1_000_000_000_000L;

    final CompiledProgram program;
    final EarnRules rules;
    final EarnCaps caps;

    /** No line rules, no campaigns, no caps, no condition on the base: {@link EarnRules} says it all. */
    final boolean plain;

    /** The base's condition. */
    final EarnCondition base;

    /** By line rate. */
    final EarnCondition[] rateWhen;

    /** By rate, the base first: points. */
    final long[] ratePoints;

    /** By rate, the base first: L ÷ its denominator. */
    final long[] rateScale;

    /** L. */
    final long commonMinor;

    /** E. */
    final long commonMultiplier;

    /** By campaign. */
    final EarnCampaign[] campaigns;

    /** Campaigns that add or multiply. */
    final long multipliers;

    /** Campaigns whose lines must earn: all but fixed bonuses for the order. */
    final long ratedOnly;

    /** Campaigns that ask nothing of lines. */
    final long anyLine;

    /** By exclusive group: its campaigns. */
    final long[] groups;

    private final long[] tierMicros;

    /**
     * Prepares a version.
     *
     * @param numbers stable number by campaign id
     * @throws InvalidProgramException beyond the bounds that the sums rely on
     */
    EarnPlan(final CompiledProgram program, final ToIntFunction<String> numbers) {
        this.program = program;
        rules = new EarnRules(program);
        caps = program.caps();
        base = new EarnCondition(program.baseWhen(), program);
        plain = program.lineRates().isEmpty()
                && program.campaigns().isEmpty()
                && caps.order() == CompiledProgram.UNLIMITED
                && caps.day() == CompiledProgram.UNLIMITED
                && program.baseWhen().equals(Condition.ALWAYS);
        tierMicros = tierMicrosOf(program);
        commonMultiplier = commonMultiplierOf();

        final List<LineRate> rates = new ArrayList<>();
        rates.add(new LineRate(program.baseWhen(), program.ratePoints(), program.ratePerMinor()));
        rates.addAll(program.lineRates());
        commonMinor = commonMinorOf(rates);
        ratePoints = new long[rates.size()];
        rateScale = new long[rates.size()];
        rateWhen = new EarnCondition[rates.size() - 1];
        for (int i = 0; i < rates.size(); i++) {
            final long common = gcd(rates.get(i).points(), rates.get(i).perMinor());
            ratePoints[i] = rates.get(i).points() / common;
            rateScale[i] = commonMinor / (rates.get(i).perMinor() / common);
            if (i > 0) {
                rateWhen[i - 1] = new EarnCondition(rates.get(i).when(), program);
            }
        }

        final int count = program.campaigns().size();
        check(count <= Shares.MAX_CAMPAIGNS, "earn.campaigns", "at most " + Shares.MAX_CAMPAIGNS);
        campaigns = new EarnCampaign[count];
        for (int i = 0; i < count; i++) {
            final Campaign campaign = program.campaigns().get(i);
            campaigns[i] = new EarnCampaign(campaign, numbers.applyAsInt(campaign.id()), program);
        }
        multipliers = placesWhere(true, false, false);
        ratedOnly = placesWhere(true, true, false);
        anyLine = placesWhere(false, false, true);
        groups = groupsOf(program.campaigns());
        checkMultiplying();
    }

    /** A tier's multiplier in millionths; rank 0: that of no tier. */
    long tierMicros(final int rank) {
        return tierMicros[rank];
    }

    /** A number of millionths over E. */
    long overCommon(final long micros) {
        return micros / (CompiledProgram.ONE_MICROS / commonMultiplier);
    }

    private static long[] tierMicrosOf(final CompiledProgram program) {
        final List<Tier> tiers = program.tiers();
        final long[] micros = new long[tiers.size() + 1];
        micros[0] = CompiledProgram.ONE_MICROS;
        for (int i = 0; i < tiers.size(); i++) {
            micros[i + 1] = tiers.get(i).multiplierMicros();
        }
        return micros;
    }

    /** The smallest E over which all multipliers of tiers and of adding campaigns are whole. */
    private long commonMultiplierOf() {
        long common = CompiledProgram.ONE_MICROS;
        for (final long micros : tierMicros) {
            common = gcd(common, micros);
        }
        for (final Campaign campaign : program.campaigns()) {
            if (campaign.mode() == Campaign.Mode.ADD) {
                common = gcd(common, campaign.multiplierMicros());
            }
        }
        return CompiledProgram.ONE_MICROS / common;
    }

    private static long commonMinorOf(final List<LineRate> rates) {
        BigInteger common = BigInteger.ONE;
        for (final LineRate rate : rates) {
            final BigInteger minor = BigInteger.valueOf(rate.perMinor() / gcd(rate.points(), rate.perMinor()));
            common = common.divide(common.gcd(minor)).multiply(minor);
            check(
                    common.compareTo(BigInteger.valueOf(MAX_COMMON_MINOR)) <= 0,
                    "earn.rates",
                    "no common denominator up to " + MAX_COMMON_MINOR);
        }
        return common.longValueExact();
    }

    private long placesWhere(final boolean multiplying, final boolean perUnit, final boolean ofAnyLine) {
        long places = 0;
        for (int i = 0; i < campaigns.length; i++) {
            final EarnCampaign campaign = campaigns[i];
            final boolean is = multiplying && campaign.mode != Campaign.Mode.BONUS
                    || perUnit && campaign.perUnit
                    || ofAnyLine && !campaign.when.concernsLines();
            places |= is ? 1L << i : 0;
        }
        return places;
    }

    private static long[] groupsOf(final List<Campaign> campaigns) {
        final List<String> names = campaigns.stream()
                .map(Campaign::group)
                .filter(g -> !g.isEmpty())
                .distinct()
                .toList();
        final long[] groups = new long[names.size()];
        for (int i = 0; i < campaigns.size(); i++) {
            final int group = names.indexOf(campaigns.get(i).group());
            if (group >= 0) {
                groups[group] |= 1L << i;
            }
        }
        return groups;
    }

    private void checkMultiplying() {
        int multiplying = 0;
        for (final Campaign campaign : program.campaigns()) {
            if (campaign.mode() != Campaign.Mode.BONUS) {
                check(
                        campaign.multiplierMicros() >= CompiledProgram.ONE_MICROS
                                && campaign.multiplierMicros() <= CompiledProgram.MAX_MULTIPLIER_MICROS,
                        "earn.campaigns." + campaign.id(),
                        "multiplier 1 to 1000");
            }
            multiplying += campaign.mode() == Campaign.Mode.MULTIPLY ? 1 : 0;
        }
        check(multiplying <= MAX_MULTIPLYING, "earn.campaigns", "at most " + MAX_MULTIPLYING + " multiply");
    }

    static long gcd(final long a, final long b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact();
    }

    private static void check(final boolean holds, final String path, final String reason) {
        if (!holds) {
            throw new InvalidProgramException(path, reason);
        }
    }
}

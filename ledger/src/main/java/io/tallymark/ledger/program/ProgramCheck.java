package io.tallymark.ledger.program;

import static io.tallymark.ledger.program.CompiledProgram.DAY_MS;
import static io.tallymark.ledger.program.CompiledProgram.FOREVER;
import static io.tallymark.ledger.program.CompiledProgram.MAX_DAYS;
import static io.tallymark.ledger.program.CompiledProgram.MAX_ENTRIES;
import static io.tallymark.ledger.program.CompiledProgram.MAX_GRACE_DAYS;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_MINOR;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_POINTS;
import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.protocol.Limits;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds everything that is wrong with a program before it is compiled: each field by itself, and fields that contradict
 * each other. Lists are checked in the order given, so that an index in a path is that of the program file.
 */
final class ProgramCheck {
    /** Multiplying campaigns; each adds six decimals to what an order's exact sum may have. */
    static final int MAX_MULTIPLY = 8;

    static final int MAX_PRIORITY = 1_000_000;
    static final long MAX_COMMON_DENOMINATOR = 1_000_000_000_000L;

    private static final int MAX_OFFSET_MINUTES = 18 * 60;

    private final CompiledProgram.Builder program;
    private final Mistakes mistakes = new Mistakes();
    private final ConditionCheck conditions;

    private ProgramCheck(final CompiledProgram.Builder program) {
        this.program = program;
        this.conditions = new ConditionCheck(mistakes, program.tiers);
    }

    /** All mistakes, in the order of a program file. */
    static List<ProgramMistake> mistakes(final CompiledProgram.Builder program) {
        final ProgramCheck check = new ProgramCheck(program);
        check.head();
        check.retention();
        check.wallet();
        check.rates();
        check.campaigns();
        check.caps();
        check.activities();
        new TierCheck(check.mistakes, program).run();
        check.burn();
        check.offers();
        new CatalogueCheck(check.mistakes, check.conditions, program).run();
        return check.mistakes.found();
    }

    private void head() {
        mistakes.check(Mistakes.isId(program.name), "program", Mistakes.ID_IS);
        mistakes.check(isCurrency(program.currency), "currency", "must be three capital letters");
        mistakes.check(
                Math.abs((long) program.utcOffsetMinutes) <= MAX_OFFSET_MINUTES,
                "utcOffset",
                "must be within 18 hours");
        mistakes.check(
                program.lateWindowMs == UNLIMITED
                        || program.lateWindowMs >= 0 && program.lateWindowMs <= MAX_DAYS * DAY_MS,
                "lateWindow",
                "must be at most " + MAX_DAYS + " days, or unlimited");
    }

    private void retention() {
        final int keyDays = program.keyDays;
        final String keys = "retention.keyDays";
        if (keyDays != FOREVER) {
            mistakes.within(keyDays, 1, MAX_DAYS, keys, " days, or forever");
            mistakes.check(
                    program.lateWindowMs != UNLIMITED,
                    keys,
                    "must be forever while lateWindow is unlimited",
                    "lateWindow");
            mistakes.check(
                    keyDays * DAY_MS > program.lateWindowMs, keys, "must be longer than lateWindow", "lateWindow");
        }
        final int orderDays = program.orderDays;
        final String orders = "retention.orderDays";
        if (orderDays != FOREVER && orderDays != CompiledProgram.Builder.AS_KEYS) {
            mistakes.within(orderDays, 1, MAX_DAYS, orders, " days, or forever");
            mistakes.check(
                    keyDays != FOREVER && orderDays >= keyDays, orders, "must be at least those of keyDays", keys);
        }
    }

    private void wallet() {
        final String wallet = "wallets.points";
        mistakes.check(program.expiry != null, wallet + ".expiry", "missing");
        mistakes.life(program.activation, program.refund, wallet);
    }

    private void rates() {
        mistakes.rate(program.ratePoints, program.ratePerMinor, "earn.base");
        conditions.check(program.baseWhen, "earn.base.when");
        mistakes.atMost(MAX_ENTRIES, program.lineRates.size(), "earn.rates");
        for (int i = 0; i < program.lineRates.size(); i++) {
            final LineRate rate = program.lineRates.get(i);
            mistakes.rate(rate.points(), rate.perMinor(), "earn.rates[" + i + "]");
            conditions.check(rate.when(), "earn.rates[" + i + "].when");
        }
        commonDenominator();
    }

    /** The exact sum over an order's lines is kept over one denominator. */
    private void commonDenominator() {
        BigInteger common = denominator(program.ratePoints, program.ratePerMinor);
        for (int i = 0; i < program.lineRates.size(); i++) {
            final LineRate rate = program.lineRates.get(i);
            final BigInteger other = denominator(rate.points(), rate.perMinor());
            common = common.divide(common.gcd(other)).multiply(other);
            if (common.compareTo(BigInteger.valueOf(MAX_COMMON_DENOMINATOR)) > 0) {
                mistakes.check(
                        false,
                        "earn.rates[" + i + "].per",
                        "has no common denominator up to 10^12 with the rates before it",
                        "earn.base.points",
                        "earn.base.per",
                        "earn.rates");
                return;
            }
        }
    }

    private static BigInteger denominator(final long points, final long perMinor) {
        if (points < 1 || perMinor < 1) {
            return BigInteger.ONE;
        }
        return BigInteger.valueOf(perMinor / Fraction.gcd(points, perMinor));
    }

    private void campaigns() {
        mistakes.atMost(MAX_ENTRIES, program.campaigns.size(), "earn.campaigns");
        final Set<String> ids = new HashSet<>();
        int multiplying = 0;
        for (int i = 0; i < program.campaigns.size(); i++) {
            final Campaign campaign = program.campaigns.get(i);
            final String path = "earn.campaigns[" + i + "]";
            mistakes.id(campaign.id(), ids, path + ".id");
            mistakes.check(!campaign.id().equals("redemptions"), path + ".id", "is what pauses all redemptions");
            mistakes.within(campaign.priority(), 0, MAX_PRIORITY, path + ".priority", "");
            if (campaign.mode() == Campaign.Mode.MULTIPLY && ++multiplying > MAX_MULTIPLY) {
                mistakes.check(false, path + ".mode", "only " + MAX_MULTIPLY + " campaigns may multiply");
            }
            campaignShare(campaign, path);
            mistakes.check(
                    campaign.group().isEmpty() || Mistakes.isId(campaign.group()), path + ".exclusive", Mistakes.ID_IS);
            conditions.check(campaign.when(), path + ".when");
            mistakes.pointsOrNone(campaign.orderCap(), path + ".caps.order");
            mistakes.pointsOrNone(campaign.memberCap(), path + ".caps.member");
            mistakes.pointsOrNone(campaign.memberDayCap(), path + ".caps.memberDay");
            mistakes.pointsOrNone(campaign.budget(), path + ".budget");
        }
    }

    private void campaignShare(final Campaign campaign, final String path) {
        if (campaign.mode() == Campaign.Mode.BONUS) {
            // One that grants coupons needs no points.
            final long least = campaign.grants().isEmpty() || campaign.perUnit() ? 1 : 0;
            mistakes.within(campaign.bonusPoints(), least, Limits.MAX_VALUE, path + ".bonus.points", " points");
            mistakes.check(campaign.multiplierMicros() == 0, path + ".multiplier", "does not go with bonus");
        } else {
            mistakes.raises(campaign.multiplierMicros(), path + ".multiplier");
            mistakes.check(
                    campaign.bonusPoints() == 0 && !campaign.perUnit(), path + ".bonus", "does not go with multiplier");
        }
    }

    private void caps() {
        mistakes.pointsOrNone(program.caps.order(), "earn.caps.order.points");
        mistakes.pointsOrNone(program.caps.day(), "earn.caps.day.points");
    }

    private void activities() {
        mistakes.atMost(MAX_ENTRIES, program.activities.size(), "activities");
        final Set<String> ids = new HashSet<>();
        for (final Activity activity : program.activities) {
            final String path = "activities." + activity.id();
            mistakes.id(activity.id(), ids, path);
            mistakes.within(activity.points(), 1, Limits.MAX_VALUE, path + ".points", " points");
            mistakes.limit(new Limit(activity.per(), activity.times()), path + ".limit");
        }
    }

    private void burn() {
        final Burn burn = program.burn;
        final boolean hasRate = burn.ratePoints() != 0 || burn.rateMinor() != 0;
        if (hasRate) {
            mistakes.within(burn.ratePoints(), 1, MAX_RATE_POINTS, "burn.rate.points", "");
            mistakes.within(burn.rateMinor(), 1, MAX_RATE_MINOR, "burn.rate.worth", " minor units");
        }
        final String cash = "burn.pointsPlusCash";
        mistakes.pointsOrNone(burn.minPointsWithCash(), cash + ".minPoints");
        mistakes.check(hasRate || burn.minPointsWithCash() == UNLIMITED, cash, "needs burn.rate", "burn.rate");
        mistakes.check(hasRate || burn.campaigns().isEmpty(), "burn.campaigns", "needs burn.rate", "burn.rate");
        if (burn.graceDays() != UNLIMITED) {
            mistakes.within(burn.graceDays(), 0, MAX_GRACE_DAYS, "burn.reversalGraceDays", " days");
        }
        mistakes.atMost(MAX_ENTRIES, burn.campaigns().size(), "burn.campaigns");
        final Set<String> ids = new HashSet<>();
        for (int i = 0; i < burn.campaigns().size(); i++) {
            final Burn.BurnCampaign campaign = burn.campaigns().get(i);
            final String path = "burn.campaigns[" + i + "]";
            mistakes.id(campaign.id(), ids, path + ".id");
            mistakes.raises(campaign.multiplierMicros(), path + ".multiplier");
            conditions.check(campaign.when(), path + ".when");
            mistakes.check(
                    !campaign.when().concernsLines(), path + ".when", "cannot ask for lines: a redemption has none");
        }
    }

    private void offers() {
        mistakes.pointsOrNone(program.transferDailyLimitPoints, "transfer.dailyLimit");
        if (program.claimDays != FOREVER) {
            mistakes.within(program.claimDays, 0, MAX_DAYS, "claims.withinDays", " days");
        }
    }

    private static boolean isCurrency(final String code) {
        return code != null && code.length() == 3 && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Tier;
import java.util.List;

/** A condition of one program version, in a form that is tested without making any object. Immutable. */
final class EarnCondition {
    private final long fromMs;
    private final long untilMs;
    private final int fromMinute;
    private final int untilMinute;
    private final int weekdays;
    private final int monthDays;
    private final EarnTexts channels;
    private final EarnTexts stores;

    /** Bit n: level n; 0: not asked for. */
    private final long tierRanks;

    private final boolean asksTier;
    private final boolean firstPurchase;
    private final boolean birthdayMonth;
    private final long minOrderMinor;
    private final EarnTexts skus;
    private final EarnTexts categories;
    private final EarnTexts brands;
    private final boolean fullPrice;
    private final boolean concernsLines;
    private final boolean concernsOrders;

    EarnCondition(final Condition when, final CompiledProgram program) {
        fromMs = when.fromMs();
        untilMs = when.untilMs();
        fromMinute = when.fromMinute();
        untilMinute = when.untilMinute();
        weekdays = when.weekdays();
        monthDays = when.monthDays();
        channels = new EarnTexts(when.channels());
        stores = new EarnTexts(when.stores());
        asksTier = !when.tiers().isEmpty();
        tierRanks = ranksOf(when.tiers(), program);
        firstPurchase = when.firstPurchase();
        birthdayMonth = when.birthdayMonth();
        minOrderMinor = when.minOrderMinor();
        skus = new EarnTexts(when.skus());
        categories = new EarnTexts(when.categories());
        brands = new EarnTexts(when.brands());
        fullPrice = when.fullPrice();
        concernsLines = when.concernsLines();
        concernsOrders = fromMs != Condition.NO_TIME
                || untilMs != Condition.NO_TIME
                || untilMinute != 0
                || weekdays != 0
                || monthDays != 0
                || !channels.isEmpty()
                || !stores.isEmpty()
                || asksTier
                || firstPurchase
                || birthdayMonth
                || minOrderMinor > 0;
    }

    private static long ranksOf(final List<String> ids, final CompiledProgram program) {
        long ranks = 0;
        for (final String id : ids) {
            // A retired tier's place is taken by the one that stands for it.
            final String listed = program.retiredTiers().getOrDefault(id, id);
            int rank = 1;
            for (final Tier tier : program.tiers()) {
                if (tier.id().equals(id) || tier.id().equals(listed)) {
                    ranks |= 1L << rank;
                }
                rank++;
            }
        }
        return ranks;
    }

    /** Whether it asks for anything of single lines. */
    boolean concernsLines() {
        return concernsLines;
    }

    /** Whether it asks for anything of the order or its member. */
    boolean concernsOrders() {
        return concernsOrders;
    }

    /** Whether an amount is enough; the one thing about the order that a refund can change. */
    boolean holdsForAmount(final long amountMinor) {
        return amountMinor >= minOrderMinor;
    }

    /** Tests what it asks of the order and its member. */
    boolean holdsForOrder(final EarnFacts facts) {
        return !concernsOrders
                || holdsForAmount(facts.amountMinor)
                        && holdsForTime(facts)
                        && (!asksTier || (tierRanks >>> facts.tierRank & 1) != 0)
                        && (!firstPurchase || facts.firstPurchase)
                        && (!birthdayMonth || facts.birthdayMonth)
                        && (channels.isEmpty() || facts.channelIsIn(channels))
                        && (stores.isEmpty() || facts.storeIsIn(stores));
    }

    private boolean holdsForTime(final EarnFacts facts) {
        return (fromMs == Condition.NO_TIME || facts.eventTimeMs() >= fromMs)
                && (untilMs == Condition.NO_TIME || facts.eventTimeMs() < untilMs)
                && (weekdays == 0 || (weekdays >>> facts.weekday() & 1) != 0)
                && (monthDays == 0 || (monthDays >>> facts.monthDay() & 1) != 0)
                && (untilMinute == 0 || holdsForMinute(facts.minuteOfDay()));
    }

    private boolean holdsForMinute(final int minute) {
        return fromMinute > untilMinute
                ? minute >= fromMinute || minute < untilMinute
                : minute >= fromMinute && minute < untilMinute;
    }

    /** Tests what it asks of a line. */
    boolean holdsForLine(final EarnLine line) {
        return !concernsLines
                || (!fullPrice || !line.discounted())
                        && (skus.isEmpty() || line.skuIsIn(skus))
                        && (categories.isEmpty() || line.categoryIsIn(categories))
                        && (brands.isEmpty() || line.brandIsIn(brands));
    }
}

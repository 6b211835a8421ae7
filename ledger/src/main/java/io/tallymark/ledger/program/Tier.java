package io.tallymark.ledger.program;

import java.util.List;

/**
 * One step of a program's tiers; its level is its place in the list, from 1.
 *
 * @param id               lower-case letters, digits and hyphens; stable over the program's versions
 * @param multiplierMicros what earned points are multiplied by, in millionths: 1,500,000 is 1.5
 * @param earned           the condition of the way {@code earned}; null: it cannot be earned
 * @param window           over what the condition is tested
 * @param windowMonths     of ROLLING_MONTHS: how many before the present one; else 0
 * @param keepPeriods      further periods that an earned tier is kept
 * @param retention        what keeps it at the end of its period
 * @param graceDays        days after a missed settlement
 * @param paidMonths       how long the way {@code paid} lasts; 0: not offered; {@link #FOR_EVER}
 * @param invitedMonths    how long the way {@code invited} lasts; 0: not offered; {@link #FOR_EVER}
 * @param bonusPoints      upgrade bonus
 * @param benefits         ids of the rights it brings, for people and replies
 */
public record Tier(
        String id,
        long multiplierMicros,
        Requirement earned,
        Window window,
        int windowMonths,
        int keepPeriods,
        Requirement retention,
        int graceDays,
        int paidMonths,
        int invitedMonths,
        long bonusPoints,
        List<String> benefits) {
    /** Without an end. */
    public static final int FOR_EVER = -1;

    /** The ordinal is the code in the canonical form. */
    public enum Window {
        LIFETIME,
        CALENDAR_YEAR,
        ANNIVERSARY,
        ROLLING_MONTHS
    }

    /** Retention not given is the condition itself; benefits are sorted. */
    public Tier {
        retention = retention == null ? earned : retention;
        benefits = benefits.stream().sorted().toList();
    }

    /** A tier that the spend of a lifetime reaches. */
    public static Tier bySpend(final String id, final long minSpendMinor, final long multiplierMicros) {
        final Requirement spend = Requirement.spend(minSpendMinor);
        return new Tier(id, multiplierMicros, spend, Window.LIFETIME, 0, 0, spend, 0, 0, 0, 0, List.of());
    }
}

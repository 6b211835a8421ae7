package io.tallymark.ledger.program;

import java.util.Comparator;
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
 * @param benefits         the rights it brings
 * @param paidPack         the pack that brings the way {@code paid}; empty: none
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
        List<Benefit> benefits,
        String paidPack) {
    /** Without an end. */
    public static final int FOR_EVER = -1;

    /** The ordinal is the code in the canonical form. */
    public enum Window {
        LIFETIME,
        CALENDAR_YEAR,
        ANNIVERSARY,
        ROLLING_MONTHS
    }

    /** Retention not given is the condition itself; benefits are sorted by id, then way. */
    public Tier {
        retention = retention == null ? earned : retention;
        benefits = benefits.stream()
                .sorted(Comparator.comparing(Benefit::id).thenComparing(Benefit::way))
                .toList();
    }

    /** A tier that no pack brings. */
    public Tier(
            final String id,
            final long multiplierMicros,
            final Requirement earned,
            final Window window,
            final int windowMonths,
            final int keepPeriods,
            final Requirement retention,
            final int graceDays,
            final int paidMonths,
            final int invitedMonths,
            final long bonusPoints,
            final List<Benefit> benefits) {
        this(
                id,
                multiplierMicros,
                earned,
                window,
                windowMonths,
                keepPeriods,
                retention,
                graceDays,
                paidMonths,
                invitedMonths,
                bonusPoints,
                benefits,
                "");
    }

    /** A tier that the spend of a lifetime reaches. */
    public static Tier bySpend(final String id, final long minSpendMinor, final long multiplierMicros) {
        final Requirement spend = Requirement.spend(minSpendMinor);
        return new Tier(id, multiplierMicros, spend, Window.LIFETIME, 0, 0, spend, 0, 0, 0, 0, List.of());
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.Activity;

/** The periods of limits. */
final class Periods {
    private static final int MONTHS = 12;

    private static final Activity.Per[] ALL = Activity.Per.values();

    private Periods() {}

    /** What a member's uses of a rule are counted under: apart by the kind of period, because a Monday is a day too. */
    static int rule(final int number, final Activity.Per per) {
        return number * ALL.length + per.ordinal();
    }

    /** The kind of period of a {@link #rule}. */
    static Activity.Per perOf(final int rule) {
        return ALL[rule % ALL.length];
    }

    /** The first day of the period in which a day of the program lies; 0 for a lifetime. */
    static int startOf(final Activity.Per per, final int day) {
        return switch (per) {
            case DAY -> day;
            case WEEK -> CivilDays.mondayOf(day);
            case MONTH -> CivilDays.firstDayOf(CivilDays.monthOf(day));
            case LIFETIME -> 0;
            case YEAR -> CivilDays.firstDayOf(Math.floorDiv(CivilDays.monthOf(day), MONTHS) * MONTHS);
        };
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.Activity;

/** The periods of limits. */
final class Periods {
    private static final int MONTHS = 12;

    private Periods() {}

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

package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Limit;

/** One use of a limit by engine time, which can be given back in its period; null where nothing was counted. */
record Counted(String what, Activity.Per per, long period) {
    private static String key(final String what, final Activity.Per per, final long period) {
        return what + " " + per + " " + period;
    }

    private static long periodOf(final Program p, final Activity.Per per, final long day) {
        final int month = Days.monthOf(java.time.LocalDate.ofEpochDay(day));
        return switch (per) {
            case DAY -> day;
            case WEEK -> Days.weekOfDay(day);
            case MONTH -> month;
            case LIFETIME -> 0;
            case YEAR -> Math.floorDiv(month, 12);
        };
    }

    /** How often the member did in the period of a day. */
    static long count(final Program p, final Member m, final String what, final Limit limit, final long day) {
        return m.usedOf(key(what, limit.per(), periodOf(p, limit.per(), day)));
    }

    static boolean isReached(final Program p, final Member m, final String what, final Limit limit, final long day) {
        return limit.isLimited() && count(p, m, what, limit, day) >= limit.times();
    }

    /** So many more in the period of a day, where there is a limit. */
    static void count(
            final Program p, final Member m, final String what, final Limit limit, final long day, final long more) {
        if (limit.isLimited()) {
            m.use(key(what, limit.per(), periodOf(p, limit.per(), day)), more);
        }
    }

    static Counted count(final Request r, final Member m, final String what, final Limit limit) {
        if (!limit.isLimited()) {
            return null;
        }
        final Counted counted = new Counted(what, limit.per(), periodOf(r.p, limit.per(), r.today));
        m.use(key(what, counted.per, counted.period), 1);
        return counted;
    }

    /** Gives it back, where the day is in its period. */
    static void giveBack(final Program p, final Member m, final Counted counted, final long day) {
        if (counted != null && periodOf(p, counted.per, day) == counted.period) {
            m.use(key(counted.what, counted.per, counted.period), -1);
        }
    }
}

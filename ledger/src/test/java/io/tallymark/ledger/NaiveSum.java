package io.tallymark.ledger;

import io.tallymark.ledger.program.Requirement;
import java.util.ArrayList;
import java.util.List;

/** What is counted in one window, see {@link NaiveTiers}. */
record NaiveSum(long spend, long visits, long points, int months) {
    boolean meets(final Requirement r) {
        final List<Boolean> asked = new ArrayList<>();
        if (r.spendMinor() > 0) {
            asked.add(spend >= r.spendMinor());
        }
        if (r.visits() > 0) {
            asked.add(visits >= r.visits());
        }
        if (r.points() > 0) {
            asked.add(points >= r.points());
        }
        if (r.months() > 0) {
            asked.add(months >= r.months());
        }
        return asked.isEmpty() || (r.any() ? asked.contains(true) : !asked.contains(false));
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Tier;

/**
 * What comes to grants by time alone: paid and invited ones end; earned ones are settled one late window after their
 * period, kept, given grace, or followed by a lower one. Reads and writes images only; one thread.
 *
 * <p>Running what is due comes to an end for any time: an event removes its grant or makes it due later, since a
 * period ends after every moment in it, a renewal starts from the old end, and grace lasts a day at least. A step down
 * touches one grant more, and lets it end after the event's own moment. So each event either takes a grant away from
 * what is due by then, or moves it a period of a month at least (where a new version lets settlements run that it made
 * due before itself); and no member has more than three grants a tier.
 */
final class TierSettlement {
    private static final long NOTHING = Long.MAX_VALUE;

    private final QualifyingWindow window;

    TierSettlement(final QualifyingWindow window) {
        this.window = window;
    }

    /** When the next event falls due; {@code Long.MAX_VALUE}: none. */
    long nextDueMs(final MemberDraft d) {
        final long lateMs = d.version.tierRules.lateMs();
        long next = NOTHING;
        for (int i = 0; i < d.grants.count; i++) {
            next = Math.min(next, dueMs(d.grants, i, lateMs));
        }
        return next;
    }

    /** Runs the one event that is due next, by (level, way) where several are due at once. */
    void runDue(final MemberDraft d, final long dueMs) {
        final TierRules rules = d.version.tierRules;
        final GrantBook grants = d.grants;
        int first = -1;
        for (int i = 0; i < grants.count; i++) {
            if (dueMs(grants, i, rules.lateMs()) == dueMs && (first < 0 || isBefore(rules, grants, i, first))) {
                first = i;
            }
        }
        if (first < 0) {
            throw new IllegalStateException("no tier event is due at " + dueMs);
        }
        if (grants.way[first] == GrantBook.EARNED) {
            settle(d, first, dueMs);
        } else {
            grants.remove(first);
        }
    }

    private static long dueMs(final GrantBook grants, final int i, final long lateMs) {
        if (grants.way[i] != GrantBook.EARNED) {
            return grants.untilMs[i];
        }
        return grants.graceEndMs[i] != 0 ? grants.graceEndMs[i] : grants.untilMs[i] + lateMs;
    }

    private static boolean isBefore(final TierRules rules, final GrantBook grants, final int i, final int other) {
        final int rank = rules.rank(grants.tier[i]);
        final int otherRank = rules.rank(grants.tier[other]);
        return rank != otherRank ? rank < otherRank : grants.way[i] < grants.way[other];
    }

    private void settle(final MemberDraft d, final int i, final long dueMs) {
        final TierRules rules = d.version.tierRules;
        final GrantBook grants = d.grants;
        final int rank = rules.rank(grants.tier[i]);
        if (!rules.isWindowed(rank)) {
            stepDown(d, i, dueMs);
            return;
        }
        final Tier tier = rules.tier(rank);
        if (grants.graceEndMs[i] != 0) {
            if (window.meets(d, rank, tier.earned(), dueMs)) {
                grants.untilMs[i] = QualifyingWindow.periodEndMs(d, rank, dueMs, 0);
                grants.graceEndMs[i] = 0;
            } else {
                stepDown(d, i, dueMs);
            }
            return;
        }
        final long untilMs = grants.untilMs[i];
        final long testedMs = tier.window() == Tier.Window.ROLLING_MONTHS ? untilMs : untilMs - 1;
        if (window.meets(d, rank, rules.retention(rank), testedMs)) {
            grants.untilMs[i] = QualifyingWindow.periodEndMs(d, rank, untilMs, 0);
        } else if (tier.graceDays() > 0) {
            grants.graceEndMs[i] = dueMs + tier.graceDays() * CompiledProgram.DAY_MS;
        } else {
            stepDown(d, i, dueMs);
        }
    }

    private void stepDown(final MemberDraft d, final int i, final long dueMs) {
        final TierRules rules = d.version.tierRules;
        final GrantBook grants = d.grants;
        final int level = rules.rank(grants.tier[i]);
        grants.remove(i);
        int below = level - 1;
        while (below > 0 && !rules.isWindowed(below)) {
            below--;
        }
        final int next = Math.max(below, highestReached(d, below, level, dueMs));
        if (next == 0) {
            return;
        }
        final long untilMs = QualifyingWindow.periodEndMs(d, next, dueMs, 0);
        if (isEarnedUntil(d, next, untilMs)) {
            return;
        }
        final int at = grants.open(rules.stable(next), GrantBook.EARNED);
        if (grants.untilMs[at] == 0) {
            grants.fromMs[at] = dueMs;
            // No first period: such a grant was not reached by counters, so no refund can undo it.
            grants.firstPeriodEndMs[at] = dueMs;
        }
        grants.untilMs[at] = untilMs;
        grants.graceEndMs[at] = 0;
    }

    /** The highest windowed rank above one and up to another whose condition is met at a moment; 0: none. */
    int highestReached(final MemberDraft d, final int above, final int upTo, final long timeMs) {
        final TierRules rules = d.version.tierRules;
        for (int rank = upTo; rank > above; rank--) {
            if (rules.isWindowed(rank) && window.meets(d, rank, rules.tier(rank).earned(), timeMs)) {
                return rank;
            }
        }
        return 0;
    }

    private static boolean isEarnedUntil(final MemberDraft d, final int rank, final long untilMs) {
        final TierRules rules = d.version.tierRules;
        for (int i = 0; i < d.grants.count; i++) {
            if (d.grants.way[i] == GrantBook.EARNED
                    && rules.rank(d.grants.tier[i]) == rank
                    && d.grants.untilMs[i] >= untilMs) {
                return true;
            }
        }
        return false;
    }
}

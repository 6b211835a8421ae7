package io.tallymark.ledger;

/** Tiers of a member's image. */
final class TierEngine {
    /** When the next tier event of a member falls due; {@code Long.MAX_VALUE}: none. */
    long nextDueMs(final MemberDraft d) {
        return Long.MAX_VALUE;
    }

    /** Runs the one tier event that is due at a time. */
    void runDue(final MemberDraft d, final long dueMs) {
        throw new IllegalStateException("no tier event is due at " + dueMs);
    }

    /** The level that a member holds, 0: none. */
    int rank(final MemberDraft d, final long timeMs) {
        return d.program.tierRules().rank(d.lifetimeTier);
    }

    /** Counts an order or takes a refund off, in the lifetime and in the bucket of a day; nothing falls below 0. */
    void count(
            final MemberDraft d,
            final int eventDay,
            final long spendMinor,
            final long points,
            final int visits,
            final int orders) {
        d.spendMinor = Math.max(0, d.spendMinor + spendMinor);
        d.earnedPoints = Math.max(0, d.earnedPoints + points);
        d.visits = Math.max(0, d.visits + visits);
    }

    /** Lifts the member to what its counters give; returns the upgrade bonus to be issued. */
    long upgrade(final MemberDraft d, final long timeMs) {
        final TierRules rules = d.program.tierRules();
        final int rank = rules.rank(d.lifetimeTier);
        final int upgraded = rules.upgraded(rank, d.spendMinor);
        if (upgraded != rank) {
            d.lifetimeTier = rules.stable(upgraded);
        }
        return 0;
    }

    /** Undoes what a refund has undone; returns the upgrade bonus to be clawed. */
    long downgrade(final MemberDraft d, final long timeMs) {
        return 0;
    }
}

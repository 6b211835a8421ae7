package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/**
 * Brings a member's image up to a time: everything that fell due runs at its own due time, in the order (due time; hold
 * time-out, activation, expiry, tier). Reads and writes the image only.
 */
final class DueEvents {
    private static final long NOTHING = Long.MAX_VALUE;

    private final TierEngine tiers;

    DueEvents(final TierEngine tiers) {
        this.tiers = tiers;
    }

    /** Runs all that is due at or before an engine time; whether there was anything. */
    boolean advance(final MemberDraft d, final long timeMs, final Movement m) {
        final ProgramState program = d.program;
        final int last = program.eraCount() - 1;
        if (d.era == last && d.hasLotsOnly() && nextLotExpiryMs(d) > timeMs) {
            // As it is with most.
            d.version = program.current();
            return false;
        }
        boolean changed = d.era != last;
        if (d.lots.count + d.pending.count + d.holds.count + d.grants.count + d.coupons.count == 0) {
            // Nothing to fall due, however many versions there were.
            d.era = last;
        }
        // Under each version in turn, from the one on under which the image was saved.
        for (; d.era < last; d.era++) {
            d.version = program.era(d.era);
            run(d, program.eraStartMs(d.era + 1), m);
        }
        d.version = program.current();
        changed |= run(d, timeMs, m);
        return changed;
    }

    private boolean run(final MemberDraft d, final long timeMs, final Movement m) {
        boolean changed = false;
        while (true) {
            final long hold = nextHoldMs(d);
            final long activation = nextActivationMs(d);
            final long expiry = nextExpiryMs(d);
            final long tier = d.grants.count == 0 ? NOTHING : tiers.nextDueMs(d);
            final long due = Math.min(Math.min(hold, activation), Math.min(expiry, tier));
            if (due > timeMs) {
                return changed;
            }
            changed = true;
            if (hold == due) {
                timeOutHold(d, due, m);
            } else if (activation == due) {
                activate(d, d.program.localDay(due), m);
            } else if (expiry == due) {
                expire(d, d.program.localDay(due), m);
            } else {
                tiers.runDue(d, due);
            }
        }
    }

    /** Activates what is due on a day, in the order of the lots. */
    void activate(final MemberDraft d, final long today, final Movement m) {
        while (d.pending.count > 0 && d.pending.activationDay[0] <= today) {
            final int expiryDay = d.pending.expiryDay[0];
            final int account = d.pending.account[0];
            final long points = d.pending.points[0];
            d.pending.take(0, points);
            m.of(account).pending -= points;
            // Also if it expires this very day, which comes after: debt is repaid first.
            d.credit(points, expiryDay, account, today, m);
        }
    }

    private static long nextHoldMs(final MemberDraft d) {
        long next = NOTHING;
        for (int i = 0; i < d.holds.count; i++) {
            next = Math.min(next, d.holds.deadlineMs[i]);
        }
        return next;
    }

    private static long nextActivationMs(final MemberDraft d) {
        if (d.frozen || d.pending.count == 0 || d.pending.activationDay[0] >= OrderDraft.FIRST_PURCHASE_DAY) {
            return NOTHING;
        }
        return d.program.startOfDayMs(d.pending.activationDay[0]);
    }

    private static long nextLotExpiryMs(final MemberDraft d) {
        final int day = nextLotExpiryDay(d);
        return day == Expiry.NEVER_DAY ? NOTHING : d.program.startOfDayMs(day);
    }

    private static int nextLotExpiryDay(final MemberDraft d) {
        int day = Expiry.NEVER_DAY;
        for (int i = 0; i < d.lots.count; i++) {
            if (d.lots.points[i] > d.lots.held[i]) {
                day = Math.min(day, d.expiryDay(d.lots.expiryDay[i], d.lots.account[i]));
            }
        }
        return day;
    }

    private static long nextExpiryMs(final MemberDraft d) {
        int day = nextLotExpiryDay(d);
        for (int i = 0; i < d.pending.count; i++) {
            day = Math.min(day, d.pending.expiryDay[i]);
        }
        day = Math.min(day, d.coupons.nextDay());
        return day == Expiry.NEVER_DAY ? NOTHING : d.program.startOfDayMs(day);
    }

    private static void timeOutHold(final MemberDraft d, final long due, final Movement m) {
        for (int i = 0; i < d.holds.count; i++) {
            if (d.holds.deadlineMs[i] == due) {
                if (d.holds.reward[i] != 0) {
                    Rewards.giveBackLimit(d, i, d.program.localDay(due));
                }
                CouponUse.release(d, i, d.program.localDay(due), m);
                d.endHold(i, 0, null, d.program.localDay(due), m);
                return;
            }
        }
    }

    private static void expire(final MemberDraft d, final long today, final Movement m) {
        for (int i = 0; i < d.lots.count; i++) {
            if (d.hasExpired(d.lots.expiryDay[i], d.lots.account[i], today)) {
                d.expireUnheld(i, m);
            }
        }
        d.lots.sweep();
        for (int i = d.pending.count - 1; i >= 0; i--) {
            if (d.pending.expiryDay[i] <= today) {
                m.of(d.pending.account[i]).expired += d.pending.points[i];
                m.of(d.pending.account[i]).pending -= d.pending.points[i];
                d.pending.take(i, d.pending.points[i]);
            }
        }
        Coupons.expire(d, today, m);
    }
}

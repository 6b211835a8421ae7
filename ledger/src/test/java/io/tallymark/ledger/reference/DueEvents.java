package io.tallymark.ledger.reference;

import java.util.ArrayList;
import java.util.List;

/** What happens by itself, each at its own time: hold time-outs, activation, expiry, tiers. */
final class DueEvents {
    private static final int HOLD = 0;
    private static final int ACTIVATION = 1;
    private static final int EXPIRY = 2;
    private static final int COUPON = 3;
    private static final int TIER = 4;

    private record Event(long timeMs, int kind, Runnable action) {
        boolean isBefore(final Event other) {
            return other == null || timeMs < other.timeMs || timeMs == other.timeMs && kind < other.kind;
        }
    }

    private final Program program;

    DueEvents(final Program program) {
        this.program = program;
    }

    void runAll(final long nowMs) {
        program.members.values().forEach(m -> run(m, nowMs));
        program.boards.settle(nowMs);
    }

    void run(final Member m, final long nowMs) {
        for (Event next = next(m); next != null && next.timeMs <= nowMs; next = next(m)) {
            next.action.run();
        }
    }

    /** The earliest; of several at one time the one of the first kind, and of that kind the first. */
    private Event next(final Member m) {
        Event first = null;
        for (final Hold hold : m.holds) {
            first = earlier(first, hold.deadlineMs, HOLD, () -> timeOut(m, hold));
        }
        for (final String wallet : program.allWallets()) {
            first = nextIn(m, program.purse(wallet), first);
        }
        first = nextCoupon(m, first);
        for (final Grant grant : m.grants.values()) {
            final long time = program.tiers.dueMs(grant);
            final Event event = new Event(time, TIER, () -> firstTierEvent(m, time));
            first = event.isBefore(first) ? event : first;
        }
        return first;
    }

    /** Activation and expiry of the points of one wallet. */
    private Event nextIn(final Member m, final Purse purse, final Event before) {
        Event first = before;
        for (final Member.PendingDays lot : purse.of(m).pending.keySet()) {
            final int day = lot.expiryDay();
            if (lot.activationDay() < Member.FIRST_PURCHASE && !m.frozen) {
                final long time = program.days.startOf(lot.activationDay());
                first = earlier(first, time, ACTIVATION, () -> purse.activate(m, lot, lot.activationDay()));
            }
            if (day != Purse.NEVER) {
                first = earlier(first, program.days.startOf(day), EXPIRY, () -> purse.expire(m, lot.lot()));
            }
        }
        for (final var entry : purse.of(m).lots.entrySet()) {
            final LotKey lot = entry.getKey();
            final int day = lot.expiryDay() != Purse.NEVER || !purse.expiresByInactivity()
                    ? lot.expiryDay()
                    : purse.inactiveDay(m);
            if (entry.getValue().unheld() > 0 && day != Purse.NEVER) {
                first = earlier(first, program.days.startOf(day), EXPIRY, () -> purse.expire(m, lot));
            }
        }
        return first;
    }

    private Event nextCoupon(final Member m, final Event before) {
        Event first = before;
        for (final Holding.Key key : m.coupons.kept(List.of())) {
            if (key.expiryDay() != Purse.NEVER) {
                final long time = program.days.startOf(key.expiryDay());
                first = earlier(first, time, COUPON, () -> CouponOps.expire(program, m, key));
            }
        }
        return first;
    }

    private static Event earlier(final Event first, final long timeMs, final int kind, final Runnable action) {
        final Event event = new Event(timeMs, kind, action);
        return event.isBefore(first) ? event : first;
    }

    private void timeOut(final Member m, final Hold hold) {
        hold.state = Hold.State.EXPIRED;
        releaseAll(m, hold, program.days.dayOf(hold.deadlineMs));
    }

    /** Ends a hold; its points go back last first. */
    void releaseAll(final Member m, final Hold hold, final long today) {
        m.holds.remove(hold);
        for (int i = hold.parts.size() - 1; i >= 0; i--) {
            program.purse(hold.wallet).release(m, hold.parts.get(i), today);
        }
        if (hold.coupon != null) {
            CouponOps.putBack(program, m, hold.coupon, today);
        }
        if (hold.reward != null) {
            hold.reward.giveBack(program, m, today);
        }
    }

    /** Everything whose activation day has come. */
    void activateDue(final Member m, final long today) {
        for (final String wallet : program.allWallets()) {
            for (final Member.PendingDays lot :
                    new ArrayList<>(m.in(wallet).pending.keySet())) {
                if (lot.activationDay() <= today) {
                    program.purse(wallet).activate(m, lot, today);
                }
            }
        }
    }

    private void firstTierEvent(final Member m, final long timeMs) {
        final List<Grant> due = new ArrayList<>(m.grants.values());
        due.removeIf(grant -> program.tiers.dueMs(grant) != timeMs);
        due.sort((a, b) -> program.level(a.tier) != program.level(b.tier)
                ? Integer.compare(program.level(a.tier), program.level(b.tier))
                : a.way != b.way
                        ? a.way.compareTo(b.way)
                        : Integer.compare(program.listingOrder(a.tier), program.listingOrder(b.tier)));
        program.tiers.runDue(m, due.get(0), timeMs);
    }
}

package io.tallymark.ledger;

/**
 * The lots of a member in taking order: expiry day ascending, never last. The first stands in the member's record,
 * the rest in the arena. Days are local days of the member's program; a lot has expired on its expiry day.
 */
final class MemberLots {
    private final MemberStore members;
    private final LotArena arena;

    MemberLots(final MemberStore members, final LotArena arena) {
        this.members = members;
        this.arena = arena;
    }

    /** Points of the lots that are valid on a day; changes nothing. */
    long available(final int slot, final long today) {
        long points = members.lotDay(slot) > today ? members.lotPoints(slot) : 0;
        for (int lot = members.moreLots(slot); lot != 0; lot = arena.next(lot)) {
            points += arena.day(lot) > today ? arena.points(lot) : 0;
        }
        return points;
    }

    /** What is done with a lot. */
    interface Visitor {
        void visit(long points, int day);
    }

    /** Visits the lots in taking order. */
    void forEach(final int slot, final Visitor visitor) {
        if (members.lotPoints(slot) > 0) {
            visitor.visit(members.lotPoints(slot), members.lotDay(slot));
        }
        for (int lot = members.moreLots(slot); lot != 0; lot = arena.next(lot)) {
            visitor.visit(arena.points(lot), arena.day(lot));
        }
    }

    /** Removes the lots that have expired by a day; returns their points. */
    long expire(final int slot, final long today) {
        long expired = 0;
        while (members.lotPoints(slot) > 0 && members.lotDay(slot) <= today) {
            expired += members.lotPoints(slot);
            dropFirst(slot);
        }
        return expired;
    }

    /** Adds points to the lot of an expiry day. */
    void credit(final int slot, final long points, final int day) {
        final long firstPoints = members.lotPoints(slot);
        if (firstPoints == 0) {
            members.lot(slot, points, day);
            return;
        }
        final int firstDay = members.lotDay(slot);
        if (day == firstDay) {
            members.lot(slot, firstPoints + points, day);
        } else if (day < firstDay) {
            members.moreLots(slot, arena.allocate(firstPoints, firstDay, members.moreLots(slot)));
            members.lot(slot, points, day);
        } else {
            creditBehindFirst(slot, points, day);
        }
    }

    private void creditBehindFirst(final int slot, final long points, final int day) {
        int before = 0;
        int lot = members.moreLots(slot);
        while (lot != 0 && arena.day(lot) < day) {
            before = lot;
            lot = arena.next(lot);
        }
        if (lot != 0 && arena.day(lot) == day) {
            arena.points(lot, arena.points(lot) + points);
            return;
        }
        final int added = arena.allocate(points, day, lot);
        if (before == 0) {
            members.moreLots(slot, added);
        } else {
            arena.next(before, added);
        }
    }

    /** Takes points in taking order; the caller knows that they are there. */
    void take(final int slot, final long points) {
        long rest = points;
        while (rest > 0) {
            final long first = members.lotPoints(slot);
            if (first > rest) {
                members.lot(slot, first - rest, members.lotDay(slot));
                return;
            }
            if (first == 0) {
                throw new IllegalStateException("takes " + rest + " points more than there are");
            }
            rest -= first;
            dropFirst(slot);
        }
    }

    private void dropFirst(final int slot) {
        final int next = members.moreLots(slot);
        if (next == 0) {
            members.lot(slot, 0, 0);
            return;
        }
        members.lot(slot, arena.points(next), arena.day(next));
        members.moreLots(slot, arena.next(next));
        arena.release(next);
    }
}

package io.tallymark.ledger;

/**
 * The lots of a member in taking order, changed through the member's image. Days are local days of the member's program;
 * a lot has expired on its expiry day.
 */
final class MemberLots {
    private final MemberStore members;
    private final MemberDraft draft = new MemberDraft();

    MemberLots(final MemberStore members) {
        this.members = members;
    }

    private LotBook load(final int slot) {
        members.load(slot, null, draft);
        return draft.lots;
    }

    /** Points of the lots that are valid on a day; changes nothing. */
    long available(final int slot, final long today) {
        final LotBook lots = load(slot);
        long points = 0;
        for (int i = 0; i < lots.count; i++) {
            points += lots.expiryDay[i] > today ? lots.points[i] : 0;
        }
        return points;
    }

    /** Removes the lots that have expired by a day; returns their points. */
    long expire(final int slot, final long today) {
        final LotBook lots = load(slot);
        long expired = 0;
        for (int i = 0; i < lots.count && lots.expiryDay[i] <= today; i++) {
            expired += lots.points[i];
            lots.points[i] = 0;
        }
        if (expired > 0) {
            members.save(draft);
        }
        return expired;
    }

    /** Adds points to the lot of an expiry day. */
    void credit(final int slot, final long points, final int day) {
        load(slot).add(day, points, 0);
        members.save(draft);
    }

    /** Takes points in taking order; the caller knows that they are there. */
    void take(final int slot, final long points) {
        final LotBook lots = load(slot);
        long rest = points;
        for (int i = 0; rest > 0; i++) {
            final long taken = Math.min(rest, lots.points[i]);
            lots.points[i] -= taken;
            rest -= taken;
        }
        members.save(draft);
    }
}

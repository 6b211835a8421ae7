package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The active lots of a member in taking order: by expiry day, {@code Expiry.NEVER_DAY} last, then by the stable number of
 * the issuer, one for each pair. Part of a {@link MemberDraft}; one thread.
 */
final class LotBook {
    /** The issuer of all points that no partner issued. */
    static final int HOUSE = 0;

    int count;
    int[] expiryDay = new int[8];
    int[] issuer = new int[8];

    /** Held ones included. */
    long[] points = new long[8];

    long[] held = new long[8];

    /** How many are not the house's. */
    int foreign;

    void clear() {
        count = 0;
        foreign = 0;
    }

    /** The place of the house's lot of a day, as {@link #find(int, int)}. */
    int find(final int day) {
        return find(day, HOUSE);
    }

    /** The place of a lot; negative: where it would be, as {@link Arrays#binarySearch} says it. */
    int find(final int day, final int lotIssuer) {
        final int last = count - 1;
        if (last >= 0 && expiryDay[last] == day && issuer[last] == lotIssuer) {
            return last;
        }
        if (foreign == 0 && lotIssuer == HOUSE) {
            return Arrays.binarySearch(expiryDay, 0, count, day);
        }
        int i = 0;
        while (i < count && (expiryDay[i] < day || expiryDay[i] == day && issuer[i] < lotIssuer)) {
            i++;
        }
        return i < count && expiryDay[i] == day && issuer[i] == lotIssuer ? i : -i - 1;
    }

    /** Points of the house's lot of a day that are not held; 0: there is none. */
    long unheld(final int day) {
        final int i = find(day);
        return i < 0 ? 0 : points[i] - held[i];
    }

    /** Adds points, and held ones among them, to the house's lot of a day. */
    void add(final int day, final long added, final long addedHeld) {
        add(day, HOUSE, added, addedHeld);
    }

    /** Adds points, and held ones among them, to a lot. */
    void add(final int day, final int lotIssuer, final long added, final long addedHeld) {
        int i = find(day, lotIssuer);
        if (i < 0) {
            i = -i - 1;
            insert(i, day, lotIssuer);
        }
        points[i] += added;
        held[i] += addedHeld;
    }

    /** Adds the next of the house's lots while loading, in taking order and with nothing held. */
    void append(final int day, final long lotPoints) {
        insert(count, day, HOUSE);
        points[count - 1] = lotPoints;
    }

    /** The place of the first lot of the house; {@link #count}: it has none. */
    int firstOfHouse() {
        int i = 0;
        if (foreign != 0) {
            while (i < count && issuer[i] != HOUSE) {
                i++;
            }
        }
        return i;
    }

    /** Takes points that are not held from a lot; an emptied lot stays until {@link #sweep}. */
    void take(final int i, final long taken) {
        points[i] -= taken;
    }

    /** Removes the lots with nothing in them. */
    void sweep() {
        int to = 0;
        for (int i = 0; i < count; i++) {
            if (points[i] != 0) {
                expiryDay[to] = expiryDay[i];
                issuer[to] = issuer[i];
                points[to] = points[i];
                held[to] = held[i];
                to++;
            } else if (issuer[i] != HOUSE) {
                foreign--;
            }
        }
        count = to;
    }

    private void insert(final int at, final int day, final int lotIssuer) {
        if (count == points.length) {
            expiryDay = Arrays.copyOf(expiryDay, count * 2);
            issuer = Arrays.copyOf(issuer, count * 2);
            points = Arrays.copyOf(points, count * 2);
            held = Arrays.copyOf(held, count * 2);
        }
        System.arraycopy(expiryDay, at, expiryDay, at + 1, count - at);
        System.arraycopy(issuer, at, issuer, at + 1, count - at);
        System.arraycopy(points, at, points, at + 1, count - at);
        System.arraycopy(held, at, held, at + 1, count - at);
        expiryDay[at] = day;
        issuer[at] = lotIssuer;
        points[at] = 0;
        held[at] = 0;
        foreign += lotIssuer == HOUSE ? 0 : 1;
        count++;
    }
}

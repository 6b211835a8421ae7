package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The active lots of a member in taking order: by expiry day, one for each day; {@code Expiry.NEVER_DAY} last. Part of a
 * {@link MemberDraft}; one thread.
 */
final class LotBook {
    int count;
    int[] expiryDay = new int[8];

    /** Held ones included. */
    long[] points = new long[8];

    long[] held = new long[8];

    void clear() {
        count = 0;
    }

    /** The place of a day's lot; negative: where it would be, as {@link Arrays#binarySearch} says it. */
    int find(final int day) {
        return count > 0 && expiryDay[count - 1] == day ? count - 1 : Arrays.binarySearch(expiryDay, 0, count, day);
    }

    /** Points of a day's lot that are not held; 0: there is none. */
    long unheld(final int day) {
        final int i = find(day);
        return i < 0 ? 0 : points[i] - held[i];
    }

    /** Adds points, and held ones among them, to the lot of a day. */
    void add(final int day, final long added, final long addedHeld) {
        int i = find(day);
        if (i < 0) {
            i = -i - 1;
            insert(i, day);
        }
        points[i] += added;
        held[i] += addedHeld;
    }

    /** Adds the next lot while loading, in taking order and with nothing held. */
    void append(final int day, final long lotPoints) {
        insert(count, day);
        points[count - 1] = lotPoints;
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
                points[to] = points[i];
                held[to] = held[i];
                to++;
            }
        }
        count = to;
    }

    private void insert(final int at, final int day) {
        if (count == points.length) {
            expiryDay = Arrays.copyOf(expiryDay, count * 2);
            points = Arrays.copyOf(points, count * 2);
            held = Arrays.copyOf(held, count * 2);
        }
        System.arraycopy(expiryDay, at, expiryDay, at + 1, count - at);
        System.arraycopy(points, at, points, at + 1, count - at);
        System.arraycopy(held, at, held, at + 1, count - at);
        expiryDay[at] = day;
        points[at] = 0;
        held[at] = 0;
        count++;
    }
}

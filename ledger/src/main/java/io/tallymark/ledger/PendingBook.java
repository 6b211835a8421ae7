package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The pending lots of a member by (activation day, expiry day), one for each pair; {@code OrderDraft.FULFILMENT_DAY} last.
 * Part of a {@link MemberDraft}; one thread.
 */
final class PendingBook {
    int count;
    int[] activationDay = new int[4];
    int[] expiryDay = new int[4];
    long[] points = new long[4];

    void clear() {
        count = 0;
    }

    long total() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += points[i];
        }
        return sum;
    }

    /** The place of a lot; negative: there is none. */
    int find(final int activation, final int expiry) {
        for (int i = 0; i < count; i++) {
            if (activationDay[i] == activation && expiryDay[i] == expiry) {
                return i;
            }
        }
        return -1;
    }

    void add(final int activation, final int expiry, final long added) {
        int i = 0;
        while (i < count
                && (activationDay[i] < activation || activationDay[i] == activation && expiryDay[i] < expiry)) {
            i++;
        }
        if (i == count || activationDay[i] != activation || expiryDay[i] != expiry) {
            insert(i, activation, expiry);
        }
        points[i] += added;
    }

    /** Takes points out of a lot; an emptied one goes at once. */
    void take(final int i, final long taken) {
        points[i] -= taken;
        if (points[i] == 0) {
            remove(i);
        }
    }

    private void remove(final int at) {
        count--;
        System.arraycopy(activationDay, at + 1, activationDay, at, count - at);
        System.arraycopy(expiryDay, at + 1, expiryDay, at, count - at);
        System.arraycopy(points, at + 1, points, at, count - at);
    }

    private void insert(final int at, final int activation, final int expiry) {
        if (count == points.length) {
            activationDay = Arrays.copyOf(activationDay, count * 2);
            expiryDay = Arrays.copyOf(expiryDay, count * 2);
            points = Arrays.copyOf(points, count * 2);
        }
        System.arraycopy(activationDay, at, activationDay, at + 1, count - at);
        System.arraycopy(expiryDay, at, expiryDay, at + 1, count - at);
        System.arraycopy(points, at, points, at + 1, count - at);
        activationDay[at] = activation;
        expiryDay[at] = expiry;
        points[at] = 0;
        count++;
    }
}

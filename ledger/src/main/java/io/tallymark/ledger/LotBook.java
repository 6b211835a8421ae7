package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The active lots of a member in taking order: by expiry day, {@code Expiry.NEVER_DAY} last, then by account, one for each
 * pair. Part of a {@link MemberDraft}; one thread.
 */
final class LotBook {
    /** The account of all points that no partner issued in the wallet {@code points}; as an issuer, the house. */
    static final int HOUSE = 0;

    int count;
    int[] expiryDay = new int[8];
    int[] account = new int[8];

    /** Held ones included. */
    long[] points = new long[8];

    long[] held = new long[8];

    /** How many are not the house's. */
    int foreign;

    void clear() {
        count = 0;
        foreign = 0;
    }

    /** The place of a lot; negative: where it would be, as {@link Arrays#binarySearch} says it. */
    int find(final int day, final int lotAccount) {
        final int last = count - 1;
        if (last >= 0 && expiryDay[last] == day && account[last] == lotAccount) {
            return last;
        }
        if (foreign == 0 && lotAccount == HOUSE) {
            return Arrays.binarySearch(expiryDay, 0, count, day);
        }
        int i = 0;
        while (i < count && (expiryDay[i] < day || expiryDay[i] == day && account[i] < lotAccount)) {
            i++;
        }
        return i < count && expiryDay[i] == day && account[i] == lotAccount ? i : -i - 1;
    }

    /** Whether anything is held. */
    boolean hasHeld() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum |= held[i];
        }
        return sum != 0;
    }

    /** Whether a lot is one of a wallet. */
    boolean isOf(final int i, final int wallet) {
        return foreign == 0 ? wallet == Account.POINTS : Account.wallet(account[i]) == wallet;
    }

    /** Adds points, and held ones among them, to the house's lot of a day. */
    void add(final int day, final long added, final long addedHeld) {
        add(day, HOUSE, added, addedHeld);
    }

    /** Adds points, and held ones among them, to a lot. */
    void add(final int day, final int lotAccount, final long added, final long addedHeld) {
        int i = find(day, lotAccount);
        if (i < 0) {
            i = -i - 1;
            insert(i, day, lotAccount);
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
            while (i < count && account[i] != HOUSE) {
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
                account[to] = account[i];
                points[to] = points[i];
                held[to] = held[i];
                to++;
            } else if (account[i] != HOUSE) {
                foreign--;
            }
        }
        count = to;
    }

    private void insert(final int at, final int day, final int lotAccount) {
        if (count == points.length) {
            expiryDay = Arrays.copyOf(expiryDay, count * 2);
            account = Arrays.copyOf(account, count * 2);
            points = Arrays.copyOf(points, count * 2);
            held = Arrays.copyOf(held, count * 2);
        }
        System.arraycopy(expiryDay, at, expiryDay, at + 1, count - at);
        System.arraycopy(account, at, account, at + 1, count - at);
        System.arraycopy(points, at, points, at + 1, count - at);
        System.arraycopy(held, at, held, at + 1, count - at);
        expiryDay[at] = day;
        account[at] = lotAccount;
        points[at] = 0;
        held[at] = 0;
        foreign += lotAccount == HOUSE ? 0 : 1;
        count++;
    }
}

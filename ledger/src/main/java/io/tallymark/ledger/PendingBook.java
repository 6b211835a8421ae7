package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The pending lots of a member by (activation day, expiry day, account), one for each;
 * {@code OrderDraft.FIRST_PURCHASE_DAY} and {@code OrderDraft.FULFILMENT_DAY} last. Part of a {@link MemberDraft}; one
 * thread.
 */
final class PendingBook {
    private final Mark mark;

    int count;
    int[] activationDay = new int[4];
    int[] expiryDay = new int[4];
    int[] account = new int[4];
    long[] points = new long[4];

    /** How many are not the house's. */
    int foreign;

    /** @param mark set when something is put in */
    PendingBook(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        count = 0;
        foreign = 0;
    }

    long total(final int wallet) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Account.wallet(account[i]) == wallet ? points[i] : 0;
        }
        return sum;
    }

    long total() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += points[i];
        }
        return sum;
    }

    /** The place of a lot; negative: there is none. */
    int find(final int activation, final int expiry, final int lotAccount) {
        for (int i = 0; i < count; i++) {
            if (activationDay[i] == activation && expiryDay[i] == expiry && account[i] == lotAccount) {
                return i;
            }
        }
        return -1;
    }

    /** The place of the first lot of an activation day; negative: there is none. */
    int findFirst(final int activation) {
        for (int i = 0; i < count; i++) {
            if (activationDay[i] == activation) {
                return i;
            }
        }
        return -1;
    }

    /** Adds to a lot of the house. */
    void add(final int activation, final int expiry, final long added) {
        add(activation, expiry, LotBook.HOUSE, added);
    }

    void add(final int activation, final int expiry, final int lotAccount, final long added) {
        int i = 0;
        while (i < count && compare(i, activation, expiry, lotAccount) < 0) {
            i++;
        }
        if (i == count || compare(i, activation, expiry, lotAccount) != 0) {
            insert(i, activation, expiry, lotAccount);
        }
        points[i] += added;
    }

    private int compare(final int i, final int activation, final int expiry, final int lotAccount) {
        if (activationDay[i] != activation) {
            return Integer.compare(activationDay[i], activation);
        }
        return expiryDay[i] != expiry ? Integer.compare(expiryDay[i], expiry) : Integer.compare(account[i], lotAccount);
    }

    /** Takes points out of a lot; an emptied one goes at once. */
    void take(final int i, final long taken) {
        points[i] -= taken;
        if (points[i] == 0) {
            remove(i);
        }
    }

    private void remove(final int at) {
        foreign -= account[at] == LotBook.HOUSE ? 0 : 1;
        count--;
        System.arraycopy(activationDay, at + 1, activationDay, at, count - at);
        System.arraycopy(expiryDay, at + 1, expiryDay, at, count - at);
        System.arraycopy(account, at + 1, account, at, count - at);
        System.arraycopy(points, at + 1, points, at, count - at);
    }

    private void insert(final int at, final int activation, final int expiry, final int lotAccount) {
        if (count == points.length) {
            activationDay = Arrays.copyOf(activationDay, count * 2);
            expiryDay = Arrays.copyOf(expiryDay, count * 2);
            account = Arrays.copyOf(account, count * 2);
            points = Arrays.copyOf(points, count * 2);
        }
        System.arraycopy(activationDay, at, activationDay, at + 1, count - at);
        System.arraycopy(expiryDay, at, expiryDay, at + 1, count - at);
        System.arraycopy(account, at, account, at + 1, count - at);
        System.arraycopy(points, at, points, at + 1, count - at);
        activationDay[at] = activation;
        expiryDay[at] = expiry;
        account[at] = lotAccount;
        points[at] = 0;
        foreign += lotAccount == LotBook.HOUSE ? 0 : 1;
        mark.isSet = true;
        count++;
    }
}

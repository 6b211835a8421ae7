package io.tallymark.ledger;

/** What a member owes in the further wallets of points. Part of a {@link MemberDraft}; one thread. */
final class DebtBook {
    private final Mark mark;

    /** How many wallets it owes something in. */
    int count;

    private final long[] points = new long[Account.WALLETS];

    /** @param mark set when something is put in */
    DebtBook(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        for (int wallet = 0; count > 0; wallet++) {
            count -= points[wallet] != 0 ? 1 : 0;
            points[wallet] = 0;
        }
    }

    /** Debt in a further wallet. */
    long get(final int wallet) {
        return count == 0 ? 0 : points[wallet];
    }

    /** Raises or lowers the debt in a further wallet; never below 0. */
    void add(final int wallet, final long change) {
        count -= points[wallet] != 0 ? 1 : 0;
        points[wallet] += change;
        count += points[wallet] != 0 ? 1 : 0;
        mark.isSet = true;
    }

    /** Whether the debt in no wallet is above a bound. */
    boolean isWithin(final long most) {
        for (final long owed : points) {
            if (owed > most) {
                return false;
            }
        }
        return true;
    }
}

package io.tallymark.ledger;

/** What a command moves in the further wallets of its member, as its outcome tells it. Filled by plan; one thread. */
final class WalletMoves {
    /** The wallet that the outcome's points are of. */
    int subject;

    private boolean isSet;
    private final long[] points = new long[Account.WALLETS];

    void clear() {
        subject = Account.POINTS;
        for (int wallet = 0; isSet && wallet < points.length; wallet++) {
            points[wallet] = 0;
        }
        isSet = false;
    }

    /** Moves points in a wallet beside those of the outcome. */
    void add(final int wallet, final long moved) {
        points[wallet] += moved;
        isSet = true;
    }

    long get(final int wallet) {
        return points[wallet];
    }
}

package io.tallymark.ledger.reference;

import java.util.Comparator;

/**
 * What makes active points one lot, in taking order.
 *
 * @param issuer by number in the order of first listing, from 1; 0: the house
 */
record LotKey(int expiryDay, int issuer) implements Comparable<LotKey> {
    private static final Comparator<LotKey> ORDER =
            Comparator.comparingInt(LotKey::expiryDay).thenComparingInt(LotKey::issuer);

    @Override
    public int compareTo(final LotKey other) {
        return ORDER.compare(this, other);
    }

    LotKey of(final int otherIssuer) {
        return new LotKey(expiryDay, otherIssuer);
    }
}

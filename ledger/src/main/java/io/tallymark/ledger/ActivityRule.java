package io.tallymark.ledger;

import io.tallymark.ledger.program.Limit;

/**
 * One way to points without an order.
 *
 * @param kind      what it is
 * @param id        ASCII; not to be written to
 * @param number    stable, for limits
 * @param points    what it credits; of an import the points for {@link #per} of what the partner counts
 * @param per       of an import, else 1
 * @param cashMinor of a sale its price, else 0
 * @param limit     how often a member may
 * @param account   whose points they are, and in which wallet
 */
record ActivityRule(Kind kind, byte[] id, int number, long points, long per, long cashMinor, Limit limit, int account) {
    /** What there is. */
    enum Kind {
        ACTIVITY,
        IMPORT,
        SALE,
        PRECREDIT
    }

    boolean isImport() {
        return kind == Kind.IMPORT;
    }

    /** The points it credits, or {@link EarnRules#TOO_MANY}. */
    long credit(final long counted) {
        return isImport() ? EarnRules.floorOfProduct(counted, points, per) : points;
    }
}

package io.tallymark.ledger.reference;

import java.util.ArrayList;
import java.util.List;

/** Points reserved, lot by lot in the order they were taken. */
final class Hold {
    enum State {
        OPEN,
        CAPTURED,
        VOIDED,
        EXPIRED
    }

    /** Points of one lot. */
    record Part(LotKey lot, long points) {
        int expiryDay() {
            return lot.expiryDay();
        }
    }

    final long number;
    final long memberId;

    /** That the points are of; {@code points} where there are none. */
    final String wallet;

    final long deadlineMs;
    final List<Part> parts;
    final long points;
    final long valueMinor;
    final boolean valueNamed;
    /** What of a reward it reserves; null: nothing. */
    RewardOps.Taken reward;

    /** The coupon of which it reserves a use; null: none. */
    Holding.Key coupon;

    /** The issuer that takes the points. */
    int counterpart;

    State state = State.OPEN;
    long recordEnd;

    Hold(
            final long number,
            final long memberId,
            final String wallet,
            final long deadlineMs,
            final List<Part> parts,
            final long valueMinor,
            final boolean valueNamed) {
        this.number = number;
        this.memberId = memberId;
        this.deadlineMs = deadlineMs;
        this.parts = new ArrayList<>(parts);
        this.points = parts.stream().mapToLong(Part::points).sum();
        this.wallet = points == 0 ? Account.POINTS : wallet;
        this.valueMinor = valueMinor;
        this.valueNamed = valueNamed;
    }
}

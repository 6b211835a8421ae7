package io.tallymark.ledger.reference;

import java.util.ArrayList;
import java.util.List;

/** A redemption or a capture, which can be reversed. */
final class Spent {
    final long memberId;

    /** That the points were of; {@code points} where there were none. */
    final String wallet;

    final long points;
    final long valueMinor;
    final boolean valueNamed;
    final long recordEnd;

    /** What is not returned yet, in the order taken. */
    final List<Hold.Part> parts;

    /** Of a reward; null: of none. */
    RewardOps.Taken reward;

    /** Coupons that the reward brought. */
    List<Holding.Given> given = List.of();

    /** The issuer that took the points. */
    int counterpart;

    long reversedMinor;
    long returnedPoints;

    Spent(
            final long memberId,
            final String wallet,
            final List<Hold.Part> parts,
            final long valueMinor,
            final boolean valueNamed,
            final long recordEnd) {
        this.memberId = memberId;
        this.parts = new ArrayList<>(parts);
        this.points = parts.stream().mapToLong(Hold.Part::points).sum();
        this.wallet = points == 0 ? Account.POINTS : wallet;
        this.valueMinor = valueMinor;
        this.valueNamed = valueNamed;
        this.recordEnd = recordEnd;
    }
}

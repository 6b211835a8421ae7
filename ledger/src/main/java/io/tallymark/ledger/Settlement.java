package io.tallymark.ledger;

import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;

/**
 * What the issuers of a program owe each other: points by (issuer, counterpart at which they were spent or clawed),
 * materialised. Issuers by stable number, the house is 0. One thread.
 */
final class Settlement {
    private int size = 1;
    private long[] points = new long[1];

    /** Makes room for issuers up to a number; they stay. */
    void ensure(final int issuers) {
        if (issuers < size) {
            return;
        }
        final long[] larger = new long[(issuers + 1) * (issuers + 1)];
        for (int issuer = 0; issuer < size; issuer++) {
            System.arraycopy(points, issuer * size, larger, issuer * (issuers + 1), size);
        }
        size = issuers + 1;
        points = larger;
    }

    /** Points of an issuer that were taken at another. */
    long points(final int issuer, final int counterpart) {
        return points[issuer * size + counterpart];
    }

    /** Books what a command moves. */
    void apply(final SettlementMoves moves) {
        for (int i = 0; i < moves.count; i++) {
            points[moves.issuer[i] * size + moves.counterpart[i]] += moves.points[i];
        }
    }

    /** Gives all that is owed to a hasher. */
    void hash(final StateHasher into) {
        int used = 0;
        for (final long owed : points) {
            used += owed == 0 ? 0 : 1;
        }
        into.word(used);
        for (int issuer = 0; issuer < size; issuer++) {
            for (int counterpart = 0; counterpart < size; counterpart++) {
                if (points(issuer, counterpart) != 0) {
                    into.word((long) issuer << Integer.SIZE | counterpart);
                    into.word(points(issuer, counterpart));
                }
            }
        }
    }

    /** Tells what an issuer owes and is owed, a row for each counterpart with either, the house first. Cold. */
    void tell(final int issuer, final ProgramState program, final Rows rows) {
        final IssuerRules rules = program.current().issuerRules;
        rows.begin(RowKind.SETTLEMENT);
        for (int other = 0; other < size; other++) {
            final long owes = points(issuer, other);
            final long owed = points(other, issuer);
            if (owes != 0 || owed != 0) {
                rows.add(
                        program.accountLabel(other),
                        owes,
                        rules.valueMinor(issuer, owes),
                        owed,
                        rules.valueMinor(other, owed),
                        0,
                        0);
            }
        }
    }
}

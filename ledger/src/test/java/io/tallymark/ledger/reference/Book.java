package io.tallymark.ledger.reference;

import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.LedgerOptions;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;

/** What keeps the points: the ledger, or the reference. */
interface Book {
    /** Applies a command and checks that all points are somewhere. */
    void apply(Command c, long sequence, long nowMs, Outcome o);

    /** The reference. */
    static Book reference() {
        return new ReferenceLedger()::apply;
    }

    /** The ledger. */
    static Book ledger() {
        final Ledger ledger = new Ledger(new LedgerOptions(100, 100_000, 1_000_000), 11, 22);
        return (c, sequence, nowMs, o) -> {
            ledger.apply(c, sequence, nowMs, o);
            ledger.verifyZeroSum();
        };
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;

/** Answers as of which sequence; the programs themselves are read with {@link Ledger#program}. */
final class ListProgramsHandler implements Handler {
    @Override
    public void plan(final Command c, final Effect e) {
        e.foresee();
    }
}

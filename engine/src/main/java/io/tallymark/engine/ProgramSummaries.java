package io.tallymark.engine;

import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.ProgramView;
import io.tallymark.ledger.StateHash;
import io.tallymark.protocol.ProgramSummary;
import java.util.ArrayList;
import java.util.List;

/** The programs in force, as the protocol speaks of them. */
final class ProgramSummaries {
    private ProgramSummaries() {}

    /** All programs of a ledger, in the order of their first publication; allocates, the ledger's thread only. */
    static List<ProgramSummary> of(final Ledger ledger) {
        final List<ProgramSummary> summaries = new ArrayList<>(ledger.programCount());
        for (int i = 0; i < ledger.programCount(); i++) {
            final ProgramView program = ledger.program(i);
            final StateHash hash = program.canonicalHash();
            summaries.add(
                    new ProgramSummary(program.id(), program.version(), hash.high(), hash.low(), program.members()));
        }
        return summaries;
    }
}

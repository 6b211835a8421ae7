package io.tallymark.server.journal;

import io.tallymark.engine.Replay;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.ProgramView;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rebuilds the state as it was at a point of the journal. */
@Command(
        name = "replay",
        description = {
            "Executes the journal again, wholly or up to a sequence, and prints the state it leads to.",
            "Every outcome is compared with the journaled one; the first difference ends it with exit code 3."
        })
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--to", paramLabel = "SEQ", description = "Last sequence to execute (the end of the journal).")
    private Long to;

    @Override
    public Integer call() {
        if (to != null && to < 0) {
            throw new ParameterException(spec.commandLine(), "--to must not be negative");
        }
        try (JournalReader reader = data.open()) {
            final Ledger ledger =
                    AuditRun.run(reader, to == null ? Replay.TO_THE_END : to).ledger();
            print(ledger, spec.commandLine().getOut());
            if (to != null && ledger.lastSequence() < to) {
                throw new CommandFailure(
                        ExitCode.FAILED, "the journal ends at sequence " + ledger.lastSequence() + ", before " + to);
            }
            return ExitCode.DONE;
        }
    }

    private static void print(final Ledger ledger, final PrintWriter out) {
        out.println("sequence    " + ledger.lastSequence());
        out.println("state hash  " + ledger.stateHash().toHex());
        for (int i = 0; i < ledger.programCount(); i++) {
            final ProgramView program = ledger.program(i);
            out.println("program " + program.id() + " version " + program.version());
            out.println("  members        " + program.members());
            out.println("  issued         " + program.issuedPoints());
            out.println("  redeemed       " + program.redeemedPoints());
            out.println("  expired        " + program.expiredPoints());
            out.println("  adjusted down  " + program.adjustedDownPoints());
            out.println("  debt           " + program.debtPoints());
            out.println("  available      " + program.availablePoints());
        }
        out.flush();
    }
}

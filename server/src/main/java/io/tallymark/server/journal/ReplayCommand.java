package io.tallymark.server.journal;

import io.tallymark.engine.Replay;
import io.tallymark.engine.WhatIf;
import io.tallymark.engine.WhatIfReport;
import io.tallymark.journal.JournalReader;
import io.tallymark.ledger.Ledger;
import io.tallymark.ledger.PointsWalletTotals;
import io.tallymark.ledger.ProgramView;
import io.tallymark.ledger.StoredValueTotals;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import io.tallymark.server.program.ProgramCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rebuilds the state as it was at a point of the journal, or as it would be under other rules. */
@Command(
        name = "replay",
        description = {
            "Executes the journal again, wholly or up to a sequence, and prints the state it leads to.",
            "Every outcome is compared with the journaled one; the first difference ends it with exit code 3.",
            "",
            "With --program it executes everything a second time as if the rules of that file had always been in "
                    + "force, and prints what would have changed. The journal is only read.",
            ""
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int FIRST_CHANGED = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--to", paramLabel = "SEQ", description = "Last sequence to execute (the end of the journal).")
    private Long to;

    @Option(
            names = "--program",
            paramLabel = "FILE",
            description = "Rules to try in place of every version of the program that the file names.")
    private Path program;

    @Option(names = "--json", description = "With --program: print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (to != null && to < 0) {
            throw new ParameterException(spec.commandLine(), "--to must not be negative");
        }
        if (json && program == null) {
            throw new ParameterException(spec.commandLine(), "--json needs --program");
        }
        final PrintWriter out = spec.commandLine().getOut();
        try (JournalReader reader = data.open()) {
            final Ledger ledger;
            if (program == null) {
                ledger = AuditRun.run(reader, lastSequence()).ledger();
                print(ledger, out);
            } else {
                ledger = tryOut(reader, out);
            }
            if (to != null && ledger.lastSequence() < to) {
                throw new CommandFailure(
                        ExitCode.FAILED, "the journal ends at sequence " + ledger.lastSequence() + ", before " + to);
            }
            return ExitCode.DONE;
        }
    }

    private long lastSequence() {
        return to == null ? Replay.TO_THE_END : to;
    }

    private Ledger tryOut(final JournalReader reader, final PrintWriter out) throws IOException {
        final WhatIf whatIf = new WhatIf(
                DataOption.freshLedger(reader), ProgramCompiler.compile(program).program(), FIRST_CHANGED);
        try {
            final Ledger ledger = AuditRun.run(reader, lastSequence(), whatIf).ledger();
            final WhatIfReport report = whatIf.report(ledger);
            if (json) {
                WhatIfOutput.json(report, out);
            } else {
                WhatIfOutput.text(report, program, out);
            }
            return ledger;
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.FAILED, program + ": " + e.getMessage(), e);
        }
    }

    private static void print(final Ledger ledger, final PrintWriter out) {
        out.println("sequence    " + ledger.lastSequence());
        out.println("state hash  " + ledger.stateHash().toHex());
        for (int i = 0; i < ledger.programCount(); i++) {
            final ProgramView program = ledger.program(i);
            out.println("program " + program.id() + " version " + program.version());
            out.println("  members        " + program.members());
            print(program.points(), "  ", out);
            for (final PointsWalletTotals wallet : program.furtherWallets()) {
                out.println("  wallet " + wallet.wallet() + " in points");
                print(wallet, "    ", out);
            }
            program.storedValue().forEach(wallet -> print(wallet, out));
        }
        out.flush();
    }

    private static void print(final PointsWalletTotals wallet, final String indent, final PrintWriter out) {
        out.println(indent + "issued         " + wallet.issuedPoints());
        out.println(indent + "redeemed       " + wallet.redeemedPoints());
        out.println(indent + "expired        " + wallet.expiredPoints());
        out.println(indent + "forfeited      " + wallet.forfeitedPoints());
        out.println(indent + "cancelled      " + wallet.cancelledPoints());
        out.println(indent + "clawed back    " + wallet.clawedBackPoints());
        out.println(indent + "adjusted down  " + wallet.adjustedDownPoints());
        out.println(indent + "written off    " + wallet.writtenOffPoints());
        out.println(indent + "debt           " + wallet.debtPoints());
        out.println(indent + "available      " + wallet.availablePoints());
        out.println(indent + "pending        " + wallet.pendingPoints());
        out.println(indent + "held           " + wallet.heldPoints());
    }

    private static void print(final StoredValueTotals wallet, final PrintWriter out) {
        out.println("  wallet " + wallet.wallet() + " in minor units");
        out.println("    topped up    " + wallet.toppedUp());
        out.println("    granted      " + wallet.granted());
        out.println("    principal    " + wallet.principal());
        out.println("    gift         " + wallet.gift());
        out.println("    spent        " + wallet.spent());
        out.println("    refunded     " + wallet.refunded());
        out.println("    forfeited    " + wallet.forfeited());
    }
}

package io.tallymark.server.journal;

import io.tallymark.engine.Replay;
import io.tallymark.journal.JournalEnd;
import io.tallymark.journal.JournalReader;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks every byte and every outcome of a journal. */
@Command(
        name = "verify",
        description = {
            "Checks every frame of the journal, executes every command again and compares the outcomes.",
            "A fault is named with file and sequence, and the exit code is 3."
        })
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Override
    public Integer call() {
        try (JournalReader reader = data.open()) {
            final AuditRun run = AuditRun.run(reader, Replay.TO_THE_END);
            final JournalEnd end = reader.end();
            if (run.ledger().lastSequence() != end.lastSequence()) {
                throw new CommandFailure(
                        ExitCode.DATA_FAULT,
                        "the journal ends at sequence " + end.lastSequence() + ", the ledger at "
                                + run.ledger().lastSequence());
            }
            final PrintWriter out = spec.commandLine().getOut();
            out.println("last sequence  " + end.lastSequence());
            out.println("engine time    "
                    + (end.lastSequence() == 0
                            ? "-"
                            : Instant.ofEpochMilli(run.ledger().engineTimeMs())));
            out.println("epoch          " + end.epoch());
            out.println("frames         " + end.frames());
            out.println("bytes          " + end.bytes());
            out.println("state hash     " + run.ledger().stateHash().toHex());
            if (end.ignoredTail() != null) {
                out.println("ignored tail   " + end.ignoredTail());
            }
            out.println("verified: all frames are sound, all outcomes come out as journaled, the books balance");
            out.flush();
            return ExitCode.DONE;
        }
    }
}

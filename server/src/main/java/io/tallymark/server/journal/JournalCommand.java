package io.tallymark.server.journal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what can be done with a journal. */
@Command(
        name = "journal",
        description = "Verify or print the journal of a data folder.",
        subcommands = {VerifyCommand.class, DumpCommand.class})
public final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "verify or dump is missing");
    }
}

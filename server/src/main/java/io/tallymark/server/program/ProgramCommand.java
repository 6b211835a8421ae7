package io.tallymark.server.program;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what can be done with program files. */
@Command(
        name = "program",
        description = "Check program files, or print their JSON Schema.",
        subcommands = {CheckCommand.class, SchemaCommand.class})
public final class ProgramCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "check or schema is missing");
    }
}

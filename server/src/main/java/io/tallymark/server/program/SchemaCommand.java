package io.tallymark.server.program;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of program files. */
@Command(
        name = "schema",
        description =
                "Prints the JSON Schema (draft 2020-12) of program files, with which editors complete and check them.")
public final class SchemaCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        final PrintWriter out = spec.commandLine().getOut();
        out.println(ProgramSchema.json());
        out.flush();
    }
}

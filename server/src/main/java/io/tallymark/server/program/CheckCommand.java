package io.tallymark.server.program;

import io.tallymark.server.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles program files and publishes nothing. */
@Command(
        name = "check",
        description = {
            "Checks program files as a publication would.",
            "All mistakes of all files are listed with line and column, and the exit code is 1 where there are some."
        })
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Program files.")
    private List<Path> files;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        int code = ExitCode.DONE;
        for (final Path file : files) {
            try {
                final ProgramCompiler.CompiledFile compiled = ProgramCompiler.compile(file);
                out.println(file + ": program " + compiled.program().name() + " is sound");
            } catch (final ProgramFileException e) {
                err.println(e.getMessage());
                code = ExitCode.FAILED;
            } catch (final IOException e) {
                err.println(
                        file + ": " + (e instanceof NoSuchFileException ? "there is no such file" : "cannot be read"));
                code = ExitCode.FAILED;
            }
        }
        out.flush();
        err.flush();
        return code;
    }
}

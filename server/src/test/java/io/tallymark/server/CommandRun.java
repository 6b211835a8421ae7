package io.tallymark.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What one command of the command line printed, and its exit code. */
public record CommandRun(int exitCode, String out, String err) {
    /** Executes a command in this process. */
    public static CommandRun of(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** What was printed, line by line. */
    public List<String> lines() {
        return out.lines().toList();
    }
}

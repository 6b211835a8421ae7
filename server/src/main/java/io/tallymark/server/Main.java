package io.tallymark.server;

import io.tallymark.engine.ReplayException;
import io.tallymark.journal.JournalException;
import io.tallymark.server.demo.DemoCommand;
import io.tallymark.server.journal.JournalCommand;
import io.tallymark.server.journal.ReplayCommand;
import io.tallymark.server.load.LoadCommand;
import io.tallymark.server.program.ProgramCommand;
import io.tallymark.server.program.ProgramFileException;
import io.tallymark.server.serve.ServeCommand;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Failures are one sentence on standard error and a code of {@link ExitCode}. */
@Command(
        name = "tallymark",
        description = "A points transaction engine: one writer, one journal, forced to disk before the reply.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        subcommands = {
            ServeCommand.class,
            LoadCommand.class,
            JournalCommand.class,
            ReplayCommand.class,
            ProgramCommand.class,
            DemoCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:Not done, or not wholly; a sentence on standard error says why.",
            "2:The command line is wrong.",
            "3:The data folder has a fault: the journal is damaged, or a replay differs."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    private Main() {}

    /** Runs one command and ends the process with its code. */
    public static void main(final String[] args) {
        // Libraries format numbers with the default locale where bytes are meant: with Arabic digits, say, one does not
        // find its own native part, and no journal could be written.
        Locale.setDefault(Locale.ROOT);
        final CommandLine commandLine =
                commandLine().setOut(utf8(FileDescriptor.out, false)).setErr(utf8(FileDescriptor.err, true));
        final int code = commandLine.execute(args);
        commandLine.getOut().flush();
        System.exit(code);
    }

    /** Output is UTF-8 whatever the locale: it is also for programs. */
    private static PrintWriter utf8(final FileDescriptor descriptor, final boolean flushLines) {
        return new PrintWriter(
                new OutputStreamWriter(
                        new BufferedOutputStream(new FileOutputStream(descriptor)), StandardCharsets.UTF_8),
                flushLines);
    }

    /** The whole command line, ready to execute; tests give it their own writers. */
    public static CommandLine commandLine() {
        final Main main = new Main();
        return new CommandLine(main)
                .setExecutionExceptionHandler((e, commandLine, parsed) -> main.report(e, commandLine))
                .setParameterExceptionHandler((e, args) -> main.reportUsage(e));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private int report(final Exception failure, final CommandLine commandLine) {
        final PrintWriter err = commandLine.getErr();
        err.println("tallymark: " + sentence(failure));
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        return exitCode(failure);
    }

    private static int exitCode(final Exception failure) {
        if (failure instanceof CommandFailure known) {
            return known.exitCode();
        }
        // With a sequence it speaks of the journal's content, without one of its surroundings: a lock, a full device.
        final boolean dataFault = failure instanceof ReplayException
                || failure instanceof JournalException journal && journal.sequence() > 0;
        return dataFault ? ExitCode.DATA_FAULT : ExitCode.FAILED;
    }

    private int reportUsage(final ParameterException failure) {
        final CommandLine commandLine = failure.getCommandLine();
        final PrintWriter err = commandLine.getErr();
        err.println("tallymark: " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("See " + commandLine.getCommandSpec().qualifiedName() + " --help.");
        }
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.USAGE;
    }

    private static String sentence(final Exception failure) {
        if (failure instanceof CommandFailure
                || failure instanceof JournalException
                || failure instanceof ReplayException) {
            return failure.getMessage();
        }
        if (failure instanceof ProgramFileException) {
            return "a program file has mistakes:\n" + failure.getMessage();
        }
        if (failure instanceof UncheckedIOException unchecked) {
            return sentence(unchecked.getCause());
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no " + failure.getMessage();
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getMessage();
        }
        if (failure instanceof NotDirectoryException) {
            return failure.getMessage() + " is no folder";
        }
        if (failure instanceof IOException) {
            return failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
        return "unexpected failure: " + failure + " (--debug shows where)";
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "tallymark " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
            };
        }
    }
}

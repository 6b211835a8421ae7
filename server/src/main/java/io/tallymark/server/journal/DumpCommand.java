package io.tallymark.server.journal;

import io.tallymark.journal.JournalException;
import io.tallymark.journal.JournalReader;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the records of a journal for people and scripts. */
@picocli.CommandLine.Command(
        name = "dump",
        description = "Prints the journal, one JSON object a line: sequence, time, command, outcome.")
public final class DumpCommand implements Callable<Integer> {
    private static final int CHECK_EVERY = 1_024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(
            names = "--from",
            paramLabel = "SEQ",
            defaultValue = "1",
            description = "First sequence (${DEFAULT-VALUE}).")
    private long from;

    @Option(names = "--to", paramLabel = "SEQ", description = "Last sequence (the end of the journal).")
    private Long to;

    @Override
    public Integer call() throws IOException {
        final long last = to == null ? Long.MAX_VALUE : to;
        if (from < 1 || last < from) {
            throw new ParameterException(spec.commandLine(), "--from must be at least 1 and at most --to");
        }
        final PrintWriter out = spec.commandLine().getOut();
        try (JournalReader reader = data.open();
                RecordJson json = new RecordJson(out)) {
            final Command command = new Command();
            final Outcome outcome = new Outcome();
            while (reader.sequence() < last && reader.next(command, outcome)) {
                if (reader.sequence() >= from) {
                    json.write(reader.sequence(), reader.engineTimeMs(), command, outcome);
                    if (reader.sequence() % CHECK_EVERY == 0 && out.checkError()) {
                        throw new CommandFailure(ExitCode.FAILED, "nobody reads the output any more");
                    }
                }
            }
        } catch (final JournalException e) {
            throw DataOption.unreadable(e);
        }
        return ExitCode.DONE;
    }
}

package io.tallymark.bench;

import io.tallymark.bench.http.HttpBench;
import io.tallymark.bench.load.FlashBench;
import io.tallymark.bench.load.WireBench;
import io.tallymark.server.Main;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code tallymark bench}: {@code wire} drives a real server over its binary port, {@code flash} sells few items to many
 * members there and kills the server in the middle, {@code http} drives the HTTP port beside a bare Netty server,
 * {@code jmh} runs the microbenchmarks. Anything else is given to JMH as it stands.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {WireBench.class, FlashBench.class, HttpBench.class},
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Measures the engine. 'bench jmh [JMH options]' runs the microbenchmarks, 'bench jmh -l' lists them.")
public final class BenchMain implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private BenchMain() {}

    /** Runs one benchmark, or, for the load generator's child process, the server. */
    public static void main(final String[] args) throws Exception {
        final String first = args.length == 0 ? "" : args[0];
        switch (first) {
            case "serve" -> Main.main(args);
            case "jmh" -> JmhRun.run(Arrays.copyOfRange(args, 1, args.length));
            default -> {
                final CommandLine line = new CommandLine(new BenchMain());
                if (first.isEmpty()
                        || first.startsWith("-")
                        || line.getSubcommands().containsKey(first)) {
                    System.exit(line.execute(args));
                }
                JmhRun.run(args);
            }
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a benchmark is missing");
    }
}

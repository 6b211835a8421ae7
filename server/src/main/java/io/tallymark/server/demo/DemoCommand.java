package io.tallymark.server.demo;

import io.tallymark.protocol.Durability;
import io.tallymark.server.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows in under a minute what the engine does and what it promises, and checks each promise. */
@Command(
        name = "demo",
        description = {
            "Shows a member day in under a minute: starts a server in a process of its own, posts a seeded stream of "
                    + "orders with an eleven-fold peak, doubled, late and malformed ones among them, redeems, "
                    + "holds a flash sale, kills the server hard under load and starts it again.",
            "",
            "Everything is compared with books that this command keeps itself; what does not agree ends it with exit "
                    + "code 1, a journal that does not lead to the same state with 3.",
            ""
        })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Orders of the day, 1,000 to 5,000,000; 12,500 are posted a second (${DEFAULT-VALUE}).")
    private int orders;

    @Option(
            names = "--members",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Members they come from, 1 to 1,000,000 (${DEFAULT-VALUE}).")
    private int members;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "11",
            description = "Another seed, another story (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--durability",
            paramLabel = "WORD",
            defaultValue = "fsync",
            description = "fsync or page-cache (${DEFAULT-VALUE}).")
    private String durability;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A new or empty data folder, which is kept (a temporary one, which is not).")
    private Path data;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final DemoOptions options = options();
        try (DemoHouse house = DemoHouse.open(data)) {
            try {
                new DemoRun(options, house, spec.commandLine().getOut()).run();
            } catch (final IOException | RuntimeException e) {
                if (house.isEnding()) {
                    awaitEnd();
                }
                throw e;
            }
        }
        return ExitCode.DONE;
    }

    /** The server was ended with this process: what broke by that is no failure to report. */
    private static void awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private DemoOptions options() {
        final Durability kind = Durability.ofLabel(durability);
        if (kind == null) {
            throw usage("--durability is fsync or page-cache, not '" + durability + "'");
        }
        if (orders < DemoOptions.MIN_ORDERS || orders > DemoOptions.MAX_ORDERS) {
            throw usage("--orders is 1,000 to 5,000,000");
        }
        if (members < 1 || members > DemoOptions.MAX_MEMBERS) {
            throw usage("--members is 1 to 1,000,000");
        }
        return new DemoOptions(orders, members, seed, kind);
    }

    private ParameterException usage(final String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}

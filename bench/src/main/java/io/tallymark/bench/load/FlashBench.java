package io.tallymark.bench.load;

import io.tallymark.client.ClientOptions;
import io.tallymark.client.CommandResult;
import io.tallymark.client.Request;
import io.tallymark.client.ResultRow;
import io.tallymark.client.TallymarkClient;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ResultCode;
import io.tallymark.server.serve.ServerChild;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench flash}: many members after few items over the binary port, and a kill in the middle of the selling. */
@Command(
        name = "flash",
        mixinStandardHelpOptions = true,
        description = "A flash sale over the binary port: every member tries once to redeem one of few items. Starts a"
                + " server in its own process on a new data folder, kills it (kill -9) when half of the items are"
                + " acknowledged as sold, starts it again, and at the end reads the journal: exactly the items sold, in"
                + " sequence order, each member told what the journal says. What differs is named, and the exit code"
                + " is 1.")
public final class FlashBench implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";
    private static final int MAX_MEMBERS = 50_000_000;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_WINDOW = 8_192;

    /** While few items are sold each connection waits for its answer, so that the kill comes in the middle of them. */
    private static final int CAREFUL = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--members", defaultValue = "1000000", description = "Members (default: ${DEFAULT-VALUE}).")
    private int members;

    @Option(names = "--items", defaultValue = "1000", description = "Items in stock (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(names = "--connections", defaultValue = "64", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--window",
            defaultValue = "256",
            description = "Attempts under way on each connection after the kill, a power of two"
                    + " (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of the order in which members come (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--no-kill", description = "Let the server live.")
    private boolean noKill;

    @Mixin
    private ServerOptions options;

    private final Differences differences = new Differences();
    private int port;
    private ServerChild server;

    @Override
    public Integer call() throws Exception {
        check(members >= 1 && members <= MAX_MEMBERS, "--members is 1 to 50,000,000");
        check(items >= 1 && items <= members, "--items is 1 to the number of members");
        check(connections >= 1 && connections <= MAX_CONNECTIONS, "--connections is 1 to 1,000");
        check(
                window >= 1 && window <= MAX_WINDOW && Integer.bitCount(window) == 1,
                "--window is a power of two up to 8,192");
        check(Durability.ofLabel(options.durability()) != null, "--durability is fsync or page-cache");
        line(
                "flash: %,d members after %,d items, one each; %d connections, window %d, %s, seed %d",
                members, items, connections, window, options.durability(), seed);
        try (BenchFolder folder =
                BenchFolder.create(options.parent(), FlashProgram.PROGRAM, FlashProgram.file(items))) {
            return measure(folder);
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    private void check(final boolean holds, final String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    private int measure(final BenchFolder folder) throws IOException, InterruptedException {
        port = freePort();
        server = start(folder);
        fund();
        final FlashOutcomes outcomes = new FlashOutcomes(members);
        try (FlashSale sale = FlashSale.connect(server.binaryAddress(), outcomes, connections, window, seed)) {
            final long startNs = System.nanoTime();
            if (!noKill) {
                killInTheMiddle(folder, sale, outcomes);
            }
            final int answered = outcomes.answered();
            final long openNs = System.nanoTime();
            sale.sell(window, () -> false);
            final long endNs = System.nanoTime();
            rate(noKill ? "all" : "after the restart", members - answered, endNs - openNs);
            if (!noKill) {
                rate("with kill and restart", members, endNs - startNs);
            }
            checkStock(sale.client());
        }
        differences.expect("exit code of the server", 0, server.stop());
        return report(FlashAudit.of(folder.data(), outcomes, items, differences), outcomes);
    }

    /** The same port for both lives of the server, so that the clients find it again. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    private ServerChild start(final BenchFolder folder) throws IOException {
        return options.start(folder, HOST + ":" + port, members);
    }

    /** Gives every member the points for one item. */
    private void fund() throws IOException {
        final FlashProgram requests = new FlashProgram();
        final AtomicInteger accepted = new AtomicInteger();
        final Progress progress = new Progress("members have their points", members);
        final long startNs = System.nanoTime();
        try (TallymarkClient client = TallymarkClient.connect(ClientOptions.to(HOST, port)
                .withWindow(MAX_WINDOW)
                .withRequestTimeoutMs(FlashSale.REQUEST_TIMEOUT_MS))) {
            for (int member = 0; member < members; member++) {
                client.submit(
                        requests.order(member),
                        (reply, context) -> {
                            if (reply.code == ResultCode.ACCEPTED) {
                                accepted.incrementAndGet();
                            }
                        },
                        member);
                progress.show(member);
            }
        }
        rate("funded", members, System.nanoTime() - startNs);
        differences.expect("orders acknowledged", members, accepted.get());
    }

    private void killInTheMiddle(final BenchFolder folder, final FlashSale sale, final FlashOutcomes outcomes)
            throws IOException, InterruptedException {
        final int half = items / 2;
        sale.sell(CAREFUL, () -> outcomes.sold() >= half);
        server.kill();
        final long killedNs = System.nanoTime();
        final int underWay = sale.underWay();
        line(
                "  killed (kill -9): %,d of %,d acknowledged as sold, %d attempts under way",
                outcomes.sold(), items, underWay);
        server = start(folder);
        final long readyNs = System.nanoTime();
        line("  restarted: %.2f s from kill to ready; %s", (readyNs - killedNs) / 1e9, server.readyLine());
        // Apart from the rate: what takes time here is the clients' pause before they connect again.
        sale.awaitAnswers();
        line("  sent again: all %,d are answered %.2f s after ready", underWay, (System.nanoTime() - readyNs) / 1e9);
    }

    private void checkStock(final TallymarkClient client) {
        final CommandResult result = client.send(Request.of(CommandType.QUERY_REWARD)
                        .program(FlashProgram.PROGRAM)
                        .rule(FlashProgram.REWARD))
                .join();
        if (result.rows().isEmpty()) {
            differences.add("the server does not know the reward: " + result.code());
            return;
        }
        final ResultRow row = result.rows().get(0);
        line("  stock told by the server: %,d of %,d left, %,d taken", row.second(), row.first(), row.third());
        differences.expect("stock", items, row.first());
        differences.expect("left", 0, row.second());
        differences.expect("taken", items, row.third());
    }

    private int report(final FlashAudit audit, final FlashOutcomes outcomes) {
        line(
                "  journal: %,d sold for %,d points at sequence %,d to %,d, %,d too late, %,d records",
                audit.sold(),
                audit.soldPoints(),
                audit.firstSoldSequence(),
                audit.lastSoldSequence(),
                audit.tooLate(),
                audit.records());
        line(
                "  answers: %,d, one for each member; %,d of them decided before the kill and told after it",
                outcomes.answered(), outcomes.replayed());
        if (differences.count() > 0) {
            line("  DIFFERS: %,d", differences.count());
            differences.named().forEach(sentence -> line("    %s", sentence));
            return 1;
        }
        line("  exactly %,d sold, in sequence order; every answer is the journal's", audit.sold());
        return 0;
    }

    private static void rate(final String what, final int count, final long ns) {
        line("  %s: %,d in %.2f s: %,.0f/s", what, count, ns / 1e9, count * 1e9 / ns);
    }

    private static void line(final String format, final Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}

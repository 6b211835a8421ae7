package io.tallymark.bench.http;

import io.tallymark.bench.load.BenchFolder;
import io.tallymark.server.serve.ServerChild;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench http}: POSTs of accruals to the engine and to a bare Netty server, alternating, and their ratio. */
@Command(
        name = "http",
        mixinStandardHelpOptions = true,
        description = "POSTs of accruals with unique ids, closed loop, to the engine's HTTP port and to a bare Netty"
                + " server that replies a constant, in alternating rounds; prints the ratio, and checks the engine's"
                + " totals against its journal.")
public final class HttpBench implements Callable<Integer> {
    @Option(names = "--seconds", defaultValue = "5", description = "Measured time a round (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "3", description = "Seconds before it (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of both (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--connections", defaultValue = "64", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--depth",
            split = ",",
            defaultValue = "1,16",
            description = "Requests under way on each connection; several are measured in turn (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<Integer> depths;

    @Option(names = "--durability", defaultValue = "page-cache", description = "fsync or page-cache (default).")
    private String durability;

    @Option(names = "--server-jvm", description = "A flag for both servers' JVMs; may be repeated.")
    private List<String> serverJvm = new ArrayList<>();

    private long expectedPoints;
    private long sent;
    private int round;

    @Override
    public Integer call() throws Exception {
        try (BenchFolder folder = BenchFolder.create(null)) {
            try (BareChild bare = BareChild.start(serverJvm);
                    ServerChild engine = ServerChild.start(
                            serverJvm, folder.serveArguments("127.0.0.1:0", durability, "--http", "127.0.0.1:0"))) {
                for (final int depth : depths) {
                    compare(depth, bare.address(), engine.httpAddress());
                }
                if (engine.stop() != 0) {
                    throw new IOException("the server did not stop cleanly");
                }
            }
            return checkTotals(folder.books(10_000_000));
        }
    }

    private void compare(final int depth, final InetSocketAddress bare, final InetSocketAddress engine)
            throws IOException, InterruptedException {
        System.out.printf(
                Locale.ROOT, "http: POST accruals, %s, %d connections, depth %d%n", durability, connections, depth);
        final List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            final double bareRate = measure("bare Netty", depth, bare, nextRequests());
            final AccrualRequests posted = nextRequests();
            final double engineRate = measure("tallymark", depth, engine, posted);
            expectedPoints += posted.points();
            sent += posted.count();
            ratios.add(engineRate / bareRate);
        }
        Collections.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "  ratio: median %.2f, from %.2f to %.2f%n",
                ratios.get(ratios.size() / 2),
                ratios.get(0),
                ratios.get(ratios.size() - 1));
    }

    /** Those of the next round, with ids of their own. */
    private AccrualRequests nextRequests() {
        round++;
        return new AccrualRequests(round, "r" + round);
    }

    private double measure(
            final String name, final int depth, final InetSocketAddress server, final AccrualRequests requests)
            throws IOException, InterruptedException {
        final HttpLoad load = new HttpLoad(requests, depth);
        load.run(server, connections, TimeUnit.SECONDS.toNanos(warmUpSeconds), TimeUnit.SECONDS.toNanos(seconds));
        final double rate = (double) load.measured() / seconds;
        System.out.printf(
                Locale.ROOT,
                "  %-10s %,10.0f/s   p50 %.2f ms  p99 %.2f ms%n",
                name,
                rate,
                load.latencies().getValueAtPercentile(50) / 1e6,
                load.latencies().getValueAtPercentile(99) / 1e6);
        return rate;
    }

    private int checkTotals(final BenchFolder.Books books) {
        System.out.printf(
                Locale.ROOT,
                "  totals: posted %,d worth %,d points; in the journal %,d worth %,d%n",
                sent,
                expectedPoints,
                books.records() - 1,
                books.issuedPoints());
        if (sent != books.records() - 1 || expectedPoints != books.issuedPoints()) {
            System.out.println("  TOTALS DIFFER");
            return 1;
        }
        return 0;
    }
}

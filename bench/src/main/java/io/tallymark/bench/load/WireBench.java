package io.tallymark.bench.load;

import io.tallymark.server.serve.ServerChild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench wire}: accruals over the binary port of a server in its own process on this machine. */
@Command(
        name = "wire",
        mixinStandardHelpOptions = true,
        description = "Accruals over the binary port: closed loop by window, or open loop by rate. Starts a server in"
                + " its own process on a new data folder, and checks all totals against its journal at the end.")
public final class WireBench implements Callable<Integer> {
    @Option(names = "--seconds", defaultValue = "10", description = "Measured time (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "5", description = "Seconds before it (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--window",
            defaultValue = "8192",
            description = "Requests under way on each connection, a power of two (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--batch",
            defaultValue = "512",
            description = "Most requests of one frame (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--connections", defaultValue = "1", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Open loop: requests a second over all connections; 0: closed loop.")
    private double ratePerS;

    @Option(names = "--members", defaultValue = "100000", description = "Members (default: ${DEFAULT-VALUE}).")
    private long members;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the orders (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private ServerOptions options;

    @Override
    public Integer call() throws Exception {
        try (BenchFolder folder = BenchFolder.create(options.parent())) {
            return measure(folder);
        }
    }

    private int measure(final BenchFolder folder) throws Exception {
        final List<LoadRun> runs = new ArrayList<>();
        try (ServerChild server = options.start(folder, "127.0.0.1:0", members)) {
            drive(server, runs);
            final int exit = server.stop();
            if (exit != 0) {
                throw new IOException("the server ended with exit code " + exit);
            }
        }
        return report(runs, folder);
    }

    private void drive(final ServerChild server, final List<LoadRun> runs) throws Exception {
        final long startNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            final LoadRun run = new LoadRun(
                    server.binaryAddress(),
                    new OrderStream(seed, i, members),
                    window,
                    batch,
                    ratePerS / connections,
                    startNs,
                    TimeUnit.SECONDS.toNanos(warmUpSeconds),
                    TimeUnit.SECONDS.toNanos(seconds));
            runs.add(run);
            final Thread thread = new Thread(run, "load-" + i);
            threads.add(thread);
            thread.start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
    }

    private int report(final List<LoadRun> runs, final BenchFolder folder) throws IOException {
        final Histogram latencies = new Histogram(runs.get(0).latencies());
        long expectedPoints = 0;
        long repliedPoints = 0;
        long accepted = 0;
        long others = 0;
        long measured = 0;
        for (final LoadRun run : runs) {
            latencies.add(run.latencies());
            expectedPoints += run.expectedPoints();
            repliedPoints += run.repliedPoints();
            accepted += run.accepted();
            others += run.others();
            measured += run.measured();
        }
        System.out.printf(
                Locale.ROOT,
                "wire: %s, %s, %d connection(s), window %d, batch %d, %d members%n",
                ratePerS > 0 ? "open loop at %.0f/s".formatted(ratePerS) : "closed loop",
                options.durability(),
                connections,
                window,
                batch,
                members);
        System.out.printf(
                Locale.ROOT,
                "  %,d accruals in %d s: %,.0f/s; not accepted: %d%n",
                measured,
                seconds,
                (double) measured / seconds,
                others);
        System.out.printf(
                Locale.ROOT,
                "  latency ms: p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f%n",
                ms(latencies, 50),
                ms(latencies, 90),
                ms(latencies, 99),
                ms(latencies, 99.9),
                ms(latencies, 100));
        return checkTotals(folder.books(members), expectedPoints, repliedPoints, accepted);
    }

    private static double ms(final Histogram histogram, final double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }

    private static int checkTotals(
            final BenchFolder.Books books, final long expectedPoints, final long repliedPoints, final long accepted) {
        System.out.printf(
                Locale.ROOT,
                "  totals: points expected %,d, replied %,d, in the journal %,d; acknowledged %,d, in the journal %,d%n",
                expectedPoints,
                repliedPoints,
                books.issuedPoints(),
                accepted,
                books.records() - 1);
        System.out.printf(
                Locale.ROOT, "  journal: %.1f bytes a record%n", (double) books.frameBytes() / books.records());
        if (expectedPoints != repliedPoints
                || repliedPoints != books.issuedPoints()
                || accepted != books.records() - 1) {
            System.out.println("  TOTALS DIFFER");
            return 1;
        }
        return 0;
    }
}

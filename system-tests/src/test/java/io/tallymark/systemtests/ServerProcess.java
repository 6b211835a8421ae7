package io.tallymark.systemtests;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, on a port of its own choice. Whoever starts one closes it. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("(?i).*\\bready\\b.*?(127\\.0\\.0\\.1):(\\d+).*");

    private static final Pattern HTTP = Pattern.compile(".*\\bhttp=(127\\.0\\.0\\.1):(\\d+)\\b.*", Pattern.DOTALL);

    private final ChildJvm child;
    private final CompletableFuture<InetSocketAddress> ready;

    private ServerProcess(final ChildJvm child, final CompletableFuture<InetSocketAddress> ready) {
        this.child = child;
        this.ready = ready;
    }

    /** Starts a server and returns at once, so that it can be killed before it is ready. */
    static ServerProcess launch(final Path dataFolder, final String... options) {
        return launch(dataFolder, 0, options);
    }

    private static ServerProcess launch(final Path dataFolder, final int port, final String... options) {
        return launch(Project.programs(), dataFolder, port, options);
    }

    /** Options with two hyphens are for the server, others for its JVM. */
    private static ServerProcess launch(
            final Path programs, final Path dataFolder, final int port, final String... options) {
        final List<String> arguments = new ArrayList<>(List.of("serve", "--data", dataFolder.toString()));
        arguments.addAll(List.of("--programs", programs.toString()));
        arguments.addAll(List.of("--binary", "127.0.0.1:" + port));
        final CompletableFuture<InetSocketAddress> ready = new CompletableFuture<>();
        final List<String> jvmFlags = new ArrayList<>();
        for (final String option : options) {
            (option.startsWith("--") ? arguments : jvmFlags).add(option);
        }
        final ChildJvm child = ChildJvm.start(jvmFlags, arguments, line -> {
            final Matcher matcher = READY.matcher(line);
            if (matcher.matches()) {
                ready.complete(new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2))));
            }
        });
        return new ServerProcess(child, ready);
    }

    /** Starts a server and returns once it says that it is ready. */
    static ServerProcess start(final Path dataFolder, final String... options) {
        return awaitReady(launch(dataFolder, options));
    }

    /** As {@link #start(Path, String...)}, with other programs than the presets. */
    static ServerProcess startWith(final Path programs, final Path dataFolder, final String... options) {
        return awaitReady(launch(programs, dataFolder, 0, options));
    }

    /** Starts a server where an earlier one listened, and returns once it says that it is ready. */
    static ServerProcess startAgainAt(final InetSocketAddress address, final Path dataFolder) {
        return awaitReady(launch(dataFolder, address.getPort()));
    }

    /** As {@link #startAgainAt}, with other programs than the presets. */
    static ServerProcess startAgainWith(
            final Path programs, final InetSocketAddress address, final Path dataFolder, final String... options) {
        return awaitReady(launch(programs, dataFolder, address.getPort(), options));
    }

    private static ServerProcess awaitReady(final ServerProcess server) {
        try {
            Await.until(
                    START_TIMEOUT,
                    () -> server.isReady() || !server.child.isAlive(),
                    () -> "not ready after " + START_TIMEOUT + ":\n" + server.transcript());
            if (!server.isReady()) {
                // The last line may still be on its way when the process is already gone.
                server.child.awaitExit();
                throw new AssertionError("ended before it was ready:\n" + server.transcript());
            }
            return server;
        } catch (final AssertionError e) {
            server.close();
            throw e;
        }
    }

    boolean isReady() {
        return ready.isDone();
    }

    boolean isAlive() {
        return child.isAlive();
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return ready.join();
    }

    /** Where it listens for HTTP; it must have been started with {@code --http=127.0.0.1:0}. */
    InetSocketAddress httpAddress() {
        final Matcher matcher = HTTP.matcher(transcript());
        if (!matcher.matches()) {
            throw new AssertionError("no HTTP port:\n" + transcript());
        }
        return new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /** Host and port as the command line takes them. */
    String addressText() {
        return address().getHostString() + ":" + address().getPort();
    }

    /** kill -9. */
    void kill() {
        child.kill();
    }

    /** SIGTERM; returns the exit code. */
    int stop() {
        child.terminate();
        return child.awaitExit();
    }

    /** The exit code of a server that ends by itself. */
    int awaitExit() {
        return child.awaitExit();
    }

    boolean endsWithin(final Duration timeout) {
        return child.endsWithin(timeout);
    }

    String transcript() {
        return child.transcript();
    }

    @Override
    public void close() {
        child.close();
    }
}

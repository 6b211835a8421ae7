package io.tallymark.server.serve;

import io.tallymark.server.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, started from the jar or the class path that this process runs from: for the
 * demonstration and the load generator, which want to measure and to kill a real one. Its standard error is this
 * process's. One thread.
 */
public final class ServerChild implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("tallymark ready binary=([^ ]+):(\\d+) .*");
    private static final Pattern HTTP = Pattern.compile(".* http=([^ ]+):(\\d+) .*");
    private static final long STOP_TIMEOUT_S = 60;

    private final Process process;
    private final BufferedReader output;
    private final String readyLine;

    private ServerChild(final Process process, final BufferedReader output, final String readyLine) {
        this.process = process;
        this.output = output;
        this.readyLine = readyLine;
    }

    /**
     * Starts {@code serve} and waits for its ready line.
     *
     * @param jvmArguments   beside those of this process
     * @param serveArguments behind the word serve
     * @throws IOException if it ends instead; its own words are on standard error
     */
    public static ServerChild start(final List<String> jvmArguments, final List<String> serveArguments)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(jvmArguments);
        command.addAll(program());
        command.add("serve");
        command.addAll(serveArguments);
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !READY.matcher(line).matches()) {
            line = output.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("the server ended before it was ready");
        }
        return new ServerChild(process, output, line);
    }

    /** What the java command runs: the jar of this class or, where it lies in a folder of classes, the class path. */
    private static List<String> program() throws IOException {
        final File source;
        try {
            source = new File(ServerChild.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (final URISyntaxException e) {
            throw new IOException("cannot find the jar of this process", e);
        }
        return source.isDirectory()
                ? List.of("-cp", System.getProperty("java.class.path"), Main.class.getName())
                : List.of("-jar", source.getPath());
    }

    /** What it printed when it was ready. */
    public String readyLine() {
        return readyLine;
    }

    /** Where its binary port listens. */
    public InetSocketAddress binaryAddress() {
        return address(READY);
    }

    /** Where its HTTP port listens; it must have been started with one. */
    public InetSocketAddress httpAddress() {
        return address(HTTP);
    }

    private InetSocketAddress address(final Pattern pattern) {
        final Matcher matcher = pattern.matcher(readyLine);
        if (!matcher.matches()) {
            throw new IllegalStateException("no such port in: " + readyLine);
        }
        return new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Kills it as kill -9 does, and waits until it is gone. */
    public void kill() throws InterruptedException, IOException {
        process.destroyForcibly().waitFor();
        output.close();
    }

    /**
     * Stops it in order, as SIGTERM does.
     *
     * @return its exit code
     * @throws IOException if it does not end in time; it is killed then
     */
    public int stop() throws InterruptedException, IOException {
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
            kill();
            throw new IOException("the server did not stop within " + STOP_TIMEOUT_S + " s and was killed");
        }
        output.close();
        return process.exitValue();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }
}

package io.tallymark.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process that runs the command line of the product as it ships: the jar with everything in it where the build
 * has packaged it, else (a build that stops at {@code test}) the class path of this JVM.
 */
final class ChildJvm implements AutoCloseable {
    private static final String MAIN_CLASS = "io.tallymark.server.Main";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> outputLines = new ArrayList<>();
    private final List<String> errorLines = new ArrayList<>();
    private final Thread outputReader;
    private final Thread errorReader;

    private ChildJvm(final Process process, final Consumer<String> onOutputLine) {
        this.process = process;
        this.outputReader = reader(process.getInputStream(), outputLines, onOutputLine);
        this.errorReader = reader(process.getErrorStream(), errorLines, line -> {});
    }

    /** Starts the product with these arguments; {@code onOutputLine} sees each line of the standard output at once. */
    static ChildJvm start(
            final List<String> jvmFlags, final List<String> arguments, final Consumer<String> onOutputLine) {
        final List<String> commandLine = new ArrayList<>();
        commandLine.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        commandLine.addAll(words(System.getProperty("tallymark.jvm.flags", "")));
        commandLine.add("-Xmx1g");
        commandLine.add("-XX:ErrorFile=" + System.getProperty("java.io.tmpdir") + "/tallymark_hs_err_%p.log");
        commandLine.addAll(jvmFlags);
        commandLine.addAll(product());
        commandLine.addAll(arguments);
        try {
            return new ChildJvm(new ProcessBuilder(commandLine).start(), onOutputLine);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> product() {
        final Path targetFolder = Project.root().resolve("server/target");
        final Path shipped = targetFolder.resolve("tallymark.jar");
        final String classPath = System.getProperty("java.class.path");
        final boolean packaged =
                !classPath.contains(targetFolder.resolve("classes").toString());
        if (packaged && Files.exists(shipped)) {
            return List.of("-jar", shipped.toString());
        }
        return List.of("-cp", classPath, MAIN_CLASS);
    }

    private static List<String> words(final String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
    }

    private Thread reader(final InputStream stream, final List<String> lines, final Consumer<String> onLine) {
        final Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            synchronized (lines) {
                                lines.add(line);
                            }
                            onLine.accept(line);
                        }
                    } catch (final IOException e) {
                        synchronized (lines) {
                            lines.add("(output ended: " + e.getMessage() + ")");
                        }
                    }
                },
                "output-of-" + process.pid());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL to this very process, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM to this very process. */
    void terminate() {
        process.destroy();
    }

    /** The exit code, once the process has ended and all it said has been read. */
    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /** As {@link #awaitExit()}, with another bound. */
    int awaitExit(final Duration timeout) {
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("still running after " + timeout + ":\n" + transcript());
            }
            outputReader.join(PATIENCE.toMillis());
            errorReader.join(PATIENCE.toMillis());
            return process.exitValue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits at most this long for the end; whether it came. */
    boolean endsWithin(final Duration timeout) {
        try {
            return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    List<String> outputLines() {
        synchronized (outputLines) {
            return List.copyOf(outputLines);
        }
    }

    List<String> errorLines() {
        synchronized (errorLines) {
            return List.copyOf(errorLines);
        }
    }

    /** Both outputs, for people. */
    String transcript() {
        return String.join("\n", outputLines()) + "\n--- standard error\n" + String.join("\n", errorLines());
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}

package io.tallymark.server.demo;

import io.tallymark.protocol.Durability;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import io.tallymark.server.serve.ServerChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The data folder and the server process on it. Whatever ends the demonstration, Ctrl-C too, the process is ended and a
 * temporary folder removed. One thread, and the one of the shutdown.
 */
final class DemoHouse implements AutoCloseable {
    private final Path folder;
    private final boolean temporary;
    private final Thread hook = new Thread(this::onShutdown, "tallymark-demo-end");
    private volatile boolean ending;
    private ServerChild server;

    private DemoHouse(final Path folder, final boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * Makes the folder.
     *
     * @param kept new or empty, and kept at the end; null: a temporary one
     * @throws CommandFailure if the folder has something in it
     */
    static DemoHouse open(final Path kept) throws IOException {
        if (kept != null && Files.exists(kept)) {
            try (Stream<Path> entries = Files.list(kept)) {
                if (entries.findAny().isPresent()) {
                    throw new CommandFailure(ExitCode.FAILED, "--data must be a new or an empty folder: " + kept);
                }
            }
        }
        final Path folder = kept == null ? Files.createTempDirectory("tallymark-demo-") : kept;
        final DemoHouse house = new DemoHouse(folder, kept == null);
        Runtime.getRuntime().addShutdownHook(house.hook);
        return house;
    }

    /** The data folder. */
    Path data() {
        return folder;
    }

    /** Whether the folder goes at the end. */
    boolean isTemporary() {
        return temporary;
    }

    /** Starts a server on the folder; the one before must have ended. */
    ServerChild start(final Durability durability, final int expectedMembers) throws IOException {
        server = ServerChild.start(
                List.of(),
                List.of(
                        "--data",
                        folder.toString(),
                        "--binary",
                        "127.0.0.1:0",
                        "--durability",
                        durability.label(),
                        "--expected-members",
                        Integer.toString(expectedMembers),
                        "--state-hash"));
        return server;
    }

    /** The journal's bytes on disk as the files say. */
    long fileBytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    /** Whether the process is being ended from outside, so that what breaks now is no news. */
    boolean isEnding() {
        return ending;
    }

    private void onShutdown() {
        ending = true;
        // All that this process started, also a server that is not ready yet.
        ProcessHandle.current()
                .children()
                .peek(ProcessHandle::destroyForcibly)
                .map(ProcessHandle::onExit)
                .forEach(CompletableFuture::join);
        try {
            removeFolder();
            System.err.println();
            System.err.println("tallymark: stopped; the server has ended"
                    + (temporary ? " and its folder is removed" : ", its folder is " + folder));
        } catch (final IOException e) {
            System.err.println("tallymark: stopped; the server has ended, but " + folder + " is still there: " + e);
        }
    }

    private synchronized void removeFolder() throws IOException {
        if (!temporary || !Files.exists(folder)) {
            return;
        }
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Ends the server if it runs, and removes a temporary folder. */
    @Override
    public void close() throws IOException {
        if (ending) {
            return;
        }
        try {
            if (server != null) {
                server.kill();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server was ending", e);
        }
        removeFolder();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The shutdown has begun meanwhile; its hook finds nothing left to do.
            ending = true;
        }
    }
}

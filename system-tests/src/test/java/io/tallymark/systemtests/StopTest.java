package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary ends, and who may own a data folder. */
final class StopTest {
    private static final long SEED = 31;

    @TempDir
    Path folder;

    private ServerProcess server;

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aStopUnderLoadIsCleanAndNothingIsIgnoredAfterwards() throws IOException {
        System.out.println("StopTest seed " + SEED);
        final Shop shop = new Shop(folder.resolve("data"));
        final Workload workload = new Workload(SEED);
        server = ServerProcess.start(shop.dataFolder());
        try (LoadDriver driver = new LoadDriver(server.address())) {
            driver.start(workload);
            driver.awaitAcknowledged(10_000);
            assertEquals(0, server.stop(), server.transcript());
        }
        shop.remember(workload);
        final JournalAudit audit = shop.assertSoundOnDisk();
        assertNull(audit.end().ignoredTail());
        server = ServerProcess.start(shop.dataFolder());
        assertFalse(server.transcript().contains("ignored"), server.transcript());
        shop.assertServed(server.address());
        assertEquals(0, server.stop(), server.transcript());
        shop.assertToolsAgree();
    }

    @Test
    void aStopDuringTheStartEndsAtOnceAndLosesNothing() throws Exception {
        final Shop shop = new Shop(folder.resolve("data"));
        final Workload workload = new Workload(SEED + 2);
        server = ServerProcess.start(shop.dataFolder());
        try (LoadDriver driver = new LoadDriver(server.address())) {
            driver.start(workload);
            driver.awaitAcknowledged(20_000);
            server.kill();
        }
        shop.remember(workload);
        final Path lock = shop.dataFolder().resolve("owner.lock");
        final FileTime before = Files.getLastModifiedTime(lock);
        // Interpreted only, so that the recovery takes long enough to be met by the signal.
        server = ServerProcess.launch(shop.dataFolder(), "-Xint");
        Await.until(
                Duration.ofSeconds(30),
                () -> !modified(lock).equals(before) || !server.isAlive(),
                () -> "the folder was not taken: " + server.transcript());
        assertFalse(server.isReady(), "recovered before it could be stopped: " + server.transcript());
        assertEquals(0, server.stop(), server.transcript());
        assertFalse(server.isReady(), server.transcript());
        server = ServerProcess.start(shop.dataFolder());
        shop.assertServed(server.address());
    }

    private static FileTime modified(final Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSecondServerOnTheSameFolderIsRefused() throws IOException {
        final Path data = folder.resolve("data");
        server = ServerProcess.start(data);
        try (ServerProcess second = ServerProcess.launch(data)) {
            assertNotEquals(0, second.awaitExit(), second.transcript());
            assertFalse(second.isReady(), second.transcript());
            assertTrue(second.transcript().contains(data.toString()), second.transcript());
            assertTrue(
                    second.transcript().toLowerCase().matches("(?s).*(in use|another|locked|owns|owned).*"),
                    second.transcript());
        }
        final Workload workload = new Workload(SEED + 1);
        try (LoadDriver driver = new LoadDriver(server.address())) {
            driver.start(workload);
            driver.awaitAcknowledged(100);
        }
        assertTrue(server.isAlive(), "the first server suffered");
    }
}

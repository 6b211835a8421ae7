package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
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

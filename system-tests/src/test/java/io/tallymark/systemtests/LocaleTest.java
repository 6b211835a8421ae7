package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's language and time zone are nothing to the journal. */
final class LocaleTest {
    private static final long SEED = 47;

    @TempDir
    Path folder;

    @Test
    void aJournalWrittenWithArabicDigitsAboutIsTheSameJournal() throws IOException {
        final Shop shop = new Shop(folder.resolve("data"));
        final Workload workload = new Workload(SEED);
        try (ServerProcess server = ServerProcess.start(
                shop.dataFolder(), "-Duser.language=ar", "-Duser.country=EG", "-Duser.timezone=Pacific/Kiritimati")) {
            try (LoadDriver driver = new LoadDriver(server.address())) {
                driver.start(workload);
                driver.awaitAcknowledged(1_000);
                assertEquals(0, server.stop(), server.transcript());
            }
        }
        shop.remember(workload);
        shop.assertSoundOnDisk();
        try (ServerProcess server = ServerProcess.start(shop.dataFolder())) {
            shop.assertServed(server.address());
            assertEquals(0, server.stop(), server.transcript());
        }
        shop.assertToolsAgree();
    }
}

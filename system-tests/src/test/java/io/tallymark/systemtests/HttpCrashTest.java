package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 under HTTP load; what was acknowledged there is told again on the binary port, since a key is a key. */
final class HttpCrashTest {
    private static final long SEED = 7_480;

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
    void nothingAcknowledgedOverHttpIsLostAndNothingIsThereTwice() throws IOException {
        killRepeatedly(3, SEED);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedOverHttpIsLostInTwentyCrashes() throws IOException {
        killRepeatedly(20, SEED + 100);
    }

    private void killRepeatedly(final int rounds, final long seed) throws IOException {
        System.out.println("HttpCrashTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final Shop shop = new Shop(folder.resolve("data"));
        for (int round = 0; round < rounds; round++) {
            server = ServerProcess.start(shop.dataFolder(), "--http=127.0.0.1:0");
            if (round > 0) {
                shop.assertServed(server.address());
            }
            final Workload workload = new Workload(seed + round);
            try (HttpDriver driver = new HttpDriver(server.httpAddress())) {
                driver.start(workload);
                driver.awaitAcknowledged(200 + random.nextInt(2_000));
                server.kill();
                assertFalse(server.isAlive());
            }
            shop.remember(workload);
            System.out.println(
                    "round " + round + ": " + shop.assertSoundOnDisk().commands() + " in the journal");
        }
        shop.assertToolsAgree();
    }
}

package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 under load, again and again on one growing data folder. */
final class CrashTest {
    private static final long SEED = 7_401;
    private static final int FEW_ROUNDS = 6;
    private static final int ALL_ROUNDS = 20;

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
    void nothingAcknowledgedIsLostAndNothingIsThereTwice() throws IOException {
        killRepeatedly(FEW_ROUNDS, SEED);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostInTwentyCrashes() throws IOException {
        killRepeatedly(ALL_ROUNDS, SEED + 100);
    }

    private void killRepeatedly(final int rounds, final long seed) throws IOException {
        System.out.println("CrashTest seed " + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final Shop shop = new Shop(folder.resolve("data"));
        for (int round = 0; round < rounds; round++) {
            server = ServerProcess.start(shop.dataFolder());
            if (round > 0) {
                shop.assertServed(server.address());
            }
            final int acknowledged = killUnderLoad(shop, seed + round, 500 + random.nextInt(20_000));
            final JournalAudit audit = shop.assertSoundOnDisk();
            System.out.println("round " + round + ": " + acknowledged + " acknowledged, " + audit.commands()
                    + " commands in the journal, last sequence " + audit.lastSequence());
        }
        shop.assertToolsAgree();
    }

    /** Two crashes in a row: the second one while the server is still recovering from the first. */
    @Test
    void aCrashDuringRecoveryChangesNothing() throws IOException, InterruptedException {
        final Shop shop = new Shop(folder.resolve("data"));
        server = ServerProcess.start(shop.dataFolder());
        killUnderLoad(shop, SEED + 50, 30_000);
        final JournalAudit audit = shop.assertSoundOnDisk();
        int interrupted = 0;
        final SplittableRandom random = new SplittableRandom(SEED + 51);
        for (int attempt = 0; attempt < 5; attempt++) {
            server = ServerProcess.launch(shop.dataFolder());
            if (attempt % 2 == 0) {
                awaitNewEpoch(audit.end().epoch() + attempt + 1);
            } else {
                server.endsWithin(Duration.ofMillis(random.nextInt(600)));
            }
            interrupted += server.isReady() ? 0 : 1;
            server.kill();
            shop.assertSoundOnDisk();
        }
        assertTrue(interrupted > 0, "no attempt was killed before it was ready");
        System.out.println(interrupted + " of 5 starts were killed before they were ready");
        server = ServerProcess.start(shop.dataFolder());
        shop.assertServed(server.address());
        assertEquals(0, server.stop(), server.transcript());
        shop.assertSoundOnDisk();
        shop.assertToolsAgree();
    }

    /** Without the force a crash of the process still loses nothing, and every reply says what it is worth. */
    @Test
    void pageCacheSurvivesTheProcess() throws IOException {
        final Shop shop = new Shop(folder.resolve("data"));
        final Workload workload = new Workload(SEED + 80);
        server = ServerProcess.start(shop.dataFolder(), "--durability=page-cache");
        try (LoadDriver driver = new LoadDriver(server.address()).expecting(Durability.PAGE_CACHE)) {
            driver.start(workload);
            driver.awaitAcknowledged(20_000);
            server.kill();
        }
        shop.remember(workload);
        shop.assertSoundOnDisk();
        server = ServerProcess.start(shop.dataFolder());
        shop.assertServed(server.address());
    }

    /** The client's own way through a crash: it connects again and sends again what has no answer, under the same keys. */
    @Test
    void aReconnectingClientGetsEveryAnswerOnce() throws IOException {
        final Shop shop = new Shop(folder.resolve("data"));
        final Workload workload = new Workload(SEED + 70);
        server = ServerProcess.start(shop.dataFolder());
        try (LoadDriver driver = LoadDriver.reconnecting(server.address())) {
            driver.start(workload);
            for (int crash = 1; crash <= 3; crash++) {
                driver.awaitAcknowledged(crash * 5_000);
                server.kill();
                server = ServerProcess.startAgainAt(server.address(), shop.dataFolder());
            }
            driver.awaitAcknowledged(20_000);
            driver.finish();
        }
        shop.remember(workload);
        assertTrue(workload.sent().stream().allMatch(Sent::isAcknowledged), "an answer is missing");
        assertEquals(0, server.stop(), server.transcript());
        assertEquals(workload.sent().size(), shop.assertSoundOnDisk().commands());
    }

    private void awaitNewEpoch(final int epochOrLater) {
        final Path journal = folder.resolve("data/journal");
        Await.until(
                Duration.ofSeconds(30),
                () -> Files.isDirectory(journal.resolve(String.format("epoch-%06d", epochOrLater)))
                        || server.isReady()
                        || !server.isAlive(),
                () -> "no new epoch:\n" + server.transcript());
    }

    private int killUnderLoad(final Shop shop, final long seed, final int acknowledgements) throws IOException {
        final Workload workload = new Workload(seed);
        try (LoadDriver driver = new LoadDriver(server.address())) {
            driver.start(workload);
            driver.awaitAcknowledged(acknowledgements);
            server.kill();
            assertFalse(server.isAlive());
        }
        shop.remember(workload);
        return (int) workload.sent().stream().filter(Sent::isAcknowledged).count();
    }
}

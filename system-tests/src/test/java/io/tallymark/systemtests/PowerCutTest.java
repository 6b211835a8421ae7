package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes while the server writes, see {@link LoopDisk}. What it had acknowledged must be there when the power
 * is back; without the force it is not, which shows that the test can fail.
 */
final class PowerCutTest {
    private static final long SEED = 2_011;
    private static final int ROUNDS = 10;
    private static final int ROUNDS_WITHOUT_FORCE = 3;
    private static final Duration ROLL_TIMEOUT = Duration.ofSeconds(30);
    private static final String SMALL_FILES = "-Dtallymark.journal.fileBytes=524288";
    private static final String NO_FORCE = "-Dtallymark.test.skip-force=true";

    @TempDir
    Path folder;

    private LoopDisk disk;
    private ServerProcess server;
    private Shop shop;

    @BeforeEach
    void mount() throws IOException {
        final String reason = LoopDisk.reasonNotAvailable();
        Assumptions.assumeTrue(reason == null, reason);
        disk = LoopDisk.format(folder);
        shop = new Shop(disk.root().resolve("data"));
    }

    @AfterEach
    void unmount() throws IOException {
        if (server != null) {
            server.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void nothingAcknowledgedIsLost() throws IOException {
        System.out.println("PowerCutTest seed " + SEED);
        final SplittableRandom random = new SplittableRandom(SEED);
        int cutsDuringRoll = 0;
        for (int round = 0; round < ROUNDS; round++) {
            server = ServerProcess.start(shop.dataFolder(), SMALL_FILES);
            if (round > 0) {
                shop.assertServed(server.address());
            }
            final boolean duringRoll = round % 3 == 1;
            cutUnderLoad(SEED + round, 200 + random.nextInt(20_000), duringRoll, true);
            cutsDuringRoll += duringRoll ? 1 : 0;
            disk.restore();
            final JournalAudit audit = round % 3 == 1 ? shop.assertSoundOnDisk() : shop.assertHoldsOnDisk();
            System.out.println("power cut " + round + (duringRoll ? " during a file roll" : "") + ": "
                    + shop.everSent().stream().filter(Sent::isAcknowledged).count() + " acknowledged so far, "
                    + audit.commands() + " commands in the journal");
        }
        assertTrue(cutsDuringRoll > 0);
        server = ServerProcess.start(shop.dataFolder());
        shop.assertServed(server.address());
        server.stop();
        shop.assertToolsAgree();
    }

    @Test
    void withoutTheForceAcknowledgedCommandsAreLost() throws IOException {
        int lost = 0;
        for (int round = 0; round < ROUNDS_WITHOUT_FORCE && lost == 0; round++) {
            shop = new Shop(disk.root().resolve("unforced-" + round));
            server = ServerProcess.start(shop.dataFolder(), NO_FORCE);
            cutUnderLoad(SEED + 100 + round, 5_000, false, false);
            disk.restore();
            lost += countLost();
        }
        assertTrue(lost > 0, "the check finds nothing missing even where nothing was forced");
        System.out.println("without the force " + lost + " acknowledged commands were lost, as they must");
    }

    private int countLost() {
        try {
            return JournalAudit.of(shop.dataFolder()).missing(shop.everSent()).size();
        } catch (final JournalException e) {
            // Nothing can be read back at all.
            return (int) shop.everSent().stream().filter(Sent::isAcknowledged).count();
        }
    }

    private void cutUnderLoad(
            final long seed, final int acknowledgements, final boolean duringRoll, final boolean isForced)
            throws IOException {
        final Workload workload = new Workload(seed);
        try (LoadDriver driver = new LoadDriver(server.address())) {
            driver.start(workload);
            driver.awaitAcknowledged(acknowledgements);
            if (duringRoll) {
                awaitNewFile();
            }
            // What is told after the power went reaches nobody. Here it still could: while the file system shuts
            // down, a plain fdatasync may return success and its bytes be dropped (seen on Linux 6.18, without any of
            // our code).
            driver.stopListening();
            disk.cut();
            if (isForced) {
                // The failing force is a fail-stop: the server ends by itself, and not as if all were well.
                assertNotEquals(0, server.awaitExit(), server.transcript());
            } else {
                server.kill();
            }
        }
        shop.remember(workload);
    }

    /** Returns at the moment a new file of the journal appears. */
    private void awaitNewFile() {
        final List<Path> before = JournalFiles.logs(shop.dataFolder());
        Await.until(ROLL_TIMEOUT, () -> JournalFiles.logs(shop.dataFolder()).size() > before.size(), () -> "no roll");
    }
}

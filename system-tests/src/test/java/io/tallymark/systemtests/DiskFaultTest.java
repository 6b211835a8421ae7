package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.systemtests.JournalFiles.FramePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that lies. What was forced and is damaged stops the start, with the place; what was never forced and is torn is
 * left out, said, and never comes back.
 */
final class DiskFaultTest {
    private static final long SEED = 99;
    private static final Duration SAYING_TIMEOUT = Duration.ofSeconds(30);
    private static final String SMALL_FILES = "-Dtallymark.journal.fileBytes=524288";

    @TempDir
    static Path folder;

    private static Shop shop;
    private static List<FramePlace> frames;
    private static long watermark;

    /** Two lives, both ended by kill -9, each over several files. */
    @BeforeAll
    static void live() throws IOException {
        System.out.println("DiskFaultTest seed " + SEED);
        shop = new Shop(folder.resolve("sound"));
        for (int life = 0; life < 2; life++) {
            final Workload workload = new Workload(SEED + life);
            try (ServerProcess server = ServerProcess.start(shop.dataFolder(), SMALL_FILES);
                    LoadDriver driver = new LoadDriver(server.address())) {
                driver.start(workload);
                driver.awaitAcknowledged(40_000);
                server.kill();
            }
            shop.remember(workload);
        }
        shop.assertSoundOnDisk();
        frames = JournalFiles.frames(shop.dataFolder());
        watermark = frames.stream().mapToLong(FramePlace::forcedThrough).max().orElseThrow();
        assertTrue(JournalFiles.logs(shop.dataFolder()).size() > 4, "too few files for these tests");
        assertTrue(frames.get(frames.size() - 1).lastSequence() > watermark, "the last frame cannot know of its force");
    }

    @AfterAll
    static void forget() {
        shop = null;
        frames = null;
    }

    @Test
    void aFlippedByteStopsTheStart() throws IOException {
        final SplittableRandom random = new SplittableRandom(SEED);
        final FramePlace inTheMiddle = frames.get(frames.size() / 3);
        final FramePlace atTheWatermark = frames.stream()
                .filter(frame -> frame.lastSequence() == watermark)
                .findFirst()
                .orElseThrow();
        for (final FramePlace frame : List.of(frames.get(0), inTheMiddle, atTheWatermark)) {
            final Path damaged = copyOf("flipped-" + frame.firstSequence());
            final int offset = frame.offset() + random.nextInt(frame.length());
            final byte[] one = JournalFiles.read(frame.file(), offset, 1);
            one[0] ^= (byte) (1 << random.nextInt(8));
            JournalFiles.write(in(damaged, frame.file()), offset, one);
            assertRefused(damaged, frame.file(), frame.firstSequence());
        }
    }

    @Test
    void aFrameCutShortStopsTheStart() throws IOException {
        final FramePlace frame = frames.get(frames.size() / 2);
        final Path damaged = copyOf("cut");
        final int kept = frame.length() / 2;
        JournalFiles.write(in(damaged, frame.file()), frame.offset() + kept, new byte[frame.length() - kept]);
        assertRefused(damaged, frame.file(), frame.firstSequence());
    }

    @Test
    void aFrameCutOutWholeStopsTheStart() throws IOException {
        final FramePlace frame = frames.get(frames.size() / 2);
        final Path damaged = copyOf("cut-out");
        JournalFiles.write(in(damaged, frame.file()), frame.offset(), new byte[frame.length()]);
        assertRefused(damaged, frame.file(), frame.firstSequence());
    }

    @Test
    void aMissingFileStopsTheStart() throws IOException {
        final FramePlace firstOfSecondFile = frames.stream()
                .filter(frame -> !frame.file().equals(frames.get(0).file()))
                .findFirst()
                .orElseThrow();
        final Path damaged = copyOf("missing");
        Files.delete(in(damaged, firstOfSecondFile.file()));
        assertRefused(damaged, firstOfSecondFile.file(), firstOfSecondFile.firstSequence());
    }

    @Test
    void aMissingEpochStopsTheStart() throws IOException {
        final Path damaged = copyOf("missing-epoch");
        final Path epoch = frames.get(0).file().getParent();
        JournalFiles.delete(in(damaged, epoch));
        final long lastOfEpoch = frames.stream()
                .filter(frame -> frame.epoch() == 1)
                .mapToLong(FramePlace::lastSequence)
                .max()
                .orElseThrow();
        assertRefused(damaged, epoch, lastOfEpoch);
    }

    @Test
    void aTornEndIsIgnoredSaidAndNeverComesBack() throws IOException {
        final Path torn = copyOf("torn");
        final FramePlace last = frames.get(frames.size() - 1);
        // Half of a frame behind the last one, under a document header that claims all of it, as a power cut leaves it.
        final byte[] half = Arrays.copyOf(
                JournalFiles.read(last.file(), last.offset() - Integer.BYTES, last.length() + Integer.BYTES),
                Integer.BYTES + last.length() / 2);
        final long end = last.offset() + (last.length() + 3 & -4);
        JournalFiles.write(in(torn, last.file()), end, half);

        final Shop after = new Shop(torn);
        after.everSent().addAll(shop.everSent());
        try (ServerProcess server = ServerProcess.start(torn, SMALL_FILES)) {
            // The two outputs are read by two threads: the ready line may be here before an earlier line of the other.
            Await.until(
                    SAYING_TIMEOUT,
                    () -> server.transcript().contains(last.file().getFileName().toString())
                            && server.transcript().contains("ignored"),
                    () -> "the start says nothing of the torn end:\n" + server.transcript());
            after.assertServed(server.address());
            final Workload workload = new Workload(SEED + 10);
            try (LoadDriver driver = new LoadDriver(server.address())) {
                driver.start(workload);
                driver.awaitAcknowledged(5_000);
            }
            after.remember(workload);
            server.kill();
        }
        after.assertSoundOnDisk();
        try (ServerProcess server = ServerProcess.start(torn, SMALL_FILES)) {
            after.assertServed(server.address());
            assertEquals(0, server.stop(), server.transcript());
        }
        after.assertSoundOnDisk();
        after.assertToolsAgree();
    }

    private static Path copyOf(final String name) throws IOException {
        return JournalFiles.copy(shop.dataFolder(), folder.resolve(name));
    }

    /** The same file in a copy of the folder. */
    private static Path in(final Path copy, final Path file) {
        return copy.resolve(shop.dataFolder().relativize(file));
    }

    private static void assertRefused(final Path damaged, final Path file, final long sequence) throws IOException {
        try (ServerProcess server = ServerProcess.launch(damaged)) {
            final int exitCode = server.awaitExit();
            assertFalse(server.isReady(), server.transcript());
            assertNotEquals(0, exitCode, server.transcript());
            assertFalse(server.transcript().contains("Exception"), server.transcript());
            assertNames(server.transcript(), file, sequence);
        }
        final Tool verify = Tool.verify(damaged);
        assertNotEquals(0, verify.exitCode(), verify.transcript());
        assertNames(verify.transcript(), file, sequence);
        JournalFiles.delete(damaged);
    }

    private static void assertNames(final String said, final Path file, final long sequence) {
        assertTrue(said.contains(file.getFileName().toString()), () -> "does not name " + file + ":\n" + said);
        assertTrue(
                said.matches("(?s).*\\bsequence " + sequence + "\\b.*"),
                () -> "does not name sequence " + sequence + ":\n" + said);
    }
}

package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to the files of a journal that was killed: epoch 1 clean, epoch 2 forced up to 30,000 and appended to 30,090. */
final class DiskDamageTest {
    private static final int CLEAN = 1_000;
    private static final int FORCED = 30_000;
    private static final int APPENDED = 30_090;

    @TempDir
    Path temp;

    private Path dir;
    private Path epoch2;

    @BeforeEach
    void killedJournal() throws IOException {
        final Path live = temp.resolve("live");
        dir = temp.resolve("data");
        try (DataFolder folder = DataFolder.lock(live)) {
            try (Journal journal = Journal.start(folder, Samples.SMALL, end(live), 1, 2)) {
                Samples.append(journal, 1, CLEAN, 50);
                journal.force();
            }
            try (Journal journal = Journal.start(folder, Samples.SMALL, end(live), 1, 2)) {
                Samples.append(journal, CLEAN + 1, FORCED, 200);
                journal.force();
                Samples.append(journal, FORCED + 1, APPENDED, 10);
                // What kill -9 leaves is what the files hold at this moment.
                copy(live, dir);
            }
        }
        epoch2 = dir.resolve("journal/epoch-000002");
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (final Path path : (Iterable<Path>) paths::iterator) {
                final Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static JournalEnd end(final Path data) {
        try (JournalReader reader = JournalReader.open(data)) {
            Samples.readAccruals(reader);
            return reader.end();
        }
    }

    private record Place(Path file, long position, int length) {}

    /** Where the frame with this sequence stands. */
    private Place place(final int epoch, final long sequence) {
        final FrameLogs logs = FrameFiles.forReader(dir.resolve("journal"), FrameFiles.Kind.CHRONICLE);
        try (FrameCursor cursor = logs.read(epoch)) {
            while (cursor.next()) {
                final long first = Frame.firstSequence(cursor.buffer(), cursor.offset());
                if (first <= sequence && sequence < first + Frame.count(cursor.buffer(), cursor.offset())) {
                    return new Place(Path.of(cursor.fileName()), cursor.position(), cursor.length());
                }
            }
        }
        throw new AssertionError("no frame holds " + sequence);
    }

    private static void overwrite(final Path file, final long position, final int count, final int value)
            throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.seek(position);
            for (int i = 0; i < count; i++) {
                f.write(value);
            }
        }
    }

    private void assertRefused(final String file, final long sequence) {
        final JournalException e = assertThrows(JournalException.class, () -> end(dir));
        assertTrue(e.getMessage().contains(file), e.getMessage());
        assertTrue(e.getMessage().contains("sequence " + sequence), e.getMessage());
    }

    @Test
    void aKilledJournalIsReadToItsLastWholeFrame() {
        final JournalEnd end = end(dir);
        assertEquals(APPENDED, end.lastSequence());
        assertEquals(FORCED, end.watermark());
        assertNull(end.ignoredTail());
        assertTrue(end.file() > 0, "it rolled");
    }

    @Test
    void readingChangesNotAByte() throws IOException {
        final Path before = temp.resolve("before");
        copy(dir, before);
        end(dir);
        try (Stream<Path> paths = Files.walk(before)) {
            for (final Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                assertEquals(
                        -1,
                        Files.mismatch(path, dir.resolve(before.relativize(path).toString())));
            }
        }
        final List<String> names = names(dir);
        assertEquals(names(before), names);
    }

    private static List<String> names(final Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.map(p -> folder.relativize(p).toString()).sorted().toList();
        }
    }

    @Test
    void aTornEndAboveTheWatermarkIsReportedAndAppendsBehindItAreReadBack() throws IOException {
        // In the middle of the frame 30,041..30,050: the header survived, the rest of the file did not.
        final Place torn = place(2, FORCED + 41);
        try (RandomAccessFile f = new RandomAccessFile(torn.file.toFile(), "rw")) {
            final long length = f.length();
            f.setLength(torn.position + torn.length / 2);
            f.setLength(length);
        }
        final JournalEnd end = end(dir);
        assertEquals(FORCED + 40, end.lastSequence());
        assertNotNull(end.ignoredTail());
        assertTrue(end.ignoredTail().contains(torn.file.toString()), end.ignoredTail());
        assertTrue(end.ignoredTail().contains("position " + torn.position), end.ignoredTail());
        try (DataFolder folder = DataFolder.lock(dir);
                Journal journal = Journal.start(folder, Samples.SMALL, end, 1, 2)) {
            Samples.append(journal, FORCED + 41, FORCED + 500, 10);
            journal.force();
        }
        final JournalEnd after = end(dir);
        assertEquals(FORCED + 500, after.lastSequence());
        assertNull(after.ignoredTail());
        assertEquals(3, after.epoch());
    }

    @Test
    void anyCutAboveTheWatermarkEndsTheLogThere() throws IOException {
        final Place first = place(2, FORCED + 1);
        final Path file = first.file;
        final long length = Files.size(file);
        final byte[] whole = Files.readAllBytes(file);
        for (long cut = first.position; cut < first.position + 2L * first.length; cut += 7) {
            try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
                f.setLength(cut);
                f.setLength(length);
            }
            final long last = end(dir).lastSequence();
            assertTrue(last >= FORCED && last <= FORCED + 20, "cut at " + cut + ": " + last);
            Files.write(file, whole);
        }
    }

    @Test
    void aFlippedByteBelowTheWatermarkStopsTheStart() throws IOException {
        final Place at = place(2, 20_000);
        overwrite(at.file, at.position + at.length / 2, 1, 0xAA);
        assertRefused(at.file.toString(), 19_801);
    }

    @Test
    void aFlippedByteInAnEarlierEpochStopsTheStart() throws IOException {
        final Place at = place(1, 500);
        overwrite(at.file, at.position + at.length / 2, 1, 0xAA);
        assertRefused(at.file.toString(), 451);
    }

    @Test
    void aFlippedByteInTheLastForcedFrameStopsTheStartAlsoWithoutTheWatermarkFile() throws IOException {
        Files.delete(dir.resolve("journal/watermark"));
        final Place at = place(2, FORCED);
        overwrite(at.file, at.position + at.length / 2, 1, 0xAA);
        assertRefused(at.file.toString(), FORCED - 199);
    }

    @Test
    void aZeroedDocumentHeaderBelowTheWatermarkStopsTheStart() throws IOException {
        final Place at = place(2, 20_000);
        overwrite(at.file, at.position, 4, 0);
        assertRefused(at.file.toString(), 19_801);
    }

    @Test
    void aZeroedFrameWithItsHeaderStopsTheStart() throws IOException {
        final Place at = place(2, 20_000);
        overwrite(at.file, at.position, at.length + 4, 0);
        assertRefused(at.file.toString(), 19_801);
    }

    @Test
    void aMissingFileStopsTheStart() throws IOException {
        final Place at = place(2, CLEAN + 1);
        Files.delete(at.file);
        assertRefused(at.file.toString(), CLEAN + 1);
    }

    @Test
    void aMissingLastFileStopsTheStart() throws IOException {
        final Place at = place(2, FORCED);
        Files.delete(at.file);
        final JournalException e = assertThrows(JournalException.class, () -> end(dir));
        assertTrue(e.getMessage().contains("epoch-000002"), e.getMessage());
        assertTrue(e.sequence() > CLEAN && e.sequence() <= FORCED, e.getMessage());
    }

    @Test
    void aMissingEpochStopsTheStart() throws IOException {
        delete(dir.resolve("journal/epoch-000001"));
        final JournalException e = assertThrows(JournalException.class, () -> end(dir));
        assertTrue(e.getMessage().contains("epoch-000001"), e.getMessage());
    }

    @Test
    void aMissingLastEpochStopsTheStart() throws IOException {
        delete(epoch2);
        final JournalException e = assertThrows(JournalException.class, () -> end(dir));
        assertTrue(e.getMessage().contains("epoch-000002"), e.getMessage());
        assertEquals(FORCED, e.sequence());
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (final Path path :
                    paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void aFileThatWasSetAsideStopsTheStart() throws IOException {
        final Place at = place(2, FORCED);
        final Path discarded = at.file.resolveSibling(at.file.getFileName() + "-1790000000000.discard");
        Files.move(at.file, discarded);
        final JournalException e = assertThrows(JournalException.class, () -> end(dir));
        assertTrue(e.getMessage().contains(discarded.toString()), e.getMessage());
    }

    @Test
    void aDamagedStartOfTheLastEpochStopsTheStart() throws IOException {
        final Path first = place(2, CLEAN + 1).file;
        try (FrameCursor cursor = FrameFiles.forReader(dir.resolve("journal"), FrameFiles.Kind.CHRONICLE)
                .read(2)) {
            assertTrue(cursor.next());
            overwrite(first, cursor.position() + 70, 1, 0x99);
        }
        assertRefused(first.toString(), CLEAN + 1);
    }

    @Test
    void aFrameThatPosesAsChroniclesOwnIsNeverPassedOver() throws IOException {
        final Place last = place(2, APPENDED);
        try (FileChannel channel = FileChannel.open(last.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer highest = ByteBuffer.allocate(1);
            channel.read(highest, last.position() + 3);
            highest.put(0, (byte) (highest.get(0) | 0x40)).rewind();
            channel.write(highest, last.position() + 3);
        }
        final JournalEnd end = end(dir);
        assertTrue(end.lastSequence() < APPENDED);
        assertTrue(end.ignoredTail().contains("metadata"), "passed over without a word: " + end.ignoredTail());
    }
}

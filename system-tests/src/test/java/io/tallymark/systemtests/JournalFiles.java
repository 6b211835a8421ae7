package io.tallymark.systemtests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a journal as bytes on a disk, found by their documented layout, to damage them on purpose. */
final class JournalFiles {
    private static final byte[] MAGIC = {(byte) 0x89, 0x54, 0x4D, (byte) 0xFF};
    private static final int HEADER_BYTES = 56;
    private static final int BATCH = 2;

    /** One frame that holds records. */
    record FramePlace(
            Path file, int offset, int length, int epoch, int recordCount, long firstSequence, long forcedThrough) {
        long lastSequence() {
            return firstSequence + recordCount - 1;
        }
    }

    private JournalFiles() {}

    /** All files that hold frames, in the order in which they were written. */
    static List<Path> logs(final Path dataFolder) {
        try (Stream<Path> walk = Files.walk(dataFolder)) {
            return walk.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All frames with records, in order. */
    static List<FramePlace> frames(final Path dataFolder) throws IOException {
        final List<FramePlace> frames = new ArrayList<>();
        for (final Path file : logs(dataFolder)) {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int at = 0;
            while (at <= bytes.capacity() - HEADER_BYTES) {
                if (!isFrame(bytes, at)) {
                    at += 4;
                    continue;
                }
                if (bytes.get(at + 13) == BATCH) {
                    frames.add(new FramePlace(
                            file,
                            at,
                            bytes.getInt(at + 8),
                            bytes.getInt(at + 16),
                            bytes.getInt(at + 20),
                            bytes.getLong(at + 24),
                            bytes.getLong(at + 40)));
                }
                at += Math.max(bytes.getInt(at + 8), HEADER_BYTES) + 3 & -4;
            }
        }
        return frames;
    }

    private static boolean isFrame(final ByteBuffer bytes, final int at) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes.get(at + i) != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** Overwrites bytes of a file. */
    static void write(final Path file, final long offset, final byte[] bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            access.write(bytes);
        }
    }

    /** Reads bytes of a file. */
    static byte[] read(final Path file, final long offset, final int length) throws IOException {
        final byte[] bytes = new byte[length];
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            access.seek(offset);
            access.readFully(bytes);
        }
        return bytes;
    }

    /** Copies a data folder, to damage the copy. */
    static Path copy(final Path from, final Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }

    /** Deletes a folder with all in it. */
    static void delete(final Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final IOException failure)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

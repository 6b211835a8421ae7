package io.tallymark.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of frame log has to do. */
final class FrameLogConformanceTest {
    private static final JournalOptions OPTIONS = new JournalOptions(Durability.FSYNC, 8 << 20, 512 << 10);

    enum Kind {
        CHRONICLE,
        MEMORY,
        PLAIN
    }

    @TempDir
    Path dir;

    private final UnsafeBuffer frame =
            new UnsafeBuffer(ByteBuffer.allocateDirect(512 << 10).order(ByteOrder.LITTLE_ENDIAN));
    private final CRC32C crc = new CRC32C();

    private FrameLogs logs(final Kind kind) throws IOException {
        return switch (kind) {
            case MEMORY -> new MemoryFrameLogs();
            case CHRONICLE -> FrameFiles.forOwner(Files.createDirectories(dir), FrameFiles.Kind.CHRONICLE);
            case PLAIN -> FrameFiles.forOwner(Files.createDirectories(dir), FrameFiles.Kind.PLAIN);
        };
    }

    /** A whole frame whose bytes follow from its number. */
    private int fill(final long number) {
        final int length = length(number);
        frame.setMemory(0, length, (byte) (number * 31 + 7));
        frame.putInt(0, Frame.MAGIC);
        frame.putInt(Frame.LENGTH_OFFSET, length);
        frame.putByte(Frame.VERSION_OFFSET, (byte) Frame.VERSION);
        frame.putLong(Frame.FIRST_SEQUENCE_OFFSET, number);
        frame.putInt(Frame.CRC_OFFSET, Frame.crc(crc, frame.byteBuffer(), 0, length));
        return length;
    }

    private static int length(final long number) {
        return (int) (number % 40 == 0 ? 500_000 + number : Frame.HEADER_BYTES + number * number % 3_001);
    }

    private void appendAll(final FrameLog log, final long from, final long to) {
        for (long number = from; number <= to; number++) {
            log.append(frame, fill(number));
            frame.setMemory(0, frame.capacity(), (byte) 0x55);
        }
    }

    private static void assertHolds(final FrameCursor cursor, final long from, final long to) {
        for (long number = from; number <= to; number++) {
            assertTrue(cursor.next(), "frame " + number + ": " + cursor.reason());
            assertEquals(length(number), cursor.length());
            assertEquals(number, Frame.firstSequence(cursor.buffer(), cursor.offset()));
            assertEquals((byte) (number * 31 + 7), cursor.buffer().getByte(cursor.offset() + Frame.RESERVED_OFFSET));
        }
        assertFalse(cursor.next());
        assertNull(cursor.reason());
        assertFalse(cursor.seek());
    }

    @ParameterizedTest
    @EnumSource
    void framesAreReadBackInOrderWhileOpenAndAfterwards(final Kind kind) throws IOException {
        final FrameLogs logs = logs(kind);
        assertEquals(0, logs.lastEpoch());
        try (FrameLog log = logs.create(1, OPTIONS)) {
            appendAll(log, 1, 100);
            log.force();
            try (FrameCursor cursor = log.read()) {
                assertHolds(cursor, 1, 100);
            }
            appendAll(log, 101, 200);
        }
        assertEquals(1, logs.lastEpoch());
        logs.force(1);
        try (FrameCursor cursor = logs.read(1)) {
            assertHolds(cursor, 1, 200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRollStartsAFileAndFreeDropsThoseBefore(final Kind kind) throws IOException {
        final FrameLogs logs = logs(kind);
        try (FrameLog log = logs.create(1, OPTIONS)) {
            for (int file = 0; file < 4; file++) {
                assertEquals(file, log.file());
                assertEquals(0, log.position());
                appendAll(log, file * 10 + 1, file * 10 + 10);
                assertTrue(log.position() > 0);
                log.force();
                if (file < 3) {
                    log.roll();
                }
            }
            try (FrameCursor cursor = log.read()) {
                assertHolds(cursor, 1, 40);
                assertEquals(3, cursor.file());
            }
            log.free(2);
            assertThrows(JournalException.class, log::read, "a missing file is never passed over");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThreadForcesWhileAnotherAppendsAndRolls(final Kind kind) throws Exception {
        final FrameLogs logs = logs(kind);
        final AtomicBoolean done = new AtomicBoolean();
        final AtomicReference<Throwable> failed = new AtomicReference<>();
        try (FrameLog log = logs.create(1, OPTIONS)) {
            final Thread forcing = new Thread(() -> {
                try {
                    while (!done.get()) {
                        log.force();
                    }
                } catch (final RuntimeException e) {
                    failed.set(e);
                }
            });
            forcing.start();
            for (int i = 0; i < 20; i++) {
                appendAll(log, i * 50 + 1, i * 50 + 50);
                if (i % 2 == 1) {
                    log.roll();
                }
            }
            done.set(true);
            forcing.join();
            assertNull(failed.get());
            log.force();
        }
        try (FrameCursor cursor = logs.read(1)) {
            assertHolds(cursor, 1, 1_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEpochIsMadeOnceAndAMissingOneIsAnError(final Kind kind) throws IOException {
        final FrameLogs logs = logs(kind);
        logs.create(1, OPTIONS).close();
        assertThrows(JournalException.class, () -> logs.create(1, OPTIONS));
        final JournalException e = assertThrows(JournalException.class, () -> logs.read(2));
        assertTrue(e.getMessage().contains(logs.name(2)), e.getMessage());
    }
}

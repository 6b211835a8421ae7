package io.tallymark.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.RollCycleArithmetic;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The product: one frame is one document of a Chronicle Queue of its own. The queue's clock counts files, so that it
 * rolls when we say so; forcing is done beside Chronicle, on the files themselves.
 */
final class ChronicleFrameLog implements FrameLog {
    /** What Chronicle needs beside a frame: document header, padding, now and then an index page. */
    private static final int MARGIN = 64 << 10;

    /** Chronicle's own small file of an epoch. */
    private static final int METADATA_BYTES = 256 << 10;

    private static final long EXTENT_BYTES = 32L << 20;
    private static final int MIN_BLOCK_BYTES = 4 << 20;
    private static final int MAX_USEFUL_BLOCK_BYTES = 16 << 20;
    private static final int BLOCK_PER_FRAME = 4;
    private static final int DOCUMENT_HEADER_BYTES = 4;

    static {
        System.setProperty("chronicle.analytics.disable", "true");
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            // Without a logging provider SLF4J would complain on stderr, on behalf of a library that nobody asked for.
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        final System.Logger log = System.getLogger(ChronicleFrameLog.class.getName());
        Jvm.setExceptionHandlers(
                (clazz, message, thrown) -> log.log(System.Logger.Level.ERROR, message, thrown),
                (clazz, message, thrown) -> log.log(System.Logger.Level.WARNING, message, thrown),
                null,
                null);
    }

    private final Path folder;
    private final long fileBytes;
    private final int blockBytes;
    private final ForceQueue toForce;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final PointerBytesStore pointer = new PointerBytesStore();
    private volatile int file;
    private int enteredFile = -1;
    private long position;
    private long reserved;
    private volatile JournalException failure;

    ChronicleFrameLog(final Path folder, final JournalOptions options) {
        this.folder = folder;
        this.fileBytes = options.fileBytes();
        final long useful = Math.min(MAX_USEFUL_BLOCK_BYTES, Math.max(MIN_BLOCK_BYTES, fileBytes));
        this.blockBytes = Integer.highestOneBit((int)
                Math.max(useful, Math.min(1L << 30, 2L * BLOCK_PER_FRAME * options.maxFrameBytes() - 1)));
        this.toForce = new ForceQueue(folder);
        // Before anything is made: a start that fails for want of room leaves no folder behind, however often it is
        // tried.
        DiskSpace.requireUsable(folder, METADATA_BYTES + MARGIN + options.maxFrameBytes() + blockBytes / 4);
        try {
            Files.createDirectory(folder);
            queue = SingleChronicleQueueBuilder.binary(folder)
                    .rollCycle(new CountedCycle())
                    .timeProvider(() -> (long) file * CycleNames.CYCLE_MS)
                    .blockSize(blockBytes)
                    .build();
            appender = queue.createAppender();
            appender.singleThreadedCheckDisabled(true);
        } catch (final IOException | RuntimeException e) {
            throw new JournalException("the epoch's folder cannot be made: " + e, folder.toString(), 0, e);
        }
    }

    @Override
    public void append(final UnsafeBuffer frame, final int length) {
        if (failure != null) {
            throw new JournalException("an append failed before", failure.file(), 0, failure);
        }
        try {
            reserve(length);
            pointer.set(frame.addressOffset(), length);
            appender.writeBytes(pointer);
            if (enteredFile != file) {
                toForce.enter(CycleNames.file(folder, file));
                enteredFile = file;
            }
            position = (position + DOCUMENT_HEADER_BYTES + length + DOCUMENT_HEADER_BYTES - 1) & -DOCUMENT_HEADER_BYTES;
        } catch (final JournalException e) {
            failure = e;
            throw e;
        } catch (final IOException | RuntimeException | InternalError e) {
            // InternalError: how the JVM reports a mapped page that the device could not give.
            failure = new JournalException(
                    "a frame could not be written near position " + position + ": " + e,
                    CycleNames.file(folder, file).toString(),
                    0,
                    e);
            throw failure;
        }
    }

    private void reserve(final int length) {
        // Chronicle maps a block and a quarter ahead of where it writes, and may touch any of it.
        final long needed = position + length + MARGIN + blockBytes / 4;
        if (needed > reserved) {
            final long to = Math.max(needed, Math.min(reserved + EXTENT_BYTES, Math.max(fileBytes, needed)));
            DiskSpace.reserve(CycleNames.file(folder, file), reserved, to);
            reserved = to;
        }
    }

    @Override
    public void roll() {
        file = file + 1;
        position = 0;
        reserved = 0;
    }

    @Override
    public void force() {
        toForce.force();
    }

    @Override
    public int file() {
        return file;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FrameCursor read() {
        return new FrameScanner(new FolderSource(folder, FrameSource.Layout.CHRONICLE));
    }

    @Override
    public void free(final int firstFileKept) {
        FrameFiles.deleteBelow(folder, firstFileKept);
    }

    @Override
    public void close() {
        try {
            appender.close();
            queue.close();
            toForce.close();
        } catch (final IOException e) {
            throw new JournalException("the log cannot be closed: " + e, folder.toString(), 0, e);
        }
    }

    /** Cycle n is file n. */
    static final class CountedCycle implements RollCycle {
        private static final int INDEX_COUNT = 1 << 10;
        private static final int INDEX_SPACING = 1 << 6;
        private final RollCycleArithmetic arithmetic = RollCycleArithmetic.of(INDEX_COUNT, INDEX_SPACING);

        @Override
        public String format() {
            return CycleNames.PATTERN;
        }

        @Override
        public int lengthInMillis() {
            return CycleNames.CYCLE_MS;
        }

        @Override
        public int defaultIndexCount() {
            return arithmetic.indexCount();
        }

        @Override
        public int defaultIndexSpacing() {
            return arithmetic.indexSpacing();
        }

        @Override
        public long toIndex(final int cycle, final long sequenceNumber) {
            return arithmetic.toIndex(cycle, sequenceNumber);
        }

        @Override
        public long toSequenceNumber(final long index) {
            return arithmetic.toSequenceNumber(index);
        }

        @Override
        public int toCycle(final long index) {
            return arithmetic.toCycle(index);
        }

        @Override
        public long maxMessagesPerCycle() {
            return arithmetic.maxMessagesPerCycle();
        }
    }
}

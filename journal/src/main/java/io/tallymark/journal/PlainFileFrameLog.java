package io.tallymark.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames back to back in preallocated files: the yardstick that Chronicle's log is measured against. */
final class PlainFileFrameLog implements FrameLog {
    private static final long EXTENT_BYTES = 32L << 20;
    private static final int ALIGNMENT = 8;

    private final Path folder;
    private final long fileBytes;
    private final ForceQueue toForce;
    private ByteBuffer view;
    private UnsafeBuffer viewed;
    private FileChannel channel;
    private volatile int file;
    private long position;
    private long reserved;
    private volatile JournalException failure;

    PlainFileFrameLog(final Path folder, final JournalOptions options) {
        this.folder = folder;
        this.fileBytes = options.fileBytes();
        this.toForce = new ForceQueue(folder);
        try {
            Files.createDirectory(folder);
        } catch (final IOException e) {
            throw new JournalException("the epoch's folder cannot be made: " + e, folder.toString(), 0, e);
        }
    }

    @Override
    public void append(final UnsafeBuffer frame, final int length) {
        if (failure != null) {
            throw new JournalException("an append failed before", failure.file(), 0, failure);
        }
        final Path path = CycleNames.file(folder, file);
        try {
            if (position + length > reserved) {
                final long to = Math.max(position + length, Math.min(reserved + EXTENT_BYTES, fileBytes));
                DiskSpace.reserve(path, reserved, to);
                reserved = to;
            }
            if (channel == null) {
                channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                toForce.enter(path);
            }
            if (viewed != frame) {
                viewed = frame;
                view = frame.byteBuffer().duplicate();
            }
            view.limit(length).position(0);
            long at = position;
            while (view.hasRemaining()) {
                at += channel.write(view, at);
            }
            position = (at + ALIGNMENT - 1) & -ALIGNMENT;
        } catch (final JournalException e) {
            failure = e;
            throw e;
        } catch (final IOException e) {
            failure = new JournalException(
                    "a frame could not be written at position " + position + ": " + e, path.toString(), 0, e);
            throw failure;
        }
    }

    @Override
    public void roll() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            failure = new JournalException("the file cannot be closed: " + e, folder.toString(), 0, e);
            throw failure;
        }
        channel = null;
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
        return new FrameScanner(new FolderSource(folder, FrameSource.Layout.PLAIN));
    }

    @Override
    public void free(final int firstFileKept) {
        FrameFiles.deleteBelow(folder, firstFileKept);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            toForce.close();
        } catch (final IOException e) {
            throw new JournalException("the log cannot be closed: " + e, folder.toString(), 0, e);
        }
    }
}

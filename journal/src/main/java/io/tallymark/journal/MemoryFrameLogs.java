package io.tallymark.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Logs in memory that can be made to fail and to be damaged: for simulations and for tests that need thousands of
 * journals. Two threads may append and force; faults are set and damage is done while neither does.
 */
public final class MemoryFrameLogs implements FrameLogs {
    private static final int ALIGNMENT = 8;
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Epoch> epochs = new ArrayList<>();
    private final byte[] watermarkBytes = new byte[Watermark.BYTES];
    private long forcesUntilFailure = NEVER;
    private long appendsUntilFailure = NEVER;

    /** Logs without an epoch. */
    public MemoryFrameLogs() {}

    private static final class Epoch {
        final List<MemoryFile> files = new ArrayList<>();
    }

    private static final class MemoryFile {
        byte[] bytes = new byte[1 << 12];
        int length;
        int forced;
        /** Behind the last byte that the device refused: readable and clean, so that no force brings it there. */
        int refused;

        boolean missing;
    }

    @Override
    public synchronized int lastEpoch() {
        return epochs.size();
    }

    @Override
    public synchronized FrameLog create(final int epoch, final JournalOptions options) {
        if (epoch != epochs.size() + 1) {
            throw new JournalException("epoch " + epoch + " after " + epochs.size(), name(epoch), 0);
        }
        final Epoch created = new Epoch();
        created.files.add(new MemoryFile());
        epochs.add(created);
        return new Log(epoch);
    }

    @Override
    public synchronized FrameCursor read(final int epoch) {
        if (epoch < 1 || epoch > epochs.size() || epochs.get(epoch - 1) == null) {
            throw new JournalException("the epoch's folder is missing", name(epoch), 0);
        }
        return new FrameScanner(new Source(epoch));
    }

    @Override
    public synchronized void force(final int epoch) {
        if (--forcesUntilFailure <= 0) {
            forcesUntilFailure = 0;
            for (final MemoryFile file : epochs.get(epoch - 1).files) {
                file.refused = file.length;
            }
            throw new JournalException("the device did not take a force", name(epoch), 0);
        }
        for (final MemoryFile file : epochs.get(epoch - 1).files) {
            if (file.refused <= file.forced) {
                file.forced = file.length;
            }
        }
    }

    @Override
    public synchronized void rewrite(
            final int epoch, final int fromFile, final long fromPosition, final int toFile, final long toPosition) {
        for (int i = fromFile; i <= toFile; i++) {
            final MemoryFile file = epochs.get(epoch - 1).files.get(i);
            final long from = i == fromFile ? fromPosition : 0;
            final long to = i == toFile ? toPosition : file.length;
            if (from <= file.forced && to >= file.refused) {
                file.refused = 0;
            }
        }
    }

    @Override
    public void release(final int epoch, final int file, final long fromPosition) {
        // Reserves nothing.
    }

    @Override
    public String name(final int epoch) {
        return "memory/epoch-" + epoch;
    }

    @Override
    public Watermark watermark() {
        return new Watermark(new UnsafeBuffer(watermarkBytes), 1, () -> {});
    }

    /** The force with this number from now on fails, and all after it; 1 is the next one. */
    public synchronized void failForce(final long number) {
        forcesUntilFailure = number;
    }

    /** The append with this number from now on fails, and all after it; 1 is the next one. */
    public synchronized void failAppend(final long number) {
        appendsUntilFailure = number;
    }

    /** What a process that was killed leaves: everything appended, and the watermark. */
    public synchronized MemoryFrameLogs afterKill() {
        final MemoryFrameLogs copy = afterPowerLoss(Long.MAX_VALUE);
        for (int epoch = 0; epoch < epochs.size(); epoch++) {
            for (int i = 0; i < epochs.get(epoch).files.size(); i++) {
                final MemoryFile file = epochs.get(epoch).files.get(i);
                final MemoryFile copied = copy.epochs.get(epoch).files.get(i);
                copied.forced = file.forced;
                copied.refused = file.refused;
            }
        }
        System.arraycopy(watermarkBytes, 0, copy.watermarkBytes, 0, watermarkBytes.length);
        return copy;
    }

    /**
     * What a power loss leaves: the forced bytes, a few of those behind them in the last epoch, and no watermark.
     *
     * @param keptBytes unforced bytes that reached the device by chance, in order
     */
    public synchronized MemoryFrameLogs afterPowerLoss(final long keptBytes) {
        final MemoryFrameLogs copy = new MemoryFrameLogs();
        long left = keptBytes;
        for (final Epoch epoch : epochs) {
            final Epoch kept = new Epoch();
            for (final MemoryFile file : epoch.files) {
                final MemoryFile keptFile = new MemoryFile();
                final int extra = (int) Math.min(left, file.length - file.forced);
                left -= extra;
                keptFile.length = file.forced + extra;
                keptFile.forced = keptFile.length;
                keptFile.missing = file.missing;
                keptFile.bytes = Arrays.copyOf(file.bytes, Math.max(keptFile.length, 1 << 12));
                Arrays.fill(keptFile.bytes, keptFile.length, keptFile.bytes.length, (byte) 0);
                kept.files.add(keptFile);
            }
            copy.epochs.add(kept);
        }
        return copy;
    }

    /** Forgets the watermark, as a power loss may. */
    public synchronized void dropWatermark() {
        Arrays.fill(watermarkBytes, (byte) 0);
    }

    /** Bytes of a file. */
    public synchronized int length(final int epoch, final int file) {
        return epochs.get(epoch - 1).files.get(file).length;
    }

    /** Files of an epoch. */
    public synchronized int files(final int epoch) {
        return epochs.get(epoch - 1).files.size();
    }

    /** Flips the bits of one byte. */
    public synchronized void flip(final int epoch, final int file, final int position, final int mask) {
        epochs.get(epoch - 1).files.get(file).bytes[position] ^= (byte) mask;
    }

    /** Cuts a file after so many bytes. */
    public synchronized void cut(final int epoch, final int file, final int length) {
        final MemoryFile cut = epochs.get(epoch - 1).files.get(file);
        Arrays.fill(cut.bytes, length, cut.bytes.length, (byte) 0);
        cut.length = Math.min(length, cut.length);
    }

    /** Loses a file. */
    public synchronized void lose(final int epoch, final int file) {
        epochs.get(epoch - 1).files.get(file).missing = true;
    }

    /** Loses all of an epoch, which is not the last one. */
    public synchronized void lose(final int epoch) {
        epochs.set(epoch - 1, null);
    }

    private final class Log implements FrameLog {
        private final int epoch;
        private JournalException failure;

        Log(final int epoch) {
            this.epoch = epoch;
        }

        private MemoryFile last() {
            final List<MemoryFile> files = epochs.get(epoch - 1).files;
            return files.get(files.size() - 1);
        }

        private void checkNotFailed() {
            if (failure != null) {
                throw new JournalException("the log failed before", failure.file(), 0, failure);
            }
        }

        @Override
        public void append(final UnsafeBuffer frame, final int length) {
            synchronized (MemoryFrameLogs.this) {
                checkNotFailed();
                if (--appendsUntilFailure <= 0) {
                    appendsUntilFailure = 0;
                    failure = new JournalException("a frame could not be written", name(epoch), 0);
                    throw failure;
                }
                final MemoryFile file = last();
                final int end = (file.length + length + ALIGNMENT - 1) & -ALIGNMENT;
                if (end > file.bytes.length) {
                    file.bytes = Arrays.copyOf(file.bytes, Math.max(end, 2 * file.bytes.length));
                }
                frame.getBytes(0, file.bytes, file.length, length);
                file.length = end;
            }
        }

        @Override
        public void force() {
            synchronized (MemoryFrameLogs.this) {
                checkNotFailed();
                try {
                    MemoryFrameLogs.this.force(epoch);
                } catch (final JournalException e) {
                    failure = e;
                    throw e;
                }
            }
        }

        @Override
        public void roll() {
            synchronized (MemoryFrameLogs.this) {
                checkNotFailed();
                epochs.get(epoch - 1).files.add(new MemoryFile());
            }
        }

        @Override
        public int file() {
            return files(epoch) - 1;
        }

        @Override
        public long position() {
            return length(epoch, file());
        }

        @Override
        public FrameCursor read() {
            return MemoryFrameLogs.this.read(epoch);
        }

        @Override
        public void free(final int firstFileKept) {
            for (int file = 0; file < firstFileKept; file++) {
                lose(epoch, file);
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private final class Source implements FrameSource {
        private final int epoch;

        Source(final int epoch) {
            this.epoch = epoch;
        }

        @Override
        public int files() {
            return MemoryFrameLogs.this.files(epoch);
        }

        @Override
        public String fileName(final int file) {
            return name(epoch) + "/file-" + file;
        }

        @Override
        public long size(final int file) {
            synchronized (MemoryFrameLogs.this) {
                final MemoryFile found = epochs.get(epoch - 1).files.get(file);
                return found.missing ? -1 : found.length;
            }
        }

        @Override
        public void read(final int file, final long position, final ByteBuffer into) {
            synchronized (MemoryFrameLogs.this) {
                final MemoryFile found = epochs.get(epoch - 1).files.get(file);
                final int count = (int) Math.min(into.remaining(), found.length - position);
                if (count > 0) {
                    into.put(found.bytes, (int) position, count);
                }
            }
        }

        @Override
        public Layout layout() {
            return Layout.PLAIN;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}

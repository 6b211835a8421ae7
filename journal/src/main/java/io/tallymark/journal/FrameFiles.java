package io.tallymark.journal;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The logs of all epochs in folders of the journal's folder. */
final class FrameFiles implements FrameLogs {
    private static final Pattern EPOCH = Pattern.compile("epoch-(\\d{6,9})");
    private static final String WATERMARK = "watermark";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Which kind of log new epochs get. */
    enum Kind {
        CHRONICLE,
        PLAIN
    }

    private final Path folder;
    private final Kind kind;
    private final boolean readOnly;

    private FrameFiles(final Path folder, final Kind kind, final boolean readOnly) {
        this.folder = folder;
        this.kind = kind;
        this.readOnly = readOnly;
    }

    static FrameFiles forOwner(final Path folder, final Kind kind) {
        return new FrameFiles(folder, kind, false);
    }

    static FrameFiles forReader(final Path folder, final Kind kind) {
        return new FrameFiles(folder, kind, true);
    }

    @Override
    public int lastEpoch() {
        int last = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (final Path entry : entries) {
                final Matcher matcher = EPOCH.matcher(entry.getFileName().toString());
                if (matcher.matches()) {
                    last = Math.max(last, Integer.parseInt(matcher.group(1)));
                }
            }
            return last;
        } catch (final IOException e) {
            throw new JournalException("the journal's folder cannot be read: " + e, folder.toString(), 0, e);
        }
    }

    private Path epochFolder(final int epoch) {
        return folder.resolve(String.format(Locale.ROOT, "epoch-%06d", epoch));
    }

    @Override
    public FrameLog create(final int epoch, final JournalOptions options) {
        final Path path = epochFolder(epoch);
        return kind == Kind.CHRONICLE ? new ChronicleFrameLog(path, options) : new PlainFileFrameLog(path, options);
    }

    @Override
    public FrameCursor read(final int epoch) {
        final FrameSource.Layout layout =
                kind == Kind.CHRONICLE ? FrameSource.Layout.CHRONICLE : FrameSource.Layout.PLAIN;
        return new FrameScanner(new FolderSource(epochFolder(epoch), layout));
    }

    @Override
    public void rewrite(
            final int epoch, final int fromFile, final long fromPosition, final int toFile, final long toPosition) {
        final Path path = epochFolder(epoch);
        try {
            for (int file = fromFile; file <= toFile; file++) {
                Disk.rewrite(
                        CycleNames.file(path, file),
                        file == fromFile ? fromPosition : 0,
                        file == toFile ? toPosition : Long.MAX_VALUE);
            }
        } catch (final IOException e) {
            throw new JournalException("the journal's end cannot be written again: " + e, path.toString(), 0, e);
        }
    }

    @Override
    public void release(final int epoch, final int file, final long fromPosition) {
        final Path path = CycleNames.file(epochFolder(epoch), file);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(fromPosition);
        } catch (final IOException e) {
            throw new JournalException("reserved room cannot be given back: " + e, path.toString(), 0, e);
        }
    }

    @Override
    public void force(final int epoch) {
        final Path path = epochFolder(epoch);
        try {
            for (final Path file : files(path)) {
                Disk.forceFile(file);
            }
            Disk.forceFolder(path);
            Disk.forceFolder(folder);
        } catch (final IOException e) {
            throw new JournalException("the device did not take a force: " + e, path.toString(), 0, e);
        }
    }

    @Override
    public String name(final int epoch) {
        return epochFolder(epoch).toString();
    }

    @Override
    public Watermark watermark() {
        final Path file = folder.resolve(WATERMARK);
        try {
            if (readOnly && (!Files.exists(file) || Files.size(file) < Watermark.BYTES)) {
                return new Watermark(new UnsafeBuffer(new byte[Watermark.BYTES]), 0, () -> {});
            }
            if (!readOnly && (!Files.exists(file) || Files.size(file) < Watermark.BYTES)) {
                // Written, not only lengthened: a mapped page without a block is a signal on a full disk.
                Files.write(file, new byte[Watermark.BYTES]);
            }
            final MappedByteBuffer map = map(file);
            map.order(ByteOrder.LITTLE_ENDIAN);
            return new Watermark(new UnsafeBuffer(map), bootId(), () -> IoUtil.unmap(map));
        } catch (final IOException e) {
            throw new JournalException("the watermark cannot be mapped: " + e, file.toString(), 0, e);
        }
    }

    private MappedByteBuffer map(final Path file) throws IOException {
        if (readOnly) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, Watermark.BYTES);
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Watermark.BYTES);
        }
    }

    private static long bootId() throws IOException {
        if (!Files.isReadable(BOOT_ID)) {
            return 0;
        }
        long id = 0;
        for (final byte b : Files.readString(BOOT_ID).trim().getBytes(StandardCharsets.US_ASCII)) {
            id = id * 31 + b;
        }
        return id;
    }

    private static List<Path> files(final Path folder) throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(files::add);
        }
        return files;
    }

    /** Deletes the numbered files of an epoch below one. */
    static void deleteBelow(final Path epochFolder, final int firstFileKept) {
        try {
            for (final Path file : files(epochFolder)) {
                final int number = CycleNames.number(file);
                if (number >= 0 && number < firstFileKept) {
                    Files.delete(file);
                }
            }
        } catch (final IOException e) {
            throw new JournalException("a file cannot be deleted: " + e, epochFolder.toString(), 0, e);
        }
    }
}

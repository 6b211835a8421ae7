package io.tallymark.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An epoch's folder, read only, by plain reads: what is missing or torn is an answer here, never a crash. */
final class FolderSource implements FrameSource {
    private final Path folder;
    private final Layout layout;
    private final int files;
    private FileChannel channel;
    private int channelFile = -1;

    /**
     * Looks at the folder as it is now; files that come later are not seen.
     *
     * @throws JournalException if the folder is missing or holds a file that Chronicle set aside
     */
    FolderSource(final Path folder, final Layout layout) {
        this.folder = folder;
        this.layout = layout;
        int highest = -1;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (final Path entry : entries) {
                if (entry.getFileName().toString().endsWith(CycleNames.DISCARD_SUFFIX)) {
                    throw new JournalException(
                            "a journal file with a damaged header was set aside", entry.toString(), 0);
                }
                highest = Math.max(highest, CycleNames.number(entry));
            }
        } catch (final NoSuchFileException e) {
            throw new JournalException("the epoch's folder is missing", folder.toString(), 0, e);
        } catch (final IOException e) {
            throw new JournalException("the epoch's folder cannot be read", folder.toString(), 0, e);
        }
        files = highest + 1;
    }

    @Override
    public int files() {
        return files;
    }

    @Override
    public String fileName(final int file) {
        return CycleNames.file(folder, file).toString();
    }

    @Override
    public long size(final int file) {
        final Path path = CycleNames.file(folder, file);
        try {
            return Files.size(path);
        } catch (final NoSuchFileException e) {
            return -1;
        } catch (final IOException e) {
            throw new JournalException("the file cannot be read", path.toString(), 0, e);
        }
    }

    @Override
    public void read(final int file, final long position, final ByteBuffer into) {
        try {
            if (channelFile != file) {
                close();
                channel = FileChannel.open(CycleNames.file(folder, file), StandardOpenOption.READ);
                channelFile = file;
            }
            long at = position;
            while (into.hasRemaining()) {
                final int count = channel.read(into, at);
                if (count < 0) {
                    return;
                }
                at += count;
            }
        } catch (final IOException e) {
            throw new JournalException(
                    "the file cannot be read at position " + position,
                    CycleNames.file(folder, file).toString(),
                    0,
                    e);
        }
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public void close() {
        channelFile = -1;
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new JournalException("the file cannot be closed", folder.toString(), 0, e);
            }
        }
    }
}

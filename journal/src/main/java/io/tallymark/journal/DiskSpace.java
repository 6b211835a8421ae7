package io.tallymark.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

/**
 * Takes room on the device before it is written to. Chronicle writes through a mapping of a sparse file: on a full disk
 * that is a signal that kills the process. With the blocks reserved, it is an exception before anything is written.
 */
final class DiskSpace {
    private static final int KEEP_SIZE = 1;
    private static final int CREATE = 0x40;
    private static final int ERRNO_NO_SPACE = 28;
    private static final int OWNER_WRITES = 0x1A0;
    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT).startsWith("linux");

    private DiskSpace() {}

    /**
     * Reserves the bytes [from, to) of a file without changing its length; makes an empty file if there is none. Where
     * the file system cannot, at least looks whether that much is free.
     *
     * @throws JournalException if there is not enough room
     */
    static void reserve(final Path file, final long from, final long to) {
        if (to <= from || LINUX && allocate(file, from, to - from)) {
            return;
        }
        requireUsable(file, to - from);
    }

    /**
     * Looks whether there is room in the folder of a file that is to be made; reserves nothing.
     *
     * @throws JournalException if there is not
     */
    static void requireUsable(final Path file, final long bytes) {
        final long usable;
        try {
            usable = Files.getFileStore(file.getParent()).getUsableSpace();
        } catch (final IOException e) {
            throw new JournalException("the free space cannot be told: " + e, file.toString(), 0, e);
        }
        if (usable < bytes) {
            throw full(file, bytes, usable + " bytes are free");
        }
    }

    private static boolean allocate(final Path file, final long from, final long length) {
        final PosixAPI posix = PosixAPI.posix();
        final int fd = posix.open(file.toString(), OpenFlag.O_RDWR.value() | CREATE, OWNER_WRITES);
        if (fd < 0) {
            throw new JournalException("the file cannot be opened, error " + posix.lastErrorStr(), file.toString(), 0);
        }
        try {
            if (posix.fallocate(fd, KEEP_SIZE, from, length) == 0) {
                return true;
            }
            if (posix.lastError() == ERRNO_NO_SPACE) {
                throw full(file, length, "the device is full");
            }
            return false;
        } finally {
            posix.close(fd);
        }
    }

    private static JournalException full(final Path file, final long wanted, final String why) {
        return new JournalException(
                "no room for the next " + wanted + " bytes of the journal, " + why, file.toString(), 0);
    }
}

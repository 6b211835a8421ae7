package io.tallymark.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder of one engine, owned by this process from {@link #lock} to {@link #close}.
 *
 * <pre>
 * format         version of this layout
 * owner.lock     locked by the owner, which writes its pid into it
 * journal/       epoch-NNNNNN/ and the watermark
 * quarantine/    commands that stopped the engine
 * </pre>
 */
public final class DataFolder implements AutoCloseable {
    /** Version of the layout that this build writes. */
    public static final int FORMAT = 1;

    /** Name of the folder that the journal lives in. */
    static final String JOURNAL = "journal";

    private static final String FORMAT_FILE = "format";
    private static final String FORMAT_PREFIX = "tallymark data folder, format ";
    private static final String LOCK_FILE = "owner.lock";
    /** Locked beside the owner's byte, so that asking whether someone is alive never stands in an owner's way. */
    private static final long ALIVE_BYTE = 1;

    private static final int PID_OFFSET = 8;
    private static final int PID_BYTES = 24;
    private static final int ATTEMPTS = 1_000;

    /** POSIX drops all locks of a process when it closes any descriptor of the file: never open it twice. */
    private static final Map<Path, DataFolder> OWNED_HERE = new ConcurrentHashMap<>();

    private final Path root;
    private final FileChannel channel;
    private volatile boolean journaling;

    private DataFolder(final Path root, final FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the folder if there is none, and takes it.
     *
     * @throws JournalException if another process owns it, it was written by a newer build, it cannot be used, or this
     *     is Windows
     */
    public static DataFolder lock(final Path dir) {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new JournalException(
                    "Windows is not supported: its file systems give no force that this journal can rely on",
                    dir.toString(),
                    0);
        }
        try {
            final Path root = make(dir.toAbsolutePath().normalize()).toRealPath();
            final DataFolder reserved = new DataFolder(root, null);
            if (OWNED_HERE.putIfAbsent(root, reserved) != null) {
                throw taken(root, ProcessHandle.current().pid() + " (this one)");
            }
            boolean done = false;
            try {
                final DataFolder folder = take(root);
                OWNED_HERE.put(root, folder);
                done = true;
                return folder;
            } finally {
                if (!done) {
                    OWNED_HERE.remove(root);
                }
            }
        } catch (final IOException e) {
            throw new JournalException("the data folder cannot be used: " + e, dir.toString(), 0, e);
        }
    }

    /** Makes the folder and those above it, and forces the entry of each that is new: a journal nobody can find is lost. */
    private static Path make(final Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            final Path above = dir.getParent();
            if (above != null) {
                make(above);
            }
            Files.createDirectories(dir);
            if (above != null) {
                Disk.forceFolder(above);
            }
        }
        return dir;
    }

    private static DataFolder take(final Path root) throws IOException {
        final FileChannel channel = FileChannel.open(
                root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            if (channel.tryLock(0, 1, false) == null) {
                throw taken(root, pid(channel));
            }
            lockAliveByte(channel, root);
            final byte[] pid = String.format(
                            Locale.ROOT,
                            "%-" + PID_BYTES + "d",
                            ProcessHandle.current().pid())
                    .getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid), PID_OFFSET);
            writeFormat(root);
            checkFormat(root);
            Files.createDirectories(root.resolve(JOURNAL));
            Files.createDirectories(root.resolve("quarantine"));
            Disk.forceFolder(root);
            done = true;
            return new DataFolder(root, channel);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static void lockAliveByte(final FileChannel channel, final Path root) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            if (channel.tryLock(ALIVE_BYTE, 1, false) != null) {
                return;
            }
            // A reader is asking at this very moment; it lets go at once.
            Thread.onSpinWait();
            Thread.yield();
        }
        throw taken(root, "that only asks who owns it, for too long");
    }

    private static JournalException taken(final Path root, final String pid) {
        return new JournalException(
                "the data folder is in use by process " + pid,
                root.resolve(LOCK_FILE).toString(),
                0);
    }

    private static String pid(final FileChannel channel) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES);
        channel.read(bytes, PID_OFFSET);
        final String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).trim();
        return text.isEmpty() ? "(not named)" : text;
    }

    private static void writeFormat(final Path root) throws IOException {
        final Path file = root.resolve(FORMAT_FILE);
        // Empty: the power went between making and forcing it, so nothing can have been journaled yet.
        if (!Files.exists(file) || Files.size(file) == 0) {
            Files.writeString(file, FORMAT_PREFIX + FORMAT + "\n");
            Disk.forceFile(file);
        }
    }

    /** Refuses a folder that another build's layout has; a folder without a format is an empty one. */
    static void checkFormat(final Path root) throws IOException {
        final Path file = root.resolve(FORMAT_FILE);
        if (!Files.exists(file)) {
            return;
        }
        final String text = Files.readString(file).trim();
        int version = -1;
        if (text.startsWith(FORMAT_PREFIX)) {
            try {
                version = Integer.parseInt(text.substring(FORMAT_PREFIX.length()));
            } catch (final NumberFormatException e) {
                version = -1;
            }
        }
        if (version < 1) {
            throw new JournalException("this is no data folder of Tallymark", file.toString(), 0);
        }
        if (version > FORMAT) {
            throw new JournalException(
                    "the data folder has format " + version + ", this build knows " + FORMAT + ": use a newer build",
                    file.toString(),
                    0);
        }
    }

    /** Whether a journal may be growing in the folder at this moment: its reader has to stop at the watermark. */
    static boolean isLive(final Path dir) {
        try {
            final Path root = dir.toRealPath();
            final DataFolder here = OWNED_HERE.get(root);
            if (here != null) {
                return here.journaling;
            }
            final Path file = root.resolve(LOCK_FILE);
            if (!Files.exists(file)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock lock = channel.tryLock(ALIVE_BYTE, 1, true)) {
                return lock == null;
            }
        } catch (final OverlappingFileLockException e) {
            return true;
        } catch (final IOException e) {
            throw new JournalException("the owner of the data folder cannot be told: " + e, dir.toString(), 0, e);
        }
    }

    /** From now on, or no longer, a journal is written in this folder. */
    void journaling(final boolean writes) {
        journaling = writes;
    }

    /** The folder itself. */
    public Path root() {
        return root;
    }

    /** Where the journal lives. */
    public Path journal() {
        return root.resolve(JOURNAL);
    }

    /** Where commands are kept that stopped the engine. */
    public Path quarantine() {
        return root.resolve("quarantine");
    }

    /** Gives the folder up. */
    @Override
    public void close() {
        if (OWNED_HERE.get(root) != this) {
            return;
        }
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("the data folder cannot be released", root.toString(), 0, e);
        } finally {
            OWNED_HERE.remove(root, this);
        }
    }
}

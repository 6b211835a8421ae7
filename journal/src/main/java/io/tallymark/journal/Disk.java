package io.tallymark.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forcing, in one place; the switch of the power-cut test sits here and nowhere else. */
final class Disk {
    /** System property that makes every force a lie; a power-cut test must fail with it. */
    static final String SKIP_FORCE = "tallymark.test.skip-force";

    private static final int REWRITE_BYTES = 1 << 20;

    private static final boolean SKIP = Boolean.getBoolean(SKIP_FORCE);

    static {
        if (SKIP) {
            System.err.println("WARNING: " + SKIP_FORCE + " is set: NOTHING IS FORCED TO THE DEVICE. Replies say fsync"
                    + " and lie; a power cut loses acknowledged points. For tests only.");
        }
    }

    private Disk() {}

    /** Forces a file's data and length. */
    static void force(final FileChannel channel) throws IOException {
        if (!SKIP) {
            channel.force(false);
        }
    }

    /** Forces a file by name. */
    static void forceFile(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            force(channel);
        }
    }

    /** Writes the bytes [from, to) of a file, as far as it goes, over themselves; forces nothing. */
    static void rewrite(final Path file, final long from, final long to) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long end = Math.min(to, channel.size());
            final ByteBuffer bytes = ByteBuffer.allocateDirect(REWRITE_BYTES);
            for (long at = from; at < end; ) {
                bytes.clear().limit((int) Math.min(REWRITE_BYTES, end - at));
                if (channel.read(bytes, at) < 0) {
                    throw new EOFException(file + " ended at " + at + " while it was written again");
                }
                bytes.flip();
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }
        }
    }

    /** Forces the entries of a folder, so that new files in it are found again. */
    static void forceFolder(final Path folder) throws IOException {
        if (!SKIP) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}

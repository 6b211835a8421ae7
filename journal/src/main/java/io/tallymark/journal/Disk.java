package io.tallymark.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forcing, in one place; the switch of the power-cut test sits here and nowhere else. */
final class Disk {
    /** System property that makes every force a lie; a power-cut test must fail with it. */
    static final String SKIP_FORCE = "tallymark.test.skip-force";

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

    /** Forces the entries of a folder, so that new files in it are found again. */
    static void forceFolder(final Path folder) throws IOException {
        if (!SKIP) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}

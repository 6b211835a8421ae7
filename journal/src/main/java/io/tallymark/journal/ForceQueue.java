package io.tallymark.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which files a force has to reach. The writer announces each new file before it is used; the durability thread forces
 * the files that were left since the last time, the present one, and the folder when a file is new to it.
 */
final class ForceQueue {
    private final Path folder;
    private final Queue<Entry> left = new ConcurrentLinkedQueue<>();
    private volatile Entry current;
    private Entry known;
    private volatile JournalException failure;

    private record Entry(Path file, FileChannel channel) {}

    ForceQueue(final Path folder) {
        this.folder = folder;
    }

    /** Writer thread: the next frames go into this file, which exists. */
    void enter(final Path file) throws IOException {
        final Entry before = current;
        if (before != null) {
            // Queued before the new one can be seen: a force that sees the new file also finds the old one here.
            left.add(before);
        }
        current = new Entry(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Durability thread: all that was written before this call is durable afterwards. */
    void force() {
        if (failure != null) {
            throw new JournalException(
                    "a force failed before, nothing is acknowledged any more", failure.file(), 0, failure);
        }
        Entry at = current;
        try {
            final Entry now = at;
            for (Entry old = left.poll(); old != null; old = left.poll()) {
                at = old;
                Disk.force(old.channel);
                old.channel.close();
            }
            if (now == null) {
                return;
            }
            at = now;
            if (now.channel.isOpen()) {
                Disk.force(now.channel);
            }
            if (now != known) {
                Disk.forceFolder(folder);
                known = now;
            }
        } catch (final IOException e) {
            failure = new JournalException(
                    "the device did not take a force: " + e, at == null ? folder.toString() : at.file.toString(), 0, e);
            throw failure;
        }
    }

    /** After both threads have stopped. */
    void close() throws IOException {
        for (Entry old = left.poll(); old != null; old = left.poll()) {
            old.channel.close();
        }
        if (current != null) {
            current.channel.close();
        }
    }
}

package io.tallymark.journal;

import java.nio.file.Path;

/** The logs of all epochs of one journal. */
public interface FrameLogs {
    /** On Chronicle Queue, in folders of one that exists: the product. */
    static FrameLogs chronicle(final Path folder) {
        return FrameFiles.forOwner(folder, FrameFiles.Kind.CHRONICLE);
    }

    /** As plain files, in folders of one that exists: the yardstick. */
    static FrameLogs plainFiles(final Path folder) {
        return FrameFiles.forOwner(folder, FrameFiles.Kind.PLAIN);
    }

    /** The highest epoch that there is; 0: none. */
    int lastEpoch();

    /**
     * Opens a new epoch's log for appending.
     *
     * @throws JournalException if it exists or cannot be made
     */
    FrameLog create(int epoch, JournalOptions options);

    /**
     * Reads an epoch, without changing a byte of it.
     *
     * @throws JournalException if it is missing or holds what must not be there
     */
    FrameCursor read(int epoch);

    /**
     * Writes a stretch of an epoch again with the bytes that it reads as, for the next {@link #force} to bring to the
     * device. After a write that failed the kernel keeps the bytes readable and calls them clean: a force alone would
     * confirm what is nowhere but in memory.
     *
     * @param fromPosition in the first file
     * @param toPosition   in the last file
     */
    void rewrite(int epoch, int fromFile, long fromPosition, int toFile, long toPosition);

    /**
     * Gives room back that was reserved for a file and never written.
     *
     * @param fromPosition behind it there are only zeros; what a file holds beyond is lost
     */
    void release(int epoch, int file, long fromPosition);

    /** Makes everything in an epoch durable, whoever wrote it; also the folders. */
    void force(int epoch);

    /** Where an epoch lives, for messages. */
    String name(int epoch);

    /** The small watermark store beside the logs. */
    Watermark watermark();
}

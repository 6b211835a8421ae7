package io.tallymark.journal;

import java.nio.ByteBuffer;

/** The bytes of one epoch's files, for {@link FrameScanner}. */
interface FrameSource extends AutoCloseable {
    /** How many files there are; they count from 0. */
    int files();

    /** Its name, for people. */
    String fileName(int file);

    /** Bytes of a file; negative if it is missing. */
    long size(int file);

    /**
     * Reads into the buffer from its position to its limit, less at the end of the file.
     *
     * @throws JournalException if the bytes cannot be read
     */
    void read(int file, long position, ByteBuffer into);

    /** How frames stand in these files. */
    Layout layout();

    @Override
    void close();

    /** How frames stand in a file. */
    enum Layout {
        /** Back to back, each at a multiple of 8. */
        PLAIN,
        /** Inside Chronicle's documents, behind their 4-byte header, each at a multiple of 4. */
        CHRONICLE
    }
}

package io.tallymark.journal;

import org.agrona.concurrent.UnsafeBuffer;

/** Reads one epoch's frames in order and changes nothing. One thread. */
public interface FrameCursor extends AutoCloseable {
    /**
     * Moves to the next frame and checks its magic, length and checksum.
     *
     * @return false at the end or where no whole frame stands; {@link #reason()} tells which
     * @throws JournalException if the bytes cannot be read or a file is missing between others
     */
    boolean next();

    /**
     * After {@link #next} was false: looks behind that place for the next whole frame, at any place where one can start.
     *
     * @return false if there is none
     */
    boolean seek();

    /** Holds the frame at {@link #offset()}; good until the next call. */
    UnsafeBuffer buffer();

    int offset();

    int length();

    /** Number of the file of the current place. */
    int file();

    /** Its name, for people. */
    String fileName();

    /** Where the frame, or after a false the fault, stands in the file. */
    long position();

    /** Where the next frame would stand in the file. */
    long endPosition();

    /** Why {@link #next} was false; null: nothing but zeros follows at this place. */
    String reason();

    /** After {@link #seek} was false: bytes between the fault and the last byte that is not zero. */
    long bytesBehind();

    @Override
    void close();
}

package io.tallymark.journal;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One epoch's log of frames: the seam between the journal and what holds its bytes. The product is
 * {@link ChronicleFrameLog}; {@link MemoryFrameLogs} serves simulations with faults, {@link PlainFileFrameLog} is the
 * yardstick in benchmarks.
 *
 * <p>{@link #append} and {@link #roll} belong to the writer thread, {@link #force} to the durability thread; both may
 * run at the same time. After either threw, every later call throws too.
 */
public interface FrameLog extends AutoCloseable {
    /**
     * Appends one frame.
     *
     * @param frame  a buffer over direct memory
     * @param length its bytes from 0 on
     * @throws JournalException if it could not be written, a full disk included; nothing may be appended any more
     */
    void append(UnsafeBuffer frame, int length);

    /**
     * Makes durable all frames whose append ended before the call.
     *
     * @throws JournalException if the device said no; then nothing may be acknowledged any more
     */
    void force();

    /** The next frame goes into a new file. */
    void roll();

    /** Number of the file that the next frame goes into, from 0 on. */
    int file();

    /** Position behind the last frame in that file; what the log itself needs counts too. */
    long position();

    /** The frames appended so far, from the first on; independent of the writer. */
    FrameCursor read();

    /** Deletes the files before this one. */
    void free(int firstFileKept);

    /** Ends the log; forces nothing. Both threads must have stopped. */
    @Override
    void close();
}

package io.tallymark.journal;

/** The logs of all epochs of one journal. */
public interface FrameLogs {
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

    /** Makes everything in an epoch durable, whoever wrote it; also the folders. */
    void force(int epoch);

    /** Where an epoch lives, for messages. */
    String name(int epoch);

    /** The small watermark store beside the logs. */
    Watermark watermark();
}

package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a journal from its first record to its valid end and believes nothing: magic, checksum, epoch, chain and
 * contiguity of every frame. Changes no byte. Beside a live server it stops at the watermark as of its opening. One
 * thread.
 */
public final class JournalReader implements AutoCloseable {
    private final VerifiedFrames frames;
    private final RecordReader records = new RecordReader();
    private int recordsLeft;
    private long sequence;
    private long engineTimeMs;

    private JournalReader(final FrameLogs logs, final boolean live) {
        frames = new VerifiedFrames(logs, live);
    }

    /**
     * Opens the journal of a data folder. Where no server runs on it, all of it is read; the owner of the folder calls
     * this before {@link Journal#start}.
     *
     * @throws JournalException if there is none, something is missing, or a newer build wrote it
     */
    public static JournalReader open(final Path dataDir) {
        final Path journal = dataDir.resolve(DataFolder.JOURNAL);
        try {
            DataFolder.checkFormat(dataDir);
        } catch (final IOException e) {
            throw new JournalException("the data folder cannot be read: " + e, dataDir.toString(), 0, e);
        }
        if (!Files.isDirectory(journal)) {
            throw new JournalException("there is no journal here", journal.toString(), 0);
        }
        final FrameLogs logs = FrameFiles.forReader(journal, FrameFiles.Kind.CHRONICLE);
        return new JournalReader(logs, DataFolder.isLive(dataDir));
    }

    /** Opens a journal that nobody writes, wherever its logs are. */
    public static JournalReader open(final FrameLogs logs) {
        return new JournalReader(logs, false);
    }

    /**
     * Moves to the next record and fills in what was journaled of it. A command whose buffer is too small is lent one
     * that is good until the next call.
     *
     * @return false at the valid end; {@link #end()} then describes it
     * @throws JournalException at damage at or below the watermark
     */
    public boolean next(final Command c, final Outcome o) {
        while (recordsLeft == 0) {
            if (!frames.next()) {
                return false;
            }
            final int at = frames.offset();
            recordsLeft = Frame.count(frames.buffer(), at);
            records.begin(
                    frames.buffer(),
                    at + Frame.HEADER_BYTES,
                    frames.length() - Frame.HEADER_BYTES,
                    Frame.engineTimeMs(frames.buffer(), at));
        }
        final String fault = records.read(c, o);
        if (fault != null) {
            throw frames.damage(fault, sequence + 1);
        }
        sequence++;
        recordsLeft--;
        engineTimeMs = records.timeMs();
        o.sequence = sequence;
        o.asOfSequence = sequence;
        if (recordsLeft == 0 && records.remaining() != 0) {
            throw frames.damage("a frame with " + records.remaining() + " bytes too many", sequence);
        }
        return true;
    }

    /** Of the record read last; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Engine time of the record read last, epoch milliseconds; 0 before the first. */
    public long engineTimeMs() {
        return engineTimeMs;
    }

    /** Seed of the ledger's keyed hashes; 0 where the journal is empty. */
    public long seedHigh() {
        return frames.seedHigh();
    }

    /** Its lower half. */
    public long seedLow() {
        return frames.seedLow();
    }

    /** Whether nothing was ever journaled here, not even a start. */
    public boolean isEmpty() {
        return frames.isEmpty();
    }

    /**
     * Where the journal ends.
     *
     * @throws IllegalStateException before {@link #next} was false
     */
    public JournalEnd end() {
        if (frames.end() == null) {
            throw new IllegalStateException("the end was not reached");
        }
        return frames.end();
    }

    @Override
    public void close() {
        frames.close();
    }
}

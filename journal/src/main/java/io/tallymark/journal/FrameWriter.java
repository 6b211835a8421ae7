package io.tallymark.journal;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Gathers records into a frame and appends it. Writer thread only; allocates nothing per record. */
public final class FrameWriter {
    private static final int ALIGNMENT = 64;
    private final FrameLog log;

    private final Journal journal;
    private final int epoch;
    private final int maxFrameBytes;
    private final long fileBytes;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer bytes;
    private final UnsafeBuffer frame;
    private final RecordWriter recordWriter = new RecordWriter();

    private long lastSequence;
    private long chain;
    private long timeMs;
    private long frameTimeMs;
    private int position;
    private int records;
    private boolean open;
    private volatile long endedThrough;

    FrameWriter(
            final Journal journal,
            final FrameLog log,
            final JournalOptions options,
            final int epoch,
            final JournalEnd before) {
        this.journal = journal;
        this.log = log;
        this.epoch = epoch;
        this.maxFrameBytes = options.maxFrameBytes();
        this.fileBytes = options.fileBytes();
        this.lastSequence = before.lastSequence();
        this.endedThrough = lastSequence;
        this.chain = before.chain();
        this.timeMs = before.engineTimeMs();
        this.frameTimeMs = timeMs;
        this.bytes = BufferUtil.allocateDirectAligned(maxFrameBytes, ALIGNMENT).order(ByteOrder.LITTLE_ENDIAN);
        this.frame = new UnsafeBuffer(bytes);
    }

    /**
     * Opens an empty frame.
     *
     * @param engineTimeMs of its first record, epoch milliseconds
     * @throws IllegalStateException    if one is open
     * @throws IllegalArgumentException if the time went back
     */
    public void begin(final long engineTimeMs) {
        if (open) {
            throw new IllegalStateException("a frame is open");
        }
        time(engineTimeMs);
        open = true;
        frameTimeMs = engineTimeMs;
        records = 0;
        position = Frame.HEADER_BYTES;
        recordWriter.begin(engineTimeMs);
    }

    /** Engine time of the records that follow in this frame, if it is not that of {@link #begin}. */
    public void time(final long engineTimeMs) {
        if (engineTimeMs < timeMs) {
            throw new IllegalArgumentException("engine time goes back from " + timeMs + " to " + engineTimeMs);
        }
        timeMs = engineTimeMs;
    }

    /**
     * Adds a record. An empty frame takes any command.
     *
     * @return false if the frame is full; then nothing was added
     * @throws IllegalStateException if the outcome's sequence is not the next one, or no frame is open
     */
    public boolean add(final Command c, final Outcome o) {
        if (!open) {
            throw new IllegalStateException("no frame is open");
        }
        if (o.sequence != lastSequence + records + 1) {
            throw new IllegalStateException("sequence " + o.sequence + " after " + (lastSequence + records));
        }
        if (position + RecordCodec.maxBytes(c, o) > maxFrameBytes) {
            return false;
        }
        position = recordWriter.write(frame, position, c, o, timeMs);
        records++;
        return true;
    }

    /** Records in the open frame. */
    public int records() {
        return records;
    }

    /** Bytes of the open frame so far, header included. */
    public int bytes() {
        return position;
    }

    /**
     * Appends the open frame to the log; an empty one is dropped.
     *
     * @return the last sequence that was appended
     * @throws JournalException if it cannot be written; then nothing may be acknowledged any more
     */
    public long end() {
        if (!open) {
            throw new IllegalStateException("no frame is open");
        }
        open = false;
        if (records > 0) {
            append(Frame.BATCH, records);
            records = 0;
        }
        return lastSequence;
    }

    void start(final StartPayload start) {
        position = start.put(frame, Frame.HEADER_BYTES);
        append(Frame.START, 0);
    }

    void stop() {
        position = Frame.HEADER_BYTES;
        frameTimeMs = timeMs;
        append(Frame.STOP, 0);
    }

    private void append(final int kind, final int count) {
        journal.checkNotFailed();
        frame.putInt(0, Frame.MAGIC);
        frame.putInt(Frame.LENGTH_OFFSET, position);
        frame.putByte(Frame.VERSION_OFFSET, (byte) Frame.VERSION);
        frame.putByte(Frame.KIND_OFFSET, (byte) kind);
        frame.putShort(Frame.RESERVED_OFFSET, (short) 0);
        frame.putInt(Frame.EPOCH_OFFSET, epoch);
        frame.putInt(Frame.COUNT_OFFSET, count);
        frame.putLong(Frame.FIRST_SEQUENCE_OFFSET, lastSequence + 1);
        frame.putLong(Frame.ENGINE_TIME_OFFSET, frameTimeMs);
        frame.putLong(Frame.FORCED_THROUGH_OFFSET, journal.trulyForcedThrough());
        frame.putLong(Frame.PREVIOUS_CHAIN_OFFSET, chain);
        frame.putInt(Frame.CRC_OFFSET, Frame.crc(crc, bytes, 0, position));
        try {
            if (log.position() > 0 && log.position() + position > fileBytes) {
                log.roll();
            }
            log.append(frame, position);
        } catch (final JournalException e) {
            throw journal.fail(e, lastSequence + 1);
        }
        chain = Frame.chain(frame, 0);
        lastSequence += count;
        endedThrough = lastSequence;
    }

    /** Any thread: the last sequence whose frame was appended. */
    long endedThrough() {
        return endedThrough;
    }
}

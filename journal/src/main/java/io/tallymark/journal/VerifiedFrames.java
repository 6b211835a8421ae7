package io.tallymark.journal;

import io.tallymark.protocol.Durability;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The frames of all epochs in order, each proven to follow the one before, and the rule of where a journal ends: damage
 * at or below the watermark is an error, the first damage above it is the end. One thread.
 */
final class VerifiedFrames implements AutoCloseable {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final FrameLogs logs;
    private final int highestEpoch;
    private final List<Epoch> epochs = new ArrayList<>();
    private final Watermark.Reading watermark;
    private final long limit;

    private int epochIndex = -1;
    private int framesInEpoch;
    private FrameCursor cursor;
    private long nextSequence = 1;
    private long chain;
    private long timeMs;
    private long forcedThrough;
    private int lastFile;
    private long lastPosition;
    private String lastFileName = "none";
    private long frames;
    private long bytes;
    private JournalException unreadable;
    private JournalEnd end;

    /** Frames of the present epoch of which no frame behind them has said yet that they were forced. */
    private final ArrayDeque<FrameEnd> unproven = new ArrayDeque<>();

    private int unprovenFile;
    private long unprovenPosition;

    private record FrameEnd(long lastSequence, int file, long position) {}

    private record Epoch(int number, StartPayload start) {}

    /**
     * @param live somebody is writing: read up to the watermark only
     * @throws JournalException if an epoch is missing
     */
    VerifiedFrames(final FrameLogs logs, final boolean live) {
        this.logs = logs;
        // Before the folders are listed: beside a server that starts, the epoch that it names is there by then.
        try (Watermark store = logs.watermark()) {
            watermark = store.read();
        }
        highestEpoch = logs.lastEpoch();
        if (watermark != null && watermark.epoch() > highestEpoch && watermark.binding()) {
            throw new JournalException(
                    "the epoch's folder is missing", logs.name(watermark.epoch()), watermark.forcedThrough());
        }
        for (int epoch = 1; epoch <= highestEpoch; epoch++) {
            readStart(epoch);
        }
        limit = live ? liveLimit() : NO_LIMIT;
    }

    private void readStart(final int epoch) {
        final StartPayload start;
        try (FrameCursor first = logs.read(epoch)) {
            start = first.next() && Frame.epoch(first.buffer(), first.offset()) == epoch
                    ? StartPayload.of(first.buffer(), first.offset(), first.length())
                    : null;
        } catch (final JournalException e) {
            // Thrown when the frames before have been read, so that it can name the sequence.
            unreadable = unreadable == null ? e : unreadable;
            return;
        }
        if (start == null) {
            return;
        }
        final Epoch before = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        if (start.previousEpoch() != (before == null ? 0 : before.number)) {
            throw new JournalException(
                    "the START of epoch " + start.previousEpoch() + ", which epoch " + epoch
                            + " follows, is damaged or missing",
                    unreadable == null ? logs.name(start.previousEpoch()) : unreadable.file(),
                    start.previousLastSequence(),
                    unreadable);
        }
        if (before != null && !start.sameSeed(before.start)) {
            throw new JournalException("the seed changed", logs.name(epoch), start.previousLastSequence());
        }
        epochs.add(new Epoch(epoch, start));
    }

    private long liveLimit() {
        if (watermark != null) {
            return watermark.forcedThrough();
        }
        long highest = 0;
        for (final Epoch epoch : epochs) {
            try (FrameCursor all = logs.read(epoch.number)) {
                while (all.next()) {
                    highest = Math.max(highest, Frame.forcedThrough(all.buffer(), all.offset()));
                }
            }
        }
        return highest;
    }

    /**
     * Moves to the next frame.
     *
     * @return false at the valid end, which {@link #end()} describes
     * @throws JournalException at damage at or below the watermark
     */
    boolean next() {
        if (end != null) {
            return false;
        }
        if (epochs.isEmpty()) {
            return endWithoutStart();
        }
        while (true) {
            if (cursor == null) {
                epochIndex++;
                framesInEpoch = 0;
                cursor = logs.read(epochs.get(epochIndex).number);
            }
            final Epoch following = epochIndex + 1 < epochs.size() ? epochs.get(epochIndex + 1) : null;
            if (following == null || !atEndNamedBy(following.start)) {
                return nextInEpoch(following);
            }
            cursor.close();
            cursor = null;
        }
    }

    private boolean nextInEpoch(final Epoch following) {
        if (nextSequence > limit) {
            end = describe(null);
            return false;
        }
        final boolean whole = move();
        String fault = whole ? fault() : cursor.reason();
        if (whole && fault == null) {
            accept();
            return true;
        }
        String place = cursor.fileName() + " at position " + cursor.position();
        if (whole && framesInEpoch > 0 && cursor.file() != lastFile) {
            place = lastFileName + " at position " + lastPosition;
            fault = "nothing readable up to the end of the file, then " + fault;
        }
        if (following != null) {
            throw new JournalException(
                    (fault == null ? "the file ends" : fault) + ", but epoch " + following.number
                            + " was built on more than that",
                    place,
                    nextSequence);
        }
        end = describe(tail(fault, place));
        return false;
    }

    private boolean move() {
        try {
            return cursor.next();
        } catch (final JournalException e) {
            throw new JournalException(e.reason(), e.file(), nextSequence, e);
        }
    }

    private boolean atEndNamedBy(final StartPayload start) {
        if (framesInEpoch == 0 || lastFile != start.previousFile() || lastPosition != start.previousPosition()) {
            return false;
        }
        if (chain != start.previousChain() || nextSequence - 1 != start.previousLastSequence()) {
            throw damage("the chain to the next epoch is broken", nextSequence);
        }
        return true;
    }

    /** What is wrong with a frame that is whole, or null. */
    private String fault() {
        final UnsafeBuffer b = cursor.buffer();
        final int at = cursor.offset();
        final int kind = Frame.kind(b, at);
        final int count = Frame.count(b, at);
        if (Frame.epoch(b, at) != epochs.get(epochIndex).number) {
            return "a frame of epoch " + Frame.epoch(b, at);
        }
        if (kind < Frame.START || kind > Frame.STOP || (kind == Frame.START) != (framesInEpoch == 0)) {
            return "a frame of kind " + kind + " out of place";
        }
        if (Frame.firstSequence(b, at) != nextSequence) {
            return "sequence " + Frame.firstSequence(b, at) + " where " + nextSequence + " comes next";
        }
        if (Frame.previousChain(b, at) != chain) {
            return "a frame that does not follow the one before it";
        }
        if (count < 0 || (count > 0) != (kind == Frame.BATCH)) {
            return "a frame of kind " + kind + " with " + count + " records";
        }
        return Frame.engineTimeMs(b, at) < timeMs ? "a frame whose time goes back" : null;
    }

    private void accept() {
        final UnsafeBuffer b = cursor.buffer();
        final int at = cursor.offset();
        framesInEpoch++;
        nextSequence += Frame.count(b, at);
        chain = Frame.chain(b, at);
        timeMs = Frame.engineTimeMs(b, at);
        forcedThrough = Math.max(forcedThrough, Frame.forcedThrough(b, at));
        lastFile = cursor.file();
        lastFileName = cursor.fileName();
        lastPosition = cursor.endPosition();
        prove(Frame.forcedThrough(b, at));
        frames++;
        bytes += cursor.length();
    }

    /** A START is forced before a frame follows it, so each frame proves at least that. */
    private void prove(final long frameForcedThrough) {
        if (framesInEpoch == 1) {
            unproven.clear();
            unprovenFile = 0;
            unprovenPosition = 0;
        }
        while (!unproven.isEmpty() && unproven.peek().lastSequence <= frameForcedThrough) {
            final FrameEnd proven = unproven.poll();
            unprovenFile = proven.file;
            unprovenPosition = proven.position;
        }
        if (epochs.get(epochIndex).start.durability() == Durability.PAGE_CACHE) {
            // Only STOP proves anything there, and it proves all: the last frame's end is enough to remember.
            unproven.clear();
        }
        unproven.add(new FrameEnd(nextSequence - 1, lastFile, lastPosition));
    }

    private boolean endWithoutStart() {
        if (highestEpoch == 0) {
            end = describe(null);
            return false;
        }
        epochIndex = 0;
        epochs.add(new Epoch(highestEpoch, null));
        cursor = logs.read(highestEpoch);
        final String fault = cursor.next() ? "no START" : cursor.reason();
        final String tail = tail(fault, cursor.fileName() + " at position " + cursor.position());
        epochs.clear();
        end = describe(tail);
        return false;
    }

    /** Judges what stands behind the last valid frame. */
    private String tail(final String fault, final String place) {
        long acknowledged = forcedThrough;
        String proof = "a frame before it";
        if (watermark != null && watermark.binding() && watermark.forcedThrough() > acknowledged) {
            acknowledged = watermark.forcedThrough();
            proof = "the watermark file";
        }
        if (unreadable != null) {
            throw new JournalException(unreadable.reason(), unreadable.file(), nextSequence, unreadable);
        }
        long behind = 0;
        String where = place;
        String why = fault;
        for (int epoch = epochs.get(epochIndex).number; epoch <= highestEpoch; epoch++) {
            if (cursor == null) {
                cursor = logs.read(epoch);
                final boolean whole = cursor.next();
                if (why == null) {
                    where = cursor.fileName() + " at position " + cursor.position();
                    why = whole || cursor.reason() == null ? "no valid START" : cursor.reason();
                }
            }
            while (cursor.seek()) {
                final long said = Frame.forcedThrough(cursor.buffer(), cursor.offset());
                if (Frame.epoch(cursor.buffer(), cursor.offset()) == epoch && said > acknowledged) {
                    acknowledged = said;
                    proof = "a frame behind the damage, " + cursor.fileName() + " at position " + cursor.position();
                }
            }
            behind += cursor.bytesBehind();
            cursor.close();
            cursor = null;
        }
        if (acknowledged >= nextSequence) {
            throw new JournalException(
                    (why == null ? "the journal ends" : why) + ", but sequences " + nextSequence + " to " + acknowledged
                            + " were acknowledged, says " + proof,
                    where,
                    nextSequence);
        }
        return why == null && behind == 0
                ? null
                : where + ", " + behind + " bytes: " + (why == null ? "bytes behind the end" : why);
    }

    private JournalEnd describe(final String ignoredTail) {
        final boolean empty = epochs.isEmpty();
        return new JournalEnd(
                empty ? 0 : epochs.get(epochs.size() - 1).number,
                highestEpoch,
                lastFile,
                lastPosition,
                lastFileName,
                nextSequence - 1,
                chain,
                timeMs,
                frames,
                bytes,
                Math.min(nextSequence - 1, Math.max(forcedThrough, watermark == null ? 0 : watermark.forcedThrough())),
                seedHigh(),
                seedLow(),
                unprovenFile,
                unprovenPosition,
                ignoredTail);
    }

    JournalException damage(final String what, final long sequence) {
        return new JournalException(what, lastFileName + " before position " + lastPosition, sequence);
    }

    UnsafeBuffer buffer() {
        return cursor.buffer();
    }

    int offset() {
        return cursor.offset();
    }

    int length() {
        return cursor.length();
    }

    boolean isEmpty() {
        return epochs.isEmpty();
    }

    long seedHigh() {
        return isEmpty() ? 0 : epochs.get(0).start.seedHigh();
    }

    long seedLow() {
        return isEmpty() ? 0 : epochs.get(0).start.seedLow();
    }

    /** Null before the end was reached. */
    JournalEnd end() {
        return end;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}

package io.tallymark.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the frames in the files of an epoch. For Chronicle's files it reads their document headers itself: Chronicle's
 * tailer checks no payload, stops for good at a zeroed header, waits ten seconds for a torn file header, and to open a
 * queue needs its metadata and lock; here a torn end is a plain answer, what stands behind a hole can be found, and
 * nothing is mapped, so that damage is never a SIGBUS.
 *
 * <pre>
 * document := header u32   bits 0..29 length, bit 30 metadata, bit 31 not complete
 *             bytes        length of them, then up to the next multiple of 4
 * 0x00000000: nothing was written from here on; 0xC0000000: the file ends here, the next one follows
 * </pre>
 */
final class FrameScanner implements FrameCursor {
    private static final int META_DATA = 1 << 30;
    private static final int NOT_COMPLETE = 1 << 31;
    private static final int LENGTH_MASK = META_DATA - 1;
    private static final int END_OF_FILE = NOT_COMPLETE | META_DATA;
    private static final int MIN_WINDOW = 1 << 12;
    private static final int USUAL_WINDOW = 1 << 20;

    private final FrameSource source;
    private final CRC32C crc = new CRC32C();
    private final int documentHeaderBytes;
    private final int step;

    private ByteBuffer windowBytes;
    private final UnsafeBuffer window = new UnsafeBuffer(0, 0);
    private int windowFile = -1;
    private long windowStart;
    private int windowLength;

    private int file;
    private long size;
    private long position;
    private long endPosition;
    private int offset;
    private int length;
    private String reason;
    private long bytesBehind;
    private long seekFrom;

    FrameScanner(final FrameSource source) {
        this.source = source;
        final boolean chronicle = source.layout() == FrameSource.Layout.CHRONICLE;
        documentHeaderBytes = chronicle ? 4 : 0;
        step = chronicle ? 4 : 8;
        enter(0);
        allocateWindow((int) Math.max(MIN_WINDOW, Math.min(USUAL_WINDOW, size)));
    }

    private void allocateWindow(final int capacity) {
        windowBytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
        window.wrap(windowBytes);
        windowFile = -1;
    }

    private void enter(final int newFile) {
        file = newFile;
        endPosition = 0;
        position = 0;
        size = 0;
        if (newFile < source.files()) {
            size = source.size(newFile);
            if (size < 0) {
                throw new JournalException("the file is missing", source.fileName(newFile), 0);
            }
        }
    }

    @Override
    public boolean next() {
        reason = null;
        length = 0;
        int gapFile = -1;
        long gapPosition = 0;
        while (true) {
            position = endPosition;
            final int found = documentHeaderBytes == 0 ? locatePlain() : locateDocument();
            if (found > 0 && check(found)) {
                return true;
            }
            if (found == NOTHING_MORE && gapFile < 0) {
                gapFile = file;
                gapPosition = position;
            }
            if (found > 0 || found == FAULT || file + 1 >= source.files()) {
                if (gapFile >= 0 && gapFile < file) {
                    // Only zeros here, yet files follow without a frame: what was lost may have stood here.
                    enter(gapFile);
                    position = gapPosition;
                }
                seekFrom = position;
                bytesBehind = 0;
                return false;
            }
            enter(file + 1);
        }
    }

    /** Zeros, or the end of the file without a mark. */
    private static final int NOTHING_MORE = 0;

    private static final int FAULT = -1;
    private static final int NEXT_FILE = -2;

    private int locatePlain() {
        if (available(position, Frame.HEADER_BYTES) < 4 || window.getInt(at(position)) == 0) {
            return NOTHING_MORE;
        }
        if (available(position, Frame.HEADER_BYTES) < Frame.HEADER_BYTES) {
            return fault("a frame cut in its header");
        }
        final int found = Frame.length(window, at(position));
        return found < Frame.HEADER_BYTES ? fault("a frame length of " + found) : found;
    }

    private int locateDocument() {
        while (true) {
            if (available(position, 4) < 4) {
                return NOTHING_MORE;
            }
            final int header = window.getInt(at(position));
            if (header == 0) {
                return NOTHING_MORE;
            }
            if (header == END_OF_FILE) {
                return NEXT_FILE;
            }
            final int documentLength = header & LENGTH_MASK;
            if ((header & NOT_COMPLETE) != 0) {
                return fault("a document that was not completed");
            }
            if (documentLength > size - position - 4) {
                return fault("a document header of " + documentLength + " bytes");
            }
            if ((header & META_DATA) == 0) {
                return documentLength == 0 ? fault("an empty document") : documentLength;
            }
            if (available(position + 4, 4) == 4 && window.getInt(at(position + 4)) == Frame.MAGIC) {
                return fault("a frame that is marked as metadata");
            }
            endPosition = align(position + 4 + documentLength);
            position = endPosition;
        }
    }

    private int fault(final String why) {
        reason = why;
        return FAULT;
    }

    private boolean check(final int found) {
        final long start = position + documentHeaderBytes;
        final int available = available(start, Math.min(found, Frame.MAX_BYTES));
        offset = at(start);
        reason = Frame.fault(crc, window, windowBytes, offset, available);
        if (reason == null && Frame.length(window, offset) != found) {
            reason = "a document of " + found + " bytes around a frame of " + Frame.length(window, offset);
        }
        if (reason != null) {
            return false;
        }
        length = found;
        endPosition = align(start + found);
        // Whoever finds this frame wrong for reasons of its own looks on from here.
        seekFrom = position;
        bytesBehind = 0;
        return true;
    }

    @Override
    public boolean seek() {
        while (true) {
            final long from = seekFrom;
            long lastByte = from;
            for (long at = from; at < size; at += step) {
                final int available = available(at, Frame.HEADER_BYTES);
                final int here = at(at);
                if (available >= 8 && window.getLong(here) == 0) {
                    at += 8 - step;
                    continue;
                }
                if (!allZero(here, Math.min(step, available))) {
                    lastByte = Math.min(at + step, size);
                }
                if (available >= Frame.HEADER_BYTES && window.getInt(here) == Frame.MAGIC && frameAt(at)) {
                    bytesBehind += endPosition - from;
                    seekFrom = endPosition;
                    return true;
                }
            }
            bytesBehind += lastByte - from;
            if (file + 1 >= source.files()) {
                seekFrom = size;
                return false;
            }
            enter(file + 1);
            seekFrom = 0;
        }
    }

    private boolean frameAt(final long start) {
        final int found = Frame.length(window, at(start));
        if (found < Frame.HEADER_BYTES || found > Frame.MAX_BYTES) {
            return false;
        }
        final int available = available(start, found);
        offset = at(start);
        if (Frame.fault(crc, window, windowBytes, offset, available) != null) {
            return false;
        }
        length = found;
        position = start - documentHeaderBytes;
        endPosition = align(start + found);
        reason = null;
        return true;
    }

    private boolean allZero(final int from, final int count) {
        for (int i = 0; i < count; i++) {
            if (window.getByte(from + i) != 0) {
                return false;
            }
        }
        return true;
    }

    private long align(final long value) {
        return (value + step - 1) & -step;
    }

    /** Makes bytes of the present file readable at {@link #at}; returns how many of the wanted ones there are. */
    private int available(final long from, final int wanted) {
        final long left = Math.max(0, size - from);
        final int have = (int) Math.min(left, wanted);
        if (have == 0) {
            // Also where there is no file at all: a start that died before it wrote its first frame.
            return 0;
        }
        if (windowFile == file && from >= windowStart && from + have <= windowStart + windowLength) {
            return have;
        }
        if (have > windowBytes.capacity()) {
            allocateWindow(Math.max(have, Math.min(Frame.MAX_BYTES, 2 * windowBytes.capacity())));
        }
        windowBytes.clear();
        windowBytes.limit((int) Math.min(windowBytes.capacity(), left));
        source.read(file, from, windowBytes);
        windowFile = file;
        windowStart = from;
        windowLength = windowBytes.position();
        windowBytes.clear();
        return Math.min(have, windowLength);
    }

    private int at(final long filePosition) {
        return (int) (filePosition - windowStart);
    }

    @Override
    public UnsafeBuffer buffer() {
        return window;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int file() {
        return file;
    }

    @Override
    public String fileName() {
        return source.fileName(file);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long endPosition() {
        return endPosition;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public long bytesBehind() {
        return bytesBehind;
    }

    @Override
    public void close() {
        source.close();
    }
}

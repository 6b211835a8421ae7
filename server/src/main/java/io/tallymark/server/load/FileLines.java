package io.tallymark.server.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text file as a stream: ends are LF or CRLF, the text is UTF-8. A byte that is not UTF-8 is taken as
 * ISO-8859-1, so that odd bytes cost no row and two runs read the same text. A byte order mark is skipped.
 *
 * <p>Memory is bounded: of a line longer than {@link #MAX_LINE_BYTES} only the fact remains. Not thread-safe.
 */
final class FileLines {
    /** Longest line that is kept. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final int CHUNK_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final CharsetDecoder strict = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] line = new byte[1024];
    private int chunkAt;
    private int chunkEnd;
    private long lineNumber;
    private long bytesRead;
    private boolean tooLong;

    /** The caller closes the stream. */
    FileLines(final InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null at the end of the file. */
    String next() throws IOException {
        int length = 0;
        boolean any = false;
        tooLong = false;
        while (true) {
            if (chunkAt == chunkEnd && !fill()) {
                break;
            }
            any = true;
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n') {
                end++;
            }
            length = append(length, end - chunkAt);
            chunkAt = end;
            if (end < chunkEnd) {
                chunkAt++;
                break;
            }
        }
        if (!any) {
            return null;
        }
        lineNumber++;
        if (tooLong) {
            return "";
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        final String text = decode(length);
        return lineNumber == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The number of the line given last; the first is 1. */
    long lineNumber() {
        return lineNumber;
    }

    /** Whether the line given last was longer than allowed, and so came back empty. */
    boolean wasTooLong() {
        return tooLong;
    }

    /** Bytes taken from the stream so far. */
    long bytesRead() {
        return bytesRead - (chunkEnd - chunkAt);
    }

    private boolean fill() throws IOException {
        final int n = in.read(chunk, 0, chunk.length);
        if (n <= 0) {
            return false;
        }
        chunkAt = 0;
        chunkEnd = n;
        bytesRead += n;
        return true;
    }

    private int append(final int length, final int more) {
        if (tooLong || length + more > MAX_LINE_BYTES) {
            tooLong = true;
            return 0;
        }
        if (length + more > line.length) {
            line = java.util.Arrays.copyOf(line, Math.max(length + more, line.length * 2));
        }
        System.arraycopy(chunk, chunkAt, line, length, more);
        return length + more;
    }

    private String decode(final int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] < 0) {
                return decodeBeyondAscii(length);
            }
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    private String decodeBeyondAscii(final int length) {
        final ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        final CharBuffer chars = CharBuffer.allocate(length);
        strict.reset();
        while (true) {
            final CoderResult result = strict.decode(bytes, chars, true);
            if (result.isUnderflow()) {
                break;
            }
            // Malformed of any length: only the first byte is taken as it is, the next may begin a valid character.
            chars.put((char) (bytes.get() & 0xFF));
            strict.reset();
        }
        return chars.flip().toString();
    }
}

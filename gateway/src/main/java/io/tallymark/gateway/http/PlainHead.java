package io.tallymark.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the head of a request in the form in which nearly all of them come: in one piece, every line ended by CR LF, and
 * nothing in it that two readers could understand in two ways. Any other head is not refused but left to
 * {@link StrictRequestDecoder}, which knows all of HTTP; so a head that is taken here must mean the same there. That
 * saves the objects and header maps between the bytes and a command. Not thread-safe: one for each event loop.
 */
final class PlainHead {
    /** What {@link #scan} returns for a head that is not plain or not all there. */
    static final int NOT_PLAIN = -1;

    /** Below the decoder's bounds of a line and of all headers. */
    private static final int MAX_BYTES = 4_096;

    private static final int MAX_LENGTH_DIGITS = 6;
    private static final byte[] POST = ResponseWriter.ascii("POST /");
    private static final byte[] GET = ResponseWriter.ascii("GET /");
    private static final byte[] VERSION = ResponseWriter.ascii("HTTP/1.1\r\n");
    private static final byte[] HOST = ResponseWriter.ascii("host");
    private static final byte[] EXPECT = ResponseWriter.ascii("expect");
    private static final byte[] CONNECTION = ResponseWriter.ascii("connection");
    private static final byte[] KEEP_ALIVE = ResponseWriter.ascii("keep-alive");
    private static final byte[] CONTENT_TYPE = ResponseWriter.ascii("content-type");
    private static final byte[] CONTENT_LENGTH = ResponseWriter.ascii("content-length");
    private static final byte[] CONTENT_ENCODING = ResponseWriter.ascii("content-encoding");
    private static final byte[] TRANSFER_ENCODING = ResponseWriter.ascii("transfer-encoding");
    private static final byte[] JSON = ResponseWriter.ascii("application/json");
    private static final boolean[] IN_NAME = new boolean[128];

    static {
        Arrays.fill(IN_NAME, 'a', 'z' + 1, true);
        Arrays.fill(IN_NAME, 'A', 'Z' + 1, true);
        Arrays.fill(IN_NAME, '0', '9' + 1, true);
        IN_NAME['-'] = true;
    }

    private byte[] bytes;
    private Route.Method method;
    private int targetFrom;
    private int targetTo;
    private int contentLength;
    private boolean hasLength;
    private boolean hasHost;
    private boolean hasType;

    /**
     * Reads a head.
     *
     * @param to the end of the bytes that are there
     * @return where the body begins, which may reach beyond {@code to}; or {@link #NOT_PLAIN}
     */
    int scan(final byte[] source, final int from, final int to) {
        bytes = source;
        contentLength = 0;
        hasLength = false;
        hasHost = false;
        hasType = false;
        final int end = Math.min(to, from + MAX_BYTES);
        int at = requestLine(from, end);
        while (at > 0 && at + 1 < end) {
            if (bytes[at] == '\r') {
                return bytes[at + 1] == '\n' && isWhole() ? at + 2 : NOT_PLAIN;
            }
            at = header(at, end);
        }
        return NOT_PLAIN;
    }

    /** POST, always with a body that says it is JSON and how long it is, or GET, never with one. */
    Route.Method method() {
        return method;
    }

    /** Bytes of the body. */
    int contentLength() {
        return contentLength;
    }

    /** The request target. Allocates. */
    String target() {
        return new String(bytes, targetFrom, targetTo - targetFrom, StandardCharsets.ISO_8859_1);
    }

    int targetLength() {
        return targetTo - targetFrom;
    }

    /** Whether the target has the first {@code length} of these bytes. */
    boolean isTarget(final byte[] other, final int length) {
        return Arrays.equals(bytes, targetFrom, targetTo, other, 0, length);
    }

    /** Copies the target to the beginning of an array. */
    void copyTarget(final byte[] into) {
        System.arraycopy(bytes, targetFrom, into, 0, targetTo - targetFrom);
    }

    private boolean isWhole() {
        return hasHost && hasLength == (method == Route.Method.POST) && (hasType || method == Route.Method.GET);
    }

    /** Returns where the headers begin, or {@link #NOT_PLAIN}. */
    private int requestLine(final int from, final int end) {
        if (starts(from, end, POST)) {
            method = Route.Method.POST;
            targetFrom = from + POST.length - 1;
        } else if (starts(from, end, GET)) {
            method = Route.Method.GET;
            targetFrom = from + GET.length - 1;
        } else {
            return NOT_PLAIN;
        }
        int at = targetFrom;
        while (at < end && bytes[at] > ' ' && bytes[at] < 0x7F) {
            at++;
        }
        targetTo = at;
        return at < end && bytes[at] == ' ' && starts(at + 1, end, VERSION) ? at + 1 + VERSION.length : NOT_PLAIN;
    }

    /** Reads one header line; returns where the next one begins, or {@link #NOT_PLAIN}. */
    private int header(final int from, final int end) {
        int colon = from;
        while (colon < end && bytes[colon] >= 0 && IN_NAME[bytes[colon]]) {
            colon++;
        }
        if (colon == from || colon == end || bytes[colon] != ':') {
            return NOT_PLAIN;
        }
        int value = colon + 1;
        while (value < end && bytes[value] == ' ') {
            value++;
        }
        int lineEnd = value;
        while (lineEnd < end && bytes[lineEnd] >= ' ' && bytes[lineEnd] < 0x7F) {
            lineEnd++;
        }
        final boolean isLine = lineEnd + 1 < end && bytes[lineEnd] == '\r' && bytes[lineEnd + 1] == '\n';
        return isLine && isPlain(from, colon - from, value, lineEnd) ? lineEnd + 2 : NOT_PLAIN;
    }

    /** Notes what a header says; false where it says what only the decoder understands. */
    private boolean isPlain(final int name, final int nameLength, final int value, final int valueEnd) {
        return switch (nameLength) {
            case 4 -> !isText(name, HOST) || isFirstHost(valueEnd - value);
            case 6 -> !isText(name, EXPECT);
            case 10 -> !isText(name, CONNECTION) || valueEnd - value == KEEP_ALIVE.length && isText(value, KEEP_ALIVE);
            case 12 -> !isText(name, CONTENT_TYPE) || isJson(value, valueEnd);
            case 14 -> !isText(name, CONTENT_LENGTH) || isLength(value, valueEnd);
            case 16 -> !isText(name, CONTENT_ENCODING);
            case 17 -> !isText(name, TRANSFER_ENCODING);
            default -> true;
        };
    }

    private boolean isFirstHost(final int length) {
        final boolean isFirst = !hasHost && length > 0;
        hasHost = true;
        return isFirst;
    }

    private boolean isJson(final int value, final int valueEnd) {
        final boolean isFirst = !hasType;
        hasType = true;
        return isFirst && Arrays.equals(bytes, value, valueEnd, JSON, 0, JSON.length);
    }

    private boolean isLength(final int value, final int valueEnd) {
        final int digits = valueEnd - value;
        if (hasLength || digits < 1 || digits > MAX_LENGTH_DIGITS) {
            return false;
        }
        hasLength = true;
        int length = 0;
        for (int i = value; i < valueEnd; i++) {
            final int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            length = length * 10 + digit;
        }
        contentLength = length;
        return true;
    }

    private boolean starts(final int from, final int end, final byte[] text) {
        return end - from >= text.length && Arrays.equals(bytes, from, from + text.length, text, 0, text.length);
    }

    /** Whether there is this text of small letters and hyphens, in whatever case. */
    private boolean isText(final int from, final byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if ((bytes[from + i] | 0x20) != text[i]) {
                return false;
            }
        }
        return true;
    }
}

package io.tallymark.gateway.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes whole responses as bytes, head and body in one go, without header maps in between. Not thread-safe: one for
 * each event loop.
 */
final class ResponseWriter {
    static final byte[] JSON = ascii("Content-Type: application/json\r\nContent-Length: ");
    static final byte[] PROBLEM = ascii("Content-Type: application/problem+json\r\nContent-Length: ");
    static final byte[] METRICS = ascii("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: ");

    /** An interim response that asks for the body. */
    static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

    private static final byte[] RETRY_AFTER = ascii("Retry-After: ");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] LINE_END = ascii("\r\n");

    /** The longest head: status line, type, length, date, connection, and one of Allow, ETag and Retry-After. */
    private static final int MAX_HEAD_BYTES = 384;

    private final HttpCounters counters;
    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private byte[] date = new byte[0];
    private long dateSecond = Long.MIN_VALUE;
    private int at;

    ResponseWriter(final HttpCounters counters) {
        this.counters = counters;
    }

    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Appends a response.
     *
     * @param contentType       one of the constants above
     * @param body              from index 0 on
     * @param request           the FLAG bits of {@link ResponseQueue} of the request that this answers
     * @param retryAfterSeconds 0: none
     * @param headerLine        a further line with its end; null: none
     */
    void write(
            final ByteBuf out,
            final HttpStatus status,
            final byte[] contentType,
            final byte[] body,
            final int bodyLength,
            final int request,
            final int retryAfterSeconds,
            final byte[] headerLine) {
        at = 0;
        put(status.statusLine());
        put(contentType);
        putNumber(bodyLength);
        put(LINE_END);
        put(dateLine());
        if ((request & ResponseQueue.FLAG_CLOSE) != 0) {
            put(CLOSE);
        } else if ((request & ResponseQueue.FLAG_HTTP_1_0) != 0) {
            put(KEEP_ALIVE);
        }
        if (retryAfterSeconds > 0) {
            put(RETRY_AFTER);
            putNumber(retryAfterSeconds);
            put(LINE_END);
        }
        if (headerLine != null) {
            put(headerLine);
        }
        put(LINE_END);
        out.writeBytes(head, 0, at);
        if ((request & ResponseQueue.FLAG_HEAD) == 0) {
            out.writeBytes(body, 0, bodyLength);
        }
        counters.responded(status);
    }

    private void put(final byte[] bytes) {
        System.arraycopy(bytes, 0, head, at, bytes.length);
        at += bytes.length;
    }

    private void putNumber(final int value) {
        int digits = 1;
        for (int rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            head[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at += digits;
    }

    private byte[] dateLine() {
        final long second = System.currentTimeMillis() / 1_000;
        if (second != dateSecond) {
            dateSecond = second;
            date = ascii("Date: "
                    + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC))
                    + "\r\n");
        }
        return date;
    }
}

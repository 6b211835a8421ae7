package io.tallymark.client;

import io.tallymark.protocol.Limits;

/**
 * How a client talks to a server. Immutable; start from {@link #to} and change what differs.
 *
 * @param window             most requests without an answer, a power of two
 * @param maxFrameMessages   most requests of one frame
 * @param requestTimeoutMs   an answer that takes longer is reported as TIMED_OUT; also the longest that
 *                           {@link TallymarkClient#submit} waits for room
 * @param connectTimeoutMs   for the first connection and each later one
 * @param reconnect          whether a broken connection is opened again and what is unanswered is sent again
 * @param maxBackoffMs       longest pause between two attempts to connect
 * @param busyRetries        how often a request that the server was too busy for is sent again, 0: the refusal is
 *                           handed on
 * @param nativeTransport    epoll where it is available; else NIO
 */
public record ClientOptions(
        String host,
        int port,
        int window,
        int maxFrameMessages,
        long requestTimeoutMs,
        int connectTimeoutMs,
        boolean reconnect,
        long maxBackoffMs,
        int busyRetries,
        boolean nativeTransport) {

    /** Refuses what contradicts itself. */
    public ClientOptions {
        check(window >= 1 && window <= 1 << 20 && Integer.bitCount(window) == 1, "window is a power of two up to 2^20");
        check(maxFrameMessages >= 1 && maxFrameMessages <= Limits.MAX_FRAME_MESSAGES, "maxFrameMessages is 1 to 2048");
        check(requestTimeoutMs >= 1 && connectTimeoutMs >= 1 && maxBackoffMs >= 1, "times are at least 1 ms");
        check(busyRetries >= 0 && busyRetries <= 100, "busyRetries is 0 to 100");
    }

    /** What suits most: a window of 4,096, answers within 10 s, reconnecting, eight retries when busy. */
    public static ClientOptions to(final String host, final int port) {
        return new ClientOptions(host, port, 4_096, 512, 10_000, 5_000, true, 1_000, 8, true);
    }

    public ClientOptions withWindow(final int value) {
        return new ClientOptions(
                host,
                port,
                value,
                maxFrameMessages,
                requestTimeoutMs,
                connectTimeoutMs,
                reconnect,
                maxBackoffMs,
                busyRetries,
                nativeTransport);
    }

    public ClientOptions withMaxFrameMessages(final int value) {
        return new ClientOptions(
                host,
                port,
                window,
                value,
                requestTimeoutMs,
                connectTimeoutMs,
                reconnect,
                maxBackoffMs,
                busyRetries,
                nativeTransport);
    }

    public ClientOptions withRequestTimeoutMs(final long value) {
        return new ClientOptions(
                host,
                port,
                window,
                maxFrameMessages,
                value,
                connectTimeoutMs,
                reconnect,
                maxBackoffMs,
                busyRetries,
                nativeTransport);
    }

    public ClientOptions withReconnect(final boolean value) {
        return new ClientOptions(
                host,
                port,
                window,
                maxFrameMessages,
                requestTimeoutMs,
                connectTimeoutMs,
                value,
                maxBackoffMs,
                busyRetries,
                nativeTransport);
    }

    public ClientOptions withBusyRetries(final int value) {
        return new ClientOptions(
                host,
                port,
                window,
                maxFrameMessages,
                requestTimeoutMs,
                connectTimeoutMs,
                reconnect,
                maxBackoffMs,
                value,
                nativeTransport);
    }

    public ClientOptions withNativeTransport(final boolean value) {
        return new ClientOptions(
                host,
                port,
                window,
                maxFrameMessages,
                requestTimeoutMs,
                connectTimeoutMs,
                reconnect,
                maxBackoffMs,
                busyRetries,
                value);
    }

    private static void check(final boolean holds, final String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}

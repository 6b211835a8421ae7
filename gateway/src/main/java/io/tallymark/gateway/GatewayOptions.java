package io.tallymark.gateway;

import java.net.InetSocketAddress;

/**
 * How the gateway serves. Immutable; start from {@link #onLoopback()} and change what differs.
 *
 * @param binaryAddress             where the binary port listens; port 0: any free one
 * @param httpAddress               where the HTTP port listens; null: there is none
 * @param eventLoops                threads that serve all connections, at most 128
 * @param maxConnections            beyond it a new connection is closed at once
 * @param maxInFlight               requests of one connection that wait for their reply before it is read no further
 * @param outboundHighBytes         unsent replies at which a connection is read no further
 * @param outboundLimitBytes        unsent replies at which a connection is closed
 * @param partialFrameTimeoutMs     a frame or request not complete this long after its first byte closes the connection, and so
 *                                  do replies that the client does not read
 * @param idleTimeoutMs             a connection without a request for this long is closed, 0: never
 * @param busyRetryAfterMs          what a refusal for overload advises
 * @param drainTimeoutMs            how long {@link Gateway#close} waits for replies under way
 * @param nativeTransport           epoll where it is available; else NIO
 * @param identityKeys              with which outside identities become hashes; null: requests with one are refused
 */
public record GatewayOptions(
        InetSocketAddress binaryAddress,
        InetSocketAddress httpAddress,
        int eventLoops,
        int maxConnections,
        int maxInFlight,
        int outboundHighBytes,
        int outboundLimitBytes,
        long partialFrameTimeoutMs,
        long idleTimeoutMs,
        int busyRetryAfterMs,
        long drainTimeoutMs,
        boolean nativeTransport,
        IdentityKeys identityKeys) {

    /** Refuses what contradicts itself. */
    public GatewayOptions {
        check(eventLoops >= 1 && eventLoops <= Connections.MAX_LOOPS, "eventLoops is 1 to 128");
        check(maxConnections >= 1, "maxConnections is at least 1");
        check(maxInFlight >= 1, "maxInFlight is at least 1");
        check(outboundHighBytes >= 1_024, "outboundHighBytes is at least 1024");
        check(outboundLimitBytes > outboundHighBytes, "outboundLimitBytes is above outboundHighBytes");
        check(partialFrameTimeoutMs >= 1, "partialFrameTimeoutMs is at least 1");
        check(identityKeys == null || identityKeys.size() > 0, "there is at least one identity key");
        check(idleTimeoutMs >= 0 && drainTimeoutMs >= 0 && busyRetryAfterMs >= 0, "times are not negative");
    }

    /** One event loop on a free port of the loopback address. */
    public static GatewayOptions onLoopback() {
        return new GatewayOptions(
                new InetSocketAddress("127.0.0.1", 0),
                null,
                1,
                10_000,
                16_384,
                1024 * 1024,
                16 * 1024 * 1024,
                10_000,
                3_600_000,
                10,
                5_000,
                true,
                null);
    }

    public GatewayOptions withBinaryAddress(final InetSocketAddress value) {
        return new GatewayOptions(
                value,
                httpAddress,
                eventLoops,
                maxConnections,
                maxInFlight,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                identityKeys);
    }

    /** Null: no HTTP port. */
    public GatewayOptions withHttpAddress(final InetSocketAddress value) {
        return new GatewayOptions(
                binaryAddress,
                value,
                eventLoops,
                maxConnections,
                maxInFlight,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                identityKeys);
    }

    public GatewayOptions withEventLoops(final int value) {
        return new GatewayOptions(
                binaryAddress,
                httpAddress,
                value,
                maxConnections,
                maxInFlight,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                identityKeys);
    }

    public GatewayOptions withMaxConnections(final int value) {
        return new GatewayOptions(
                binaryAddress,
                httpAddress,
                eventLoops,
                value,
                maxInFlight,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                identityKeys);
    }

    public GatewayOptions withMaxInFlight(final int value) {
        return new GatewayOptions(
                binaryAddress,
                httpAddress,
                eventLoops,
                maxConnections,
                value,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                identityKeys);
    }

    /** Both bounds of unsent replies. */
    public GatewayOptions withOutboundBytes(final int high, final int limit) {
        return new GatewayOptions(
                binaryAddress,
                httpAddress,
                eventLoops,
                maxConnections,
                maxInFlight,
                high,
                limit,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                identityKeys);
    }

    /** Both limits of silence. */
    public GatewayOptions withTimeouts(final long partialFrameMs, final long idleMs) {
        return new GatewayOptions(
                binaryAddress,
                httpAddress,
                eventLoops,
                maxConnections,
                maxInFlight,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameMs,
                idleMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                identityKeys);
    }

    public GatewayOptions withNativeTransport(final boolean value) {
        return new GatewayOptions(
                binaryAddress,
                httpAddress,
                eventLoops,
                maxConnections,
                maxInFlight,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                value,
                identityKeys);
    }

    /** Null: outside identities are not taken. */
    public GatewayOptions withIdentityKeys(final IdentityKeys value) {
        return new GatewayOptions(
                binaryAddress,
                httpAddress,
                eventLoops,
                maxConnections,
                maxInFlight,
                outboundHighBytes,
                outboundLimitBytes,
                partialFrameTimeoutMs,
                idleTimeoutMs,
                busyRetryAfterMs,
                drainTimeoutMs,
                nativeTransport,
                value);
    }

    /** How often time limits are looked at: often enough for the shortest of them. */
    long sweepIntervalMs() {
        final long shortest =
                idleTimeoutMs == 0 ? partialFrameTimeoutMs : Math.min(idleTimeoutMs, partialFrameTimeoutMs);
        return Math.max(1, Math.min(1_000, shortest / 4));
    }

    private static void check(final boolean holds, final String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}

package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An outside identity as a caller names it, on its way to the wire. It stands beside a command, never in it: a command
 * carries hashes only, so that nothing that keeps or prints commands can give the external id away. Mutable, reused,
 * one thread.
 *
 * <p>It takes what fits its message, and more than the server takes, so that it is the server that says what is wrong.
 */
public final class ExternalIdentity {
    private static final int MAX_BYTES = 254;

    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[2 * MAX_BYTES]);
    private int channelLength;
    private int externalIdLength;

    /** Forgets the identity, the bytes too. */
    public ExternalIdentity clear() {
        bytes.setMemory(0, bytes.capacity(), (byte) 0);
        channelLength = 0;
        externalIdLength = 0;
        return this;
    }

    /** Sets the channel; one of more than 254 bytes is an {@link IllegalArgumentException}. */
    public ExternalIdentity channel(final DirectBuffer source, final int offset, final int length) {
        checkLength("identityChannel", length);
        bytes.putBytes(0, source, offset, length);
        channelLength = length;
        return this;
    }

    /** Sets the external id; one of more than 254 bytes is an {@link IllegalArgumentException}. */
    public ExternalIdentity externalId(final DirectBuffer source, final int offset, final int length) {
        checkLength("externalId", length);
        bytes.putBytes(MAX_BYTES, source, offset, length);
        externalIdLength = length;
        return this;
    }

    /** Sets both; allocates. */
    public ExternalIdentity set(final String channel, final String externalId) {
        final byte[] channelBytes = channel.getBytes(StandardCharsets.UTF_8);
        final byte[] idBytes = externalId.getBytes(StandardCharsets.UTF_8);
        clear();
        return channel(new UnsafeBuffer(channelBytes), 0, channelBytes.length)
                .externalId(new UnsafeBuffer(idBytes), 0, idBytes.length);
    }

    /** Whether there is anything. */
    public boolean isPresent() {
        return channelLength > 0 || externalIdLength > 0;
    }

    /** Bytes of {@link #write}. */
    int wireLength() {
        return 2 + channelLength + externalIdLength;
    }

    /** Writes both, each behind a length byte; returns the position behind them. */
    int write(final MutableDirectBuffer buffer, final int offset) {
        final int at = put(buffer, offset, 0, channelLength);
        return put(buffer, at, MAX_BYTES, externalIdLength);
    }

    private int put(final MutableDirectBuffer buffer, final int offset, final int from, final int length) {
        buffer.putByte(offset, (byte) length);
        buffer.putBytes(offset + 1, bytes, from, length);
        return offset + 1 + length;
    }

    private static void checkLength(final String name, final int length) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException(name + ": " + length + " bytes are more than a text may have");
        }
    }

    /** Says nothing about who it is. */
    @Override
    public String toString() {
        return isPresent() ? "an identity" : "no identity";
    }
}

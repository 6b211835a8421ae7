package io.tallymark.gateway;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * The random bits that decide draws. A draw is worth something, so whoever has seen any number of earlier ones must not be
 * able to tell the next: they come from a cryptographic generator (NIST SP 800-90A), not from a fast one whose state its
 * output betrays.
 *
 * <p>The generator is seeded by the system when this is made, where waiting for entropy harms nobody; from then on it only
 * computes, so an event loop never waits for it. It has one for itself, so there is no lock that is contended either. Bits
 * are made for many draws at a time, and forgotten when they are given.
 *
 * <p>Not thread-safe: one for each event loop.
 */
final class DrawBits {
    private static final int BLOCK_BYTES = 64 * Long.BYTES;

    private final SecureRandom generator;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteBuffer unused = ByteBuffer.wrap(block);

    DrawBits() {
        try {
            generator = SecureRandom.getInstance("DRBG");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks a generator that it must have", e);
        }
        // The first use is what seeds it.
        generator.nextBytes(block);
    }

    /** 64 bits that nobody has been given before. */
    long next() {
        if (!unused.hasRemaining()) {
            generator.nextBytes(block);
            unused.clear();
        }
        final int at = unused.position();
        final long bits = unused.getLong();
        unused.putLong(at, 0);
        return bits;
    }
}

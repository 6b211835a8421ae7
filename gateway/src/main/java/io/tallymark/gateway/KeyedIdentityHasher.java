package io.tallymark.gateway;

import io.tallymark.protocol.IdentityHasher;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * Identity hashes by HMAC-SHA-256 (RFC 2104), cut to 16 bytes, one for each key. One for each event loop: not
 * thread-safe. Built on {@link MessageDigest} because {@code javax.crypto.Mac} allocates for every hash.
 */
final class KeyedIdentityHasher implements IdentityHasher {
    private static final int BLOCK_BYTES = 64;
    private static final int DIGEST_BYTES = 32;
    private static final int HASH_BYTES = 16;

    private final MessageDigest digest;
    private final int[] versions;
    private final byte[][] innerPads;
    private final byte[][] outerPads;
    private final byte[] scratch = new byte[DIGEST_BYTES];

    /** A hasher with one to four keys. */
    KeyedIdentityHasher(final IdentityKeys keys) {
        if (keys.size() == 0) {
            throw new IllegalArgumentException("no identity keys");
        }
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        versions = new int[keys.size()];
        innerPads = new byte[keys.size()][];
        outerPads = new byte[keys.size()][];
        for (int i = 0; i < keys.size(); i++) {
            final IdentityKeys.Key key = keys.keys().get(i);
            versions[i] = key.version();
            innerPads[i] = padded(key.material(), 0x36);
            outerPads[i] = padded(key.material(), 0x5C);
        }
    }

    @Override
    public int hash(final byte[] message, final int length, final MutableDirectBuffer into, final int offset) {
        int at = offset;
        for (int i = 0; i < versions.length; i++) {
            hmac(i, message, length);
            into.putByte(at, (byte) versions[i]);
            into.putBytes(at + 1, scratch, 0, HASH_BYTES);
            at += 1 + HASH_BYTES;
        }
        Arrays.fill(scratch, (byte) 0);
        return at - offset;
    }

    private void hmac(final int key, final byte[] message, final int length) {
        try {
            digest.update(innerPads[key]);
            digest.update(message, 0, length);
            digest.digest(scratch, 0, DIGEST_BYTES);
            digest.update(outerPads[key]);
            digest.update(scratch, 0, DIGEST_BYTES);
            digest.digest(scratch, 0, DIGEST_BYTES);
        } catch (final DigestException e) {
            throw new IllegalStateException("SHA-256 has " + DIGEST_BYTES + " bytes", e);
        }
    }

    private static byte[] padded(final byte[] key, final int mask) {
        final byte[] pad = new byte[BLOCK_BYTES];
        for (int i = 0; i < BLOCK_BYTES; i++) {
            pad[i] = (byte) ((i < key.length ? key[i] : 0) ^ mask);
        }
        return pad;
    }
}

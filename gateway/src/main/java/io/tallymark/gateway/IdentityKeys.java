package io.tallymark.gateway;

import io.tallymark.protocol.IdentityHashes;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of identity hashes in use, the newest first: identities are linked under the first and found under any. Key
 * material never leaves this class but for {@link KeyedIdentityHasher}. Immutable.
 */
public final class IdentityKeys {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private final List<Key> keys;

    /**
     * One key.
     *
     * @param version  1 to 255, written into each hash
     * @param material {@link #KEY_BYTES} secret bytes
     */
    record Key(int version, byte[] material) {
        @Override
        public String toString() {
            return "key of version " + version;
        }
    }

    private IdentityKeys(final List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** None yet; not to be used without {@link #and}. */
    public static IdentityKeys none() {
        return new IdentityKeys(List.of());
    }

    /**
     * These keys and an older one.
     *
     * @param version  1 to 255, not that of another key
     * @param material {@link #KEY_BYTES} bytes, copied
     * @throws IllegalArgumentException with a sentence without key material
     */
    public IdentityKeys and(final int version, final byte[] material) {
        if (version < 1 || version > 255) {
            throw new IllegalArgumentException("a key version is 1 to 255");
        }
        if (material.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
        }
        if (keys.size() == IdentityHashes.MAX_ENTRIES) {
            throw new IllegalArgumentException("at most " + IdentityHashes.MAX_ENTRIES + " keys are in use at a time");
        }
        for (final Key key : keys) {
            if (key.version() == version) {
                throw new IllegalArgumentException("two keys of version " + version);
            }
        }
        final List<Key> more = new ArrayList<>(keys);
        more.add(new Key(version, material.clone()));
        return new IdentityKeys(more);
    }

    /** How many there are. */
    public int size() {
        return keys.size();
    }

    /** The version under which identities are linked now; 0: there are no keys. */
    public int newestVersion() {
        return keys.isEmpty() ? 0 : keys.get(0).version();
    }

    List<Key> keys() {
        return keys;
    }

    /** Versions only. */
    @Override
    public String toString() {
        return keys.toString();
    }
}

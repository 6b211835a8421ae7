package io.tallymark.protocol;

/**
 * The bytes of {@link VarField#IDENTITY}: an outside identity as keyed hashes, one for each key that is in use, the
 * newest first; it is linked under the first and found under any.
 *
 * <pre>
 * entry := keyVersion 1 byte (1 to 255), hash 16 bytes; 1 to 4 entries
 * </pre>
 *
 * The hash is the first 16 bytes of HMAC-SHA-256 over program, channel and external id, each behind a length byte. The
 * gateway makes it before the command gets a sequence; the key and the external id never get into the log.
 */
public final class IdentityHashes {
    /** Bytes of one entry. */
    public static final int ENTRY_BYTES = 17;

    /** Most keys in use at a time. */
    public static final int MAX_ENTRIES = 4;

    /** Most bytes of all entries. */
    public static final int MAX_BYTES = MAX_ENTRIES * ENTRY_BYTES;

    private IdentityHashes() {}
}

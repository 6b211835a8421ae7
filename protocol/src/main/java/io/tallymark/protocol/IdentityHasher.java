package io.tallymark.protocol;

import org.agrona.MutableDirectBuffer;

/**
 * Makes keyed hashes of outside identities, before a command gets into the pipeline. One for each event loop; an
 * implementation need not be thread-safe, throws nothing and allocates nothing.
 */
public interface IdentityHasher {
    /** Longest message: program, channel and external id, each behind a length byte. */
    int MAX_MESSAGE_BYTES = 3 + Limits.MAX_PROGRAM_BYTES + Limits.MAX_TEXT_BYTES + Limits.MAX_EXTERNAL_ID_BYTES;

    /**
     * Writes the hashes of one identity in the form of {@link IdentityHashes}.
     *
     * @param message program, channel and external id, each behind a length byte, from index 0 on; not to be kept
     * @param length  of the message
     * @param into    with room for {@link IdentityHashes#MAX_BYTES}
     * @return how many bytes were written
     */
    int hash(byte[] message, int length, MutableDirectBuffer into, int offset);
}

package io.tallymark.journal;

import io.tallymark.protocol.Durability;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the first frame of an epoch says, behind the header, little-endian.
 *
 * <pre>
 *  0  previousEpoch         u32   whose valid end follows; 0: there is none
 *  4  previousFile          u32   number of the file of its last valid frame
 *  8  previousPosition      i64   behind that frame
 * 16  previousLastSequence  i64
 * 24  previousChain         i64   chain value of that frame
 * 32  seedHigh              i64   of the ledger's keyed hashes, the same in every epoch
 * 40  seedLow               i64
 * 48  durability            u8    of this epoch
 * 49  reserved              7 B   0
 * </pre>
 */
record StartPayload(
        int previousEpoch,
        int previousFile,
        long previousPosition,
        long previousLastSequence,
        long previousChain,
        long seedHigh,
        long seedLow,
        Durability durability) {
    static final int BYTES = 56;

    int put(final MutableDirectBuffer b, final int offset) {
        b.putInt(offset, previousEpoch);
        b.putInt(offset + 4, previousFile);
        b.putLong(offset + 8, previousPosition);
        b.putLong(offset + 16, previousLastSequence);
        b.putLong(offset + 24, previousChain);
        b.putLong(offset + 32, seedHigh);
        b.putLong(offset + 40, seedLow);
        b.putLong(offset + 48, durability.code());
        return offset + BYTES;
    }

    boolean sameSeed(final StartPayload other) {
        return seedHigh == other.seedHigh && seedLow == other.seedLow;
    }

    /** Reads it from a frame at {@code offset}; null if it is no START. */
    static StartPayload of(final DirectBuffer b, final int offset, final int length) {
        if (Frame.kind(b, offset) != Frame.START || length < Frame.HEADER_BYTES + BYTES) {
            return null;
        }
        final int at = offset + Frame.HEADER_BYTES;
        return new StartPayload(
                b.getInt(at),
                b.getInt(at + 4),
                b.getLong(at + 8),
                b.getLong(at + 16),
                b.getLong(at + 24),
                b.getLong(at + 32),
                b.getLong(at + 40),
                b.getByte(at + 48) == Durability.FSYNC.code() ? Durability.FSYNC : Durability.PAGE_CACHE);
    }
}

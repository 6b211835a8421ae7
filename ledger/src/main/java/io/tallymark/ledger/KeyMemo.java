package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fingerprints of the commands touched last, so that applying them does not hash again. The bytes they were made from
 * are kept beside and compared: a command that was changed or never came after its touch finds nothing here.
 */
final class KeyMemo {
    static final int MAX_COMMANDS = 1_024;

    private static final int BYTES = Limits.MAX_PROGRAM_BYTES + Limits.MAX_SOURCE_BYTES + Limits.MAX_DOCUMENT_ID_BYTES;

    private final byte[] bytes = new byte[MAX_COMMANDS * BYTES];
    private final long[] lengths = new long[MAX_COMMANDS];
    private final long[] highs = new long[MAX_COMMANDS];
    private final long[] lows = new long[MAX_COMMANDS];
    private int count;
    private int next;

    boolean isFull() {
        return count == MAX_COMMANDS;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
        next = 0;
    }

    /** Keeps a fingerprint with what it was made from. */
    void add(final Command c, final long keyLengths, final int keyOffset, final int keyBytes, final SipHash key) {
        c.bytes().getBytes(keyOffset, bytes, count * BYTES, keyBytes);
        lengths[count] = keyLengths;
        highs[count] = key.high();
        lows[count] = key.low();
        count++;
    }

    /** Finds the fingerprint of the next command in the order of touching; -1: it must be hashed. */
    int find(final Command c, final long keyLengths, final int keyOffset, final int keyBytes) {
        if (next >= count || lengths[next] != keyLengths || !isSame(c.bytes(), keyOffset, keyBytes)) {
            return -1;
        }
        return next++;
    }

    long high(final int i) {
        return highs[i];
    }

    long low(final int i) {
        return lows[i];
    }

    private boolean isSame(final UnsafeBuffer other, final int offset, final int length) {
        final int start = next * BYTES;
        final byte[] array = other.byteArray();
        if (array != null) {
            final int from = other.wrapAdjustment() + offset;
            return Arrays.equals(bytes, start, start + length, array, from, from + length);
        }
        for (int i = 0; i < length; i++) {
            if (bytes[start + i] != other.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}

package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The further wallets of points of a {@link Reply}, those beside {@code points}, in the order in which the program first
 * listed them. Reused, grows to the largest reply seen; not thread-safe.
 */
public final class ReplyWallets {
    private static final int COLUMNS = 5;

    private int count;
    private int subject = WalletBalances.NONE;
    private long[] values = new long[0];
    private int[] idEnds = new int[0];
    private byte[] ids = new byte[0];

    public int count() {
        return count;
    }

    /** The place of the wallet that {@link Reply#points} are of; {@link WalletBalances#NONE}: of {@code points}. */
    public int subject() {
        return subject;
    }

    /** Allocates. */
    public String id(final int index) {
        final int start = idStart(index);
        return new String(ids, start, idEnds[index] - start, StandardCharsets.UTF_8);
    }

    /** Bytes of a wallet's id in UTF-8. */
    public int idLength(final int index) {
        return idEnds[index] - idStart(index);
    }

    /** One byte of a wallet's id. */
    public byte idByte(final int index, final int at) {
        return ids[idStart(index) + at];
    }

    /** What the request moved there, signed as the balance moved. */
    public long movedPoints(final int index) {
        return values[index * COLUMNS];
    }

    /** Active and not held. */
    public long availablePoints(final int index) {
        return values[index * COLUMNS + 1];
    }

    public long pendingPoints(final int index) {
        return values[index * COLUMNS + 2];
    }

    public long heldPoints(final int index) {
        return values[index * COLUMNS + 3];
    }

    public long debtPoints(final int index) {
        return values[index * COLUMNS + 4];
    }

    private int idStart(final int index) {
        return index == 0 ? 0 : idEnds[index - 1];
    }

    void clear() {
        count = 0;
        subject = WalletBalances.NONE;
    }

    /** Begins a wallet, whose id is to be set. */
    void add(
            final long movedPoints,
            final long availablePoints,
            final long pendingPoints,
            final long heldPoints,
            final long debtPoints) {
        if (count == idEnds.length) {
            final int wallets = Math.max(WalletBalances.MAX_WALLETS, 2 * count);
            values = Arrays.copyOf(values, wallets * COLUMNS);
            idEnds = Arrays.copyOf(idEnds, wallets);
        }
        final int at = count++ * COLUMNS;
        values[at] = movedPoints;
        values[at + 1] = availablePoints;
        values[at + 2] = pendingPoints;
        values[at + 3] = heldPoints;
        values[at + 4] = debtPoints;
    }

    void subject(final int index) {
        subject = index;
    }

    void id(final DirectBuffer source, final int offset, final int length) {
        final int start = idStart(count - 1);
        if (start + length > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(WalletBalances.MAX_WALLETS * 64, 2 * (start + length)));
        }
        source.getBytes(offset, ids, start, length);
        idEnds[count - 1] = start + length;
    }
}

package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a member has in the further wallets of points of its program, those beside {@code points}, in the order in which
 * the program's versions first listed them. Part of an {@link Outcome}; mutable and reused; one thread.
 */
public final class WalletBalances {
    /** Most further wallets of points of one program version, and of its life: none may be left out again. */
    public static final int MAX_WALLETS = 7;

    /** {@link #subject}: the outcome's points are those of the wallet {@code points}. */
    public static final int NONE = -1;

    private int count;
    private int subject = NONE;
    private final byte[][] ids = new byte[MAX_WALLETS][];
    private final long[] moved = new long[MAX_WALLETS];
    private final long[] available = new long[MAX_WALLETS];
    private final long[] pending = new long[MAX_WALLETS];
    private final long[] held = new long[MAX_WALLETS];
    private final long[] debt = new long[MAX_WALLETS];

    /** Empties it. */
    public void clear() {
        count = 0;
        subject = NONE;
    }

    /**
     * Adds a wallet.
     *
     * @param id              in ASCII; not copied and not to be written to
     * @param movedPoints     what the command granted, spent or took there, signed as the balance moved; of a replay what
     *                        an accrual granted, else 0 but for the wallet of its points
     * @param availablePoints active and not held
     */
    public void add(
            final byte[] id,
            final long movedPoints,
            final long availablePoints,
            final long pendingPoints,
            final long heldPoints,
            final long debtPoints) {
        ids[count] = id;
        moved[count] = movedPoints;
        available[count] = availablePoints;
        pending[count] = pendingPoints;
        held[count] = heldPoints;
        debt[count++] = debtPoints;
    }

    /** Says which of them {@link Outcome#points} are of; {@link #NONE}: of {@code points}. */
    public void subject(final int index) {
        subject = index;
    }

    /** The place of the wallet that {@link Outcome#points} are of; {@link #NONE}: of {@code points}. */
    public int subject() {
        return subject;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The wallet's id in ASCII; not to be written to. */
    public byte[] id(final int index) {
        return ids[index];
    }

    /** What the command moved there. */
    public long movedPoints(final int index) {
        return moved[index];
    }

    public long availablePoints(final int index) {
        return available[index];
    }

    public long pendingPoints(final int index) {
        return pending[index];
    }

    public long heldPoints(final int index) {
        return held[index];
    }

    public long debtPoints(final int index) {
        return debt[index];
    }

    /** Whether the other holds the same. */
    public boolean equalsIn(final WalletBalances other) {
        if (count != other.count || subject != other.subject) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (moved[i] != other.moved[i]
                    || available[i] != other.available[i]
                    || pending[i] != other.pending[i]
                    || held[i] != other.held[i]
                    || debt[i] != other.debt[i]
                    || !Arrays.equals(ids[i], other.ids[i])) {
                return false;
            }
        }
        return true;
    }

    /** As part of the text of an outcome: each wallet with what is told of it; nothing where there are none. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(' ').append(new String(ids[i], StandardCharsets.US_ASCII));
            text.append(i == subject ? "*=" : "=").append(moved[i]);
            text.append(" (available ")
                    .append(available[i])
                    .append(", pending ")
                    .append(pending[i]);
            text.append(", held ")
                    .append(held[i])
                    .append(", debt ")
                    .append(debt[i])
                    .append(')');
        }
        return text.toString();
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * What a command changes on boards: filled by plan, carried out by commit, which alone knows the slot of a member that
 * is only enrolling. Part of an {@link Effect}; grows to as many as a program has boards.
 */
final class BoardChanges {
    // Who takes part.
    /** A participant that is known by its number. */
    static final int KNOWN = 0;

    /** The member in the effect. */
    static final int MEMBER = 1;

    /** The member of a slot. */
    static final int SLOT = 2;

    /** The store that the command names. */
    static final int STORE = 3;

    /** The staff that the command names. */
    static final int STAFF = 4;

    private final Mark mark;

    int count;
    int[] board = new int[4];
    int[] who = new int[4];

    /** The participant's number or the slot, as {@link #who} says. */
    int[] which = new int[4];

    long[] change = new long[4];

    /** @param mark set when something is put in */
    BoardChanges(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        count = 0;
    }

    void add(final int ofBoard, final int ofWhom, final int number, final long by) {
        if (count == board.length) {
            board = Arrays.copyOf(board, count * 2);
            who = Arrays.copyOf(who, count * 2);
            which = Arrays.copyOf(which, count * 2);
            change = Arrays.copyOf(change, count * 2);
        }
        board[count] = ofBoard;
        who[count] = ofWhom;
        which[count] = number;
        change[count++] = by;
        mark.isSet = true;
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/** The boards that an order counted on, and for whom: what its refunds lower. Part of an {@link OrderDraft}. */
final class BoardLinks {
    int count;

    /** Stable numbers, in the order in which the version listed them. */
    int[] board = new int[4];

    /** Numbers of participants, see {@link Boards}. */
    int[] participant = new int[4];

    void clear() {
        count = 0;
    }

    void add(final int ofBoard, final int number) {
        if (count == board.length) {
            board = Arrays.copyOf(board, count * 2);
            participant = Arrays.copyOf(participant, count * 2);
        }
        board[count] = ofBoard;
        participant[count++] = number;
    }
}

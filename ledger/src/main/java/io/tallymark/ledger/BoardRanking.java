package io.tallymark.ledger;

import io.tallymark.ledger.program.Board;

/**
 * The first participants of a board, found by one pass that keeps the best so far in a heap with the last of them on top:
 * as many comparisons as there are participants, and few more. Reused; one thread; no allocation after construction.
 */
final class BoardRanking {
    private final int[] heap = new int[Board.MAX_TOP];
    private Participants participants;
    private int count;

    /** Ranks the participants with a score; returns how many of the wanted there are. */
    int rank(final Participants of, final int board, final int wanted) {
        participants = of;
        count = 0;
        for (int i = of.newest(board); i != 0; i = of.before(i)) {
            if (of.score(i) == 0) {
                continue;
            }
            if (count < wanted) {
                heap[count] = i;
                siftUp(count++);
            } else if (isBefore(i, heap[0])) {
                heap[0] = i;
                siftDown(count);
            }
        }
        sort();
        return count;
    }

    /** A participant by its rank, from 0. */
    int get(final int rank) {
        return heap[rank];
    }

    private void sort() {
        for (int end = count - 1; end > 0; end--) {
            final int last = heap[0];
            heap[0] = heap[end];
            heap[end] = last;
            siftDown(end);
        }
    }

    private void siftUp(final int from) {
        int at = from;
        while (at > 0 && isBefore(heap[at - 1 >>> 1], heap[at])) {
            swap(at, at - 1 >>> 1);
            at = at - 1 >>> 1;
        }
    }

    private void siftDown(final int end) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= end) {
                return;
            }
            if (child + 1 < end && isBefore(heap[child], heap[child + 1])) {
                child++;
            }
            if (isBefore(heap[child], heap[at])) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(final int a, final int b) {
        final int kept = heap[a];
        heap[a] = heap[b];
        heap[b] = kept;
    }

    private boolean isBefore(final int a, final int b) {
        final long scoreA = participants.score(a);
        final long scoreB = participants.score(b);
        return scoreA != scoreB ? scoreA > scoreB : participants.sequence(a) < participants.sequence(b);
    }
}

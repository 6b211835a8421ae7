package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Numbers by which the index of the keys names chunks. A chunk gets a new number each time it is taken, so that a cell
 * that outlived its entry is known by a number that is gone; cells are swept later, in the order of memory, see
 * {@link SlotIndex#sweep}. A number is given again when a whole pass of the sweep began and ended after it went: no cell
 * names it then. One thread.
 */
final class ChunkNumbers {
    /** No chunk, no number. */
    private static final int NONE = 0;

    private static final int FIRST_NUMBERS = 1_024;

    private int[] chunkOf = new int[FIRST_NUMBERS];

    /** The number that went next after one. */
    private int[] nextGone = new int[FIRST_NUMBERS];

    /** Bit n: number n is gone. A cell that is empty has number 0, which never goes. */
    private long[] gone = new long[FIRST_NUMBERS / Long.SIZE];

    private int count = 1;
    private int firstGone = NONE;
    private int lastGone = NONE;

    // Of those that are gone, in the order of going.
    private int reusable;
    private int goneBeforePass;
    private int goneInPass;

    /** A number for a chunk. */
    int give(final int chunk) {
        final int number;
        if (reusable > 0) {
            reusable--;
            number = firstGone;
            firstGone = nextGone[number];
            gone[number / Long.SIZE] &= ~(1L << number);
        } else {
            number = count++;
            if (number == chunkOf.length) {
                chunkOf = Arrays.copyOf(chunkOf, number * 2);
                nextGone = Arrays.copyOf(nextGone, number * 2);
                gone = Arrays.copyOf(gone, number * 2 / Long.SIZE);
            }
        }
        chunkOf[number] = chunk;
        return number;
    }

    /** The chunk of a number, 0: it is gone. */
    int chunk(final int number) {
        return chunkOf[number];
    }

    /** A chunk is given back. */
    void take(final int number) {
        chunkOf[number] = NONE;
        gone[number / Long.SIZE] |= 1L << number;
        nextGone[number] = NONE;
        if (reusable + goneBeforePass + goneInPass == 0) {
            firstGone = number;
        } else {
            nextGone[lastGone] = number;
        }
        lastGone = number;
        goneInPass++;
    }

    /** The bits of the numbers that are gone; not to be written to. */
    long[] gone() {
        return gone;
    }

    /** A pass of the sweep over the whole index has ended, the next begins. */
    void passEnded() {
        reusable += goneBeforePass;
        goneBeforePass = goneInPass;
        goneInPass = 0;
    }
}

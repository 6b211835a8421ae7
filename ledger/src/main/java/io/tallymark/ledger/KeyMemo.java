package io.tallymark.ledger;

import io.tallymark.protocol.Command;

/**
 * Fingerprints of the commands touched last, so that applying them does not hash again. They are known by their stamps:
 * a command that was filled anew, or never came after its touch, finds nothing here.
 */
final class KeyMemo {
    static final int MAX_COMMANDS = 1_024;

    private final long[] stamps = new long[MAX_COMMANDS];
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

    /** Keeps a command's fingerprint. */
    void add(final Command c, final SipHash key) {
        stamps[count] = c.stamp();
        highs[count] = key.high();
        lows[count] = key.low();
        count++;
    }

    /** Finds the fingerprint of the next command in the order of touching; -1: it must be hashed. */
    int find(final Command c) {
        return next < count && stamps[next] == c.stamp() ? next++ : -1;
    }

    long high(final int i) {
        return highs[i];
    }

    long low(final int i) {
        return lows[i];
    }
}

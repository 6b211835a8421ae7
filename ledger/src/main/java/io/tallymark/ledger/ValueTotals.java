package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Where the stored value of a program came from and went to, by the stable number of the wallet, in minor units. Always
 * {@code toppedUp + granted = principal + gift + spent + refunded + forfeited}. Also by how much a command moves them: then
 * a part of the {@link Effect}, filled by plan and booked by commit. One thread.
 */
final class ValueTotals {
    /** Most wallets of all versions of a program together. */
    static final int MAX_WALLETS = 255;

    static final int TOPPED_UP = 0;
    static final int GRANTED = 1;
    static final int PRINCIPAL = 2;
    static final int GIFT = 3;
    static final int SPENT = 4;
    static final int REFUNDED = 5;
    static final int FORFEITED = 6;
    static final int KINDS = 7;

    private long[] sums = new long[KINDS];
    private int wallets;
    private final Mark mark;

    /** Wallets up to the last that anything was ever booked on. */
    int wallets() {
        return wallets;
    }

    ValueTotals() {
        this(new Mark());
    }

    /** @param mark set when something is put in */
    ValueTotals(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        if (wallets != 0) {
            Arrays.fill(sums, 0, wallets * KINDS, 0);
            wallets = 0;
        }
    }

    long get(final int wallet, final int kind) {
        return wallet < wallets ? sums[wallet * KINDS + kind] : 0;
    }

    void add(final int wallet, final int kind, final long amountMinor) {
        if (wallet >= wallets) {
            wallets = wallet + 1;
            mark.isSet = true;
            if (sums.length < wallets * KINDS) {
                sums = Arrays.copyOf(sums, 2 * wallets * KINDS);
            }
        }
        sums[wallet * KINDS + kind] += amountMinor;
    }

    /** Books what a command moves. */
    void apply(final ValueTotals moves) {
        for (int wallet = 0; wallet < moves.wallets; wallet++) {
            for (int kind = 0; kind < KINDS; kind++) {
                add(wallet, kind, moves.get(wallet, kind));
            }
        }
    }

    /** Whether no sum of what ever came in would overflow with a command's. */
    boolean hasRoomFor(final ValueTotals moves) {
        for (int wallet = 0; wallet < moves.wallets; wallet++) {
            if (cameIn(wallet) + moves.cameIn(wallet) > Totals.MAX) {
                return false;
            }
        }
        return true;
    }

    private long cameIn(final int wallet) {
        return get(wallet, TOPPED_UP) + get(wallet, GRANTED);
    }

    /** Whether the two sides are equal. */
    boolean isZeroSum(final int wallet) {
        long there = 0;
        for (int kind = PRINCIPAL; kind < KINDS; kind++) {
            there += get(wallet, kind);
        }
        return cameIn(wallet) == there;
    }

    /** Gives all of it to a hasher; a wallet with nothing ever booked says nothing. */
    void hash(final StateHasher into) {
        int used = 0;
        for (int wallet = 0; wallet < wallets; wallet++) {
            used += cameIn(wallet) == 0 ? 0 : 1;
        }
        into.word(used);
        for (int wallet = 0; wallet < wallets; wallet++) {
            if (cameIn(wallet) != 0) {
                into.word(wallet);
                for (int kind = 0; kind < KINDS; kind++) {
                    into.word(get(wallet, kind));
                }
            }
        }
    }

    /** What is booked on a wallet, for people. */
    String text(final int wallet) {
        return "topped up " + get(wallet, TOPPED_UP) + " + granted " + get(wallet, GRANTED) + ", principal "
                + get(wallet, PRINCIPAL) + " + gift " + get(wallet, GIFT) + " + spent " + get(wallet, SPENT)
                + " + refunded " + get(wallet, REFUNDED) + " + forfeited " + get(wallet, FORFEITED);
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The stored value of a member by the stable number of the wallet, in minor units; a wallet with nothing in it, to which
 * nothing is owed, is not there. Part of a {@link MemberDraft}; one thread.
 */
final class ValueBook {
    private final Mark mark;

    int count;
    int[] wallet = new int[2];
    long[] principalMinor = new long[2];
    long[] giftMinor = new long[2];

    /** Gift that was to be taken back and was not there: it is taken when spent gift comes back. */
    long[] owedGiftMinor = new long[2];

    /** @param mark set when something is put in */
    ValueBook(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        count = 0;
    }

    /** The place of a wallet; negative: nothing is in it or owed to it. */
    int find(final int number) {
        for (int i = 0; i < count; i++) {
            if (wallet[i] == number) {
                return i;
            }
        }
        return -1;
    }

    long principalMinor(final int number) {
        final int i = find(number);
        return i < 0 ? 0 : principalMinor[i];
    }

    long giftMinor(final int number) {
        final int i = find(number);
        return i < 0 ? 0 : giftMinor[i];
    }

    long owedGiftMinor(final int number) {
        final int i = find(number);
        return i < 0 ? 0 : owedGiftMinor[i];
    }

    /** Whether anything is in a wallet. */
    boolean has(final int number) {
        return (principalMinor(number) | giftMinor(number)) != 0;
    }

    /** Whether principal is in any wallet. */
    boolean hasPrincipal() {
        for (int i = 0; i < count; i++) {
            if (principalMinor[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether no wallet holds more of either than a number may be. */
    boolean isWithin(final long most) {
        for (int i = 0; i < count; i++) {
            if (principalMinor[i] > most || giftMinor[i] > most) {
                return false;
            }
        }
        return true;
    }

    /** Adds to a wallet, or takes from it what is there; one that is emptied goes. */
    void add(final int number, final long principal, final long gift) {
        change(number, principal, gift, 0);
    }

    /** Adds to the gift that is owed to a wallet, or takes from it. */
    void owe(final int number, final long gift) {
        change(number, 0, 0, gift);
    }

    private void change(final int number, final long principal, final long gift, final long owedGift) {
        int i = find(number);
        if (i < 0) {
            i = open(number);
        }
        principalMinor[i] += principal;
        giftMinor[i] += gift;
        owedGiftMinor[i] += owedGift;
        if ((principalMinor[i] | giftMinor[i] | owedGiftMinor[i]) == 0) {
            remove(i);
        }
    }

    private int open(final int number) {
        if (count == wallet.length) {
            wallet = Arrays.copyOf(wallet, count * 2);
            principalMinor = Arrays.copyOf(principalMinor, count * 2);
            giftMinor = Arrays.copyOf(giftMinor, count * 2);
            owedGiftMinor = Arrays.copyOf(owedGiftMinor, count * 2);
        }
        mark.isSet = true;
        int at = count++;
        for (; at > 0 && wallet[at - 1] > number; at--) {
            wallet[at] = wallet[at - 1];
            principalMinor[at] = principalMinor[at - 1];
            giftMinor[at] = giftMinor[at - 1];
            owedGiftMinor[at] = owedGiftMinor[at - 1];
        }
        wallet[at] = number;
        principalMinor[at] = 0;
        giftMinor[at] = 0;
        owedGiftMinor[at] = 0;
        return at;
    }

    private void remove(final int at) {
        count--;
        System.arraycopy(wallet, at + 1, wallet, at, count - at);
        System.arraycopy(principalMinor, at + 1, principalMinor, at, count - at);
        System.arraycopy(giftMinor, at + 1, giftMinor, at, count - at);
        System.arraycopy(owedGiftMinor, at + 1, owedGiftMinor, at, count - at);
    }
}

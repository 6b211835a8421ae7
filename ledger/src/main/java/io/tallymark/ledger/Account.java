package io.tallymark.ledger;

import io.tallymark.protocol.WalletBalances;

/**
 * Whose points a lot holds and in which wallet, in one number: wallet × 256 + issuer. The wallet {@code points} has the
 * number 0, further ones have those of first listing plus 1; their lots are the house's, whose number as an issuer is 0.
 * So in {@code points} an account is its issuer, and the house's account there is 0, see {@link LotBook#HOUSE}.
 */
final class Account {
    /** The wallet that everything is about which names none. */
    static final int POINTS = 0;

    /** Numbers of wallets: {@link #POINTS} and the further ones. */
    static final int WALLETS = 1 + WalletBalances.MAX_WALLETS;

    private static final int ISSUER_BITS = 8;

    private Account() {}

    /** The house's account in a wallet. */
    static int of(final int wallet) {
        return wallet << ISSUER_BITS;
    }

    /** The wallet of an account. */
    static int wallet(final int account) {
        return account >>> ISSUER_BITS;
    }

    /** Whether points of an account are in another wallet than {@code points}. */
    static boolean isFurther(final int account) {
        return account >>> ISSUER_BITS != POINTS;
    }
}

package io.tallymark.ledger;

/** What an order earned in the further wallets, by rising number. Part of an {@link OrderDraft}; one thread. */
final class OrderWallets {
    int count;
    final int[] wallet = new int[Account.WALLETS];
    final long[] grantedPoints = new long[Account.WALLETS];

    /** Granted and not clawed or cancelled. */
    final long[] retainedPoints = new long[Account.WALLETS];

    /** As {@link OrderDraft#activationDay}. */
    final int[] activationDay = new int[Account.WALLETS];

    final int[] expiryDay = new int[Account.WALLETS];

    void clear() {
        count = 0;
    }

    void add(final int ofWallet, final long granted, final long retained, final int activation, final int expiry) {
        wallet[count] = ofWallet;
        grantedPoints[count] = granted;
        retainedPoints[count] = retained;
        activationDay[count] = activation;
        expiryDay[count++] = expiry;
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.RowKind;

/** How stored value moves, in the images of an effect: each way is booked on both sides. */
final class StoredValue {
    private StoredValue() {}

    /** Money that the member paid in, and the gift that comes with it. */
    static void topUp(final Effect e, final int wallet, final long amountMinor, final long giftMinor) {
        e.member.value.add(wallet, amountMinor, giftMinor);
        e.valueMoves.add(wallet, ValueTotals.TOPPED_UP, amountMinor);
        e.valueMoves.add(wallet, ValueTotals.PRINCIPAL, amountMinor);
        book(e, wallet, giftMinor);
    }

    /** A gift without money, as a reward brings it. */
    static void grant(final Effect e, final int wallet, final long giftMinor) {
        if (giftMinor != 0) {
            e.member.value.add(wallet, 0, giftMinor);
            book(e, wallet, giftMinor);
        }
    }

    private static void book(final Effect e, final int wallet, final long giftMinor) {
        e.valueMoves.add(wallet, ValueTotals.GRANTED, giftMinor);
        e.valueMoves.add(wallet, ValueTotals.GIFT, giftMinor);
    }

    /**
     * Takes back a gift as far as it is there, as when its reward is given back; returns how much. It is forfeited. The
     * rest is owed.
     */
    static long takeBack(final Effect e, final int wallet, final long giftMinor) {
        final long taken = Math.min(giftMinor, e.member.value.giftMinor(wallet));
        if (taken > 0) {
            forfeit(e, wallet, taken);
        }
        if (taken < giftMinor) {
            e.member.value.owe(wallet, giftMinor - taken);
        }
        return taken;
    }

    /** Principal and gift are paid with; both are there. */
    static void spend(final Effect e, final int wallet, final long principalMinor, final long giftMinor) {
        move(e, wallet, -principalMinor, -giftMinor);
        e.valueMoves.add(wallet, ValueTotals.SPENT, principalMinor + giftMinor);
    }

    /** What was paid with comes back; of the gift what is owed to the wallet is forfeited at once. */
    static void unspend(final Effect e, final int wallet, final long principalMinor, final long giftMinor) {
        spend(e, wallet, -principalMinor, -giftMinor);
        final long paid = Math.min(giftMinor, e.member.value.owedGiftMinor(wallet));
        if (paid > 0) {
            e.member.value.owe(wallet, -paid);
            forfeit(e, wallet, paid);
        }
    }

    /** Principal is paid out and gift forfeited; both are there. */
    static void refund(final Effect e, final int wallet, final long principalMinor, final long giftMinor) {
        move(e, wallet, -principalMinor, 0);
        e.valueMoves.add(wallet, ValueTotals.REFUNDED, principalMinor);
        if (giftMinor > 0) {
            forfeit(e, wallet, giftMinor);
        }
    }

    /** What is left of a member without principal goes, and what it owes is owed no more. */
    static void forfeitAll(final Effect e) {
        final ValueBook value = e.member.value;
        for (int i = 0; i < value.count; i++) {
            value.owedGiftMinor[i] = 0;
        }
        while (value.count > 0) {
            forfeit(e, value.wallet[0], value.giftMinor[0]);
        }
    }

    private static void forfeit(final Effect e, final int wallet, final long giftMinor) {
        move(e, wallet, 0, -giftMinor);
        e.valueMoves.add(wallet, ValueTotals.FORFEITED, giftMinor);
    }

    private static void move(final Effect e, final int wallet, final long principalMinor, final long giftMinor) {
        e.member.value.add(wallet, principalMinor, giftMinor);
        e.valueMoves.add(wallet, ValueTotals.PRINCIPAL, principalMinor);
        e.valueMoves.add(wallet, ValueTotals.GIFT, giftMinor);
    }

    /** Tells what is in a wallet of the member after this. */
    static void tell(final Effect e, final int wallet) {
        e.rows.begin(RowKind.WALLETS);
        add(e, wallet);
    }

    /** Tells the wallets of the version in force, and others in which the member has something. */
    static void tellAll(final Effect e) {
        e.rows.begin(RowKind.WALLETS);
        final int wallets = e.program.moneyWalletNumbers.count();
        for (int wallet = 0; wallet < wallets; wallet++) {
            if (e.program.current().valueRules.lists(wallet) || e.member.value.has(wallet)) {
                add(e, wallet);
            }
        }
    }

    private static void add(final Effect e, final int wallet) {
        final ValueBook value = e.member.value;
        e.rows.add(
                e.program.moneyWalletNumbers.id(wallet),
                value.principalMinor(wallet),
                value.giftMinor(wallet),
                0,
                0,
                0,
                0);
    }
}

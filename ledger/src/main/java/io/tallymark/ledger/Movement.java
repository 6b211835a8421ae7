package io.tallymark.ledger;

/**
 * By how much a command moves a program's totals, see {@link Totals}: those of the wallet {@code points}, and beside them
 * those of further wallets, each by a movement of its own. Filled by plan, applied by commit. Available are active points
 * that are not held.
 */
final class Movement {
    long issued;
    long debt;
    long writtenOff;
    long available;
    long pending;
    long held;
    long redeemed;
    long expired;
    long forfeited;
    long cancelled;
    long clawedBack;
    long adjustedDown;

    final CouponMoves coupons = new CouponMoves();

    /** Bit n: {@link #further} n was asked for since all was cleared. */
    private int furtherUsed;

    private Movement[] further;

    /** The movement in an account's wallet. */
    Movement of(final int account) {
        return Account.isFurther(account) ? ofWallet(Account.wallet(account)) : this;
    }

    /** Whether anything may have moved in further wallets. */
    boolean hasFurther() {
        return furtherUsed != 0;
    }

    /** Whether anything may have moved in a further wallet. */
    boolean hasFurther(final int wallet) {
        return (furtherUsed >>> wallet & 1) != 0;
    }

    /** The movement in a wallet. */
    Movement ofWallet(final int wallet) {
        if (wallet == Account.POINTS) {
            return this;
        }
        if (further == null) {
            further = new Movement[Account.WALLETS];
        }
        if (further[wallet] == null) {
            further[wallet] = new Movement();
        }
        furtherUsed |= 1 << wallet;
        return further[wallet];
    }

    void clear() {
        for (int wallet = 1; furtherUsed != 0; wallet++) {
            if (hasFurther(wallet)) {
                further[wallet].clear();
                furtherUsed &= ~(1 << wallet);
            }
        }
        issued = 0;
        debt = 0;
        writtenOff = 0;
        available = 0;
        pending = 0;
        held = 0;
        redeemed = 0;
        expired = 0;
        forfeited = 0;
        cancelled = 0;
        clawedBack = 0;
        adjustedDown = 0;
        coupons.clear();
    }

    /** Adds what another part of the command moves. */
    void add(final Movement m) {
        issued += m.issued;
        debt += m.debt;
        writtenOff += m.writtenOff;
        available += m.available;
        pending += m.pending;
        held += m.held;
        redeemed += m.redeemed;
        expired += m.expired;
        forfeited += m.forfeited;
        cancelled += m.cancelled;
        clawedBack += m.clawedBack;
        adjustedDown += m.adjustedDown;
        coupons.addAll(m.coupons);
        for (int wallet = 1; m.furtherUsed >>> wallet != 0; wallet++) {
            if (m.hasFurther(wallet)) {
                ofWallet(wallet).add(m.further[wallet]);
            }
        }
    }

    /** Whether the two sides are equal in each wallet. */
    boolean isZeroSum() {
        for (int wallet = 1; furtherUsed >>> wallet != 0; wallet++) {
            if (hasFurther(wallet) && !further[wallet].isZeroSum()) {
                return false;
            }
        }
        return issued + debt + writtenOff
                == available + pending + held + redeemed + expired + forfeited + cancelled + clawedBack + adjustedDown;
    }
}

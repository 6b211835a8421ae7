package io.tallymark.ledger;

/**
 * By how much a command moves a program's totals, see {@link Totals}. Filled by plan, applied by commit. Available are
 * active points that are not held.
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

    void clear() {
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
    }

    boolean isZeroSum() {
        return issued + debt + writtenOff
                == available + pending + held + redeemed + expired + forfeited + cancelled + clawedBack + adjustedDown;
    }
}

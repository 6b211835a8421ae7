package io.tallymark.ledger;

import io.tallymark.ledger.program.RefundPolicy;

/** Takes back points that were granted, as far as the program's policy lets it. */
final class Claw {
    private Claw() {}

    /**
     * Claws the points of an order: its pending ones, its own lot, other lots in taking order, debt, the rest is
     * written off.
     *
     * @param retainedBefore what the order retained before this
     */
    static void ofOrder(final Effect e, final long points, final long retainedBefore) {
        final MemberDraft d = e.member;
        final OrderDraft order = e.order;
        final Movement m = e.movement;
        m.clawedBack += points;
        if (d.closed) {
            writeOff(e, points);
            return;
        }
        long rest = points;
        final int lot = order.activationDay == 0 ? -1 : d.pending.find(order.activationDay, order.expiryDay);
        if (lot >= 0) {
            final long taken = Math.min(rest, d.pending.points[lot]);
            d.pending.take(lot, taken);
            m.pending -= taken;
            rest -= taken;
        }
        if (policy(e).claw() == RefundPolicy.Claw.PENDING_ONLY) {
            writeOff(e, rest);
            return;
        }
        rest -= d.takeFromDay(order.expiryDay, Math.min(rest, retainedBefore - (points - rest)), m);
        rest = d.take(rest, null, m);
        owe(e, rest);
    }

    /** Claws points that belong to no order, in taking order. */
    static void plain(final Effect e, final long points) {
        claw(e, points, false);
    }

    /** Claws points that belong to no order, against the taking order. */
    static void reverse(final Effect e, final long points) {
        claw(e, points, true);
    }

    private static void claw(final Effect e, final long points, final boolean lastFirst) {
        e.movement.clawedBack += points;
        if (e.member.closed || policy(e).claw() == RefundPolicy.Claw.PENDING_ONLY) {
            writeOff(e, points);
            return;
        }
        owe(e, lastFirst ? e.member.takeReverse(points, null, e.movement) : e.member.take(points, null, e.movement));
    }

    private static void owe(final Effect e, final long points) {
        final RefundPolicy policy = policy(e);
        final long ofProgram = Totals.MAX - e.program.totals.debtPoints - e.movement.debt;
        final long room = Math.max(0, Math.min(ofProgram, policy.debtLimitPoints() - e.member.debtPoints));
        final long debt = policy.claw() == RefundPolicy.Claw.DEBT ? Math.min(points, room) : 0;
        e.member.debtPoints += debt;
        e.movement.debt += debt;
        e.addedDebtPoints += debt;
        writeOff(e, points - debt);
    }

    private static void writeOff(final Effect e, final long points) {
        e.movement.writtenOff += points;
        e.writtenOffPoints += points;
    }

    private static RefundPolicy policy(final Effect e) {
        return e.program.compiled().refund();
    }
}

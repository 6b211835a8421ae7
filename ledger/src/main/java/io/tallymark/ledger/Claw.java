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
        final int lot =
                order.activationDay == 0 ? -1 : d.pending.find(order.activationDay, order.expiryDay, order.issuer);
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
        final long ofOwnLot = Math.min(rest, retainedBefore - (points - rest));
        rest -= d.takeFromLot(order.expiryDay, order.issuer, ofOwnLot, m);
        rest = d.take(rest, e.settles.with(order.issuer), m);
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

    /**
     * Claws what a referrer was given, in taking order; the outcome's debt and write-off are not its matter.
     *
     * @param d the referrer's image: the effect's other member, or its member
     */
    static void ofReferrer(final Effect e, final MemberDraft d, final long points) {
        e.movement.clawedBack += points;
        final boolean takesNothing = d.closed || policy(e).claw() == RefundPolicy.Claw.PENDING_ONLY;
        final long rest = takesNothing ? points : d.take(points, e.settles.with(LotBook.HOUSE), e.movement);
        e.movement.writtenOff += takesNothing ? rest : rest - addDebt(e, d, rest);
    }

    private static void claw(final Effect e, final long points, final boolean lastFirst) {
        e.movement.clawedBack += points;
        if (e.member.closed || policy(e).claw() == RefundPolicy.Claw.PENDING_ONLY) {
            writeOff(e, points);
            return;
        }
        final SettlementMoves house = e.settles.with(LotBook.HOUSE);
        owe(e, lastFirst ? e.member.takeReverse(points, house, e.movement) : e.member.take(points, house, e.movement));
    }

    private static void owe(final Effect e, final long points) {
        final long debt = addDebt(e, e.member, points);
        e.addedDebtPoints += debt;
        writeOff(e, points - debt);
    }

    /** Adds to a member's debt as far as policy and limits let it; returns how much. */
    private static long addDebt(final Effect e, final MemberDraft d, final long points) {
        final RefundPolicy policy = policy(e);
        final long ofProgram = Totals.MAX - e.program.totals.debtPoints - e.movement.debt;
        final long room = Math.max(0, Math.min(ofProgram, policy.debtLimitPoints() - d.debtPoints));
        final long debt = policy.claw() == RefundPolicy.Claw.DEBT ? Math.min(points, room) : 0;
        d.debtPoints += debt;
        e.movement.debt += debt;
        return debt;
    }

    private static void writeOff(final Effect e, final long points) {
        e.movement.writtenOff += points;
        e.writtenOffPoints += points;
    }

    private static RefundPolicy policy(final Effect e) {
        return e.program.compiled().refund();
    }
}

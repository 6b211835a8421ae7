package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;

/** Activates an order's points that wait for fulfilment, or cancels its pending points. */
final class PendingHandler implements Handler {
    /** Instead of a place among the further wallets of an order: its {@code points}, which the order itself keeps. */
    private static final int IN_ORDER = -1;

    private final Originals originals;
    private final Admission admission;

    PendingHandler(final Originals originals, final Admission admission) {
        this.originals = originals;
        this.admission = admission;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        e.happened(c);
        final int entry = originals.loadOrder(c, e);
        if (entry == 0) {
            e.reject(ResultCode.ORIGINAL_NOT_FOUND);
            return;
        }
        if (!admission.isOpen(e)) {
            return;
        }
        final OrderDraft order = e.order;
        final boolean activates = c.type() == CommandType.ACTIVATE_PENDING;
        boolean anyPending = false;
        for (int i = IN_ORDER; i < order.wallets.count; i++) {
            final long points = take(e, i, activates);
            anyPending |= points > 0;
            if (points > 0 && activates) {
                activate(e, i, points);
            } else if (points > 0) {
                cancel(e, i, points);
            }
        }
        if (!anyPending) {
            e.reject(ResultCode.NOT_PENDING);
            return;
        }
        e.hasOrder = true;
        e.orderEntry = entry;
        Admission.acceptWithinLimits(e);
    }

    /**
     * Takes what of the order is pending in a wallet; returns how much.
     *
     * @param activates only what waits for fulfilment is concerned then
     */
    private static long take(final Effect e, final int i, final boolean activates) {
        final OrderDraft order = e.order;
        final int activationDay = i == IN_ORDER ? order.activationDay : order.wallets.activationDay[i];
        final int expiryDay = i == IN_ORDER ? order.expiryDay : order.wallets.expiryDay[i];
        final long retained = i == IN_ORDER ? order.retainedPoints : order.wallets.retainedPoints[i];
        final int lot = activationDay == 0 || activates && activationDay != OrderDraft.FULFILMENT_DAY
                ? -1
                : e.member.pending.find(activationDay, expiryDay, account(order, i));
        final long points = lot < 0 ? 0 : Math.min(retained, e.member.pending.points[lot]);
        if (points > 0) {
            e.member.pending.take(lot, points);
            e.movement.of(account(order, i)).pending -= points;
        }
        return points;
    }

    private static void activate(final Effect e, final int i, final long points) {
        final OrderDraft order = e.order;
        final int account = account(order, i);
        final int afterDays = e.program
                .current()
                .walletRules
                .activation(Account.wallet(account))
                .afterDays();
        final int activationDay = afterDays > 0 || e.member.frozen ? e.localDay + afterDays : 0;
        final int expiryDay = i == IN_ORDER ? order.expiryDay : order.wallets.expiryDay[i];
        if (expiryDay <= e.localDay) {
            e.movement.of(account).expired += points;
        } else {
            e.member.arrive(points, activationDay, expiryDay, account, e.localDay, e.movement);
        }
        if (i == IN_ORDER) {
            order.activationDay = activationDay;
            e.points = points;
        } else {
            order.wallets.activationDay[i] = activationDay;
            e.wallets.add(order.wallets.wallet[i], points);
        }
    }

    private static void cancel(final Effect e, final int i, final long points) {
        final OrderDraft order = e.order;
        e.movement.of(account(order, i)).cancelled += points;
        if (i == IN_ORDER) {
            order.retainedPoints -= points;
            e.points = -points;
        } else {
            order.wallets.retainedPoints[i] -= points;
            e.wallets.add(order.wallets.wallet[i], -points);
        }
    }

    private static int account(final OrderDraft order, final int i) {
        return i == IN_ORDER ? order.issuer : Account.of(order.wallets.wallet[i]);
    }
}

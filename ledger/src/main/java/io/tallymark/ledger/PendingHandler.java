package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;

/** Activates an order's points that wait for fulfilment, or cancels its pending points. */
final class PendingHandler implements Handler {
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
        final int lot = order.activationDay == 0 || activates && order.activationDay != OrderDraft.FULFILMENT_DAY
                ? -1
                : e.member.pending.find(order.activationDay, order.expiryDay, order.issuer);
        final long points = lot < 0 ? 0 : Math.min(order.retainedPoints, e.member.pending.points[lot]);
        if (points == 0) {
            e.reject(ResultCode.NOT_PENDING);
            return;
        }
        e.member.pending.take(lot, points);
        e.movement.pending -= points;
        e.hasOrder = true;
        e.orderEntry = entry;
        if (activates) {
            activate(e, points);
        } else {
            order.retainedPoints -= points;
            e.movement.cancelled += points;
            e.points = -points;
        }
        Admission.acceptWithinLimits(e);
    }

    private static void activate(final Effect e, final long points) {
        final OrderDraft order = e.order;
        final int afterDays = e.program.compiled().activation().afterDays();
        order.activationDay = afterDays > 0 || e.member.frozen ? e.localDay + afterDays : 0;
        if (order.expiryDay <= e.localDay) {
            e.movement.expired += points;
        } else {
            e.member.arrive(points, order.activationDay, order.expiryDay, order.issuer, e.localDay, e.movement);
        }
        e.points = points;
    }
}

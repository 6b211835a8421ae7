package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/**
 * What a refund takes off an order and what is to be clawed for it. Works on the image of the order alone; where the
 * claw is taken from is not decided here. Mutable and reused; one thread; no allocation after construction.
 */
final class RefundMath {
    /** Of the last refund taken: its amount in minor units. */
    long refundedMinor;

    /** Of the last settlement: points that the order no longer earns. */
    long clawPoints;

    /** Of the last settlement, by the place in what the order was granted: what the campaign's budget regains. */
    final long[] regainedPoints = new long[Shares.MAX_CAMPAIGNS];

    /** Of the last settlement, bit i: the campaign at place i of the version's list still runs. */
    long runningCampaigns;

    private final EarnLine line = new EarnLine();
    private final Shares recomputed = new Shares();

    /**
     * Takes a refund off an order: by the lines of the command, else by its amount, else the rest.
     *
     * @return ACCEPTED; REFUND_EXCEEDS_ORIGINAL, NOT_OFFERED: the order is as before
     */
    ResultCode take(final Command c, final OrderDraft order) {
        refundedMinor = 0;
        if (c.lineCount() > 0 && order.lines.count == 0) {
            return takeStatedAmounts(c, order);
        }
        if (order.remainingMinor() == 0) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        if (c.lineCount() > 0) {
            return takeLines(c, order);
        }
        return takeAmount(c.amountMinor() > 0 ? c.amountMinor() : order.remainingMinor(), order);
    }

    /**
     * Says what the order no longer earns by what remains of it, and takes that off what it retained and what of it
     * counts against budgets.
     *
     * @param plan of the version that the order earned under
     */
    void settle(final EarnPlan plan, final EarnEngine engine, final OrderDraft order) {
        runningCampaigns = engine.recompute(plan, order, recomputed);
        final Shares granted = order.granted;
        long retained = retainedBase(plan.tierMicros(order.tierRank), granted);
        for (int i = 0; i < granted.count; i++) {
            final long share = Math.min(granted.points[i], recomputed.points[i]);
            retained += share;
            regainedPoints[i] = Math.max(0, order.keptPoints[i] - share);
            order.keptPoints[i] -= regainedPoints[i];
        }
        clawPoints = Math.max(0, order.retainedPoints - retained);
        order.retainedPoints -= clawPoints;
    }

    /** A multiplier below 1 makes a negative tier share, which can only be judged together with the base. */
    private long retainedBase(final long tierMicros, final Shares granted) {
        if (tierMicros < CompiledProgram.ONE_MICROS) {
            return Math.min(granted.basePoints + granted.tierPoints, recomputed.basePoints + recomputed.tierPoints);
        }
        return Math.min(granted.basePoints, recomputed.basePoints)
                + Math.min(granted.tierPoints, recomputed.tierPoints);
    }

    private ResultCode takeAmount(final long amountMinor, final OrderDraft order) {
        final long remainingMinor = order.remainingMinor();
        if (amountMinor > remainingMinor) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        final OrderLineBook lines = order.lines;
        if (lines.count > 0) {
            spread(amountMinor, remainingMinor, lines);
        }
        accept(amountMinor, order);
        return ResultCode.ACCEPTED;
    }

    private static void spread(final long amountMinor, final long remainingMinor, final OrderLineBook lines) {
        long left = amountMinor;
        for (int i = 0; i < lines.count; i++) {
            final long share = EarnRules.floorOfProduct(amountMinor, lines.remainingMinor(i), remainingMinor);
            lines.refundedMinor[i] += share;
            left -= share;
        }
        for (int i = 0; i < lines.count && left > 0; i++) {
            if (lines.remainingMinor(i) > 0) {
                lines.refundedMinor[i]++;
                left--;
            }
        }
        if (left != 0) {
            throw new IllegalStateException("lines that do not sum to what remains of their order");
        }
    }

    private ResultCode takeStatedAmounts(final Command c, final OrderDraft order) {
        long sumMinor = 0;
        line.wrap(c);
        while (line.next()) {
            if (line.quantity > 0) {
                return ResultCode.NOT_OFFERED;
            }
            sumMinor += line.amountMinor;
        }
        if (order.remainingMinor() == 0 || sumMinor > order.remainingMinor()) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        accept(sumMinor, order);
        return ResultCode.ACCEPTED;
    }

    private ResultCode takeLines(final Command c, final OrderDraft order) {
        final OrderLineBook lines = order.lines;
        line.wrap(c);
        while (line.next()) {
            final int i = lines.find(line.number);
            final boolean fits = i >= 0
                    && (line.quantity > 0
                            ? takesQuantity(lines, i, line.quantity)
                            : takesAmount(lines, i, line.amountMinor));
            if (!fits) {
                return ResultCode.REFUND_EXCEEDS_ORIGINAL;
            }
        }
        long sumMinor = 0;
        line.wrap(c);
        while (line.next()) {
            final int i = lines.find(line.number);
            final long before = lines.refundedMinor[i];
            if (line.quantity > 0) {
                lines.refundedQuantity[i] += line.quantity;
                lines.refundedMinor[i] = byQuantity(lines, i);
            } else {
                lines.refundedMinor[i] += line.amountMinor;
            }
            sumMinor += lines.refundedMinor[i] - before;
        }
        accept(sumMinor, order);
        return ResultCode.ACCEPTED;
    }

    private static boolean takesQuantity(final OrderLineBook lines, final int i, final int quantity) {
        return quantity <= lines.quantity[i] - lines.refundedQuantity[i]
                && lines.refundedMinor[i] == byQuantity(lines, i);
    }

    private static boolean takesAmount(final OrderLineBook lines, final int i, final long amountMinor) {
        return lines.refundedQuantity[i] == 0 && amountMinor <= lines.remainingMinor(i);
    }

    /** What the refunded quantity of a line comes to. */
    private static long byQuantity(final OrderLineBook lines, final int i) {
        return EarnRules.floorOfProduct(lines.amountMinor[i], lines.refundedQuantity[i], lines.quantity[i]);
    }

    private void accept(final long amountMinor, final OrderDraft order) {
        refundedMinor = amountMinor;
        order.refundedMinor += amountMinor;
    }
}

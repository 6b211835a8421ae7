package io.tallymark.ledger;

import io.tallymark.ledger.program.Activity;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** A used coupon or benefit is given back, once. */
final class ReturnUseHandler implements Handler {
    private final Originals originals;
    private final Admission admission;

    ReturnUseHandler(final Originals originals, final Admission admission) {
        this.originals = originals;
        this.admission = admission;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final int entry = originals.loadUse(c, e);
        if (entry == 0) {
            e.reject(ResultCode.ORIGINAL_NOT_FOUND);
            return;
        }
        if (!admission.isOpen(e)) {
            return;
        }
        final UseDraft use = e.use;
        if (use.returned) {
            e.reject(ResultCode.ALREADY_RETURNED);
            return;
        }
        use.returned = true;
        e.hasUse = true;
        e.useEntry = entry;
        if (use.ofBenefit) {
            returnBenefit(use, e);
        } else {
            final CouponMoves moves = e.movement.coupons;
            moves.add(use.number, CouponTotals.USED, -1);
            moves.add(use.number, CouponTotals.AMOUNT, -use.amountMinor);
            moves.add(use.number, CouponTotals.RETURNED, 1);
            Coupons.putBack(e.member, use.expiryDay, use.sequence, use.number, use.uses, e.localDay, e.movement);
        }
        e.accept();
    }

    private static void returnBenefit(final UseDraft use, final Effect e) {
        final Activity.Per per = UsageLimit.per(use.number);
        if (use.counted && use.period == Periods.startOf(per, e.localDay)) {
            e.member.usage.add(MemberUsage.BENEFIT, use.number, use.period, -1);
        }
    }
}

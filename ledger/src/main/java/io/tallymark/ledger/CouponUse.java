package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** Whether a member can use a coupon, and what takes a use: a till at once, or a hold for later. One thread. */
final class CouponUse {
    private final TierEngine tiers;
    private final EarnFacts facts = new EarnFacts();

    CouponUse(final TierEngine tiers) {
        this.tiers = tiers;
    }

    /** The stable number of the coupon that a field of a command names; negative: no version listed it. */
    static int number(final Command c, final VarField field, final Effect e) {
        return e.program.couponNumbers.find(c.bytes(), c.offset(field), c.length(field));
    }

    /** Whether the effect's member can use a coupon now: ACCEPTED, NOT_OFFERED or COUPON_NOT_FOUND. */
    ResultCode usable(final int number, final Command c, final Effect e) {
        final CouponRules rules = e.program.current().couponRules;
        final int place = rules.place(number);
        if (number < 0) {
            return ResultCode.NOT_OFFERED;
        }
        if (place >= 0) {
            Earning.about(c, e, tiers.rank(e.member, e.timeMs), facts);
            if (!rules.when(place).holdsForOrder(facts)) {
                return ResultCode.NOT_OFFERED;
            }
        }
        return e.member.coupons.first(number) < 0 ? ResultCode.COUPON_NOT_FOUND : ResultCode.ACCEPTED;
    }

    /** Uses a usable coupon, unless the money of all its uses would be beyond its bound. */
    void use(final int number, final Command c, final Effect e) {
        final CouponBook book = e.member.coupons;
        final int holding = book.first(number);
        final UseDraft use = e.use;
        use.clear();
        use.number = number;
        use.expiryDay = book.expiryDay[holding];
        use.sequence = book.sequence[holding];
        use.uses = book.uses[holding];
        use.amountMinor = c.amountMinor();
        e.hasUse = true;
        book.take(holding, 1);
        e.movement.coupons.add(number, CouponTotals.USED, 1);
        e.movement.coupons.add(number, CouponTotals.AMOUNT, c.amountMinor());
        final CouponRules rules = e.program.current().couponRules;
        final int place = rules.place(number);
        e.valueMinor = place < 0 ? 0 : rules.valueMinor(place);
        if (e.program.couponTotals.get(number, CouponTotals.AMOUNT) + c.amountMinor() > Totals.MAX) {
            e.reject(ResultCode.LIMIT_EXCEEDED);
        } else {
            e.accept();
        }
    }

    /** Reserves a use of a usable coupon with the hold that began last. */
    static void reserve(final int number, final MemberDraft d) {
        final CouponBook book = d.coupons;
        final int holding = book.first(number);
        d.holds.withCoupon(number + 1, book.sequence[holding], book.expiryDay[holding], book.uses[holding]);
        book.take(holding, 1);
    }

    /** What a hold reserves is used; it is captured. */
    static void capture(final MemberDraft d, final int hold, final Movement m) {
        if (d.holds.coupon[hold] != 0) {
            m.coupons.add(d.holds.coupon[hold] - 1, CouponTotals.USED, 1);
        }
    }

    /** What a hold reserves comes back on a day of the program; it ends unused. */
    static void release(final MemberDraft d, final int hold, final long today, final Movement m) {
        final HoldBook holds = d.holds;
        if (holds.coupon[hold] != 0) {
            Coupons.putBack(
                    d,
                    holds.couponDay[hold],
                    holds.couponSequence[hold],
                    holds.coupon[hold] - 1,
                    holds.couponUses[hold],
                    today,
                    m);
        }
    }
}

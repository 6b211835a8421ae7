package io.tallymark.ledger;

import io.tallymark.ledger.program.Limit;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** A coupon is granted to a member, or used. */
final class CouponHandler implements Handler {
    private final Admission admission;
    private final TierEngine tiers;
    private final EarnFacts facts = new EarnFacts();

    CouponHandler(final Admission admission, final TierEngine tiers) {
        this.admission = admission;
        this.tiers = tiers;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofOptionalValue(c.amountMinor());
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.type() == CommandType.GRANT_COUPON) {
            if (admission.knownMember(e) && admission.isOpen(e)) {
                grant(number(c, VarField.RULE_ID, e), e);
            }
        } else if (admission.debit(c, e)) {
            final int number = number(c, VarField.RULE_ID, e);
            final ResultCode code = usable(number, c, e);
            if (code == ResultCode.ACCEPTED) {
                use(number, c, e);
            } else {
                e.reject(code);
            }
        }
    }

    private static int number(final Command c, final VarField field, final Effect e) {
        return e.program.couponNumbers.find(c.bytes(), c.offset(field), c.length(field));
    }

    private static void grant(final int number, final Effect e) {
        final CouponRules rules = e.program.current().couponRules;
        final int place = rules.place(number);
        if (place < 0 || !rules.own(place).isGranted(0, e.localDay)) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        Coupons.grant(e, rules.own(place));
        final Limit limit = rules.limit(place);
        boolean tooOften = false;
        if (limit.isLimited()) {
            final int rule = Periods.rule(number, limit.per());
            final int period = Periods.startOf(limit.per(), e.localDay);
            tooOften = e.member.usage.get(MemberUsage.COUPON, rule, period) >= limit.times();
            e.member.usage.add(MemberUsage.COUPON, rule, period, 1);
        }
        Admission.acceptWithinLimits(e);
        if (tooOften && e.accepted) {
            e.reject(ResultCode.RULE_LIMIT_REACHED);
        }
    }

    /** Whether the effect's member can use a coupon now: ACCEPTED, NOT_OFFERED or COUPON_NOT_FOUND. */
    private ResultCode usable(final int number, final Command c, final Effect e) {
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

    private static void use(final int number, final Command c, final Effect e) {
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
        e.accept();
    }
}

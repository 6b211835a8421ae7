package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** A coupon is granted to a member, or used. */
final class CouponHandler implements Handler {
    private final Admission admission;
    private final CouponUse uses;

    CouponHandler(final Admission admission, final CouponUse uses) {
        this.admission = admission;
        this.uses = uses;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofOptionalValue(c.amountMinor());
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (c.type() == CommandType.GRANT_COUPON) {
            if (admission.knownMember(e) && admission.isOpen(e)) {
                grant(CouponUse.number(c, VarField.RULE_ID, e), e);
            }
        } else if (admission.debit(c, e)) {
            final int number = CouponUse.number(c, VarField.RULE_ID, e);
            final ResultCode code = uses.usable(number, c, e);
            if (code == ResultCode.ACCEPTED) {
                uses.use(number, c, e);
            } else {
                e.reject(code);
            }
        }
    }

    private static void grant(final int number, final Effect e) {
        final CouponRules rules = e.program.current().couponRules;
        final int place = rules.place(number);
        if (place < 0 || !rules.own(place).isGranted(0, e.localDay)) {
            e.reject(ResultCode.NOT_OFFERED);
            return;
        }
        final UsageLimit limit = rules.limit(place);
        final boolean tooOften = limit.isReached(e.member.usage, e.localDay);
        Coupons.grant(e, rules.own(place));
        limit.count(e.member.usage, e.localDay);
        Admission.acceptWithinLimits(e);
        if (tooOften && e.accepted) {
            e.reject(ResultCode.RULE_LIMIT_REACHED);
        }
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/** Points are reserved: lowered for everybody at once, spent or released later. */
final class HoldHandler implements Handler {
    static final long DEFAULT_TTL_MS = 15 * 60_000L;
    static final long MAX_TTL_MS = 30 * CompiledProgram.DAY_MS;

    private final Admission admission;
    private final Spending spending;
    private final Rewards rewards;
    private final CouponUse coupons;

    HoldHandler(final Admission admission, final Spending spending, final Rewards rewards, final CouponUse coupons) {
        this.admission = admission;
        this.spending = spending;
        this.rewards = rewards;
        this.coupons = coupons;
    }

    @Override
    public ResultCode check(final Command c) {
        return c.ttlMs() < 0 || c.ttlMs() > MAX_TTL_MS ? ResultCode.VALUE_OUT_OF_RANGE : CommandForm.ofSpending(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final long deadlineMs = e.timeMs + (c.ttlMs() == 0 ? DEFAULT_TTL_MS : c.ttlMs());
        e.holdEndDay = (int) (deadlineMs / CompiledProgram.DAY_MS) + 1;
        final boolean withCoupon = c.length(VarField.COUPON_ID) > 0;
        if (c.length(VarField.RULE_ID) > 0) {
            rewards.hold(c, e, deadlineMs);
        } else if (withCoupon && c.points() == 0 && c.amountMinor() == 0) {
            holdNothing(c, e, deadlineMs);
        } else {
            holdPoints(c, e, deadlineMs);
        }
        if (withCoupon) {
            reserve(c, e);
        }
        if (e.accepted) {
            e.member.holds.counterpart[e.member.holds.count - 1] =
                    e.program.current().issuerRules.ofBrand(c);
        }
    }

    private void holdPoints(final Command c, final Effect e, final long deadlineMs) {
        final long points = spending.price(c, e);
        if (points >= 0) {
            e.member.hold(
                    e.wallets.subject,
                    e.sequence,
                    deadlineMs,
                    c.amountMinor() == 0 ? 0 : e.valueMinor,
                    points,
                    e.movement);
            e.points = -points;
            e.accept();
        }
    }

    /** For a coupon alone: neither debt nor a pause are its matter. */
    private void holdNothing(final Command c, final Effect e, final long deadlineMs) {
        if (admission.debit(c, e)) {
            e.member.hold(Account.POINTS, e.sequence, deadlineMs, 0, 0, e.movement);
            e.accept();
        }
    }

    /** Adds the use of a coupon to what is held, or refuses it in its place among the refusals. */
    private void reserve(final Command c, final Effect e) {
        if (e.code.compareTo(ResultCode.MEMBER_FROZEN) <= 0 && e.code != ResultCode.ACCEPTED) {
            return;
        }
        final int number = CouponUse.number(c, VarField.COUPON_ID, e);
        final ResultCode code = coupons.usable(number, c, e);
        if (e.accepted && code == ResultCode.ACCEPTED) {
            CouponUse.reserve(number, e.member);
        } else if (code != ResultCode.ACCEPTED && (e.accepted || code.compareTo(e.code) < 0)) {
            e.reject(code);
        }
    }
}

package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Referral;
import io.tallymark.ledger.program.RefundPolicy;

/** Who brought whom, and what that is worth. */
final class ReferralOps {
    private static final String WHAT = "referral";
    private static final byte[] ROW = RefundOps.text("referrer");

    /** What an order gave the referrer; null once it was clawed. */
    record Given(long referrerId, long points, long minAmountMinor) {}

    private ReferralOps() {}

    /** Null: there is none, or it is the member itself. */
    static Member referrer(final Program p, final Member m) {
        final Member referrer = m.referrerId == 0 ? null : p.member(m.referrerId);
        return referrer == null || referrer.id == m.id ? null : referrer;
    }

    /** Of two members who become one. */
    static void merge(final Program p, final Member into, final Member from) {
        into.referrerId = into.referrerId != 0 ? into.referrerId : from.referrerId;
        if (into.referrerId != 0 && p.member(into.referrerId) == into) {
            into.referrerId = 0;
        }
    }

    static void registered(final Request r, final Member m) {
        final Referral rule = r.p.rules.catalogue().referral();
        if (rule.on() == Referral.On.REGISTRATION) {
            final Member referrer = referrer(r.p, m);
            if (mayGive(r, referrer, rule)) {
                give(r, new Given(referrer.id, rule.points(), 0));
                tell(r, referrer.id, rule.points(), 0);
            }
        }
    }

    /** What the first accrual of a member gives; null: nothing. */
    static Given firstPurchase(final Request r, final Member m) {
        final Referral rule = r.p.rules.catalogue().referral();
        final Member referrer = referrer(r.p, m);
        if (referrer == null
                || rule == null
                || rule.on() != Referral.On.FIRST_PURCHASE
                || r.c.amountMinor() < rule.minAmountMinor()
                || !mayGive(r, referrer, rule)) {
            return null;
        }
        return new Given(referrer.id, rule.points(), rule.minAmountMinor());
    }

    private static boolean mayGive(final Request r, final Member referrer, final Referral rule) {
        final long repaid = referrer.frozen ? 0 : Math.min(referrer.points().debt, rule.points());
        return !referrer.closed
                && !Counted.isReached(r.p, referrer, WHAT, rule.limit(), r.today)
                && referrer.allPoints() + rule.points() - repaid <= Request.LIMIT;
    }

    static void give(final Request r, final Given given) {
        if (given != null) {
            final Member referrer = r.p.member(given.referrerId);
            Counted.count(r, referrer, WHAT, r.p.rules.catalogue().referral().limit());
            r.p.purse().issue(referrer, given.points, r.p.purse().newLot(r.today), r.today);
        }
    }

    static void tell(final Request r, final long referrerId, final long points, final long debt) {
        RefundOps.consequences(r).add(ROW, points, 0, 0, 0, referrerId, debt);
    }

    /** What an order gave goes where too little of the order is left. */
    static void refund(final Request r, final Order order) {
        final Given given = order.referral;
        final long remaining = order.remainingMinor();
        if (given == null || remaining > 0 && remaining >= given.minAmountMinor) {
            return;
        }
        order.referral = null;
        final Member referrer = r.p.member(given.referrerId);
        final Purse purse = r.p.purse();
        final RefundPolicy policy = purse.refund();
        long left = given.points;
        if (!referrer.closed && policy.claw() != RefundPolicy.Claw.PENDING_ONLY) {
            left -= Purse.sum(purse.settle(purse.take(referrer, left), IssuerOps.HOUSE));
        }
        long debt = 0;
        if (!referrer.closed && policy.claw() == RefundPolicy.Claw.DEBT) {
            debt = Math.min(left, Math.max(0, policy.debtLimitPoints() - referrer.points().debt));
        }
        referrer.points().debt += debt;
        purse.totals.clawedBack = Totals.plus(purse.totals.clawedBack, given.points);
        purse.totals.writtenOff = Totals.plus(purse.totals.writtenOff, left - debt);
        tell(r, referrer.id, -given.points, debt);
    }
}

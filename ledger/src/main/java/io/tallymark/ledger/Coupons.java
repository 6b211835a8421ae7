package io.tallymark.ledger;

/** What happens to the coupons of a member's image, with what it does to the funnels. Stateless. */
final class Coupons {
    private Coupons() {}

    /**
     * Grants coupons to the effect's member as of its command. Too many of them are for
     * {@link Admission#acceptWithinLimits} to refuse.
     *
     * @return how many: those whose last day is over are not granted
     */
    static int grant(final Effect e, final CouponGrants grants) {
        final CouponBook book = e.member.coupons;
        int granted = 0;
        for (int i = 0; i < grants.count(); i++) {
            if (grants.isGranted(i, e.localDay)) {
                book.grant(grants.expiryDay(i, e.localDay), e.sequence, grants.coupon[i], grants.uses[i]);
                e.movement.coupons.add(grants.coupon[i], CouponTotals.GRANTED, grants.uses[i]);
                granted++;
            }
        }
        e.hasTooManyCoupons |= granted > 0 && book.count > CouponBook.MAX_HOLDINGS;
        return granted;
    }

    /**
     * Takes away what is unused of coupons that an earlier command granted to the effect's member, and tells it. What was
     * used stays missing: it is revoked when it comes back.
     *
     * @param sequence   of that command
     * @param grantedDay day of the program on which it was decided
     */
    static void revoke(final Effect e, final CouponGrants grants, final long sequence, final int grantedDay) {
        for (int i = 0; i < grants.count(); i++) {
            final int missed = revokeUnused(e, grants, i, sequence, grantedDay);
            if (missed > 0) {
                e.member.coupons.miss(grants.expiryDay(i, grantedDay), sequence, grants.coupon[i], missed);
            }
        }
    }

    /** As {@link #revoke}, where what was used stays paid for: it can be had again when it comes back. */
    static void revokeUnused(final Effect e, final CouponGrants grants, final long sequence, final int grantedDay) {
        for (int i = 0; i < grants.count(); i++) {
            revokeUnused(e, grants, i, sequence, grantedDay);
        }
    }

    /** Returns how many uses of one of the grants were not there to be revoked. */
    private static int revokeUnused(
            final Effect e, final CouponGrants grants, final int i, final long sequence, final int grantedDay) {
        final int day = grants.expiryDay(i, grantedDay);
        if (e.member.closed || !grants.isGranted(i, grantedDay) || day <= e.localDay) {
            // Nothing came of it, or nothing is left: what was not used in time has expired.
            return 0;
        }
        final CouponBook book = e.member.coupons;
        final int number = grants.coupon[i];
        final int at = book.find(day, sequence, number);
        final int revoked = at < 0 ? 0 : Math.min(grants.uses[i], book.available(at));
        if (revoked > 0) {
            book.take(at, revoked);
            e.movement.coupons.add(number, CouponTotals.REVOKED, revoked);
        }
        final int missed = grants.uses[i] - revoked;
        e.consequences();
        e.rows.add(e.program.couponNumbers.label(number), 0, revoked, missed, 0, 0, 0);
        return missed;
    }

    /** Takes away all that a member has. */
    static void revokeAll(final MemberDraft d, final Movement m) {
        for (int i = 0; i < d.coupons.count; i++) {
            m.coupons.add(d.coupons.coupon[i], CouponTotals.REVOKED, d.coupons.available(i));
        }
        d.coupons.clear();
    }

    /** Removes the holdings whose last day is over. */
    static void expire(final MemberDraft d, final long today, final Movement m) {
        final CouponBook book = d.coupons;
        while (book.nextDay() <= today) {
            m.coupons.add(book.coupon[0], CouponTotals.EXPIRED, book.available(0));
            book.remove(0);
        }
    }

    /** A use comes back to its holding; if that has expired, it has too, and if a revocation missed it, it is revoked. */
    static void putBack(
            final MemberDraft d,
            final int day,
            final long sequence,
            final int number,
            final int allUses,
            final long today,
            final Movement m) {
        if (day <= today) {
            m.coupons.add(number, CouponTotals.EXPIRED, 1);
        } else if (!d.coupons.putBack(day, sequence, number, allUses)) {
            m.coupons.add(number, CouponTotals.REVOKED, 1);
        }
    }
}

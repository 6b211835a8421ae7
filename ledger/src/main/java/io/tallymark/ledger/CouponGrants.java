package io.tallymark.ledger;

import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.ledger.program.Expiry;
import java.util.List;
import java.util.Map;

/**
 * The coupons that come with something, by one program version: those of a campaign, a pack, a reward, a prize, or of a
 * command that grants one. Immutable.
 */
final class CouponGrants {
    /** No coupons. */
    static final CouponGrants NONE = new CouponGrants(List.of(), Map.of(), new RuleNumbers());

    /** Stable numbers, in the order of the file. */
    final int[] coupon;

    final int[] uses;

    private final int[] validDays;
    private final int[] lastDay;

    /** @param coupons by id; those granted are among them */
    CouponGrants(final List<CouponGrant> grants, final Map<String, Coupon> coupons, final RuleNumbers numbers) {
        final int count = grants.size();
        coupon = new int[count];
        uses = new int[count];
        validDays = new int[count];
        lastDay = new int[count];
        for (int i = 0; i < count; i++) {
            final CouponGrant grant = grants.get(i);
            final Coupon rule = coupons.get(grant.coupon());
            coupon[i] = numbers.open(grant.coupon());
            uses[i] = grant.uses() > 0 ? grant.uses() : rule.uses();
            validDays[i] = grant.validDays() > 0 ? grant.validDays() : rule.validDays();
            lastDay[i] = rule.lastDay();
        }
    }

    int count() {
        return coupon.length;
    }

    /** Uses of all together. */
    long allUses() {
        long sum = 0;
        for (final int of : uses) {
            sum += of;
        }
        return sum;
    }

    /** The first day on which one granted on a day can no longer be used; not after that day: it is not granted any more. */
    int expiryDay(final int i, final int today) {
        if (validDays[i] > 0) {
            return today + validDays[i] + 1;
        }
        return lastDay[i] == Expiry.NEVER_DAY ? Expiry.NEVER_DAY : lastDay[i] + 1;
    }

    /** Whether none of those granted on a day would be over already. */
    boolean areAllGranted(final int today) {
        for (int i = 0; i < coupon.length; i++) {
            if (!isGranted(i, today)) {
                return false;
            }
        }
        return true;
    }

    /** Whether one granted on a day could be used. */
    boolean isGranted(final int i, final int today) {
        return expiryDay(i, today) > today;
    }
}

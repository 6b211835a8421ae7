package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Coupon;
import io.tallymark.ledger.program.CouponGrant;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Coupons: granted, used, returned, revoked, gone. */
final class CouponOps {
    static final int MOST_HOLDINGS = 1_000;

    /** A used coupon or benefit. */
    static final class Use {
        final long memberId;

        /** Of a coupon; null: a benefit. */
        final Holding.Key holding;

        final long amountMinor;
        final Counted counted;
        final long recordEnd;
        boolean returned;

        Use(
                final long memberId,
                final Holding.Key holding,
                final long amountMinor,
                final Counted counted,
                final long recordEnd) {
            this.memberId = memberId;
            this.holding = holding;
            this.amountMinor = amountMinor;
            this.counted = counted;
            this.recordEnd = recordEnd;
        }
    }

    private CouponOps() {}

    /** Whether a grant on a day gives something: the coupon is listed, and the day is not behind its last one. */
    static boolean gives(final Catalogue version, final CouponGrant grant, final long today) {
        final Coupon coupon = Shelf.coupon(version, grant.coupon());
        return coupon != null && (days(coupon, grant) > 0 || coupon.lastDay() >= today);
    }

    /** A grant's own days take the place of the coupon's. */
    private static int days(final Coupon coupon, final CouponGrant grant) {
        return grant.validDays() > 0 ? grant.validDays() : coupon.validDays();
    }

    static List<CouponGrant> giving(final Catalogue version, final List<CouponGrant> grants, final long today) {
        return grants.stream().filter(grant -> gives(version, grant, today)).toList();
    }

    /** Whether so many more holdings are too many. */
    static boolean tooMany(final Member m, final int more) {
        return more > 0 && m.coupons.count() + more > MOST_HOLDINGS;
    }

    /** Gives what can be granted; returns what was. */
    static List<Holding.Given> give(final Request r, final Member m, final List<CouponGrant> grants) {
        return give(r, m, r.p.rules.catalogue(), grants);
    }

    /** As a version says that was in force before. */
    static List<Holding.Given> give(
            final Request r, final Member m, final Catalogue version, final List<CouponGrant> grants) {
        final List<Holding.Given> given = new ArrayList<>();
        for (final CouponGrant grant : giving(version, grants, r.today)) {
            final Coupon coupon = Shelf.coupon(version, grant.coupon());
            final int uses = grant.uses() > 0 ? grant.uses() : coupon.uses();
            final int days = days(coupon, grant);
            final int expiryDay = days > 0
                    ? (int) r.today + days + 1
                    : coupon.lastDay() == Purse.NEVER ? Purse.NEVER : coupon.lastDay() + 1;
            final Holding.Key key = new Holding.Key(coupon.id(), r.sequence, expiryDay);
            final Holding holding = m.coupons.of(key);
            holding.uses += uses;
            holding.left += uses;
            r.p.shelf.funnel(coupon.id()).granted += uses;
            given.add(new Holding.Given(key, uses));
        }
        return given;
    }

    static ResultCode grant(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        final CouponGrant plain = new CouponGrant(r.text(VarField.RULE_ID), 0, 0);
        if (!gives(r.p.rules.catalogue(), plain, r.today)) {
            return ResultCode.NOT_OFFERED;
        }
        if (tooMany(m, 1)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final Coupon coupon = Shelf.coupon(r.p.rules.catalogue(), plain.coupon());
        final String what = "coupon " + coupon.id();
        if (Counted.isReached(r.p, m, what, coupon.limit(), r.today)) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        Counted.count(r, m, what, coupon.limit());
        give(r, m, List.of(plain));
        return ResultCode.ACCEPTED;
    }

    /** The holding of which a use would be taken; null: the member has none. */
    private static Holding.Key next(final Program p, final Member m, final String coupon) {
        return m.coupons.live(List.copyOf(p.shelf.everCoupons)).stream()
                .filter(key -> key.coupon().equals(coupon))
                .findFirst()
                .orElse(null);
    }

    /** What stands against using a coupon, but for the state of the member. */
    static ResultCode usable(final Request r, final Member m, final String id) {
        final Coupon coupon = Shelf.coupon(r.p.rules.catalogue(), id);
        if (!r.p.shelf.everCoupons.contains(id) || coupon != null && !Earning.holds(coupon.when(), r.facts(m))) {
            return ResultCode.NOT_OFFERED;
        }
        return next(r.p, m, id) == null ? ResultCode.COUPON_NOT_FOUND : ResultCode.ACCEPTED;
    }

    /** Takes one use. */
    static Holding.Key take(final Request r, final Member m, final String id) {
        final Holding.Key key = next(r.p, m, id);
        m.coupons.of(key).left--;
        return key;
    }

    static ResultCode use(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        if (m.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        final String id = r.text(VarField.RULE_ID);
        final ResultCode code = usable(r, m, id);
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        final Holding.Key key = take(r, m, id);
        final Shelf.Funnel funnel = r.p.shelf.funnel(id);
        funnel.used++;
        funnel.usedMinor += r.c.amountMinor();
        r.p.shelf.usedCoupons.put(r.name(), new Use(m.id, key, r.c.amountMinor(), null, r.recordEnd()));
        final Coupon coupon = Shelf.coupon(r.p.rules.catalogue(), id);
        r.o.valueMinor = coupon == null ? 0 : coupon.valueMinor();
        return ResultCode.ACCEPTED;
    }

    /** A use comes back to its holding; after the last day it is gone, and one that was missing goes at once. */
    static void putBack(final Program p, final Member m, final Holding.Key key, final long today) {
        if (key.expiryDay() <= today) {
            p.shelf.funnel(key.coupon()).expired++;
        } else if (m.coupons.of(key).missing > 0) {
            m.coupons.of(key).missing--;
            p.shelf.funnel(key.coupon()).revoked++;
        } else {
            m.coupons.of(key).left++;
        }
    }

    static ResultCode returnUse(final Request r) {
        final Use use = r.use();
        if (use == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        final Member m = r.p.member(use.memberId);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (use.returned) {
            return ResultCode.ALREADY_RETURNED;
        }
        use.returned = true;
        if (use.holding == null) {
            Counted.giveBack(r.p, m, use.counted, r.today);
            return ResultCode.ACCEPTED;
        }
        final Shelf.Funnel funnel = r.p.shelf.funnel(use.holding.coupon());
        funnel.used--;
        funnel.usedMinor -= use.amountMinor;
        funnel.returned++;
        putBack(r.p, m, use.holding, r.today);
        return ResultCode.ACCEPTED;
    }

    /** Where what was used stays paid for: it may come back. */
    static void revokeUnused(final Request r, final Member m, final List<Holding.Given> given) {
        revoke(r, m, given, false);
    }

    /** Revokes what was given, what was used as it comes back. */
    static void revoke(final Request r, final Member m, final List<Holding.Given> given) {
        revoke(r, m, given, true);
    }

    /** Revokes what is unused, and tells; of what is over and of closed members nothing. */
    private static void revoke(
            final Request r, final Member m, final List<Holding.Given> given, final boolean alsoUsed) {
        for (final Holding.Given one : given) {
            if (m.closed || one.key().expiryDay() <= r.today) {
                continue;
            }
            final int revoked = Math.min(one.uses(), m.coupons.leftOf(one.key()));
            if (revoked > 0) {
                m.coupons.of(one.key()).left -= revoked;
            }
            if (alsoUsed && revoked < one.uses()) {
                m.coupons.miss(one.key(), one.uses() - revoked, MOST_HOLDINGS);
            }
            r.p.shelf.funnel(one.key().coupon()).revoked += revoked;
            RefundOps.consequences(r)
                    .add(RefundOps.text("coupon/" + one.key().coupon()), 0, revoked, one.uses() - revoked, 0, 0, 0);
        }
    }

    static void revokeAll(final Program p, final Member m) {
        for (final Holding.Key key : m.coupons.live(List.of())) {
            p.shelf.funnel(key.coupon()).revoked += m.coupons.leftOf(key);
        }
        m.coupons.clear();
    }

    /** At 00:00 of its expiry day. */
    static void expire(final Program p, final Member m, final Holding.Key key) {
        p.shelf.funnel(key.coupon()).expired += m.coupons.leftOf(key);
        m.coupons.remove(key);
    }

    static void rows(final Request r, final Member m) {
        r.o.rows.begin(RowKind.COUPONS);
        for (final Holding.Key key : m.coupons.live(List.copyOf(r.p.shelf.everCoupons))) {
            final Holding holding = m.coupons.of(key);
            r.o.rows.add(text(key.coupon()), key.sequence(), key.expiryDay(), holding.uses, holding.left, 0, 0);
        }
    }

    static ResultCode funnel(final Request r) {
        final String id = r.text(VarField.RULE_ID);
        if (!r.p.shelf.everCoupons.contains(id)) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        final Shelf.Funnel f = r.p.shelf.funnel(id);
        r.o.rows.begin(RowKind.COUPON);
        r.o.rows.add(text(id), f.granted, f.used, f.returned, f.revoked, f.expired, f.usedMinor);
        return ResultCode.ACCEPTED;
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

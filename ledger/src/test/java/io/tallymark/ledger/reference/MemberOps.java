package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Tier;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.Map;

/** Members coming, going, becoming one, and the tiers that are given to them. */
final class MemberOps {
    private MemberOps() {}

    static ResultCode enrol(final Request r) {
        final long referrerId = r.c.referrerId();
        final Member referrer = referrerId == 0 ? null : r.p.member(referrerId);
        if (referrerId != 0 && referrer == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (r.c.memberId() != 0 && r.p.member(r.c.memberId()) != null) {
            return ResultCode.MEMBER_EXISTS;
        }
        if (r.linkedIdentity() != null) {
            return ResultCode.IDENTITY_TAKEN;
        }
        if (referrer != null && referrer.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (referrer != null && r.p.rules.catalogue().referral() == null) {
            return ResultCode.NOT_OFFERED;
        }
        final Member m = r.newMember();
        if (m == null) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        m.birthday = r.c.birthday();
        r.enrol(m);
        r.o.memberId = m.id;
        if (referrer != null) {
            m.referrerId = referrer.id;
            r.p.boards.registration(r, referrer);
            ReferralOps.registered(r, m);
        }
        return ResultCode.ACCEPTED;
    }

    static ResultCode link(final Request r) {
        final Member m = r.named();
        final Program.Identity linked = r.linkedIdentity();
        if (m == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (linked != null && r.p.member(r.p.identities.get(linked)) != m) {
            return ResultCode.IDENTITY_TAKEN;
        }
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (linked == null) {
            r.p.identities.put(r.identities().get(0), m.id);
        }
        return ResultCode.ACCEPTED;
    }

    static ResultCode unlink(final Request r) {
        final Member m = r.named();
        final Program.Identity linked = r.linkedIdentity();
        if (m == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (linked == null || r.p.member(r.p.identities.get(linked)) != m) {
            return ResultCode.IDENTITY_UNKNOWN;
        }
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        r.p.identities.remove(linked);
        return ResultCode.ACCEPTED;
    }

    static ResultCode freeze(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        m.frozen = true;
        return ResultCode.ACCEPTED;
    }

    static ResultCode unfreeze(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        m.frozen = false;
        r.p.due.activateDue(m, r.today);
        return ResultCode.ACCEPTED;
    }

    static ResultCode close(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        if (!m.holds.isEmpty()) {
            return ResultCode.HAS_HOLDS;
        }
        if (m.values.hasPrincipal()) {
            return ResultCode.HAS_VALUE;
        }
        if (r.p.allWallets().stream().anyMatch(wallet -> m.in(wallet).debt > 0)) {
            return ResultCode.IN_DEBT;
        }
        ValueOps.forfeit(r.p, m);
        r.p.allWallets().forEach(wallet -> r.moves(wallet, -r.p.purse(wallet).forfeit(m)));
        CouponOps.revokeAll(r.p, m);
        m.closed = true;
        return ResultCode.ACCEPTED;
    }

    static ResultCode erase(final Request r) {
        final Member m = r.named();
        if (m == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        r.p.identities.values().removeIf(id -> r.p.member(id) == m);
        m.birthday = 0;
        return ResultCode.ACCEPTED;
    }

    static ResultCode merge(final Request r) {
        final Member from = r.named();
        final Member into = r.p.member(r.c.otherMemberId());
        if (from == null || into == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (from == into) {
            return ResultCode.SAME_MEMBER;
        }
        if (from.closed || into.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (from.frozen || into.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        if (from.counters.lifetime.spend + into.counters.lifetime.spend > Request.LIMIT
                || from.counters.lifetime.points + into.counters.lifetime.points > Request.LIMIT) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final int holdings = from.coupons.count();
        if (holdings > 0 && CouponOps.tooMany(into, holdings)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        if (tooMuchTogether(r, into, from)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        if (ValueOps.tooMuchTogether(into, from)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        addUp(r, into, from);
        r.p.boards.merge(into, from, r.sequence);
        r.p.members.remove(from.id);
        r.p.redirects.replaceAll((old, now) -> now == from.id ? into.id : now);
        r.p.redirects.put(from.id, into.id);
        ReferralOps.merge(r.p, into, from);
        final long given = r.p.tiers.rise(into, r.nowMs);
        r.p.purse().issue(into, given, r.p.purse().newLot(r.today), r.today);
        r.o.bonusPoints = given;
        r.o.memberId = into.id;
        return ResultCode.ACCEPTED;
    }

    private static boolean tooMuchTogether(final Request r, final Member into, final Member from) {
        final long bonus = bonusOfMerge(r, into, from);
        final boolean ordered = from.hasOrdered || into.hasOrdered;
        long sum = from.allPoints() + into.allPoints() + bonus;
        for (final String wallet : r.p.allWallets()) {
            final Account both = new Account();
            both.addAll(into.in(wallet));
            both.addAll(from.in(wallet));
            long there = both.available();
            for (final Map.Entry<Member.PendingDays, Long> lot : both.pending.entrySet()) {
                there += ordered && lot.getKey().activationDay() == Member.FIRST_PURCHASE ? lot.getValue() : 0;
            }
            final long repaid = Math.min(both.debt, there);
            final long left = both.debt - repaid;
            if (left > Request.LIMIT) {
                return true;
            }
            sum -= repaid + (wallet.equals(Account.POINTS) ? Math.min(bonus, left) : 0);
        }
        return sum > Request.LIMIT;
    }

    private static long bonusOfMerge(final Request r, final Member into, final Member from) {
        final Member both = into.copyForPreview();
        r.p.tiers.merge(both, from.copyForPreview());
        mergeCounters(r, both, from);
        return r.p.tiers.rise(both, r.nowMs);
    }

    private static void addUp(final Request r, final Member into, final Member from) {
        r.p.tiers.merge(into, from);
        mergeCounters(r, into, from);
        from.used.forEach(into::use);
        into.coupons.addAll(from.coupons);
        r.p.allWallets().forEach(wallet -> into.in(wallet).addAll(from.in(wallet)));
        into.holds.addAll(from.holds);
        into.holds.sort((a, b) -> Long.compare(a.number, b.number));
        ValueOps.merge(into, from);
        into.hasOrdered |= from.hasOrdered;
        into.birthday = into.birthday != 0 ? into.birthday : from.birthday;
        into.lastActivityDay = Math.max(into.lastActivityDay, from.lastActivityDay);
        if (into.hasOrdered) {
            ActivityOps.activate(r.p, into, r.today);
        }
        r.p.allWallets().forEach(wallet -> r.p.purse(wallet).repay(into));
    }

    /** Years since joining are those of the earlier join day. */
    private static void mergeCounters(final Request r, final Member into, final Member from) {
        final boolean fromIsOlder = from.joinDay < into.joinDay;
        final Member older = fromIsOlder ? from : into;
        final Member younger = fromIsOlder ? into : from;
        final Counters all = older.counters.copy();
        all.lifetime.add(younger.counters.lifetime);
        younger.counters.months.forEach(
                (month, sums) -> Counters.bucket(all.months, month).add(sums));
        final int thisYear = Days.yearSince(older.joinDay, r.today);
        younger.counters.years.forEach((year, sums) -> {
            final long lastDay = Days.yearBegin(younger.joinDay, year + 1).toEpochDay() - 1;
            final int of = Math.min(thisYear, Days.yearSince(older.joinDay, lastDay));
            Counters.bucket(all.years, of).add(sums);
        });
        into.counters = all;
        into.joinDay = older.joinDay;
    }

    static ResultCode grantTier(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        final Grant.Way way = way(r);
        final int level = r.p.listedLevel(r.text(VarField.RULE_ID));
        if (way == null || level == 0) {
            return ResultCode.NOT_OFFERED;
        }
        final Tier tier = r.p.tier(level);
        final int months = way == Grant.Way.PAID ? tier.paidMonths() : tier.invitedMonths();
        if (months == 0) {
            return ResultCode.NOT_OFFERED;
        }
        final long until = r.c.untilMs() != Command.NO_TIME ? r.c.untilMs() : lasting(r, months);
        if (until <= r.nowMs) {
            return ResultCode.NOT_OFFERED;
        }
        r.p.tiers.grant(m, new Grant(tier.id(), way, r.nowMs, until));
        return ResultCode.ACCEPTED;
    }

    /** When a tier ends that is given now for months. */
    static long lasting(final Request r, final int months) {
        return months == Tier.FOR_EVER ? Days.NEVER_MS : r.p.days.monthEnd(r.nowMs, months);
    }

    static ResultCode revokeTier(final Request r) {
        final Member m = r.named();
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        final Grant.Way way = way(r);
        final int level = r.p.listedLevel(r.text(VarField.RULE_ID));
        if (way == null || level == 0) {
            return ResultCode.NOT_OFFERED;
        }
        return r.p.tiers.end(m, level, way) ? ResultCode.ACCEPTED : ResultCode.ORIGINAL_NOT_FOUND;
    }

    private static Grant.Way way(final Request r) {
        return switch (r.text(VarField.WAY)) {
            case "paid" -> Grant.Way.PAID;
            case "invited" -> Grant.Way.INVITED;
            default -> null;
        };
    }

    static ResultCode pause(final Request r, final boolean paused) {
        final String rule = r.text(VarField.RULE_ID);
        if (!rule.equals(SpendingOps.REDEMPTIONS) && !r.p.everCampaigns.contains(rule)) {
            return ResultCode.NOT_OFFERED;
        }
        if (paused) {
            r.p.paused.add(rule);
        } else {
            r.p.paused.remove(rule);
        }
        return ResultCode.ACCEPTED;
    }
}

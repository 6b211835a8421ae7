package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activation;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/** Orders, claims of orders, activities, and what becomes of points that wait. */
final class EarningOps {
    private EarningOps() {}

    static ResultCode accrue(final Request r) {
        final Member known = r.named();
        if (known != null && known.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (r.order(r.name()) != null) {
            return ResultCode.ALREADY_ACCRUED;
        }
        final Member m = known != null ? known : r.newMember();
        if (m == null) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final ResultCode code = earn(r, m, r.name());
        if (code == ResultCode.ACCEPTED && known == null) {
            r.enrol(m);
            r.o.memberId = m.id;
        }
        return code;
    }

    static ResultCode claim(final Request r) {
        final Member m = r.named();
        final long eventDay = r.p.days.dayOf(r.eventMs);
        final boolean offered = r.p.rules.claimDays() >= 0;
        if (offered && eventDay < m.joinDay - r.p.rules.claimDays()) {
            return ResultCode.EVENT_TOO_OLD;
        }
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (!offered || eventDay > m.joinDay) {
            return ResultCode.NOT_OFFERED;
        }
        return r.order(r.original()) != null ? ResultCode.ALREADY_ACCRUED : earn(r, m, r.original());
    }

    static ResultCode preview(final Request r) {
        final Member known = r.named();
        if (known != null && known.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final Member m = known != null ? known.copyForPreview() : r.newMember();
        final ResultCode code = m == null ? ResultCode.LIMIT_EXCEEDED : earn(r, m, null);
        r.o.bonusPoints += code == ResultCode.ACCEPTED ? r.enrolBonus : 0;
        return code;
    }

    /** Without a name it changes nothing but the member given. */
    private static ResultCode earn(final Request r, final Member m, final Program.Name name) {
        final Order order = new Order();
        order.memberId = m.id;
        order.rules = r.p.rules;
        order.version = r.p.version;
        order.sequence = r.sequence;
        order.eventDay = r.p.days.dayOf(r.eventMs);
        order.amountMinor = r.c.amountMinor();
        order.visit = (r.c.flags() & Command.FLAG_NO_VISIT) == 0;
        order.multiplier = r.p.tiers.multiplier(m);
        final List<Earning.SentLine> sent = r.lines();
        final Earning.Facts facts = r.facts(m);
        Earning.plan(order, sent, facts, r.p.paused);
        final Earning.Shares shares = Earning.shares(order);
        final Order.Part inPoints = new Order.Part(null);
        order.parts.put(Account.POINTS, inPoints);
        if (shares.tooLarge || !WalletEarning.plan(order, sent, facts) || CouponOps.tooMany(m, couponsOf(r, order))) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final Caps.Granted g = Caps.clip(r.p, m, order, shares);
        inPoints.granted = g.all();
        final ResultCode code = count(r, m, order);
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        final boolean first = !m.hasOrdered;
        m.hasOrdered = true;
        m.lastActivityDay = r.today;
        ActivityOps.activate(r.p, m, r.today);
        order.parts.forEach((wallet, part) -> place(r, m, wallet, part));
        if (name != null) {
            remember(r, m, order, sent, g, name);
            Caps.use(r.p, m, order, g);
            order.parts.forEach((wallet, part) -> {
                if (part.activationDay == Order.NOT_PENDING) {
                    r.p.purse(wallet).issue(m, part.granted, part.lot, r.today);
                } else {
                    r.p.purse(wallet).issuePending(m, part.granted, part.activationDay, part.lot);
                }
            });
        }
        riseAndCreditBonus(r, m, name != null);
        answer(r, order, g);
        if (r.c.type() != CommandType.CLAIM) {
            order.referral = first ? ReferralOps.firstPurchase(r, m) : null;
            if (name != null) {
                order.fed = r.p.boards.order(r, m, facts, g.all());
                ReferralOps.give(r, order.referral);
            }
            if (order.referral != null && order.applied.isEmpty()) {
                ReferralOps.tell(r, order.referral.referrerId(), order.referral.points(), 0);
            }
        }
        return ResultCode.ACCEPTED;
    }

    /** Which lot it goes into, and when. */
    private static void place(final Request r, final Member m, final String wallet, final Order.Part part) {
        final Purse purse = r.p.purse(wallet);
        final Activation activation = purse.activation();
        final LotKey lot = purse.newLot(r.today);
        part.lot = wallet.equals(Account.POINTS) ? lot.of(IssuerOps.ofBrand(r)) : lot;
        if (purse.waits() || m.frozen) {
            part.activationDay = !purse.waits()
                    ? (int) r.today
                    : activation.fulfilment() ? Member.FULFILMENT : (int) r.today + activation.afterDays();
        }
    }

    private static void remember(
            final Request r,
            final Member m,
            final Order order,
            final List<Earning.SentLine> sent,
            final Caps.Granted g,
            final Program.Name name) {
        order.keepsLines = order.rules.hasLineRules()
                || order.rules.catalogue().pointsWallets().stream()
                        .anyMatch(wallet -> wallet.when().concernsLines())
                || sent.stream().anyMatch(line -> line.sample() && line.amountMinor() > 0);
        if (!order.keepsLines) {
            collapse(order);
        }
        for (int i = 0; i < order.applied.size(); i++) {
            order.applied.get(i).granted = g.campaigns.get(i);
            order.applied.get(i).kept = g.campaigns.get(i);
            order.applied.get(i).given =
                    CouponOps.give(r, m, order.applied.get(i).campaign.grants());
        }
        order.grantedBase = g.base;
        order.grantedTier = g.tier;
        order.parts.values().forEach(part -> part.retained = part.granted);
        order.recordEnd = r.recordEnd();
        r.p.orders.put(name, order);
    }

    /** Where no rule looks at lines, all of them are one. */
    private static void collapse(final Order order) {
        final Exact rate = order.lines.stream()
                .map(line -> line.rate)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
        order.lines.clear();
        order.lines.add(new Order.Line(1, 1, order.amountMinor, rate));
        order.applied.forEach(one -> {
            one.lines.clear();
            one.lines.add(1);
        });
        order.parts.values().forEach(part -> {
            part.lines.clear();
            part.lines.add(1);
        });
    }

    private static ResultCode count(final Request r, final Member m, final Order order) {
        final Map<String, Long> granted = new HashMap<>();
        final Map<String, Long> atOnce = ActivityOps.waiting(m, r.p);
        order.parts.forEach((wallet, part) -> {
            granted.put(wallet, part.granted);
            atOnce.merge(wallet, r.p.purse(wallet).waits() ? 0 : part.granted, Math::addExact);
        });
        return count(r, m, order.amountMinor, order.visit ? 1 : 0, 1, granted, atOnce);
    }

    /** Raises the counters unless the member would come to have too much. */
    static ResultCode count(
            final Request r,
            final Member m,
            final long spend,
            final long visits,
            final long orders,
            final Map<String, Long> granted,
            final Map<String, Long> atOnce) {
        final long points = granted.getOrDefault(Program.qualifying(r.p.rules), 0L);
        if (m.counters.lifetime.spend + spend > Request.LIMIT || m.counters.lifetime.points + points > Request.LIMIT) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final Counters before = m.counters;
        m.counters = before.copy();
        r.p.count(m, r.p.days.dayOf(r.eventMs), spend, visits, points, orders);
        final long bonus = Math.addExact(r.enrolBonus, r.p.tiers.bonusOfRise(m, r.nowMs));
        long sum = Math.addExact(m.allPoints(), bonus);
        for (final String wallet : r.p.allWallets()) {
            final long more = wallet.equals(Account.POINTS) ? bonus : 0;
            final long repaying = Math.addExact(atOnce.getOrDefault(wallet, 0L), more);
            sum = Math.addExact(sum, granted.getOrDefault(wallet, 0L));
            sum -= m.frozen ? 0 : Math.min(m.in(wallet).debt, repaying);
        }
        if (sum > Request.LIMIT) {
            m.counters = before;
            return ResultCode.LIMIT_EXCEEDED;
        }
        return ResultCode.ACCEPTED;
    }

    static void riseAndCreditBonus(final Request r, final Member m, final boolean forGood) {
        final long bonus = r.p.tiers.rise(m, r.nowMs);
        if (forGood) {
            r.p.purse().issue(m, bonus, r.p.purse().newLot(r.today), r.today);
        }
        r.o.bonusPoints += bonus;
    }

    private static int coupons(final Request r, final Order.Applied one) {
        return CouponOps.giving(r.p.rules.catalogue(), one.campaign.grants(), r.today)
                .size();
    }

    private static int couponsOf(final Request r, final Order order) {
        return order.applied.stream().mapToInt(one -> coupons(r, one)).sum();
    }

    private static void answer(final Request r, final Order order, final Caps.Granted g) {
        order.parts.forEach((wallet, part) -> r.moves(wallet, part.granted));
        r.o.basePoints = g.base;
        r.o.tierPoints = g.tier;
        r.o.campaignPoints = g.campaignSum();
        r.o.clippedPoints = g.clipped;
        if (!order.applied.isEmpty()) {
            r.o.rows.begin(RowKind.SHARES);
        }
        for (int i = 0; i < order.applied.size(); i++) {
            final byte[] id = order.applied.get(i).campaign.id().getBytes(StandardCharsets.UTF_8);
            r.o.rows.add(
                    id,
                    g.campaigns.get(i),
                    g.clippedOf.get(i),
                    g.clippedBy.get(i).ordinal(),
                    coupons(r, order.applied.get(i)),
                    0,
                    0);
        }
    }

    static ResultCode activate(final Request r) {
        final Order order = r.order(r.original());
        if (order == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        final Member m = r.p.member(order.memberId);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        return changed(order, (wallet, part) -> {
            final Purse purse = r.p.purse(wallet);
            final long points = part.activationDay == Member.FULFILMENT
                    ? purse.takePending(m, part.retained, part.activationDay, part.lot)
                    : 0;
            if (points > 0) {
                activate(r, m, purse, part, points);
                r.moves(wallet, points);
            }
            return points;
        });
    }

    private static void activate(
            final Request r, final Member m, final Purse purse, final Order.Part part, final long points) {
        final int after = purse.activation().afterDays();
        if (after > 0 || m.frozen) {
            part.activationDay = (int) r.today + after;
            purse.addPending(m, points, part.activationDay, part.lot);
        } else {
            part.activationDay = Order.NOT_PENDING;
            purse.credit(m, points, part.lot, r.today);
        }
    }

    /** Does something to what waits in each wallet; refused where there is nothing in any. */
    private static ResultCode changed(final Order order, final ToLongBiFunction<String, Order.Part> change) {
        long all = 0;
        for (final Map.Entry<String, Order.Part> one : order.parts.entrySet()) {
            all += change.applyAsLong(one.getKey(), one.getValue());
        }
        return all == 0 ? ResultCode.NOT_PENDING : ResultCode.ACCEPTED;
    }

    static ResultCode cancel(final Request r) {
        final Order order = r.order(r.original());
        if (order == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        final Member m = r.p.member(order.memberId);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        return changed(order, (wallet, part) -> {
            final Purse purse = r.p.purse(wallet);
            final long points = purse.takePending(m, part.retained, part.activationDay, part.lot);
            part.retained -= points;
            purse.totals.cancelled = Totals.plus(purse.totals.cancelled, points);
            r.moves(wallet, -points);
            return points;
        });
    }
}

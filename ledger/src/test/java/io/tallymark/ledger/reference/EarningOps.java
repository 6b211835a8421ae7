package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Activation;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
        Earning.plan(
                order,
                sent,
                new Earning.Facts(
                        r.p.days,
                        r.eventMs,
                        r.text(VarField.CHANNEL),
                        r.text(VarField.STORE),
                        r.p.tiers.tierId(m),
                        m.hasOrdered,
                        m.birthday,
                        order.amountMinor),
                r.p.paused);
        final Earning.Shares shares = Earning.shares(order);
        if (shares.tooLarge || CouponOps.tooMany(m, couponsOf(r, order))) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final Caps.Granted g = Caps.clip(r.p, m, order, shares);
        final Activation activation = r.p.rules.activation();
        final boolean waits = activation.fulfilment() || activation.afterDays() > 0;
        final long atOnce = ActivityOps.waiting(m) + (waits ? 0 : g.all());
        final ResultCode code = count(r, m, order.amountMinor, order.visit ? 1 : 0, g.all(), 1, atOnce);
        if (code != ResultCode.ACCEPTED) {
            return code;
        }
        final Earning.Facts facts = r.facts(m);
        final boolean first = !m.hasOrdered;
        m.hasOrdered = true;
        m.lastActivityDay = r.today;
        ActivityOps.activate(r.p, m, r.today);
        order.lot = r.p.purse.newLot(r.today).of(IssuerOps.ofBrand(r));
        if (waits || m.frozen) {
            order.activationDay = !waits
                    ? (int) r.today
                    : activation.fulfilment() ? Member.FULFILMENT : (int) r.today + activation.afterDays();
        }
        if (name != null) {
            remember(r, m, order, sent, g, name);
            Caps.use(r.p, m, order, g);
            if (order.activationDay == Order.NOT_PENDING) {
                r.p.purse.issue(m, g.all(), order.lot, r.today);
            } else {
                r.p.purse.issuePending(m, g.all(), order.activationDay, order.lot);
            }
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

    private static void remember(
            final Request r,
            final Member m,
            final Order order,
            final List<Earning.SentLine> sent,
            final Caps.Granted g,
            final Program.Name name) {
        order.keepsLines =
                order.rules.hasLineRules() || sent.stream().anyMatch(line -> line.sample() && line.amountMinor() > 0);
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
        order.granted = g.all();
        order.retained = g.all();
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
    }

    /** Raises the counters unless the member would come to have too much. */
    static ResultCode count(
            final Request r,
            final Member m,
            final long spend,
            final long visits,
            final long points,
            final long orders,
            final long atOncePoints) {
        if (m.counters.lifetime.spend + spend > Request.LIMIT || m.counters.lifetime.points + points > Request.LIMIT) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        final Counters before = m.counters;
        m.counters = before.copy();
        r.p.count(m, r.p.days.dayOf(r.eventMs), spend, visits, points, orders);
        final long bonus = Math.addExact(r.enrolBonus, r.p.tiers.bonusOfRise(m, r.nowMs));
        final long repaid = m.frozen ? 0 : Math.min(m.debt, Math.addExact(atOncePoints, bonus));
        if (Math.addExact(m.allPoints() + points - repaid, bonus) > Request.LIMIT) {
            m.counters = before;
            return ResultCode.LIMIT_EXCEEDED;
        }
        return ResultCode.ACCEPTED;
    }

    static void riseAndCreditBonus(final Request r, final Member m, final boolean forGood) {
        final long bonus = r.p.tiers.rise(m, r.nowMs);
        if (forGood) {
            r.p.purse.issue(m, bonus, r.p.purse.newLot(r.today), r.today);
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
        r.o.points = g.all();
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
        final long points = order.activationDay == Member.FULFILMENT
                ? r.p.purse.takePending(m, order.retained, order.activationDay, order.lot)
                : 0;
        if (points == 0) {
            return ResultCode.NOT_PENDING;
        }
        final int after = r.p.rules.activation().afterDays();
        if (after > 0 || m.frozen) {
            order.activationDay = (int) r.today + after;
            r.p.purse.addPending(m, points, order.activationDay, order.lot);
        } else {
            order.activationDay = Order.NOT_PENDING;
            r.p.purse.credit(m, points, order.lot, r.today);
        }
        r.o.points = points;
        return ResultCode.ACCEPTED;
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
        final long points = r.p.purse.takePending(m, order.retained, order.activationDay, order.lot);
        if (points == 0) {
            return ResultCode.NOT_PENDING;
        }
        order.retained -= points;
        r.p.totals.cancelled = Totals.plus(r.p.totals.cancelled, points);
        r.o.points = -points;
        return ResultCode.ACCEPTED;
    }
}

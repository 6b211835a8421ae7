package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Refunds of orders, returns without an order, and how points are clawed. */
final class RefundOps {
    private RefundOps() {}

    static ResultCode refund(final Request r) {
        final Order order = r.order(r.original());
        final Member m = r.p.member(order.memberId);
        final List<Order.Line> after = new ArrayList<>();
        order.lines.forEach(line -> after.add(line.copy()));
        final List<Earning.SentLine> named = r.lines();
        final long before = order.remainingMinor();
        if (!order.keepsLines && named.stream().anyMatch(line -> line.quantity() > 0)) {
            return ResultCode.NOT_OFFERED;
        }
        final boolean fits = before > 0
                && (named.isEmpty() || !order.keepsLines
                        ? byAmount(after, amountOf(r, named, before))
                        : named.stream().allMatch(line -> byLine(after, line)));
        if (!fits) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        order.lines = after;
        if (named.isEmpty() && r.c.amountMinor() == 0) {
            // The rest: units without an amount too.
            order.lines.forEach(line -> line.refundedQuantity = line.quantity);
        }
        carryOut(r, order, m, before - order.remainingMinor());
        return ResultCode.ACCEPTED;
    }

    private static BigInteger amountOf(final Request r, final List<Earning.SentLine> named, final long remaining) {
        if (!named.isEmpty()) {
            return named.stream()
                    .map(line -> BigInteger.valueOf(line.amountMinor()))
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }
        return BigInteger.valueOf(r.c.amountMinor() == 0 ? remaining : r.c.amountMinor());
    }

    /** Spreads an amount over what remains; leftover units by line number. */
    private static boolean byAmount(final List<Order.Line> lines, final BigInteger amount) {
        final long remaining =
                lines.stream().mapToLong(Order.Line::remainingMinor).sum();
        if (amount.compareTo(BigInteger.valueOf(remaining)) > 0) {
            return false;
        }
        long left = amount.longValueExact();
        final List<Long> parts = new ArrayList<>();
        for (final Order.Line line : lines) {
            final long part = SpendingOps.share(amount.longValueExact(), line.remainingMinor(), remaining);
            parts.add(part);
            left -= part;
        }
        for (int i = 0; i < lines.size() && left > 0; i++) {
            if (lines.get(i).remainingMinor() > parts.get(i)) {
                parts.set(i, parts.get(i) + 1);
                left--;
            }
        }
        if (left != 0) {
            throw new AssertionError("left over: " + left);
        }
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).refundedMinor += parts.get(i);
            lines.get(i).byAmount |= parts.get(i) > 0;
        }
        return true;
    }

    private static boolean byLine(final List<Order.Line> lines, final Earning.SentLine named) {
        final Order.Line line = lines.stream()
                .filter(l -> l.number == named.number())
                .findFirst()
                .orElse(null);
        if (line == null) {
            return false;
        }
        if (named.quantity() > 0) {
            final long quantity = line.refundedQuantity + named.quantity();
            if (line.byAmount || quantity > line.quantity) {
                return false;
            }
            line.refundedQuantity = quantity;
            line.refundedMinor = SpendingOps.share(line.amountMinor, quantity, line.quantity);
            return true;
        }
        if (line.refundedQuantity > 0 || named.amountMinor() > line.remainingMinor()) {
            return false;
        }
        line.refundedMinor += named.amountMinor();
        line.byAmount = true;
        return true;
    }

    private static void carryOut(final Request r, final Order order, final Member m, final long amountMinor) {
        final Earning.Shares now = Earning.shares(order);
        long kept = 0;
        if (order.multiplier.compareTo(Exact.ONE) < 0) {
            kept += Math.min(
                    order.grantedBase + order.grantedTier,
                    now.base.add(now.tier).longValueExact());
        } else {
            kept += Math.min(order.grantedBase, now.base.longValueExact());
            kept += Math.min(order.grantedTier, now.tier.longValueExact());
        }
        for (int i = 0; i < order.applied.size(); i++) {
            final Order.Applied one = order.applied.get(i);
            final long share = Math.min(one.granted, now.campaigns.get(i).longValueExact());
            kept += share;
            final long keptNow = Math.min(one.kept, share);
            r.p.budgetUsed.merge(one.campaign.id(), keptNow - one.kept, Math::addExact);
            if (keptNow < one.kept) {
                consequences(r).add(text("campaign/" + one.campaign.id()), one.kept - keptNow, 0, 0, 0, 0, 0);
            }
            one.kept = keptNow;
        }
        final Map<String, Long> claws = new HashMap<>();
        for (final Map.Entry<String, Order.Part> one : order.parts.entrySet()) {
            final Order.Part part = one.getValue();
            final long left = part.wallet == null ? kept : WalletEarning.kept(order, part);
            final long claw = Math.max(0, part.retained - left);
            part.retained -= claw;
            clawOrder(r, m, one.getKey(), part, claw);
            claws.put(one.getKey(), claw);
            r.moves(one.getKey(), -claw);
        }
        final boolean gone = order.remainingMinor() == 0;
        final long counted = claws.getOrDefault(Program.qualifying(order.rules), 0L);
        lower(r, m, order.eventDay, amountMinor, gone && order.visit ? 1 : 0, counted, gone ? 1 : 0);
        r.o.valueMinor = amountMinor;
        undoTiers(r, m);
        for (final Order.Applied one : order.applied) {
            if (!one.given.isEmpty() && !Earning.runs(order, one)) {
                CouponOps.revoke(r, m, one.given);
                one.given = List.of();
            }
        }
        r.p.boards.refund(r, order.fed, amountMinor, claws.get(Account.POINTS), gone);
        ReferralOps.refund(r, order);
    }

    static Rows consequences(final Request r) {
        if (r.o.rows.kind() != RowKind.CONSEQUENCES) {
            r.o.rows.begin(RowKind.CONSEQUENCES);
        }
        return r.o.rows;
    }

    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void lower(
            final Request r,
            final Member m,
            final long eventDay,
            final long amountMinor,
            final long visits,
            final long points,
            final long orders) {
        r.p.count(m, eventDay, -amountMinor, -visits, -points, -orders);
    }

    private static void undoTiers(final Request r, final Member m) {
        final long lost = r.p.tiers.undo(m, r.nowMs);
        if (lost > 0) {
            claw(r, m, r.p.purse(), lost, lost, false, IssuerOps.HOUSE);
            r.o.bonusPoints = -lost;
        }
    }

    private static void clawOrder(
            final Request r, final Member m, final String wallet, final Order.Part part, final long claw) {
        final Purse purse = r.p.purse(wallet);
        long left = claw;
        if (!m.closed) {
            left -= purse.takePending(m, left, part.activationDay, part.lot);
            if (purse.refund().claw() != RefundPolicy.Claw.PENDING_ONLY) {
                left -= purse.takeFromLot(m, left, part.lot);
            }
        }
        claw(r, m, purse, claw, left, false, part.lot.issuer());
    }

    /** Of a whole claw what is left to collect: from other points, as debt, or not at all. */
    private static void claw(
            final Request r,
            final Member m,
            final Purse purse,
            final long whole,
            final long toCollect,
            final boolean reverse,
            final int counterpart) {
        final RefundPolicy policy = purse.refund();
        final Account account = purse.of(m);
        long left = toCollect;
        if (!m.closed && policy.claw() != RefundPolicy.Claw.PENDING_ONLY) {
            final List<Hold.Part> parts = reverse ? purse.takeReverse(m, left) : purse.take(m, left);
            left -= Purse.sum(purse.settle(parts, counterpart));
        }
        long debt = 0;
        if (!m.closed && policy.claw() == RefundPolicy.Claw.DEBT) {
            debt = Math.min(left, Math.max(0, policy.debtLimitPoints() - account.debt));
            account.debt += debt;
            left -= debt;
        }
        if (account == m.points()) {
            r.o.addedDebtPoints += debt;
            r.o.writtenOffPoints += left;
        }
        purse.totals.clawedBack = Totals.plus(purse.totals.clawedBack, whole);
        purse.totals.writtenOff = Totals.plus(purse.totals.writtenOff, left);
    }

    static ResultCode returnUnreferenced(final Request r) {
        final Member m = r.named();
        if (m == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (!r.p.rules.refund().unreferenced()) {
            return ResultCode.NOT_OFFERED;
        }
        final Map<String, BigInteger> claws = new LinkedHashMap<>();
        claws.put(
                Account.POINTS,
                Exact.of(r.c.amountMinor())
                        .times(Exact.of(r.p.rules.ratePoints(), r.p.rules.ratePerMinor()))
                        .floor());
        for (final PointsWallet wallet : r.p.rules.catalogue().pointsWallets()) {
            if (wallet.refund().unreferenced()) {
                claws.put(wallet.id(), WalletEarning.plain(wallet, r.c.amountMinor()));
            }
        }
        if (claws.values().stream().anyMatch(claw -> claw.compareTo(BigInteger.valueOf(Request.LIMIT)) > 0)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        claws.forEach((wallet, claw) -> {
            final long points = claw.longValueExact();
            claw(r, m, r.p.purse(wallet), points, points, true, IssuerOps.HOUSE);
            r.moves(wallet, -points);
        });
        final BigInteger counted = claws.getOrDefault(Program.qualifying(r.p.rules), BigInteger.ZERO);
        lower(r, m, r.p.days.dayOf(r.eventMs), r.c.amountMinor(), 0, counted.longValueExact(), 0);
        r.o.valueMinor = r.c.amountMinor();
        undoTiers(r, m);
        return ResultCode.ACCEPTED;
    }
}

package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What is asked without changing anything, as of the last journaled engine time. */
final class Queries {
    private Queries() {}

    static ResultCode answer(final Request r) {
        return switch (r.c.type()) {
            case PREVIEW_ACCRUE -> previewAccrue(r);
            case PREVIEW_REDEEM -> previewRedeem(r);
            case QUERY_ORDER -> order(r);
            case QUERY_CAMPAIGN -> campaign(r);
            case QUERY_REWARD -> RewardOps.query(r);
            case QUERY_COUPON -> CouponOps.funnel(r);
            case QUERY_BOARD -> BoardOps.query(r);
            case QUERY_SETTLEMENT -> IssuerOps.query(r);
            case QUERY_VERSION -> ResultCode.ACCEPTED;
            default -> member(r);
        };
    }

    private static ResultCode previewAccrue(final Request r) {
        final ResultCode time = r.checkTime();
        if (time != ResultCode.ACCEPTED) {
            return time;
        }
        if (r.named() == null && !r.p.rules.enrolUnknownMembers()) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        return EarningOps.preview(r);
    }

    private static ResultCode previewRedeem(final Request r) {
        final ResultCode time = r.checkTime();
        return time != ResultCode.ACCEPTED ? time : SpendingOps.price(r, r.named());
    }

    /** Of an order only what it earned in further wallets. */
    private static ResultCode order(final Request r) {
        final Order order = r.order(r.original());
        if (order == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        r.o.rows.begin(RowKind.ORDER);
        for (final String wallet : r.p.wallets) {
            final Order.Part part = order.parts.get(wallet);
            if (part != null && part.granted > 0) {
                r.o.rows.add(text(r.p, wallet, IssuerOps.HOUSE), part.granted, part.retained, 0, 0, 0, 0);
            }
        }
        return ResultCode.ACCEPTED;
    }

    private static ResultCode member(final Request r) {
        final Member m = r.named();
        if (m == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        switch (r.c.type()) {
            case QUERY_WALLETS:
                ValueOps.rows(r, m);
                break;
            case QUERY_HOLDS:
                r.o.rows.begin(RowKind.HOLDS);
                m.holds.forEach(h -> r.o.rows.add(
                        text(r.p, h.wallet, IssuerOps.HOUSE),
                        h.number,
                        h.points,
                        h.deadlineMs,
                        h.valueNamed ? h.valueMinor : 0,
                        0,
                        0));
                break;
            case QUERY_PENDING:
                pending(r, m);
                break;
            case QUERY_EXPIRING:
                expiring(r, m);
                break;
            case QUERY_COUPONS:
                CouponOps.rows(r, m);
                break;
            case QUERY_BENEFITS:
                BenefitOps.rows(r, m);
                break;
            default:
                break;
        }
        return ResultCode.ACCEPTED;
    }

    /** Whose points they are: an issuer's, or those of a further wallet. */
    private static byte[] text(final Program p, final String wallet, final int issuer) {
        return wallet.equals(Account.POINTS) ? p.issuers.text(issuer) : RefundOps.text("wallet/" + wallet);
    }

    private static void pending(final Request r, final Member m) {
        // Of equal days those of points come first, then wallet by wallet.
        final TreeMap<Member.PendingDays, List<Runnable>> rows =
                new TreeMap<>(Comparator.comparingInt(Member.PendingDays::activationDay)
                        .thenComparingInt(Member.PendingDays::expiryDay));
        for (final String wallet : r.p.allWallets()) {
            m.in(wallet)
                    .pending
                    .forEach((days, points) -> rows.computeIfAbsent(days, k -> new ArrayList<>())
                            .add(() -> r.o.rows.add(
                                    text(r.p, wallet, days.lot().issuer()),
                                    days.activationDay(),
                                    days.expiryDay(),
                                    points,
                                    0,
                                    0,
                                    0)));
        }
        r.o.rows.begin(RowKind.PENDING);
        rows.values().forEach(ofDay -> ofDay.forEach(Runnable::run));
    }

    private static void expiring(final Request r, final Member m) {
        final TreeMap<Integer, List<Runnable>> rows = new TreeMap<>();
        for (final String wallet : r.p.allWallets()) {
            final Purse purse = r.p.purse(wallet);
            m.in(wallet)
                    .lots
                    .forEach((key, lot) -> rows.computeIfAbsent(key.expiryDay(), k -> new ArrayList<>())
                            .add(() -> r.o.rows.add(
                                    text(r.p, wallet, key.issuer()),
                                    lastDay(purse, m, key.expiryDay()),
                                    lot.points,
                                    lot.held,
                                    0,
                                    0,
                                    0)));
        }
        r.o.rows.begin(RowKind.EXPIRING);
        rows.values().forEach(ofDay -> ofDay.forEach(Runnable::run));
    }

    /** Of points without a day the one on which inactivity takes them. */
    private static int lastDay(final Purse purse, final Member m, final int expiryDay) {
        return expiryDay == Purse.NEVER && purse.expiresByInactivity() ? purse.inactiveDay(m) : expiryDay;
    }

    private static ResultCode campaign(final Request r) {
        final String id = r.text(VarField.RULE_ID);
        if (!r.p.everCampaigns.contains(id)) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        final Campaign listed = r.p.campaign(id);
        final long budget = listed == null ? -1 : listed.budget();
        final long used = r.p.budgetUsed.getOrDefault(id, 0L);
        final long left = budget < 0 ? -1 : Math.max(0, budget - used);
        r.o.rows.begin(RowKind.CAMPAIGN);
        r.o.rows.add(id.getBytes(StandardCharsets.UTF_8), budget, left, used, r.p.paused.contains(id) ? 1 : 0, 0, 0);
        return ResultCode.ACCEPTED;
    }
}

package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;

/** What is asked without changing anything, as of the last journaled engine time. */
final class Queries {
    private Queries() {}

    static ResultCode answer(final Request r) {
        return switch (r.c.type()) {
            case PREVIEW_ACCRUE -> previewAccrue(r);
            case PREVIEW_REDEEM -> previewRedeem(r);
            case QUERY_ORDER -> r.order(r.original()) == null ? ResultCode.ORIGINAL_NOT_FOUND : ResultCode.ACCEPTED;
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
                m.holds.forEach(h ->
                        r.o.rows.add(null, h.number, h.points, h.deadlineMs, h.valueNamed ? h.valueMinor : 0, 0, 0));
                break;
            case QUERY_PENDING:
                r.o.rows.begin(RowKind.PENDING);
                m.pending.entrySet().stream()
                        .sorted(Comparator.comparing(Map.Entry::getKey, Member.PendingDays.ORDER))
                        .forEach(lot -> r.o.rows.add(
                                r.p.issuers.text(lot.getKey().lot().issuer()),
                                lot.getKey().activationDay(),
                                lot.getKey().expiryDay(),
                                lot.getValue(),
                                0,
                                0,
                                0));
                break;
            case QUERY_EXPIRING:
                r.o.rows.begin(RowKind.EXPIRING);
                m.lots.forEach((day, lot) -> r.o.rows.add(
                        r.p.issuers.text(day.issuer()), lastDay(r, m, day.expiryDay()), lot.points, lot.held, 0, 0, 0));
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

    /** Of points without a day the one on which inactivity takes them. */
    private static int lastDay(final Request r, final Member m, final int expiryDay) {
        final boolean byInactivity = expiryDay == Purse.NEVER && r.p.expiresByInactivity();
        return byInactivity ? r.p.rules.expiry().inactiveDay(m.lastActivityDay) : expiryDay;
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

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;

/** Answers questions about one member as of the last journaled engine time; changes nothing. */
final class QueryHandler implements Handler {
    private final LedgerState state;
    private final TierEngine tiers;

    QueryHandler(final LedgerState state, final TierEngine tiers) {
        this.state = state;
        this.tiers = tiers;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!e.hasMember) {
            e.answer(ResultCode.UNKNOWN_MEMBER);
            return;
        }
        switch (c.type()) {
            case QUERY_IDENTITIES -> state.identities.list(e.member.slot, e.rows);
            case QUERY_HOLDS -> holds(e);
            case QUERY_PENDING -> pending(e);
            case QUERY_EXPIRING -> lots(e);
            case QUERY_COUPONS -> coupons(e);
            case QUERY_BENEFITS -> BenefitHandler.list(e);
            case QUERY_PROGRESS -> tiers.progress(e.member, e.timeMs, e.rows);
            case QUERY_WALLETS -> StoredValue.tellAll(e);
            default -> {
                // The member itself is reported by every outcome.
            }
        }
        e.foresee();
    }

    private static void holds(final Effect e) {
        final HoldBook holds = e.member.holds;
        e.rows.begin(RowKind.HOLDS);
        for (int i = 0; i < holds.count; i++) {
            final byte[] wallet = e.program.accountLabel(Account.of(holds.wallet(i)));
            e.rows.add(wallet, holds.number[i], holds.points(i), holds.deadlineMs[i], holds.valueMinor[i], 0, 0);
        }
    }

    private static void pending(final Effect e) {
        final PendingBook pending = e.member.pending;
        e.rows.begin(RowKind.PENDING);
        for (int i = 0; i < pending.count; i++) {
            final byte[] account = e.program.accountLabel(pending.account[i]);
            e.rows.add(account, pending.activationDay[i], pending.expiryDay[i], pending.points[i], 0, 0, 0);
        }
    }

    private static void coupons(final Effect e) {
        final CouponBook coupons = e.member.coupons;
        e.rows.begin(RowKind.COUPONS);
        for (int i = 0; i < coupons.count; i++) {
            if (coupons.left[i] < 0) {
                continue;
            }
            e.rows.add(
                    e.program.couponNumbers.id(coupons.coupon[i]),
                    coupons.sequence[i],
                    coupons.expiryDay[i],
                    coupons.uses[i],
                    coupons.left[i],
                    0,
                    0);
        }
    }

    private static void lots(final Effect e) {
        final LotBook lots = e.member.lots;
        e.rows.begin(RowKind.EXPIRING);
        for (int i = 0; i < lots.count; i++) {
            final int day = e.member.expiryDay(lots.expiryDay[i], lots.account[i]);
            e.rows.add(e.program.accountLabel(lots.account[i]), day, lots.points[i], lots.held[i], 0, 0, 0);
        }
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Varint;

/** An order is given back whole or in part: what it would not have earned is clawed, what it counted is undone. */
final class RefundHandler implements Handler {
    private final Originals originals;
    private final Admission admission;
    private final TierEngine tiers;
    private final EarnEngine engine;
    private final Referrals referrals;
    private final BoardCounting boards;
    private final RefundMath math = new RefundMath();
    private final Varint.Reader lines = new Varint.Reader();

    RefundHandler(
            final Originals originals,
            final Admission admission,
            final TierEngine tiers,
            final EarnEngine engine,
            final Referrals referrals,
            final BoardCounting boards) {
        this.originals = originals;
        this.admission = admission;
        this.tiers = tiers;
        this.engine = engine;
        this.referrals = referrals;
        this.boards = boards;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofRefundLines(c, lines);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.time(c, e)) {
            return;
        }
        final int entry = originals.loadOrder(c, e);
        if (entry == 0) {
            e.answer(ResultCode.ORIGINAL_NOT_FOUND);
            return;
        }
        final OrderDraft order = e.order;
        final ProgramVersion version = e.program.version(order.version);
        final long retainedBefore = order.retainedPoints;
        final ResultCode code = math.take(c, order);
        if (code != ResultCode.ACCEPTED) {
            e.reject(code);
            return;
        }
        math.settle(version.earnPlan, engine, order);
        e.hasOrder = true;
        e.orderEntry = entry;
        regain(version, e);
        if (order.couponDay != 0) {
            revoke(version, originals.sequence(entry), e);
        }
        final long claw = math.clawPoints;
        Claw.ofOrder(e, claw, retainedBefore, order.issuer, order.activationDay, order.expiryDay);
        final long counted = version.walletRules.count == 0 ? claw : WalletEarning.refund(e, version, claw);
        final boolean gone = order.remainingMinor() == 0;
        tiers.count(
                e.member, order.eventDay, -math.refundedMinor, -counted, gone && order.visit ? -1 : 0, gone ? -1 : 0);
        admission.undoTiers(e);
        boards.refunded(e, math.refundedMinor, claw, gone);
        referrals.refunded(e);
        e.points = -claw;
        e.valueMinor = math.refundedMinor;
        e.accept();
    }

    private void regain(final ProgramVersion version, final Effect e) {
        final OrderDraft order = e.order;
        for (int i = 0; i < order.granted.count; i++) {
            final long points = math.regainedPoints[i];
            if (points > 0) {
                final int number = version.campaignNumbers[order.granted.campaign[i]];
                e.budget(number, -points);
                e.consequences();
                e.rows.add(e.program.campaignNumbers.label(number), points, 0, 0, 0, 0, 0);
            }
        }
    }

    /** Takes away the coupons of campaigns that do not run any more, once. */
    private void revoke(final ProgramVersion version, final long sequence, final Effect e) {
        final OrderDraft order = e.order;
        for (int i = 0; i < order.granted.count; i++) {
            final int place = order.granted.campaign[i];
            if ((math.runningCampaigns >>> place & 1) == 0 && (order.revokedCoupons >>> i & 1) == 0) {
                order.revokedCoupons |= 1L << i;
                Coupons.revoke(e, version.couponRules.ofCampaign(place), sequence, order.couponDay);
            }
        }
    }
}

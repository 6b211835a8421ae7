package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;

/** Captures a hold, in part or whole, or voids it. */
final class EndHoldHandler implements Handler {
    private final LedgerState state;
    private final Originals originals;
    private final Admission admission;
    private final Spending spending;
    private final Rewards rewards;

    EndHoldHandler(
            final LedgerState state,
            final Originals originals,
            final Admission admission,
            final Spending spending,
            final Rewards rewards) {
        this.state = state;
        this.originals = originals;
        this.admission = admission;
        this.spending = spending;
        this.rewards = rewards;
    }

    @Override
    public ResultCode check(final Command c) {
        return CommandForm.ofOptionalValue(c.points());
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.time(c, e)) {
            return;
        }
        final int entry = originals.find(CommandType.HOLD, c, e);
        if (entry == 0 || state.orders.kind(entry) != OrderStore.HOLD) {
            e.reject(ResultCode.HOLD_NOT_FOUND);
            return;
        }
        originals.loadMember(state.orders.holdMember(entry), e);
        if (!admission.isOpen(e)) {
            return;
        }
        final int hold = e.member.holds.find(state.orders.holdNumber(entry));
        if (hold < 0) {
            e.reject(endedAs(state.orders.holdState(entry)));
            return;
        }
        e.holdEntry = entry;
        if (c.type() == CommandType.CAPTURE) {
            CouponUse.capture(e.member, hold, e.movement);
        }
        if (c.type() == CommandType.VOID) {
            release(e, hold);
        } else if (e.member.holds.reward[hold] != 0) {
            rewards.capture(c, e, hold);
        } else {
            capture(c, e, hold);
        }
    }

    private static ResultCode endedAs(final int ending) {
        return switch (ending) {
            case OrderStore.CAPTURED -> ResultCode.HOLD_CAPTURED;
            case OrderStore.VOIDED -> ResultCode.HOLD_VOIDED;
            default -> ResultCode.HOLD_EXPIRED;
        };
    }

    private void release(final Effect e, final int hold) {
        e.holdState = OrderStore.VOIDED;
        e.points = e.member.holds.points(hold);
        e.wallets.subject = e.member.holds.wallet(hold);
        if (e.member.holds.reward[hold] != 0) {
            Rewards.release(e, hold);
        }
        CouponUse.release(e.member, hold, e.localDay, e.movement);
        e.member.endHold(hold, 0, null, e.localDay, e.movement);
        e.accept();
    }

    private void capture(final Command c, final Effect e, final int hold) {
        final long heldPoints = e.member.holds.points(hold);
        final long points = c.points() == 0 ? heldPoints : c.points();
        if (points > heldPoints) {
            e.reject(ResultCode.OVER_CAPTURE);
            return;
        }
        final long heldValue = e.member.holds.valueMinor[hold];
        final RedemptionDraft redemption = e.redemption;
        redemption.clear();
        redemption.memberSlot = e.member.slot;
        redemption.points = points;
        e.valueMinor = heldValue == 0 ? 0 : EarnRules.floorOfProduct(heldValue, points, heldPoints);
        redemption.valueMinor = heldValue > 0 ? e.valueMinor : points;
        e.hasRedemption = true;
        spending.capture(e, hold, points);
        e.accept();
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** One member is merged into another: everything adds up there, and the old id means the other from now on. */
final class MergeHandler implements Handler {
    private final LedgerState state;
    private final Admission admission;
    private final DueEvents dueEvents;
    private final TierEngine tiers;

    MergeHandler(
            final LedgerState state, final Admission admission, final DueEvents dueEvents, final TierEngine tiers) {
        this.state = state;
        this.admission = admission;
        this.dueEvents = dueEvents;
        this.tiers = tiers;
    }

    @Override
    public ResultCode check(final Command c) {
        return c.otherMemberId() > 0 ? ResultCode.ACCEPTED : ResultCode.MALFORMED;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        if (!admission.knownMember(e)) {
            return;
        }
        final int into = state.members.find(e.program.number, c.otherMemberId());
        if (into == 0) {
            e.reject(ResultCode.UNKNOWN_MEMBER);
            return;
        }
        if (into == e.member.slot) {
            e.reject(ResultCode.SAME_MEMBER);
            return;
        }
        e.mergedSlot = e.member.slot;
        // The member in the effect, whose balances are reported, is the one that stays.
        state.members.load(e.mergedSlot, e.program, e.other);
        state.members.load(into, e.program, e.member);
        e.movement.clear();
        dueEvents.advance(e.other, e.timeMs, e.movement);
        dueEvents.advance(e.member, e.timeMs, e.movement);
        if (e.member.closed || e.other.closed) {
            e.reject(ResultCode.MEMBER_CLOSED);
        } else if (e.member.frozen || e.other.frozen) {
            e.reject(ResultCode.MEMBER_FROZEN);
        } else {
            tiers.merge(e.other, e.member, e.timeMs);
            e.member.absorb(e.other);
            dropOwnReferrer(e);
            e.hasTooManyCoupons = e.other.coupons.count > 0 && e.member.coupons.count > CouponBook.MAX_HOLDINGS;
            if (e.member.ordered) {
                e.member.activateFirstPurchase(e.localDay, e.movement);
            }
            e.member.repayFromLots(e.movement);
            admission.upgrade(e);
            Admission.acceptWithinLimits(e);
        }
    }

    /** Who would be its own referrer has none, so that a later merge can bring one. */
    private void dropOwnReferrer(final Effect e) {
        final MemberDraft d = e.member;
        final int referrer = d.referrerSlot == 0 ? 0 : state.members.current(d.referrerSlot);
        if (referrer == d.slot || referrer == e.mergedSlot) {
            d.referrerSlot = 0;
        }
    }

    @Override
    public void commit(final Command c, final Effect e, final int entry) {
        state.members.merge(e.mergedSlot, e.member.slot);
        state.identities.move(e.mergedSlot, e.member.slot);
        e.program.boards.merge(e.mergedSlot, e.member.slot, e);
    }
}

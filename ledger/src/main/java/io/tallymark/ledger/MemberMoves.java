package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;

/** What the operations on a member's points share: planning a credit or a debit, and moving what was planned. */
final class MemberMoves {
    private final MemberStore members;
    private final MemberLots lots;

    MemberMoves(final LedgerState state) {
        members = state.members;
        lots = state.lots;
    }

    /**
     * The checks before a credit's limits: time, then member. What may come right later burns no key.
     *
     * @return whether planning goes on
     */
    boolean admitsCredit(final Command c, final Effect e) {
        final ResultCode time = EventTime.check(c, e);
        if (time == ResultCode.EVENT_IN_FUTURE) {
            e.answer(time);
            return false;
        }
        if (time != ResultCode.ACCEPTED) {
            e.reject(time);
            return false;
        }
        if (e.memberSlot == 0 && !e.program.compiled().enrolUnknownMembers()) {
            e.answer(ResultCode.UNKNOWN_MEMBER);
            return false;
        }
        e.enrols = e.memberSlot == 0;
        return true;
    }

    /**
     * The checks before a debit's limits: time, then member. A debit never enrols.
     *
     * @return whether planning goes on
     */
    boolean admitsDebit(final Command c, final Effect e) {
        final ResultCode time = EventTime.check(c, e);
        if (time != ResultCode.ACCEPTED) {
            e.reject(time);
            return false;
        }
        if (e.memberSlot == 0) {
            e.reject(ResultCode.UNKNOWN_MEMBER);
            return false;
        }
        return true;
    }

    /**
     * Plans points that are issued to the member; they repay debt first.
     *
     * @return whether the limits hold
     */
    boolean planCredit(final Effect e, final long points) {
        final long debt = debt(e);
        e.issuedPoints = points;
        e.repaidPoints = Math.min(points, debt);
        return available(e) + points - e.repaidPoints <= Limits.MAX_VALUE
                && e.program.totals.issuedPoints + points <= Totals.MAX;
    }

    /** Points that the member can spend at the effect's time. */
    long available(final Effect e) {
        return e.memberSlot == 0 ? 0 : lots.available(e.memberSlot, e.localDay);
    }

    /** Points that the member owes. */
    long debt(final Effect e) {
        return e.memberSlot == 0 ? 0 : members.debtPoints(e.memberSlot);
    }

    /** The tier's rank that the member holds; one not enrolled yet has what no spend gives. */
    int rank(final Effect e) {
        final TierRules tiers = e.program.tierRules();
        return e.memberSlot == 0 ? tiers.upgraded(0, 0) : tiers.rank(members.tier(e.memberSlot));
    }

    /** Moves what was planned; first, what has expired by now goes. */
    void commit(final Effect e) {
        if (e.enrols) {
            enrol(e);
        }
        final int slot = e.memberSlot;
        if (slot == 0) {
            return;
        }
        final Totals totals = e.program.totals;
        final long expired = lots.expire(slot, e.localDay);
        final long credited = e.issuedPoints - e.repaidPoints;
        if (credited > 0) {
            lots.credit(slot, credited, e.program.expiryDay(e.localDay));
        }
        if (e.takenPoints > 0) {
            lots.take(slot, e.takenPoints);
        }
        final long addedDebt = e.addedDebtPoints - e.repaidPoints;
        if (addedDebt != 0) {
            members.debtPoints(slot, members.debtPoints(slot) + addedDebt);
        }
        if (e.counts) {
            members.counters(slot, e.spendMinor, e.earnedPoints, e.visits);
            final TierRules tiers = e.program.tierRules();
            final int rank = tiers.rank(members.tier(slot));
            final int upgraded = tiers.upgraded(rank, e.spendMinor);
            if (upgraded != rank) {
                members.tier(slot, tiers.stable(upgraded));
            }
        }
        totals.issuedPoints += e.issuedPoints;
        totals.debtPoints += addedDebt;
        totals.availablePoints += credited - e.takenPoints - expired;
        totals.expiredPoints += expired;
        totals.redeemedPoints += e.redeemedPoints;
        totals.adjustedDownPoints += e.adjustedDownPoints;
    }

    private void enrol(final Effect e) {
        e.memberSlot = members.enrol(e.program.number, e.memberId);
        e.program.totals.members++;
        final TierRules tiers = e.program.tierRules();
        members.tier(e.memberSlot, tiers.stable(tiers.upgraded(0, 0)));
    }
}

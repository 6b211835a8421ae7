package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/**
 * The checks that come before an operation's own, in the order of precedence: time, member, closed, frozen. Each refuses
 * in the effect and returns whether planning goes on.
 */
final class Admission {
    private final TierEngine tiers;

    Admission(final TierEngine tiers) {
        this.tiers = tiers;
    }

    /** What adds points. What may come right later burns no key; an unknown member enrols where the program says so. */
    boolean credit(final Command c, final Effect e) {
        final ResultCode time = EventTime.check(c, e);
        if (time == ResultCode.EVENT_IN_FUTURE) {
            e.answer(time);
            return false;
        }
        if (time != ResultCode.ACCEPTED) {
            e.reject(time);
            return false;
        }
        e.happened(c);
        if (!e.hasMember) {
            if (!e.program.compiled().enrolUnknownMembers()) {
                e.answer(ResultCode.UNKNOWN_MEMBER);
                return false;
            }
            enrol(c, e);
        }
        return isOpen(e);
    }

    /** What takes points from a member. */
    boolean debit(final Command c, final Effect e) {
        if (!known(c, e)) {
            return false;
        }
        if (e.member.frozen) {
            e.reject(ResultCode.MEMBER_FROZEN);
            return false;
        }
        return true;
    }

    /** What concerns a known member that is not closed. */
    boolean known(final Command c, final Effect e) {
        return time(c, e) && knownMember(e) && isOpen(e);
    }

    /** Time alone. */
    boolean time(final Command c, final Effect e) {
        final ResultCode time = EventTime.check(c, e);
        if (time != ResultCode.ACCEPTED) {
            e.reject(time);
            return false;
        }
        e.happened(c);
        return true;
    }

    boolean knownMember(final Effect e) {
        if (!e.hasMember) {
            e.reject(ResultCode.UNKNOWN_MEMBER);
        }
        return e.hasMember;
    }

    boolean isOpen(final Effect e) {
        if (e.member.closed) {
            e.reject(ResultCode.MEMBER_CLOSED);
        }
        return !e.member.closed;
    }

    /** Makes the effect's member a new one, with what no counters give. */
    void enrol(final Command c, final Effect e) {
        final MemberDraft d = e.member;
        d.clear(e.program, c.memberId() > 0 ? c.memberId() : e.program.highestMemberId + 1);
        d.joinDay = e.program.keepsJoinDays() ? e.localDay : 0;
        d.lastActivityDay = e.program.expiresByInactivity() ? e.localDay : 0;
        e.hasMember = true;
        e.linksIdentity = c.length(VarField.IDENTITY) > 0;
        upgrade(e);
    }

    /** Lifts the member to what its counters give and issues the bonus. */
    void upgrade(final Effect e) {
        final long bonus = tiers.upgrade(e.member, e.timeMs);
        if (bonus > 0) {
            e.bonusPoints += bonus;
            e.member.issue(bonus, 0, e.program.expiryDay(e.localDay), e.localDay, e.movement);
        }
    }

    /** Undoes the tiers that a refund undid, and claws their bonuses. */
    void undoTiers(final Effect e) {
        final long bonus = tiers.downgrade(e.member, e.timeMs);
        if (bonus > 0) {
            e.bonusPoints -= bonus;
            Claw.plain(e, bonus);
        }
    }

    /** Accepts what was planned if all numbers stay within their limits, else rejects it. */
    static void acceptWithinLimits(final Effect e) {
        if (!e.hasTooManyCoupons
                && isWithinLimits(e.member)
                && (!e.hasOther || isWithinLimits(e.other))
                && e.program.totals.issuedPoints + e.movement.issued <= Totals.MAX
                && (!e.hasExtras() || e.program.valueTotals.hasRoomFor(e.valueMoves))
                && (e.movement.debt <= 0 || e.program.totals.debtPoints + e.movement.debt <= Totals.MAX)
                && (!e.movement.hasFurther() || furtherHaveRoom(e))) {
            e.accept();
        } else {
            e.reject(ResultCode.LIMIT_EXCEEDED);
        }
    }

    private static boolean furtherHaveRoom(final Effect e) {
        for (int wallet = 1; wallet <= e.program.current().walletRules.count; wallet++) {
            if (e.movement.hasFurther(wallet)) {
                final Movement m = e.movement.ofWallet(wallet);
                final Totals totals = e.program.totals(wallet);
                if (totals.issuedPoints + m.issued > Totals.MAX
                        || m.debt > 0 && totals.debtPoints + m.debt > Totals.MAX) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isWithinLimits(final MemberDraft d) {
        // The number after the highest there is would be negative.
        return d.memberId > 0
                && d.allPoints() <= Limits.MAX_VALUE
                && d.spendMinor <= Limits.MAX_VALUE
                && d.earnedPoints <= Limits.MAX_VALUE
                && d.visits <= MemberStore.MAX_VISITS
                && d.debtPoints <= Limits.MAX_VALUE
                && (d.debts.count == 0 || d.debts.isWithin(Limits.MAX_VALUE))
                && (d.value.count == 0 || d.value.isWithin(Limits.MAX_VALUE));
    }
}

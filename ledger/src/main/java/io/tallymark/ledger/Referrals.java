package io.tallymark.ledger;

import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.protocol.Limits;
import java.nio.charset.StandardCharsets;

/**
 * What members are given for bringing others, and what is taken back of it. The referrer is the second member of its
 * command; only a member that has one, at its first purchase, makes the ledger load it. Plans on images only.
 */
final class Referrals {
    private static final byte[] REFERRER = "referrer".getBytes(StandardCharsets.US_ASCII);

    private final LedgerState state;
    private final DueEvents dueEvents;
    private final Movement due = new Movement();

    Referrals(final LedgerState state, final DueEvents dueEvents) {
        this.state = state;
        this.dueEvents = dueEvents;
    }

    /** The slot of the member who brought the one in the effect, as of now; 0: nobody, or it became the same member. */
    int of(final MemberDraft d) {
        final int slot = d.referrerSlot == 0 ? 0 : state.members.current(d.referrerSlot);
        return slot == d.slot ? 0 : slot;
    }

    /** The id of the member of a slot, as of now. */
    long memberId(final int slot) {
        return state.members.memberId(state.members.current(slot));
    }

    /** Whether a slot is that of a closed member; loads it as the effect's other member. */
    boolean isClosed(final int slot, final Effect e) {
        state.members.load(slot, e.program, e.other);
        return e.other.closed;
    }

    /** Rewards the referrer of a member that joins by the command. */
    void joined(final Effect e) {
        final Referral rule = e.program.compiled().catalogue().referral();
        if (rule != null && rule.on() == Referral.On.REGISTRATION && reward(rule, e)) {
            tell(e, rule.points(), 0);
        }
    }

    /** Rewards the referrer of a member at its first order, which is the one in the effect. */
    void purchased(final Effect e) {
        final Referral rule = e.program.compiled().catalogue().referral();
        if (rule != null
                && rule.on() == Referral.On.FIRST_PURCHASE
                && e.order.amountMinor >= rule.minAmountMinor()
                && reward(rule, e)) {
            e.order.referrerSlot = e.other.slot;
            e.order.referrerPoints = rule.points();
            if (e.rows.count() == 0) {
                tell(e, rule.points(), 0);
            }
        }
    }

    private boolean reward(final Referral rule, final Effect e) {
        final int slot = of(e.member);
        if (slot == 0) {
            return false;
        }
        final MemberDraft d = e.other;
        state.members.load(slot, e.program, d);
        due.clear();
        dueEvents.advance(d, e.timeMs, due);
        final Limit limit = rule.limit();
        final int period = Periods.startOf(limit.per(), e.localDay);
        if (d.closed
                || !hasRoom(d, rule.points(), e)
                || limit.isLimited()
                        && d.usage.get(MemberUsage.REFERRAL, limit.per().ordinal(), period) >= limit.times()) {
            return false;
        }
        if (limit.isLimited()) {
            d.usage.add(MemberUsage.REFERRAL, limit.per().ordinal(), period, 1);
        }
        d.issue(rule.points(), 0, e.program.expiryDay(e.localDay), e.localDay, due);
        e.movement.add(due);
        e.hasOther = true;
        return true;
    }

    /** Whether the referrer's and the program's numbers stay within their limits: nobody else's order fails for them. */
    private static boolean hasRoom(final MemberDraft d, final long points, final Effect e) {
        final long balance = d.allPoints();
        final long repaid = d.frozen ? 0 : Math.min(points, d.debtPoints);
        return balance + points - repaid <= Limits.MAX_VALUE
                && e.program.totals.issuedPoints + e.movement.issued + points <= Totals.MAX;
    }

    /** Claws what the order in the effect gave, if what remains of it would not have. */
    void refunded(final Effect e) {
        final OrderDraft order = e.order;
        if (order.referrerSlot == 0) {
            return;
        }
        final Referral rule =
                e.program.version(order.version).compiled.catalogue().referral();
        if (order.remainingMinor() != 0 && order.remainingMinor() >= rule.minAmountMinor()) {
            return;
        }
        final int slot = state.members.current(order.referrerSlot);
        final MemberDraft d;
        if (slot == e.member.slot) {
            d = e.member;
        } else {
            d = e.other;
            state.members.load(slot, e.program, d);
            dueEvents.advance(d, e.timeMs, e.movement);
            e.hasOther = true;
        }
        final long points = order.referrerPoints;
        order.referrerSlot = 0;
        order.referrerPoints = 0;
        final long debtBefore = d.debtPoints;
        Claw.ofReferrer(e, d, points);
        tell(e, d.memberId, -points, d.debtPoints - debtBefore);
    }

    private static void tell(final Effect e, final long points, final long debtPoints) {
        tell(e, e.other.memberId, points, debtPoints);
    }

    private static void tell(final Effect e, final long memberId, final long points, final long debtPoints) {
        e.consequences();
        e.rows.add(REFERRER, points, 0, 0, 0, memberId, debtPoints);
    }
}

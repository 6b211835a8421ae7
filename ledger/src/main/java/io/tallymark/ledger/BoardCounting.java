package io.tallymark.ledger;

import io.tallymark.ledger.program.Board;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;

/** What orders, enrolments and refunds change on boards: decides it into the effect, reads the state only. */
final class BoardCounting {
    private final Referrals referrals;
    private final EarnFacts facts = new EarnFacts();

    BoardCounting(final Referrals referrals) {
        this.referrals = referrals;
    }

    /**
     * Counts the order in the effect, which has earned.
     *
     * @param about what conditions look at, as it was before the order
     */
    void ordered(final Command c, final Effect e, final EarnFacts about) {
        final BoardRules rules = e.program.current().boardRules;
        for (int i = 0; i < rules.count(); i++) {
            final long change = ofOrder(rules.board(i).score(), e.order);
            if (change > 0 && rules.counts(i, about)) {
                count(c, e, rules, i, change);
            }
        }
    }

    private static long ofOrder(final Board.Score score, final OrderDraft order) {
        return switch (score) {
            case SPEND -> order.amountMinor;
            case POINTS -> order.granted.total();
            case ORDERS -> 1;
            case REGISTRATIONS -> 0;
        };
    }

    /** Counts the enrolment of the member in the effect, which has a referrer. */
    void joined(final Command c, final Effect e) {
        final BoardRules rules = e.program.current().boardRules;
        if (!rules.countRegistrations) {
            return;
        }
        facts.clear();
        facts.firstPurchase = true;
        facts.at(e.eventMs, e.program.compiled().utcOffsetMinutes());
        facts.textsOf(c);
        for (int i = 0; i < rules.count(); i++) {
            if (rules.board(i).score() == Board.Score.REGISTRATIONS && rules.counts(i, facts)) {
                count(c, e, rules, i, 1);
            }
        }
    }

    private void count(final Command c, final Effect e, final BoardRules rules, final int place, final long change) {
        final int number = rules.number(place);
        if (e.program.boards.isSettled(number, e.timeMs)) {
            return;
        }
        switch (rules.board(place).by()) {
            case MEMBER -> e.boards.add(number, BoardChanges.MEMBER, 0, change);
            case STORE -> countText(c, e, number, BoardChanges.STORE, VarField.STORE, change);
            case STAFF -> countText(c, e, number, BoardChanges.STAFF, VarField.STAFF, change);
            case REFERRER -> {
                final int referrer = referrals.of(e.member);
                if (referrer != 0) {
                    e.boards.add(number, BoardChanges.SLOT, referrer, change);
                }
            }
        }
    }

    private static void countText(
            final Command c, final Effect e, final int number, final int who, final VarField field, final long change) {
        if (c.length(field) > 0) {
            e.boards.add(number, who, 0, change);
        }
    }

    /**
     * Lowers what the order in the effect counted.
     *
     * @param refundedMinor by this refund
     * @param clawPoints    by this refund
     * @param gone          whether nothing remains of the order
     */
    void refunded(final Effect e, final long refundedMinor, final long clawPoints, final boolean gone) {
        final Boards boards = e.program.boards;
        final BoardLinks links = e.order.boards;
        for (int i = 0; i < links.count; i++) {
            final int number = links.board[i];
            if (boards.isSettled(number, e.timeMs)) {
                continue;
            }
            final long lost = switch (boards.board(number).score()) {
                case SPEND -> refundedMinor;
                case POINTS -> clawPoints;
                case ORDERS -> gone ? 1 : 0;
                case REGISTRATIONS -> 0;
            };
            final int participant = boards.participants.current(links.participant[i]);
            final long change = -Math.min(lost, boards.participants.score(participant));
            if (change != 0) {
                e.boards.add(number, BoardChanges.KNOWN, participant, change);
                e.consequences();
                e.rows.add(boards.rowText(number), 0, 0, 0, change, memberId(boards.participants, participant), 0);
            }
        }
    }

    private long memberId(final Participants participants, final int participant) {
        final int slot = participants.slot(participant);
        return slot == 0 ? 0 : referrals.memberId(slot);
    }
}

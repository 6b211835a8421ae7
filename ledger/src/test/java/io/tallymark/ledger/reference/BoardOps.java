package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is ahead, and when that is settled. */
final class BoardOps {
    /** A member or, where there is none, a name. */
    record Participant(long memberId, String name) {}

    /** What an order has to do with a board. */
    record Fed(String board, Participant participant) {}

    private static final class Score {
        long points;
        long sequence;
    }

    private static final class State {
        /** As it was listed last. */
        Board board;

        boolean settled;
        final Map<Participant, Score> scores = new LinkedHashMap<>();
    }

    private final Program program;

    /** All that any version listed. */
    private final Map<String, State> states = new TreeMap<>();

    BoardOps(final Program program) {
        this.program = program;
    }

    void enact(final Catalogue next) {
        for (final Board board : next.boards()) {
            states.computeIfAbsent(board.id(), k -> new State()).board = board;
        }
    }

    /** Whether a version may list its boards as it does. */
    boolean follows(final Catalogue next, final long nowMs) {
        return next.boards().stream().allMatch(board -> {
            final State state = states.get(board.id());
            return state == null
                    || board.by() == state.board.by()
                            && board.score() == state.board.score()
                            && board.fromMs() == state.board.fromMs()
                            && (board.untilMs() == state.board.untilMs() || !isSettled(state, nowMs));
        });
    }

    private boolean isSettled(final State state, final long nowMs) {
        final long late = program.rules.lateWindowMs();
        return state.settled || nowMs >= state.board.untilMs() + (late == CompiledProgram.UNLIMITED ? 0 : late);
    }

    void settle(final long nowMs) {
        states.values().forEach(state -> state.settled |= isSettled(state, nowMs));
    }

    private static boolean isIn(final Board board, final long eventMs) {
        return eventMs >= board.fromMs() && eventMs < board.untilMs();
    }

    private void change(final State state, final Participant who, final long change, final long sequence) {
        final Score score = state.scores.computeIfAbsent(who, k -> new Score());
        score.points += change;
        score.sequence = sequence;
    }

    /** An accrual counts; returns the boards that may be lowered by its refunds. */
    List<Fed> order(final Request r, final Member m, final Earning.Facts facts, final long points) {
        final List<Fed> fed = new ArrayList<>();
        for (final Board board : program.rules.catalogue().boards()) {
            final State state = states.get(board.id());
            final Participant who = participant(r, m, board.by());
            if (who == null || state.settled || !isIn(board, r.eventMs) || !Earning.holds(board.when(), facts)) {
                continue;
            }
            final long change = switch (board.score()) {
                case SPEND -> r.c.amountMinor();
                case POINTS -> points;
                case ORDERS -> 1;
                case REGISTRATIONS -> 0;
            };
            if (change != 0) {
                change(state, who, change, r.sequence);
                fed.add(new Fed(board.id(), who));
            }
        }
        return fed;
    }

    private Participant participant(final Request r, final Member m, final Board.By by) {
        switch (by) {
            case MEMBER:
                return new Participant(m.id, "");
            case STORE:
                return r.has(VarField.STORE) ? new Participant(0, r.text(VarField.STORE)) : null;
            case STAFF:
                return r.has(VarField.STAFF) ? new Participant(0, r.text(VarField.STAFF)) : null;
            default:
                final Member referrer = ReferralOps.referrer(program, m);
                return referrer == null ? null : new Participant(referrer.id, "");
        }
    }

    /** Somebody new whom somebody brought. */
    void registration(final Request r, final Member referrer) {
        final Earning.Facts facts = new Earning.Facts(
                program.days, r.eventMs, r.text(VarField.CHANNEL), r.text(VarField.STORE), "", false, 0, 0);
        for (final Board board : program.rules.catalogue().boards()) {
            final State state = states.get(board.id());
            if (board.score() == Board.Score.REGISTRATIONS
                    && !state.settled
                    && isIn(board, r.eventMs)
                    && Earning.holds(board.when(), facts)) {
                change(state, new Participant(referrer.id, ""), 1, r.sequence);
            }
        }
    }

    void refund(
            final Request r, final List<Fed> fed, final long amountMinor, final long claw, final boolean nothingLeft) {
        for (final Fed one : fed) {
            final State state = states.get(one.board);
            if (state.settled) {
                continue;
            }
            final long id = one.participant.memberId;
            final Participant who = id == 0 ? one.participant : new Participant(program.member(id).id, "");
            final long lower = switch (state.board.score()) {
                case SPEND -> amountMinor;
                case POINTS -> claw;
                case ORDERS -> nothingLeft ? 1 : 0;
                case REGISTRATIONS -> 0;
            };
            final Score score = state.scores.get(who);
            final long change = score == null ? 0 : Math.min(lower, score.points);
            if (change > 0) {
                change(state, who, -change, r.sequence);
                RefundOps.consequences(r).add(RefundOps.text("board/" + one.board), 0, 0, 0, -change, who.memberId, 0);
            }
        }
    }

    void merge(final Member into, final Member from, final long sequence) {
        for (final State state : states.values()) {
            final Participant goes = new Participant(from.id, "");
            if (!state.settled && state.scores.containsKey(goes)) {
                final Score score = state.scores.remove(goes);
                if (score.points > 0) {
                    change(state, new Participant(into.id, ""), score.points, sequence);
                }
            }
        }
    }

    static ResultCode query(final Request r) {
        final State state = r.p.boards.states.get(r.text(VarField.RULE_ID));
        if (state == null) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        r.o.rows.begin(RowKind.BOARD);
        final List<Map.Entry<Participant, Score>> ranks = state.scores.entrySet().stream()
                .filter(entry -> entry.getValue().points > 0)
                .sorted(Comparator.<Map.Entry<Participant, Score>>comparingLong(entry -> -entry.getValue().points)
                        .thenComparingLong(entry -> entry.getValue().sequence))
                .limit(state.board.top())
                .toList();
        int rank = 0;
        for (final Map.Entry<Participant, Score> entry : ranks) {
            final Participant who = entry.getKey();
            r.o.rows.add(
                    who.name.getBytes(StandardCharsets.UTF_8),
                    ++rank,
                    who.memberId == 0 ? 0 : r.p.member(who.memberId).id,
                    entry.getValue().points,
                    entry.getValue().sequence,
                    0,
                    0);
        }
        return ResultCode.ACCEPTED;
    }
}

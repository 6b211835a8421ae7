package io.tallymark.ledger;

import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.CompiledProgram;
import java.util.List;

/** The boards of one program version, by their place in its list. Immutable. */
final class BoardRules {
    /** Whether some board counts orders. */
    final boolean countOrders;

    /** Whether some board counts registrations. */
    final boolean countRegistrations;

    private final Board[] boards;
    private final int[] numbers;
    private final EarnCondition[] when;

    /** @param ids stable numbers, to which those of new boards are added */
    BoardRules(final CompiledProgram program, final RuleNumbers ids) {
        final List<Board> listed = program.catalogue().boards();
        boards = listed.toArray(Board[]::new);
        numbers = listed.stream().map(Board::id).mapToInt(ids::open).toArray();
        when = listed.stream()
                .map(board -> new EarnCondition(board.when(), program))
                .toArray(EarnCondition[]::new);
        countRegistrations = listed.stream().anyMatch(board -> board.score() == Board.Score.REGISTRATIONS);
        countOrders = listed.stream().anyMatch(board -> board.score() != Board.Score.REGISTRATIONS);
    }

    /** How many there are. */
    int count() {
        return boards.length;
    }

    Board board(final int place) {
        return boards[place];
    }

    /** The stable number of a board. */
    int number(final int place) {
        return numbers[place];
    }

    /** Whether a board counts what happened then and so; whether it is settled is another matter. */
    boolean counts(final int place, final EarnFacts facts) {
        final Board board = boards[place];
        return facts.eventTimeMs() >= board.fromMs()
                && facts.eventTimeMs() < board.untilMs()
                && when[place].holdsForOrder(facts);
    }
}

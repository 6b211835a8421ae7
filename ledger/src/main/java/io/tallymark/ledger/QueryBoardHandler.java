package io.tallymark.ledger;

import io.tallymark.ledger.program.Board;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;

/** Who leads a board; changes nothing. */
final class QueryBoardHandler implements Handler {
    private final LedgerState state;
    private final BoardRanking ranking = new BoardRanking();

    QueryBoardHandler(final LedgerState state) {
        this.state = state;
    }

    @Override
    public void plan(final Command c, final Effect e) {
        final Boards boards = e.program.boards;
        final int number = boards.find(c);
        if (number < 0) {
            e.answer(ResultCode.ORIGINAL_NOT_FOUND);
            return;
        }
        final Participants participants = boards.participants;
        final int ranked =
                ranking.rank(participants, number, Math.min(boards.board(number).top(), Board.MAX_TOP));
        e.rows.begin(RowKind.BOARD);
        for (int rank = 0; rank < ranked; rank++) {
            final int participant = ranking.get(rank);
            final int slot = participants.slot(participant);
            e.rows.add(
                    participants.text(participant),
                    rank + 1,
                    slot == 0 ? 0 : state.members.memberId(state.members.current(slot)),
                    participants.score(participant),
                    participants.sequence(participant),
                    0,
                    0);
        }
        e.foresee();
    }
}

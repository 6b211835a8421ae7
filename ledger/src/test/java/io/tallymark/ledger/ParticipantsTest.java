package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Participants of boards by number, however many there are. */
final class ParticipantsTest {
    @Test
    void whoComesBeyondTheBoundIsNotCounted() {
        final Participants few = new Participants(2);
        few.ensureBoards(2);
        assertEquals(1, few.open(0, 5));
        assertEquals(2, few.open(0, 6));
        assertEquals(0, few.open(0, 7));
        assertEquals(1, few.open(0, 5));
        assertEquals(3, few.open(1, 7));
        few.change(1, 10, 1);
        few.change(1, Totals.MAX, 2);
        assertEquals(Totals.MAX, few.score(1));
        few.merge(0, 6, 8, 3);
        assertEquals(2, few.open(0, 8), "a full board still merges");
    }

    @Test
    void participantsAreFoundWhileTheIndexGrows() {
        final Participants all = new Participants(Participants.MAX_PER_BOARD);
        all.ensureBoards(3);
        final UnsafeBuffer text = new UnsafeBuffer(new byte[8]);
        final int count = 60_000;
        for (int i = 1; i <= count; i++) {
            assertEquals(3 * i - 2, all.open(0, i));
            assertEquals(3 * i - 1, all.open(1, i));
            text.putLong(0, i);
            assertEquals(3 * i, all.open(2, text, 0, 8));
            all.change(3 * i - 2, i, i);
        }
        for (int i = 1; i < count; i += 2) {
            all.merge(0, i, i + 1, count + i);
        }
        for (int i = count; i > 0; i--) {
            text.putLong(0, i);
            assertEquals(3 * i, all.open(2, text, 0, 8));
            assertEquals(3 * i - 1, all.open(1, i));
            // The odd ones went into the even ones behind them.
            assertEquals(3 * (i + i % 2) - 2, all.current(3 * i - 2));
            assertEquals(i % 2 == 0 ? 2 * i - 1 : 0, all.score(3 * i - 2));
        }
        final BoardRanking ranking = new BoardRanking();
        assertEquals(1_000, ranking.rank(all, 0, 1_000));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(2 * (count - 2 * i) - 1, all.score(ranking.get(i)));
        }
        assertEquals(0, ranking.rank(all, 1, 1_000), "no scores");
    }
}

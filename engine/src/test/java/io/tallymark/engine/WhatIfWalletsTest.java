package io.tallymark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.engine.WhatIfReport.WalletMove;
import io.tallymark.engine.WhatIfReport.WalletTotals;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outcomes put together by hand: which wallets moved otherwise, and what was granted and clawed there. */
final class WhatIfWalletsTest {
    private static Outcome outcome(final long points, final long bonus, final int subject) {
        final Outcome o = new Outcome();
        o.points = points;
        o.bonusPoints = bonus;
        o.wallets.subject(subject);
        return o;
    }

    private static Outcome moved(final Outcome o, final String wallet, final long points) {
        o.wallets.add(wallet.getBytes(StandardCharsets.US_ASCII), points, 0, 0, 0, 0);
        return o;
    }

    @Test
    void pointsAreThoseOfPoints() {
        assertEquals(25, WhatIfWallets.pointsOf(outcome(20, 5, -1)));
        assertEquals(5, WhatIfWallets.pointsOf(moved(outcome(20, 5, 0), "stars", 20)));
    }

    @Test
    void aWalletThatIsNotListedMovesNothing() {
        final Outcome before = moved(moved(outcome(20, 0, -1), "growth", 7), "stars", 3);
        final Outcome after = moved(moved(outcome(20, 0, -1), "stars", 3), "moons", 9);
        assertEquals(
                List.of(new WalletMove("growth", 7, 0), new WalletMove("moons", 0, 9)),
                WhatIfWallets.otherMoves(before, after));
        assertEquals(List.of(), WhatIfWallets.otherMoves(before, before));
        assertEquals(List.of(), WhatIfWallets.otherMoves(outcome(1, 0, -1), outcome(2, 0, -1)));
    }

    @Test
    void totalsAreOfWhatEarnsAndOfWhatIsTakenBack() {
        final WhatIfWallets wallets = new WhatIfWallets();
        wallets.add(CommandType.ACCRUE, stars(10), stars(20));
        wallets.add(CommandType.CLAIM, stars(1), stars(2));
        wallets.add(CommandType.ACTIVITY, stars(100), stars(200));
        wallets.add(CommandType.REFUND, stars(-4), stars(-8));
        wallets.add(CommandType.RETURN_UNREFERENCED, stars(-30), stars(-60));
        // Spending grants nothing, and giving it back neither; nor does what is only told again.
        wallets.add(CommandType.REDEEM, stars(-5), stars(-5));
        wallets.add(CommandType.REVERSE, stars(5), stars(5));
        final Outcome again = stars(1_000);
        again.replayed = true;
        wallets.add(CommandType.ACTIVITY, stars(1_000), again);
        assertEquals(List.of(new WalletTotals("stars", 1_111, 222, 34, 68)), wallets.totals());
    }

    private static Outcome stars(final long points) {
        return moved(outcome(points, 0, 0), "stars", points);
    }
}

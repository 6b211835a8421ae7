package io.tallymark.engine;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.WalletBalances;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a {@link WhatIf} sees of wallets of points beside {@code points}. One thread. */
final class WhatIfWallets {
    /** Points under one of both rules. */
    private static final class Side {
        private long granted;
        private long clawed;
    }

    private static final class Sums {
        private final Side before = new Side();
        private final Side after = new Side();
    }

    private final Map<String, Sums> sums = new LinkedHashMap<>();

    /** Points that moved in the wallet {@code points}, an upgrade bonus included. */
    static long pointsOf(final Outcome outcome) {
        return outcome.bonusPoints + (outcome.wallets.subject() == WalletBalances.NONE ? outcome.points : 0);
    }

    /** What a command moved otherwise; by wallet, those of the first outcome first. */
    static List<WhatIfReport.WalletMove> otherMoves(final Outcome before, final Outcome after) {
        if (before.wallets.count() == 0 && after.wallets.count() == 0) {
            return List.of();
        }
        final Map<String, long[]> moved = new LinkedHashMap<>();
        collect(before.wallets, moved, 0);
        collect(after.wallets, moved, 1);
        final List<WhatIfReport.WalletMove> moves = new ArrayList<>();
        moved.forEach((wallet, points) -> {
            if (points[0] != points[1]) {
                moves.add(new WhatIfReport.WalletMove(wallet, points[0], points[1]));
            }
        });
        return moves;
    }

    private static void collect(final WalletBalances wallets, final Map<String, long[]> moved, final int column) {
        for (int i = 0; i < wallets.count(); i++) {
            moved.computeIfAbsent(id(wallets, i), id -> new long[2])[column] = wallets.movedPoints(i);
        }
    }

    private static String id(final WalletBalances wallets, final int index) {
        return new String(wallets.id(index), StandardCharsets.US_ASCII);
    }

    /** Adds a command to the totals. */
    void add(final CommandType type, final Outcome before, final Outcome after) {
        final boolean grants = type == CommandType.ACCRUE || type == CommandType.CLAIM || type == CommandType.ACTIVITY;
        if (grants || type == CommandType.REFUND || type == CommandType.RETURN_UNREFERENCED) {
            add(before, sum -> sum.before, grants);
            add(after, sum -> sum.after, grants);
        }
    }

    /** @param grants what moves is granted; else it is clawed */
    private void add(final Outcome outcome, final Function<Sums, Side> of, final boolean grants) {
        for (int i = 0; i < outcome.wallets.count(); i++) {
            final Side side = of.apply(sums.computeIfAbsent(id(outcome.wallets, i), wallet -> new Sums()));
            // A replay tells again what the first one moved.
            final long moved = outcome.replayed ? 0 : outcome.wallets.movedPoints(i);
            side.granted += grants ? moved : 0;
            side.clawed -= grants ? 0 : moved;
        }
    }

    /** In the order in which they were first seen. */
    List<WhatIfReport.WalletTotals> totals() {
        return sums.entrySet().stream()
                .map(e -> new WhatIfReport.WalletTotals(
                        e.getKey(),
                        e.getValue().before.granted,
                        e.getValue().after.granted,
                        e.getValue().before.clawed,
                        e.getValue().after.clawed))
                .toList();
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;

/** What orders earn in the further wallets of points, and what refunds take back there. One thread. */
final class WalletEarning {
    private final EarnLine line = new EarnLine();

    /** By wallet: the points of the order at hand. */
    private final long[] shares = new long[Account.WALLETS];

    /**
     * Reckons what an order earns in each further wallet, and notes with each of its lines in which it counts. Changes
     * nothing else.
     *
     * @param facts of the order
     * @return false: more than 10^15 in one of them
     */
    boolean reckon(final Command c, final WalletRules rules, final EarnFacts facts, final OrderDraft order) {
        int running = 0;
        for (int wallet = 1; wallet <= rules.count; wallet++) {
            final boolean runs =
                    rules.rate(wallet) != null && rules.when(wallet).holdsForOrder(facts);
            running |= runs ? 1 << wallet : 0;
            shares[wallet] = 0;
        }
        final OrderLineBook lines = order.lines;
        if (lines.count > 0) {
            mark(c, rules, running, lines);
        }
        for (int wallet = 1; wallet <= rules.count; wallet++) {
            if ((running >>> wallet & 1) != 0) {
                shares[wallet] = rules.rate(wallet).points(earningMinor(order, wallet), order.tierRank);
                if (shares[wallet] == EarnRules.TOO_MANY) {
                    return false;
                }
            }
        }
        return true;
    }

    private void mark(final Command c, final WalletRules rules, final int running, final OrderLineBook lines) {
        line.wrap(c);
        for (int i = 0; line.next(); i++) {
            int wallets = 0;
            for (int wallet = 1; wallet <= rules.count && !line.sample(); wallet++) {
                final boolean counts =
                        (running >>> wallet & 1) != 0 && rules.when(wallet).holdsForLine(line);
                wallets |= counts ? 1 << wallet : 0;
            }
            lines.wallets[i] = wallets;
        }
    }

    /** What of an order's remaining amount counts in a wallet; without lines all of it. */
    private static long earningMinor(final OrderDraft order, final int wallet) {
        final OrderLineBook lines = order.lines;
        if (lines.count == 0) {
            return order.remainingMinor();
        }
        long sumMinor = 0;
        for (int i = 0; i < lines.count; i++) {
            sumMinor += (lines.wallets[i] >>> wallet & 1) != 0 ? lines.remainingMinor(i) : 0;
        }
        return sumMinor;
    }

    /** Issues what was reckoned last to the member in the effect, and puts it into the effect's order. */
    void issue(final Effect e, final WalletRules rules) {
        final OrderWallets earned = e.order.wallets;
        for (int wallet = 1; wallet <= rules.count; wallet++) {
            final long points = shares[wallet];
            if (points > 0) {
                final int activationDay = Earning.activationDay(rules.activation(wallet), e);
                final int expiryDay = e.program.expiryDay(e.localDay, Account.of(wallet));
                earned.add(wallet, points, points, activationDay, expiryDay);
                e.member.issue(points, activationDay, expiryDay, Account.of(wallet), e.localDay, e.movement);
                e.wallets.add(wallet, points);
            }
        }
    }

    /** What of the order reckoned last counts as points of the member's counters. */
    long qualifying(final WalletRules rules, final long points) {
        return rules.qualifying == Account.POINTS ? points : shares[rules.qualifying];
    }

    /**
     * Claws what the effect's order, of which something was just taken, no longer earns in further wallets.
     *
     * @param version that the order earned under
     * @param claw    of {@code points}
     * @return what of all claws counts as points of the member's counters
     */
    static long refund(final Effect e, final ProgramVersion version, final long claw) {
        final OrderDraft order = e.order;
        final OrderWallets earned = order.wallets;
        final WalletRules rules = version.walletRules;
        long counted = rules.qualifying == Account.POINTS ? claw : 0;
        for (int i = 0; i < earned.count; i++) {
            final int wallet = earned.wallet[i];
            final long remainingMinor = order.remainingMinor();
            final boolean earns = remainingMinor > 0 && rules.when(wallet).holdsForAmount(remainingMinor);
            final long now = earns ? rules.rate(wallet).points(earningMinor(order, wallet), order.tierRank) : 0;
            final long retained = Math.min(earned.grantedPoints[i], now);
            final long before = earned.retainedPoints[i];
            final long points = Math.max(0, before - retained);
            earned.retainedPoints[i] -= points;
            Claw.ofOrder(e, points, before, Account.of(wallet), earned.activationDay[i], earned.expiryDay[i]);
            e.wallets.add(wallet, -points);
            counted += wallet == rules.qualifying ? points : 0;
        }
        return counted;
    }
}

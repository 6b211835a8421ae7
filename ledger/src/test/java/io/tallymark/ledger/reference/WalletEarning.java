package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.PointsWallet;
import java.math.BigInteger;
import java.util.List;

/** What an order earns in further wallets of points: one rate, no campaigns, no caps. */
final class WalletEarning {
    private static final BigInteger LIMIT = BigInteger.valueOf(Request.LIMIT);

    private WalletEarning() {}

    /** Adds what the order earns in each; false: that is too much. */
    static boolean plan(final Order order, final List<Earning.SentLine> sent, final Earning.Facts f) {
        final List<Earning.SentLine> lines = Earning.linesOf(sent, f);
        for (final PointsWallet wallet : order.rules.catalogue().pointsWallets()) {
            if (!wallet.earns() || !Earning.holds(wallet.when(), f)) {
                continue;
            }
            final Order.Part part = new Order.Part(wallet);
            lines.stream()
                    .filter(line -> !line.sample() && Earning.matches(wallet.when(), line))
                    .forEach(line -> part.lines.add(line.number()));
            final BigInteger points = points(order, part);
            if (points.compareTo(LIMIT) > 0) {
                return false;
            }
            part.granted = points.longValueExact();
            order.parts.put(wallet.id(), part);
        }
        return true;
    }

    private static BigInteger points(final Order order, final Order.Part part) {
        final long amountMinor = order.lines.stream()
                .filter(line -> part.lines.contains(line.number))
                .mapToLong(Order.Line::remainingMinor)
                .sum();
        return Exact.of(amountMinor)
                .times(Exact.of(part.wallet.ratePoints(), part.wallet.ratePerMinor()))
                .times(part.wallet.tierMultiplier() ? order.multiplier : Exact.ONE)
                .floor();
    }

    /** What the order still earns there with what remains of it. */
    static long kept(final Order order, final Order.Part part) {
        final long remaining = order.remainingMinor();
        return remaining == 0 || remaining < part.wallet.when().minOrderMinor()
                ? 0
                : points(order, part).min(BigInteger.valueOf(part.granted)).longValueExact();
    }

    /** What a return without an order takes. */
    static BigInteger plain(final PointsWallet wallet, final long amountMinor) {
        return Exact.of(amountMinor)
                .times(Exact.of(wallet.ratePoints(), wallet.ratePerMinor()))
                .floor();
    }
}

package io.tallymark.ledger.program;

import io.tallymark.protocol.Limits;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of {@link CatalogueCheck} that looks at wallets beside {@code points}, and at rules that name one. */
final class WalletCheck {
    private static final int MAX_TOP_UPS = 64;

    /** What the wallet that every program has is called; rules that mean it name none. */
    private static final String POINTS_WALLET = "points";

    private final Mistakes mistakes;
    private final ConditionCheck conditions;
    private final Catalogue catalogue;
    private final Set<String> money;
    private final Map<String, PointsWallet> points;

    WalletCheck(final Mistakes mistakes, final ConditionCheck conditions, final Catalogue catalogue) {
        this.mistakes = mistakes;
        this.conditions = conditions;
        this.catalogue = catalogue;
        this.money = catalogue.moneyWallets().stream().map(MoneyWallet::id).collect(Collectors.toSet());
        this.points = catalogue.pointsWallets().stream()
                .collect(Collectors.toMap(PointsWallet::id, Function.identity(), (first, second) -> first));
    }

    /** The wallets themselves. */
    void run() {
        final Set<String> ids = new HashSet<>();
        mistakes.atMost(Catalogue.MAX_WALLETS, catalogue.moneyWallets().size(), "wallets");
        for (final MoneyWallet wallet : catalogue.moneyWallets()) {
            topUps(wallet, id(wallet.id(), ids));
        }
        mistakes.check(
                catalogue.pointsWallets().size() <= Catalogue.MAX_POINTS_WALLETS,
                "wallets",
                "must be at most " + Catalogue.MAX_POINTS_WALLETS + " of kind points beside points");
        String qualifying = null;
        for (final PointsWallet wallet : catalogue.pointsWallets()) {
            final String path = id(wallet.id(), ids);
            pointsWallet(wallet, path);
            if (wallet.qualifying()) {
                mistakes.check(
                        qualifying == null,
                        path + ".qualifying",
                        "is true of another wallet already",
                        qualifying + ".qualifying");
                qualifying = path;
            }
        }
    }

    private String id(final String id, final Set<String> ids) {
        final String path = "wallets." + id;
        mistakes.id(id, ids, path);
        mistakes.check(!id.equals(POINTS_WALLET), path, "is the wallet of points");
        return path;
    }

    private void topUps(final MoneyWallet wallet, final String path) {
        mistakes.atMost(MAX_TOP_UPS, wallet.topUps().size(), path + ".topUps");
        long below = 0;
        for (int i = 0; i < wallet.topUps().size(); i++) {
            final MoneyWallet.TopUp topUp = wallet.topUps().get(i);
            final String at = path + ".topUps[" + i + "]";
            mistakes.within(topUp.fromMinor(), 1, Limits.MAX_VALUE, at + ".from", " minor units");
            mistakes.within(topUp.giftMinor(), 1, Limits.MAX_VALUE, at + ".gift", " minor units");
            mistakes.check(
                    topUp.fromMinor() > below || topUp.fromMinor() < 1,
                    at + ".from",
                    "must be above that of the entry before",
                    path + ".topUps");
            below = topUp.fromMinor();
        }
    }

    private void pointsWallet(final PointsWallet wallet, final String path) {
        if (wallet.ratePoints() != 0) {
            mistakes.rate(wallet.ratePoints(), wallet.ratePerMinor(), path + ".earn");
            conditions.check(wallet.when(), path + ".earn.when");
        }
        mistakes.check(wallet.expiry() != null, path + ".expiry", "missing");
        mistakes.check(
                wallet.expiry() == null || wallet.expiry().kind() != Expiry.Kind.INACTIVITY,
                path + ".expiry",
                "cannot be by inactivity: that is for points only");
        mistakes.life(wallet.activation(), wallet.refund(), path);
    }

    /** The wallet of stored value that a gift goes into. */
    void money(final String wallet, final String path) {
        mistakes.check(
                money.contains(wallet),
                path,
                "there is no wallet of stored value " + wallet,
                "wallets",
                "wallets." + wallet,
                "wallets." + wallet + ".kind");
    }

    /** The wallet that the points of a rule go into. */
    void filled(final String wallet, final String rulePath) {
        if (!wallet.isEmpty()) {
            listed(wallet, rulePath + ".wallet");
        }
    }

    /** The wallet that the price of an offer is taken from. */
    void spent(final String wallet, final String offerPath) {
        if (!wallet.isEmpty()) {
            final String path = offerPath + ".wallet";
            listed(wallet, path);
            mistakes.check(
                    !points.containsKey(wallet) || points.get(wallet).redeemable(),
                    path,
                    "the points of " + wallet + " cannot be spent: it is not redeemable",
                    "wallets." + wallet + ".redeemable");
        }
    }

    private void listed(final String wallet, final String path) {
        mistakes.check(
                points.containsKey(wallet),
                path,
                "there is no wallet of points " + wallet,
                "wallets",
                "wallets." + wallet,
                "wallets." + wallet + ".kind");
    }
}

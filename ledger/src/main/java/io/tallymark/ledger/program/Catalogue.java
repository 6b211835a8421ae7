package io.tallymark.ledger.program;

import io.tallymark.protocol.WalletBalances;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a program has beside earning, burning and tiers: things to get for points, what comes with them, community and
 * other purses. Immutable; lists are sorted by id.
 *
 * @param rewards   by id
 * @param coupons   by id
 * @param packs     by id
 * @param draws     by id
 * @param boards    by id
 * @param referral  null: none
 * @param issuers   by id; the house is none of them
 * @param brands    issuers' ids by brand
 * @param sales     points for sale, by id
 * @param precredits by id
 * @param moneyWallets of stored value, by id
 * @param pointsWallets of points beside {@code points}, by id
 */
public record Catalogue(
        List<Reward> rewards,
        List<Coupon> coupons,
        List<Pack> packs,
        List<Draw> draws,
        List<Board> boards,
        Referral referral,
        List<Issuer> issuers,
        Map<String, String> brands,
        List<PointSale> sales,
        List<Precredit> precredits,
        List<MoneyWallet> moneyWallets,
        List<PointsWallet> pointsWallets) {
    /** Most rewards, coupons, packs, draws, boards, brands, points for sale, pre-credited cards: of each. */
    public static final int MAX_ENTRIES = 256;

    /** Most issuers, in a program's life. */
    public static final int MAX_ISSUERS = 255;

    /** Most wallets of stored value. */
    public static final int MAX_WALLETS = 16;

    /** Most wallets of points beside {@code points}. */
    public static final int MAX_POINTS_WALLETS = WalletBalances.MAX_WALLETS;

    /** Most coupons that one thing grants. */
    public static final int MAX_GRANTS = 16;

    /** Most pieces of a stock. */
    public static final long MAX_STOCK = 1_000_000_000L;

    /** Nothing. */
    public static final Catalogue EMPTY = builder().build();

    /** Starts an empty one. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a catalogue, in the order given; {@link #build} sorts. */
    public static final class Builder {
        final List<Reward> rewards = new ArrayList<>();
        final List<Coupon> coupons = new ArrayList<>();
        final List<Pack> packs = new ArrayList<>();
        final List<Draw> draws = new ArrayList<>();
        final List<Board> boards = new ArrayList<>();
        final List<Issuer> issuers = new ArrayList<>();
        final List<Map.Entry<String, String>> brands = new ArrayList<>();
        final List<PointSale> sales = new ArrayList<>();
        final List<Precredit> precredits = new ArrayList<>();
        final List<MoneyWallet> moneyWallets = new ArrayList<>();
        final List<PointsWallet> pointsWallets = new ArrayList<>();
        Referral referral;

        private Builder() {}

        public Builder add(final Reward value) {
            rewards.add(value);
            return this;
        }

        public Builder add(final Coupon value) {
            coupons.add(value);
            return this;
        }

        public Builder add(final Pack value) {
            packs.add(value);
            return this;
        }

        public Builder add(final Draw value) {
            draws.add(value);
            return this;
        }

        public Builder add(final Board value) {
            boards.add(value);
            return this;
        }

        public Builder referral(final Referral value) {
            referral = value;
            return this;
        }

        public Builder add(final Issuer value) {
            issuers.add(value);
            return this;
        }

        /** Says whose points the orders of a brand earn. */
        public Builder brand(final String brand, final String issuer) {
            brands.add(Map.entry(brand, issuer));
            return this;
        }

        public Builder add(final PointSale value) {
            sales.add(value);
            return this;
        }

        public Builder add(final Precredit value) {
            precredits.add(value);
            return this;
        }

        public Builder add(final MoneyWallet value) {
            moneyWallets.add(value);
            return this;
        }

        public Builder add(final PointsWallet value) {
            pointsWallets.add(value);
            return this;
        }

        /** Sorts; whether it is sound is for the program's check to say. */
        public Catalogue build() {
            return new Catalogue(
                    rewards.stream().sorted(Comparator.comparing(Reward::id)).toList(),
                    coupons.stream().sorted(Comparator.comparing(Coupon::id)).toList(),
                    packs.stream().sorted(Comparator.comparing(Pack::id)).toList(),
                    draws.stream().sorted(Comparator.comparing(Draw::id)).toList(),
                    boards.stream().sorted(Comparator.comparing(Board::id)).toList(),
                    referral,
                    issuers.stream().sorted(Comparator.comparing(Issuer::id)).toList(),
                    new SortedEntries(brands),
                    sales.stream().sorted(Comparator.comparing(PointSale::id)).toList(),
                    precredits.stream()
                            .sorted(Comparator.comparing(Precredit::id))
                            .toList(),
                    moneyWallets.stream()
                            .sorted(Comparator.comparing(MoneyWallet::id))
                            .toList(),
                    pointsWallets.stream()
                            .sorted(Comparator.comparing(PointsWallet::id))
                            .toList());
        }
    }
}

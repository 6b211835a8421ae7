package io.tallymark.ledger.program;

import java.util.List;

/**
 * To whom something is given for what: shared by rewards, packs and draws.
 *
 * @param price    of tiers that {@code byTier} does not name; null: none, those tiers cannot have it
 * @param byTier   prices of tiers, by tier id
 * @param limit    how often a member may
 * @param fromTier the lowest tier; empty: everybody
 * @param when     a condition without lines, amounts, first purchase
 * @param stock    how many there are; {@link CompiledProgram#UNLIMITED}: no stock is kept
 * @param wallet   the wallet of points that its prices are taken from; empty: {@code points}
 */
public record Offer(
        Price price, List<TierPrice> byTier, Limit limit, String fromTier, Condition when, long stock, String wallet) {
    /** Sorts the prices by tier. */
    public Offer {
        byTier = byTier.stream()
                .sorted(java.util.Comparator.comparing(TierPrice::tier))
                .toList();
    }

    /** Of the wallet {@code points}. */
    public Offer(
            final Price price,
            final List<TierPrice> byTier,
            final Limit limit,
            final String fromTier,
            final Condition when,
            final long stock) {
        this(price, byTier, limit, fromTier, when, stock, "");
    }

    /** Costs this and asks for nothing else. */
    public static Offer of(final long points, final long cashMinor) {
        return new Offer(
                new Price(points, cashMinor), List.of(), Limit.NONE, "", Condition.ALWAYS, CompiledProgram.UNLIMITED);
    }

    /** The same with a stock. */
    public Offer withStock(final long newStock) {
        return new Offer(price, byTier, limit, fromTier, when, newStock, wallet);
    }

    /** The same with a limit. */
    public Offer withLimit(final Limit newLimit) {
        return new Offer(price, byTier, newLimit, fromTier, when, stock, wallet);
    }

    /** The same from a tier on. */
    public Offer fromTier(final String tier) {
        return new Offer(price, byTier, limit, tier, when, stock, wallet);
    }

    /** The same under a condition. */
    public Offer when(final Condition condition) {
        return new Offer(price, byTier, limit, fromTier, condition, stock, wallet);
    }

    /** The same for points of another wallet. */
    public Offer from(final String newWallet) {
        return new Offer(price, byTier, limit, fromTier, when, stock, newWallet);
    }

    /**
     * The price of one tier.
     *
     * @param tier  its id
     * @param price what it pays
     */
    public record TierPrice(String tier, Price price) {}
}

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
 */
public record Offer(Price price, List<TierPrice> byTier, Limit limit, String fromTier, Condition when, long stock) {
    /** Sorts the prices by tier. */
    public Offer {
        byTier = byTier.stream()
                .sorted(java.util.Comparator.comparing(TierPrice::tier))
                .toList();
    }

    /** Costs this and asks for nothing else. */
    public static Offer of(final long points, final long cashMinor) {
        return new Offer(
                new Price(points, cashMinor), List.of(), Limit.NONE, "", Condition.ALWAYS, CompiledProgram.UNLIMITED);
    }

    /** The same with a stock. */
    public Offer withStock(final long newStock) {
        return new Offer(price, byTier, limit, fromTier, when, newStock);
    }

    /** The same with a limit. */
    public Offer withLimit(final Limit newLimit) {
        return new Offer(price, byTier, newLimit, fromTier, when, stock);
    }

    /** The same from a tier on. */
    public Offer fromTier(final String tier) {
        return new Offer(price, byTier, limit, tier, when, stock);
    }

    /** The same under a condition. */
    public Offer when(final Condition condition) {
        return new Offer(price, byTier, limit, fromTier, condition, stock);
    }

    /**
     * The price of one tier.
     *
     * @param tier  its id
     * @param price what it pays
     */
    public record TierPrice(String tier, Price price) {}
}

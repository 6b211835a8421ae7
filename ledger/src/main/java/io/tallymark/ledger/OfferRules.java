package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Price;
import io.tallymark.ledger.program.Tier;
import java.util.Arrays;
import java.util.List;

/** What one version of a program asks for a reward, a pack or a draw. Immutable; asked without making any object. */
final class OfferRules {
    /** How many there are, {@link CompiledProgram#UNLIMITED}: no stock is kept. */
    final long stock;

    /** The wallet that its prices are taken from. */
    final int wallet;

    /** How often a member may. */
    final UsageLimit limit;

    /** The lowest level that may; 0: everybody. */
    final int fromRank;

    private final EarnCondition when;

    /** By level, 0 for members without one; null: there is none. */
    private final Price[] prices;

    /**
     * Prepares an offer.
     *
     * @param usageKind kind of {@link MemberUsage} under which its limit is counted
     * @param number    its stable number there
     */
    OfferRules(
            final Offer offer,
            final CompiledProgram program,
            final WalletRules wallets,
            final int usageKind,
            final int number) {
        wallet = wallets.number(offer.wallet());
        stock = offer.stock();
        limit = new UsageLimit(offer.limit(), usageKind, number);
        when = new EarnCondition(offer.when(), program);
        fromRank = offer.fromTier().isEmpty() ? 0 : rankOf(offer.fromTier(), program);
        prices = new Price[program.tiers().size() + 1];
        Arrays.fill(prices, offer.price());
        for (final Offer.TierPrice price : offer.byTier()) {
            prices[rankOf(price.tier(), program)] = price.price();
        }
    }

    /** The level of a tier; that of a retired one is the level of the one that stands for it. */
    private static int rankOf(final String id, final CompiledProgram program) {
        final String listed = program.retiredTiers().getOrDefault(id, id);
        final List<Tier> tiers = program.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).id().equals(id) || tiers.get(i).id().equals(listed)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether a stock is kept. */
    boolean hasStock() {
        return stock != CompiledProgram.UNLIMITED;
    }

    /** What a member of a level pays; null: it is not offered to that level. */
    Price price(final int rank) {
        return prices[rank];
    }

    /** Whether its condition holds. */
    boolean holds(final EarnFacts facts) {
        return when.holdsForOrder(facts);
    }
}

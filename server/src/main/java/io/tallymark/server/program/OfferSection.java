package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_TIERS;
import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Price;
import io.tallymark.protocol.Limits;
import java.util.List;
import java.util.Map;

/** What rewards, packs and draws have in common: price, stock, limit, from which tier, when. */
final class OfferSection {
    private static final String NONE = "none";
    private static final Key<Long> POINTS =
            Key.optional("points", Values.whole(0, Limits.MAX_VALUE), "0", "Points that are taken.");
    private static final Key<Long> CASH = Key.optional(
            "cash",
            Values.money(0, Limits.MAX_VALUE),
            "\"0.00\"",
            "Money that the till takes; the engine only tells it.");
    private static final Section PRICE_SECTION =
            new Section("price", "What it costs: points, money, or both.", POINTS, CASH).notEmpty();

    /** What members pay. */
    static final Key<Fields> PRICE = Key.optional(
            "price",
            PRICE_SECTION,
            NONE,
            "What members pay of whose tier priceByTier says nothing; none: not for them.");

    /** What members of single tiers pay. */
    static final Key<Map<String, Fields>> PRICE_BY_TIER = Key.optional(
            "priceByTier", Shapes.mapOf(MAX_TIERS, PRICE_SECTION), NONE, "What members of single tiers pay.");

    private static final Section DRAW_PRICE_SECTION =
            new Section("drawPrice", "What a draw costs.", Key.required("points", POINTS.type(), "Points, be it 0."));

    /** What a draw costs. */
    static final Key<Fields> DRAW_PRICE = Key.optional(
            "price",
            DRAW_PRICE_SECTION,
            NONE,
            "What members pay of whose tier priceByTier says nothing; none: not for them.");

    /** What it costs members of single tiers. */
    static final Key<Map<String, Fields>> DRAW_PRICE_BY_TIER = Key.optional(
            "priceByTier", Shapes.mapOf(MAX_TIERS, DRAW_PRICE_SECTION), NONE, "What members of single tiers pay.");

    /** The lowest tier. */
    static final Key<String> FROM_TIER =
            Key.optional("fromTier", Values.id(), "everybody", "Members of this tier or a higher one.");

    /** The condition. */
    static final Key<Fields> WHEN =
            Key.optional("when", ConditionSection.OF_OFFERS, "always", "When, where and for whom.");

    /** How many there are. */
    static final Key<Long> STOCK = Key.optional(
            "stock",
            Values.whole(0, Catalogue.MAX_STOCK),
            "without end",
            "How many there are, beside what is restocked by command.");

    private OfferSection() {}

    /** The offer; what is wrong in it has a sound value. */
    static Offer compile(final Fields offer, final int offsetMinutes) {
        return compile(
                offer,
                offer.get(PRICE),
                offer.get(PRICE_BY_TIER, Map.of()),
                offer.get(STOCK, UNLIMITED),
                offsetMinutes);
    }

    /** As {@link #compile}, of a draw. */
    static Offer compileDraw(final Fields draw, final int offsetMinutes) {
        return compile(draw, draw.get(DRAW_PRICE), draw.get(DRAW_PRICE_BY_TIER, Map.of()), UNLIMITED, offsetMinutes);
    }

    private static Offer compile(
            final Fields offer,
            final Fields price,
            final Map<String, Fields> byTier,
            final long stock,
            final int offsetMinutes) {
        final List<Offer.TierPrice> prices = byTier.entrySet().stream()
                .map(entry -> new Offer.TierPrice(entry.getKey(), price(entry.getValue())))
                .toList();
        return new Offer(
                price == null ? null : price(price),
                prices,
                LimitSection.compile(offer),
                offer.get(FROM_TIER, ""),
                ConditionSection.compile(offer.get(WHEN), offsetMinutes),
                stock,
                WalletSection.named(offer, WalletSection.SPENT));
    }

    private static Price price(final Fields price) {
        return new Price(price.get(POINTS, 0L), price.get(CASH, 0L));
    }
}

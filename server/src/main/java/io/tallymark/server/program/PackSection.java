package io.tallymark.server.program;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Pack;
import java.util.Map;

/** {@code packs}: coupons and tiers that are bought together. */
final class PackSection {
    private static final Key<Pack.Refund> REFUND = Key.optional(
            "refund",
            Values.constant(Pack.Refund.values(), "none", "whole", "unusedShare"),
            "none",
            "What a refund gives back: nothing, the whole price, or the share of the uses that are left.");
    private static final Section PACK = new Section(
            "pack",
            "Coupons that are bought together; a tier whose ways.paid.pack it is comes with it.",
            OfferSection.PRICE,
            OfferSection.PRICE_BY_TIER,
            WalletSection.SPENT,
            OfferSection.STOCK,
            LimitSection.KEY,
            OfferSection.FROM_TIER,
            OfferSection.WHEN,
            CouponSection.GRANTS,
            REFUND);

    /** By id. */
    static final ValueType<Map<String, Fields>> TYPE = Shapes.mapOf(Catalogue.MAX_ENTRIES, PACK);

    private PackSection() {}

    static void compile(final Map<String, Fields> packs, final int offsetMinutes, final Catalogue.Builder catalogue) {
        packs.forEach((id, pack) -> catalogue.add(new Pack(
                id,
                OfferSection.compile(pack, offsetMinutes),
                CouponSection.grants(pack),
                pack.get(REFUND, Pack.Refund.NONE))));
    }
}

package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_MINOR;
import static io.tallymark.ledger.program.CompiledProgram.MAX_RATE_POINTS;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.Precredit;
import io.tallymark.protocol.Limits;
import java.util.Map;

/** {@code issuers}, {@code brands}, {@code pointSales} and {@code precredit}: whose points, and points without orders. */
final class IssuerSection {
    private static final Key<Long> IMPORT_POINTS =
            Key.required("points", Values.whole(1, MAX_RATE_POINTS), "So many points …");
    private static final Key<Long> IMPORT_PER =
            Key.required("per", Values.whole(1, MAX_RATE_POINTS), "… for so many of what the partner counts.");
    private static final Key<Fields> IMPORT = Key.optional(
            "import",
            new Section("import", "What a partner's points become.", IMPORT_POINTS, IMPORT_PER, LimitSection.KEY),
            "nothing is imported",
            "What a partner's points become here.");
    private static final Key<Long> SETTLE_POINTS =
            Key.required("points", Values.whole(1, MAX_RATE_POINTS), "So many points …");
    private static final Key<Long> SETTLE_WORTH =
            Key.required("worth", Values.money(1, MAX_RATE_MINOR), "… are settled at this.");
    private static final Key<Fields> SETTLE = Key.optional(
            "settle",
            new Section("settle", "What an issuer pays for its points.", SETTLE_POINTS, SETTLE_WORTH),
            "points are counted, not valued",
            "What it pays for its points that are spent elsewhere.");
    private static final Section ISSUER = new Section("issuer", "Whose points they are.", IMPORT, SETTLE);

    /** By id. */
    static final ValueType<Map<String, Fields>> ISSUERS = Shapes.mapOf(Catalogue.MAX_ISSUERS, ISSUER);

    /** Issuers by brand. */
    static final ValueType<Map<String, String>> BRANDS =
            Shapes.mapOf(Catalogue.MAX_ENTRIES, "brands", Values.orderText(), Values.id());

    private static final Key<Long> CASH = Key.required("cash", Values.money(1, Limits.MAX_VALUE), "Money.");
    private static final Key<Fields> SALE_PRICE =
            Key.required("price", new Section("salePrice", "What they cost.", CASH), "What they cost.");
    private static final Key<Long> SALE_POINTS = Key.required("points", Values.points(), "How many.");

    /** Points for sale, by id. */
    static final ValueType<Map<String, Fields>> SALES = Shapes.mapOf(
            Catalogue.MAX_ENTRIES,
            new Section(
                    "pointSale",
                    "Points that members buy.",
                    SALE_PRICE,
                    SALE_POINTS,
                    LimitSection.KEY,
                    WalletSection.FILLED));

    private static final Key<Long> CARD_POINTS = Key.required("points", Values.points(), "How many.");
    private static final Key<String> AT = Key.required(
            "at", Values.word("firstPurchase"), "With the member's first order; at once where there is one.");
    private static final Key<Fields> CARD_ACTIVATION = Key.optional(
            "activation",
            new Section("precreditActivation", "When they become available.", AT),
            "at firstPurchase",
            "When they become available.");

    /** Pre-credited points, by id. */
    static final ValueType<Map<String, Fields>> PRECREDITS = Shapes.mapOf(
            Catalogue.MAX_ENTRIES,
            new Section(
                    "precredit",
                    "Points on cards that are given away, once a member.",
                    CARD_POINTS,
                    CARD_ACTIVATION,
                    WalletSection.FILLED));

    private IssuerSection() {}

    static void compileIssuers(final Map<String, Fields> issuers, final Catalogue.Builder catalogue) {
        issuers.forEach((id, issuer) -> {
            final Fields imported = issuer.get(IMPORT);
            final Fields settle = issuer.get(SETTLE);
            catalogue.add(new Issuer(
                    id,
                    imported == null ? 0 : imported.get(IMPORT_POINTS, 1L),
                    imported == null ? 0 : imported.get(IMPORT_PER, 1L),
                    LimitSection.compile(imported),
                    settle == null ? 0 : settle.get(SETTLE_POINTS, 1L),
                    settle == null ? 0 : settle.get(SETTLE_WORTH, 1L)));
        });
    }

    static void compileSales(final Map<String, Fields> sales, final Catalogue.Builder catalogue) {
        sales.forEach((id, sale) -> {
            final Fields price = sale.get(SALE_PRICE);
            catalogue.add(new PointSale(
                    id,
                    sale.get(SALE_POINTS, 1L),
                    price == null ? 1 : price.get(CASH, 1L),
                    LimitSection.compile(sale),
                    WalletSection.named(sale, WalletSection.FILLED)));
        });
    }

    static void compilePrecredits(final Map<String, Fields> cards, final Catalogue.Builder catalogue) {
        cards.forEach((id, card) -> catalogue.add(
                new Precredit(id, card.get(CARD_POINTS, 1L), WalletSection.named(card, WalletSection.FILLED))));
    }
}

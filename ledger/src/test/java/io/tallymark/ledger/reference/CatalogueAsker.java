package io.tallymark.ledger.reference;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import java.util.Random;
import java.util.function.LongSupplier;

/** Fills commands about what a catalogue offers. */
final class CatalogueAsker {
    static final CommandType[] COMMANDS = {
        CommandType.GRANT_COUPON,
        CommandType.USE_COUPON,
        CommandType.USE_COUPON,
        CommandType.USE_BENEFIT,
        CommandType.RETURN_USE,
        CommandType.BUY_PACK,
        CommandType.REFUND_PACK,
        CommandType.DRAW,
        CommandType.DRAW,
        CommandType.RESTOCK
    };
    private static final String NONE = "none";
    private static final long[] QUANTITIES = {1, 2, 5, -1, -3, 1_000_000_000, -1_000_000_000};

    private final Random random;
    private final CatalogueMaker maker;
    private final LongSupplier amounts;

    CatalogueAsker(final Random random, final CatalogueMaker maker, final LongSupplier amounts) {
        this.random = random;
        this.maker = maker;
        this.amounts = amounts;
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    private String any(final String... values) {
        return values[random.nextInt(values.length)];
    }

    private String mostly(final String... values) {
        return chance(1, 15) ? NONE : any(values);
    }

    void fill(final Ask ask, final CommandType type) {
        switch (type) {
            case GRANT_COUPON, QUERY_COUPON -> ask.rule(coupon());
            case USE_COUPON -> ask.rule(coupon()).amount(chance(1, 2) ? 0 : amounts.getAsLong());
            case USE_BENEFIT -> ask.rule(mostly(CatalogueMaker.BENEFITS));
            case BUY_PACK -> ask.rule(mostly(CatalogueMaker.PACKS));
            case DRAW -> ask.rule(mostly(CatalogueMaker.DRAWS)).with(FixedField.RANDOM_BITS, maker.bits());
            case RESTOCK ->
                ask.rule(stocked()).with(FixedField.QUANTITY, QUANTITIES[random.nextInt(QUANTITIES.length)]);
            case QUERY_REWARD -> ask.rule(stocked());
            default -> {}
        }
    }

    String coupon() {
        return mostly(CatalogueMaker.COUPONS);
    }

    String reward() {
        return mostly(CatalogueMaker.REWARDS);
    }

    /** A reward or a prize, sometimes one that is not there. */
    private String stocked() {
        final String place = any("1", "1", "2", "2", "3", "4", "01", "0", "x", "");
        return chance(1, 15)
                ? any(NONE, any(CatalogueMaker.PACKS), any(CatalogueMaker.DRAWS))
                : chance(1, 3) ? any(CatalogueMaker.DRAWS) + "/" + place : any(CatalogueMaker.REWARDS);
    }
}

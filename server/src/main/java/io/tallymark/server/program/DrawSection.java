package io.tallymark.server.program;

import static io.tallymark.ledger.program.CompiledProgram.UNLIMITED;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Draw;
import java.util.List;
import java.util.Map;

/** {@code draws}: chances for points. */
final class DrawSection {
    private static final Key<Long> POINTS =
            Key.optional("points", Values.points(), "", "Points that are won; they go into the draw's wallet.");
    private static final Key<String> COUPON = Key.optional("coupon", Values.id(), "", "The coupon that is won.");
    private static final Key<String> REWARD = Key.optional(
            "reward", Values.id(), "", "The reward that is won; its own stock is not touched, only the prize's.");
    private static final Key<long[]> ODDS = Key.required(
            "odds",
            Values.parsed("[1-9][0-9]{0,12}/[1-9][0-9]{0,12}", "odds such as \"1/10000\"", DrawSection::odds),
            "How likely, exactly; all of a draw together are at most 1, the rest wins nothing.");
    private static final Key<Long> STOCK = Key.optional(
            "stock",
            Values.whole(0, Catalogue.MAX_STOCK),
            "without end",
            "How many there are; of a prize that is gone nothing is won.");
    private static final Section PRIZE = new Section("prize", "What can be won.", POINTS, COUPON, REWARD, ODDS, STOCK)
            .rule(Rule.exactlyOneOf("points", "coupon", "reward"));
    private static final Key<List<Fields>> PRIZES =
            Key.required("prizes", Shapes.listOf(1, Draw.MAX_PRIZES, PRIZE), "What can be won, by its place from 1.");
    private static final Section DRAW = new Section(
            "draw",
            "A chance for points.",
            OfferSection.DRAW_PRICE,
            OfferSection.DRAW_PRICE_BY_TIER,
            WalletSection.SPENT,
            LimitSection.KEY,
            OfferSection.FROM_TIER,
            OfferSection.WHEN,
            PRIZES);

    /** By id. */
    static final ValueType<Map<String, Fields>> TYPE = Shapes.mapOf(Catalogue.MAX_ENTRIES, DRAW);

    private DrawSection() {}

    private static long[] odds(final String text, final Place at) {
        final int slash = text.indexOf('/');
        final long numerator = Long.parseLong(text.substring(0, slash));
        final long denominator = Long.parseLong(text.substring(slash + 1));
        if (numerator > denominator || denominator > Draw.MAX_ODDS) {
            at.error("must be at most 1, of numbers up to 10^12");
            return null;
        }
        return new long[] {numerator, denominator};
    }

    static void compile(final Map<String, Fields> draws, final int offsetMinutes, final Catalogue.Builder catalogue) {
        draws.forEach((id, draw) -> catalogue.add(new Draw(
                id,
                OfferSection.compileDraw(draw, offsetMinutes),
                draw.get(PRIZES, List.of()).stream().map(DrawSection::prize).toList())));
    }

    /** @param prize null: it was none, and has been noted; those behind it keep their places */
    private static Draw.Prize prize(final Fields prize) {
        if (prize == null) {
            return new Draw.Prize(Draw.Kind.POINTS, "", 1, 1, Draw.MAX_ODDS, UNLIMITED);
        }
        final long[] odds = prize.get(ODDS, new long[] {1, Draw.MAX_ODDS});
        final Draw.Kind kind =
                prize.has(COUPON) ? Draw.Kind.COUPON : prize.has(REWARD) ? Draw.Kind.REWARD : Draw.Kind.POINTS;
        return new Draw.Prize(
                kind,
                kind == Draw.Kind.POINTS ? "" : prize.get(kind == Draw.Kind.COUPON ? COUPON : REWARD, ""),
                kind == Draw.Kind.POINTS ? prize.get(POINTS, 1L) : 0,
                odds[0],
                odds[1],
                prize.get(STOCK, UNLIMITED));
    }
}

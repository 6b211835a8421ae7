package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Price;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of the rules page on rewards, in numbers. A yuan earns a point; normal from 1 yuan, supreme from 5,000. */
class RewardTest {
    private static final long MINUTES = 60_000L;
    private static final long HOURS = 60 * MINUTES;

    private static Offer one(final long stock) {
        return Offer.of(100, 0).withStock(stock).withLimit(new Limit(Activity.Per.LIFETIME, 1));
    }

    @Test
    void twoItemsAreSoldTwiceAndOnceToEach() {
        final RewardBench b = new RewardBench(RewardBench.reward("tote", one(2)));
        b.points(1, 250).points(2, 100).points(3, 100);
        final Outcome first = b.redeem(1, "tote");
        b.expect(ResultCode.ACCEPTED, first).stock("tote", 2, 1, 1, 0);
        assertEquals(-100, first.points);
        assertEquals(0, first.valueMinor);
        assertEquals(150, first.availablePoints);
        b.expect(ResultCode.RULE_LIMIT_REACHED, b.redeem(1, "tote"));
        b.expect(ResultCode.ACCEPTED, b.redeem(2, "tote"));
        b.expect(ResultCode.OUT_OF_STOCK, b.redeem(3, "tote")).stock("tote", 2, 0, 2, 0);
    }

    @Test
    void theFirstReasonInOrderIsTold() {
        final Offer offer = new Offer(
                new Price(100, 0),
                List.of(),
                new Limit(Activity.Per.LIFETIME, 1),
                "supreme",
                Condition.builder().channels("app").build(),
                1);
        final RewardBench b = new RewardBench(RewardBench.reward("tote", offer));
        b.points(1, 50);
        // All is wrong: paused, another channel, no tier, too few points.
        b.desk.apply(Commands.keyed(CommandType.PAUSE, "p").put(VarField.RULE_ID, "redemptions"));
        b.expect(ResultCode.PAUSED, b.redeem(1, "tote"));
        b.desk.apply(Commands.keyed(CommandType.RESUME, "p").put(VarField.RULE_ID, "redemptions"));
        b.expect(ResultCode.NOT_OFFERED, b.redeem(1, "cup"));
        b.expect(ResultCode.NOT_OFFERED, b.redeem(1, "tote"));
        b.expect(ResultCode.TIER_REQUIRED, inApp(b, 1));
        b.order(2, 5_000).order(3, 5_000);
        b.expect(ResultCode.ACCEPTED, inApp(b, 2));
        b.expect(ResultCode.RULE_LIMIT_REACHED, inApp(b, 2));
        b.desk.apply(Commands.adjust("debt", 3, -5_500).flags(2));
        b.expect(ResultCode.OUT_OF_STOCK, inApp(b, 3));
        b.expect(ResultCode.ACCEPTED, b.restock("tote", 1));
        b.expect(ResultCode.IN_DEBT, inApp(b, 3));
        b.points(3, 500);
        b.expect(ResultCode.INSUFFICIENT_POINTS, inApp(b, 3));
        b.points(3, 99);
        b.expect(ResultCode.INSUFFICIENT_POINTS, inApp(b, 3));
        b.points(3, 1);
        b.expect(ResultCode.ACCEPTED, inApp(b, 3)).stock("tote", 1, 0, 2, 1);
    }

    private static Outcome inApp(final RewardBench b, final long member) {
        return b.desk.apply(Commands.keyed(CommandType.REDEEM, b.next())
                .memberId(member)
                .put(VarField.CHANNEL, "app")
                .put(VarField.RULE_ID, "tote"));
    }

    @Test
    void eachTierPaysItsPriceAndOneWithoutAPriceGetsNothing() {
        final Offer offer = new Offer(
                null,
                List.of(
                        new Offer.TierPrice("supreme", new Price(0, 990)),
                        new Offer.TierPrice("normal", new Price(60, 500))),
                Limit.NONE,
                "",
                Condition.ALWAYS,
                CompiledProgram.UNLIMITED);
        final RewardBench b = new RewardBench(RewardBench.reward("cup", offer));
        b.points(1, 100).order(2, 100).order(3, 5_000);
        b.expect(ResultCode.NOT_OFFERED, b.redeem(1, "cup"));
        final Outcome normal = b.redeem(2, "cup");
        assertEquals("-60 500 40", normal.points + " " + normal.cashMinor + " " + normal.availablePoints);
        final Outcome supreme = b.redeem(3, "cup");
        assertEquals("0 990", supreme.points + " " + supreme.cashMinor);
        b.stock("cup", -1, -1, 2, -1);
    }

    @Test
    void aHoldThatTimesOutGivesStockBackAtItsMillisecondForEverybody() {
        final RewardBench b = new RewardBench(RewardBench.reward("tote", one(1)));
        b.points(1, 100).points(2, 100);
        b.expect(ResultCode.ACCEPTED, b.hold("h", 1, "tote", 10 * MINUTES)).stock("tote", 1, 0, 1, 0);
        b.desk.after(10 * MINUTES - 1);
        b.expect(ResultCode.OUT_OF_STOCK, b.redeem(2, "tote"));
        b.desk.after(1);
        // Nobody has spoken of the first member since.
        b.expect(ResultCode.ACCEPTED, b.redeem(2, "tote")).stock("tote", 1, 0, 1, 0);
        b.expect(ResultCode.HOLD_EXPIRED, b.end(CommandType.CAPTURE, "h"));
        // Its limit is free again; the stock is gone.
        b.expect(ResultCode.OUT_OF_STOCK, b.redeem(1, "tote"));
    }

    @Test
    void holdsAreCapturedVoidedAndReversed() {
        final RewardBench b = new RewardBench(
                RewardBench.reward("tote", Offer.of(100, 700).withStock(2).withLimit(new Limit(Activity.Per.DAY, 1))));
        b.points(1, 300).points(2, 300);
        final Outcome held = b.hold("h1", 1, "tote", 0);
        assertEquals("-100 700 200 100", told(held));
        b.expect(ResultCode.RULE_LIMIT_REACHED, b.hold("h2", 1, "tote", 0));
        b.expect(ResultCode.ACCEPTED, b.hold("h3", 2, "tote", 0)).stock("tote", 2, 0, 2, 0);
        b.expect(ResultCode.ACCEPTED, b.end(CommandType.VOID, "h3")).stock("tote", 2, 1, 1, 0);
        b.expect(
                ResultCode.NOT_OFFERED,
                b.desk.apply(Commands.keyed(CommandType.CAPTURE, "part")
                        .points(99)
                        .put(VarField.ORIGINAL_DOCUMENT_ID, "h1")));
        final Outcome captured =
                b.desk.apply(Commands.keyed(CommandType.CAPTURE, "c").put(VarField.ORIGINAL_DOCUMENT_ID, "h1"));
        assertEquals("-100 700 200 0", told(captured));
        b.stock("tote", 2, 1, 1, 0);
        // Half of it, then the rest: stock, limit and cash come with the rest.
        final Outcome half = b.desk.apply(
                Commands.keyed(CommandType.REVERSE, "r1").amountMinor(50).put(VarField.ORIGINAL_DOCUMENT_ID, "c"));
        assertEquals("50 0 250 0", told(half));
        b.stock("tote", 2, 1, 1, 0).expect(ResultCode.RULE_LIMIT_REACHED, b.redeem(1, "tote"));
        assertEquals("50 700 300 0", told(b.end(CommandType.REVERSE, "c")));
        b.stock("tote", 2, 2, 0, 0).expect(ResultCode.ACCEPTED, b.redeem(1, "tote"));
        b.expect(ResultCode.REVERSAL_EXCEEDS_ORIGINAL, b.end(CommandType.REVERSE, "c"));
    }

    private static String told(final Outcome o) {
        assertEquals(ResultCode.ACCEPTED, o.code);
        return o.points + " " + o.cashMinor + " " + o.availablePoints + " " + o.heldPoints;
    }

    @Test
    void theLimitComesBackWithinItsDayOnly() {
        final RewardBench b =
                new RewardBench(RewardBench.reward("tote", Offer.of(10, 0).withLimit(new Limit(Activity.Per.DAY, 1))));
        b.points(1, 100);
        // 14:00; the hold ends at 13:00 of the next day.
        b.expect(ResultCode.ACCEPTED, b.hold("h", 1, "tote", 23 * HOURS));
        b.desk.after(12 * HOURS);
        b.expect(ResultCode.ACCEPTED, b.redeem(1, "tote"));
        b.desk.after(11 * HOURS);
        // What came back belongs to yesterday.
        b.expect(ResultCode.RULE_LIMIT_REACHED, b.redeem(1, "tote")).stock("tote", -1, -1, 1, -1);
    }
}

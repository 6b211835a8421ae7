package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** Armani: from two tiers to finer ones; a yuan locks the annual gift; what a basket would bring. */
final class ArmaniScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;
    private static final String GIFT = "annual-gift";
    private static final String NOBLE = "annual-gift-noble";

    /** As it was before. */
    private static final String TWO_TIERS = """
            program: armani
            lateWindow: 30d
            retention: {keyDays: 400, orderDays: 400}
            wallets:
              points: {expiry: {months: 24, roundTo: monthEnd}, refund: {policy: debt, limit: 10000}}
            earn:
              base: {points: 1, per: "1.00"}
            tiers:
              - {id: classic, when: {spend: "0.00"}}
              - {id: gold, when: {spend: "5000.00"}}
            """;

    private static final String START = "2026-01-10T10:00+08:00";

    @Test
    void twoTiersBecomeFour() {
        final Scenario house = Scenario.ofText(TWO_TIERS, START);
        house.accrue(ANNA, "5000.00").gives(5_000);
        house.accrue(BEN, "2000.00").gives(2_000);
        house.tier(ANNA, "gold").tier(BEN, "classic");
        house.publishPreset("armani");
        // Nobody loses anything at the publication; the next order finds the place that the spend is worth.
        house.tier(ANNA, "ruby").tier(BEN, "ivory");
        house.accrue(BEN, "0.01").gives(0);
        house.tier(BEN, "rose");
        house.accrue(ANNA, "1000.00").gives(1_200);
        house.accrue(BEN, "100.00").gives(110);
        house.has(ANNA, 6_200).has(BEN, 2_110);
    }

    private static Step lock(final Scenario house, final long member, final String gift) {
        return house.step(CommandType.REDEEM).member(member).rule(gift);
    }

    @Test
    void oneYuanLocksTheGiftOfTheYear() {
        final Scenario house = Scenario.of("armani", START);
        house.step(CommandType.ENROL).member(ANNA).accepted();
        lock(house, ANNA, GIFT).gives(0, "1.00");
        lock(house, ANNA, GIFT).refused(ResultCode.RULE_LIMIT_REACHED);
        lock(house, ANNA, NOBLE).refused(ResultCode.TIER_REQUIRED);
        house.accrue(ANNA, "5000.00").gives(5_000);
        lock(house, ANNA, NOBLE).gives(0, "1.00");
        house.has(ANNA, 5_000);
        house.at("2026-12-31T23:59:59.999+08:00");
        lock(house, ANNA, NOBLE).refused(ResultCode.RULE_LIMIT_REACHED);
        house.at("2027-01-01T00:00+08:00");
        lock(house, ANNA, GIFT).gives(0, "1.00");
        assertEquals("annual-gift 20000 19998 2 0", house.stock(GIFT));
        assertEquals("annual-gift-noble 3000 2999 1 0", house.stock(NOBLE));
    }

    @Test
    void theLastGiftsGoInTheOrderOfTheCalls() {
        final Scenario house = Scenario.of("armani", START);
        for (long member = 1; member <= 4; member++) {
            house.step(CommandType.ENROL).member(member).accepted();
        }
        house.step(CommandType.RESTOCK).rule(GIFT).quantity(-19_997).gives(0);
        assertEquals("annual-gift 20000 3 0 -19997", house.stock(GIFT));
        for (long member = 4; member >= 2; member--) {
            lock(house, member, GIFT).gives(0, "1.00");
        }
        lock(house, 1, GIFT).refused(ResultCode.OUT_OF_STOCK);
        assertEquals("annual-gift 20000 0 3 -19997", house.stock(GIFT));
    }

    @Test
    void theCalculatorTellsAllThatABasketWouldBring() {
        final Scenario house = Scenario.of("armani", START);
        house.accrue(ANNA, "15000.00").gives(15_000);
        final Step basket = house.step(CommandType.PREVIEW_ACCRUE)
                .member(ANNA)
                .amount("2360.00")
                .article(1, 2, "760.00", "L100", "lipstick")
                .article(2, 1, "1600.00", "S1", "serum");
        final Outcome o = house.ask(basket);
        // 2,360 × 1.5, two lipsticks, and a facial.
        assertEquals(3_540 + 60, o.points);
        assertEquals("2360 1180 60", o.basePoints + " " + o.tierPoints + " " + o.campaignPoints);
        assertEquals("facial 0 1; lipstick 60 0", Scenario.rows(o, 0, 3));
        assertEquals("make-up-artist 2 2 0; price -1 -1 100000", house.benefits(ANNA));
        // Nothing has come of asking.
        assertEquals("facial 1 0 0 0 0 0", house.funnel("facial"));
        house.has(ANNA, 15_000);
    }
}

package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/**
 * Eland: one membership across brands. Womenswear and menswear earn 2 points per ¥1, childrenswear 3 per ¥2, the outlet
 * 1 per ¥2, all else 1 per ¥1; the money of all counts together.
 */
final class ElandScenarioTest {
    private static final long ANNA = 1;

    private final Scenario group = Scenario.of("eland", "2026-11-08T10:00+08:00");

    /** ¥303.25: 301 + 148.5 + 16.5 + 20.75 = 486.75 points. */
    private Step basket(final String documentId) {
        return group.accrue(documentId, "303.25")
                .member(ANNA)
                .line(1, 1, "150.50", "womenswear")
                .line(2, 1, "99.00", "childrenswear")
                .line(3, 1, "33.00", "outlet")
                .line(4, 1, "20.75", "homeware");
    }

    private Step order(final String amount, final String brand) {
        return group.accrue(ANNA, amount).line(1, 1, amount, brand);
    }

    @Test
    void eachBrandHasItsRateAndAllOneBalance() {
        order("10.00", "womenswear").gives(20);
        order("10.00", "menswear").gives(20);
        order("10.00", "childrenswear").gives(15);
        order("10.00", "outlet").gives(5);
        order("10.00", "homeware").gives(10);
        // An order that tells no lines has no brand.
        group.accrue(ANNA, "10.00").gives(10);
        group.has(ANNA, 80);
        group.redeem(ANNA, 80).gives(-80);
        // Parts of a point of different brands make a whole: floored is the sum, not the line.
        basket("o").gives(486);
        group.has(ANNA, 486);
    }

    @Test
    void purchasesOfAllBrandsCountTogether() {
        order("1200.00", "womenswear").gives(2_400);
        group.tier(ANNA, "member");
        order("799.99", "outlet").gives(399);
        group.tier(ANNA, "member");
        order("0.01", "homeware").gives(0);
        // ¥2,000 of three brands. 100 × 1.5 × 1.1.
        group.tier(ANNA, "silver");
        final Outcome o = order("100.00", "childrenswear").gives(165);
        assertEquals("150 15", o.basePoints + " " + o.tierPoints);
        order("3900.00", "menswear").gives(8_580);
        // ¥6,000: 33.33 × 0.5 × 1.25 = 20.83.
        group.tier(ANNA, "gold");
        order("33.33", "outlet").gives(20);
        group.has(ANNA, 2_400 + 399 + 165 + 8_580 + 20);
    }

    @Test
    void oneBrandsLineIsRefunded() {
        order("2000.00", "homeware").gives(2_000);
        // Silver: 486.75 × 1.1 = 535.425; 486 of the base, 49 of the tier.
        final Outcome o = basket("o").gives(535);
        assertEquals("486 49", o.basePoints + " " + o.tierPoints);
        // Without childrenswear 338.25 × 1.1 = 372.075: 535 − 372.
        group.refund("o").units(2, 1).gives(-163);
        group.refund("o").units(2, 1).refused(ResultCode.REFUND_EXCEEDS_ORIGINAL);
        group.refund("o").part(3, "33.01").refused(ResultCode.REFUND_EXCEEDS_ORIGINAL);
        // ¥20 of the women's line: 261 + 16.5 + 20.75 = 298.25, × 1.1 = 328.075.
        group.refund("o").part(1, "20.00").gives(-44);
        group.has(ANNA, 2_328);
        assertEquals(2_184_25, group.member(ANNA).lifetimeSpendMinor);
        // The rest, whatever brands it is of.
        group.refund("o").gives(-328);
        group.has(ANNA, 2_000).tier(ANNA, "silver");
    }

    @Test
    void anAmountOfTheOrderIsSpreadOverItsBrands() {
        group.accrue("o", "300.00")
                .member(ANNA)
                .line(1, 1, "200.00", "womenswear")
                .line(2, 1, "100.00", "outlet")
                .gives(450);
        // ¥100.00 over 200 to 100: 66.66 + 33.33 and the cent to line 1. 133.33 × 2 + 66.67 ÷ 2 = 299.995.
        group.refund("o").amount("100.00").gives(-151);
        group.has(ANNA, 299);
    }

    @Test
    void threePiecesComeBackOneByOne() {
        group.accrue("o", "100.00")
                .member(ANNA)
                .line(1, 3, "100.00", "womenswear")
                .gives(200);
        // What is left: 66.67 → 133.34, 33.34 → 66.68, 0.
        group.refund("o").units(1, 1).gives(-67);
        group.refund("o").units(1, 1).gives(-67);
        group.refund("o").units(1, 1).gives(-66);
        group.has(ANNA, 0);
        group.refund("o").units(1, 1).refused(ResultCode.REFUND_EXCEEDS_ORIGINAL);
    }

    @Test
    void aRefundOfOneBrandUndoesTheTierOfAll() {
        group.accrue("w", "1500.00")
                .member(ANNA)
                .line(1, 1, "1500.00", "womenswear")
                .gives(3_000);
        group.accrue("h", "500.00")
                .member(ANNA)
                .line(1, 1, "500.00", "homeware")
                .gives(500);
        group.tier(ANNA, "silver");
        group.refund("h").amount("0.01").gives(-1);
        group.tier(ANNA, "member").has(ANNA, 3_499);
    }

    @Test
    void silverIsKeptThroughTheNextYear() {
        group.accrue("o", "6000.00").member(ANNA).gives(6_000);
        group.tier(ANNA, "gold");
        order("40.00", "homeware").gives(50);
        // A refund after the year does not undo it.
        group.at("2027-01-01T00:00+08:00").refund("o").gives(-6_000);
        // Nothing in 2027: settled 30 days after its end, one level down for 2028, then nothing is left but to be a
        // member.
        group.at("2028-01-30T23:59:59.999+08:00").tier(ANNA, "gold");
        group.at("2028-01-31T00:00+08:00").tier(ANNA, "silver");
        group.at("2029-01-30T23:59:59.999+08:00").tier(ANNA, "silver");
        group.at("2029-01-31T00:00+08:00").tier(ANNA, "member");
    }
}

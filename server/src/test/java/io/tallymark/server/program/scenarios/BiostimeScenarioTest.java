package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of brands: earned with one, spent with another, settled between them. */
final class BiostimeScenarioTest {
    private static final long ANNA = 1;

    private Scenario pool;

    @BeforeEach
    void open() {
        pool = Scenario.of("biostime", "2026-03-03T10:00+08:00");
        pool.accrue("milk", "300.00").member(ANNA).brand("Biostime").gives(300);
        pool.accrue("toys", "200.00").member(ANNA).brand("Play").gives(200);
        pool.accrue("other", "50.00").member(ANNA).brand("Corner Shop").gives(50);
    }

    /** Of each lot in taking order: whose it is, and the points. */
    private String lots() {
        return Scenario.rows(pool.ask(pool.step(CommandType.QUERY_EXPIRING).member(ANNA)), 1);
    }

    private Step spend(final String document, final String brand, final long points) {
        return pool.step(CommandType.REDEEM, document).member(ANNA).brand(brand).points(points);
    }

    @Test
    void oneBalanceOfManyIssuers() {
        pool.has(ANNA, 550);
        // The house's are what no brand of the pool gave.
        assertEquals("50; milk 300; toys 200", lots());
    }

    @Test
    void whoTakesAnothersPointsIsPaidForThem() {
        // 50 of the house, 300 of the milk, 60 of the toys' own.
        spend("r1", "Play", 410).gives(-410);
        assertEquals("toys 140", lots());
        // 300 of the milk's at 1.00 a hundred; the house says nothing of what its points are worth.
        assertEquals("toys 300 300 0 0", pool.settlement("milk"));
        assertEquals("0 0 50 0; milk 0 0 300 300", pool.settlement("toys"));
        // A quarter of it is brought back, 102: 60 of the toys, then 42 of the milk.
        pool.step(CommandType.REVERSE).about("r1").amount("1.02").gives(102);
        assertEquals("milk 42; toys 200", lots());
        assertEquals("toys 258 258 0 0", pool.settlement("milk"));
        pool.step(CommandType.REVERSE).about("r1").gives(308);
        assertEquals("50; milk 300; toys 200", lots());
        assertEquals("", pool.settlement("milk"));
    }

    @Test
    void aBrandOfTheSameIssuerOwesNothing() {
        spend("r1", "Adimil", 350).gives(-350);
        assertEquals("0 0 50 0", pool.settlement("milk"));
        // The toys' 200 taken by the milk: floor(200 × 90 ÷ 100) cents.
        spend("r2", "Adimil", 200).gives(-200);
        assertEquals("milk 200 180 0 0", pool.settlement("toys"));
    }

    @Test
    void aRefundThatTakesOthersPointsIsSettledToo() {
        spend("r1", "Biostime", 350).gives(-350);
        // The milk's order is given back, its points are spent: 200 of the toys', and 100 are owed.
        final Outcome o = pool.refund("milk").gives(-300);
        assertEquals(100, o.addedDebtPoints);
        pool.has(ANNA, 0, 0, 0, 100);
        assertEquals("milk 200 180 0 0", pool.settlement("toys"));
    }

    @Test
    void aBanksPointsComeInAtItsRate() {
        imported("b1").points(1_009).gives(100);
        imported("b2").points(9).refused(ResultCode.BELOW_MINIMUM);
        imported("b3").points(10).gives(1);
        imported("b4").points(10).refused(ResultCode.RULE_LIMIT_REACHED);
        assertEquals("50; bank 101; milk 300; toys 200", lots());
        // By id within a day: 50 of the house, then the bank's.
        spend("r", "Play", 151).gives(-151);
        // 101 at 80 cents a hundred: 80.8.
        assertEquals("toys 101 80 0 0", pool.settlement("bank"));
    }

    private Step imported(final String document) {
        return pool.step(CommandType.ACTIVITY, document).member(ANNA).rule("bank");
    }
}

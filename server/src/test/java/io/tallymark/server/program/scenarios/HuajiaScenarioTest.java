package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Huajia: three tiers, and stored value beside points. */
final class HuajiaScenarioTest {
    private static final long ANNA = 1;

    private Scenario house;

    @BeforeEach
    void open() {
        house = Scenario.of("huajia", "2026-05-05T18:00+08:00");
        house.step(CommandType.ENROL).member(ANNA).accepted();
    }

    private Step value(final CommandType type, final String document, final String amount) {
        return house.step(type, document).member(ANNA).rule("balance").amount(amount);
    }

    /** Amount moved in cents, then what is left. */
    private static String told(final Outcome o) {
        return o.valueMinor + ": " + Scenario.rows(o, 0, 1);
    }

    @Test
    void whoPaysInMuchIsGivenSomething() {
        assertEquals(
                "49999: balance 49999 0",
                told(value(CommandType.TOP_UP, "t1", "499.99").gives(0)));
        assertEquals(
                "50000: balance 99999 5000",
                told(value(CommandType.TOP_UP, "t2", "500.00").gives(0)));
        assertEquals(
                "100000: balance 199999 20000",
                told(value(CommandType.TOP_UP, "t3", "1000.00").gives(0)));
        house.has(ANNA, 0);
    }

    @Test
    void whatIsPaidInGoesFirst() {
        value(CommandType.TOP_UP, "t", "1000.00").gives(0);
        assertEquals(
                "40000: balance 60000 15000",
                told(value(CommandType.SPEND_VALUE, "s1", "400.00").gives(0)));
        value(CommandType.SPEND_VALUE, "s2", "750.01").refused(ResultCode.INSUFFICIENT_VALUE);
        // 600 of the principal and 100 of the gift.
        assertEquals(
                "70000: balance 0 5000",
                told(value(CommandType.SPEND_VALUE, "s3", "700.00").gives(0)));
        // 150 come back: first the gift, then principal.
        assertEquals(
                "15000: balance 5000 15000",
                told(house.step(CommandType.REVERSE)
                        .about("s3")
                        .amount("150.00")
                        .gives(0)));
        house.step(CommandType.REVERSE).about("s3").amount("550.01").refused(ResultCode.REVERSAL_EXCEEDS_ORIGINAL);
        assertEquals(
                "55000: balance 60000 15000",
                told(house.step(CommandType.REVERSE).about("s3").gives(0)));
    }

    @Test
    void aGiftIsNeverPaidOut() {
        value(CommandType.TOP_UP, "t", "1000.00").gives(0);
        value(CommandType.SPEND_VALUE, "s", "100.00").gives(0);
        value(CommandType.REFUND_VALUE, "r1", "900.01").refused(ResultCode.REFUND_EXCEEDS_ORIGINAL);
        // 300 of 900: a third of the 150, 50, is forfeited.
        assertEquals(
                "30000: balance 60000 10000",
                told(value(CommandType.REFUND_VALUE, "r2", "300.00").gives(0)));
        house.step(CommandType.CLOSE).member(ANNA).refused(ResultCode.HAS_VALUE);
        assertEquals(
                "60000: balance 0 0",
                told(value(CommandType.REFUND_VALUE, "r3", "600.00").gives(0)));
        house.step(CommandType.CLOSE).member(ANNA).accepted();
    }

    @Test
    void pointsBecomeMoneyByARewardAlone() {
        house.accrue("o", "1200.00").member(ANNA).gives(1_200);
        house.tier(ANNA, "friend");
        assertEquals("balance 0 0", house.wallets(ANNA));
        house.step(CommandType.REDEEM, "ten").member(ANNA).rule("ten-yuan").gives(-1_000);
        assertEquals("balance 0 1000", house.wallets(ANNA));
        house.step(CommandType.REDEEM).member(ANNA).rule("ten-yuan").refused(ResultCode.RULE_LIMIT_REACHED);
        value(CommandType.REFUND_VALUE, "r", "0.01").refused(ResultCode.REFUND_EXCEEDS_ORIGINAL);
        value(CommandType.SPEND_VALUE, "s", "4.00").gives(0);
        // Taken back: the points return whole, of the gift what is there.
        house.step(CommandType.REVERSE).about("ten").gives(1_000);
        assertEquals("balance 0 0", house.wallets(ANNA));
        house.has(ANNA, 1_200);
    }

    @Test
    void threeTiersAndTheirSteak() {
        house.accrue(ANNA, "999.99").gives(999);
        house.tier(ANNA, "guest");
        house.accrue(ANNA, "0.01").gives(0);
        house.tier(ANNA, "friend");
        // 3,000 × 1.2.
        house.accrue(ANNA, "3000.00").gives(3_600);
        house.step(CommandType.REDEEM).member(ANNA).rule("steak").gives(-1_500);
        house.accrue(ANNA, "1000.00").gives(1_200);
        house.tier(ANNA, "family");
        house.accrue(ANNA, "100.00").gives(150);
        house.has(ANNA, 999 + 3_600 - 1_500 + 1_200 + 150);
        house.accrue(2, "10.00").gives(10);
        house.step(CommandType.REDEEM).member(2).rule("steak").refused(ResultCode.TIER_REQUIRED);
    }
}

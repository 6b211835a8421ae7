package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mima: four tiers by lifetime spend, 1 point per ¥1, a daily sign-in, returns that name no order. */
final class MimaScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;

    private Scenario shop;

    @BeforeEach
    void open() {
        shop = Scenario.of("mima", "2026-11-08T10:00+08:00");
    }

    @Test
    void eachTierBeginsAtItsYuan() {
        // Each order is floored by itself: 99 cents are no point, nor is the cent that makes the yuan full.
        shop.accrue(ANNA, "0.99").gives(0);
        shop.tier(ANNA, "");
        shop.accrue(ANNA, "0.01").gives(0);
        shop.tier(ANNA, "normal");
        shop.accrue(ANNA, "378.99").gives(378);
        shop.tier(ANNA, "normal");
        shop.accrue(ANNA, "0.01").gives(0);
        shop.tier(ANNA, "senior");
        shop.accrue(ANNA, "1619.99").gives(1_619);
        shop.tier(ANNA, "senior");
        shop.accrue(ANNA, "0.01").gives(0);
        shop.tier(ANNA, "vip");
        shop.accrue(ANNA, "2999.99").gives(2_999);
        shop.tier(ANNA, "vip");
        shop.accrue(ANNA, "0.01").gives(0);
        shop.tier(ANNA, "supreme");
        // 378 + 1,619 + 2,999; spend 1 + 379 + 1,620 + 3,000.
        shop.has(ANNA, 4_996);
        assertEquals(5_000_00, shop.member(ANNA).lifetimeSpendMinor);
    }

    @Test
    void progressTellsWhatIsMissing() {
        shop.accrue(ANNA, "379.99").gives(379);
        final Outcome o = shop.ask(shop.step(CommandType.QUERY_PROGRESS).member(ANNA));
        assertEquals(4, o.rows.count());
        final String[] tiers = {"normal", "senior", "vip", "supreme"};
        final long[] held = {1, 0, 0, 0};
        final long[] missingMinor = {0, 1, 1_620_01, 4_620_01};
        for (int i = 0; i < tiers.length; i++) {
            assertEquals(tiers[i], new String(o.rows.text(i), StandardCharsets.UTF_8));
            assertEquals(held[i], o.rows.value(i, 0), tiers[i]);
            assertEquals(missingMinor[i], o.rows.value(i, 2), tiers[i]);
        }
    }

    @Test
    void oneSignInADay() {
        shop.at("2026-11-08T23:59:59.999+08:00");
        signIn(ANNA).gives(5);
        signIn(ANNA).refused(ResultCode.RULE_LIMIT_REACHED);
        signIn(BEN).gives(5);
        // A new day begins at midnight of the program, which is 16:00 UTC.
        shop.at("2026-11-08T16:00:00Z");
        signIn(ANNA).gives(5);
        signIn(ANNA).happened("2026-11-08T12:00+08:00").refused(ResultCode.RULE_LIMIT_REACHED);
        shop.has(ANNA, 10);
        // It is no spending.
        shop.tier(ANNA, "");
        shop.step(CommandType.ACTIVITY).rule("follow").member(ANNA).refused(ResultCode.NOT_OFFERED);
    }

    private Step signIn(final long member) {
        return shop.step(CommandType.ACTIVITY).rule("sign-in").member(member);
    }

    @Test
    void aRefundUndoesTheTier() {
        shop.accrue("a", "300.00").member(ANNA).gives(300);
        shop.accrue("b", "100.00").member(ANNA).gives(100);
        shop.tier(ANNA, "senior");
        shop.redeem(ANNA, 50).gives(-50);
        // ¥370 are left of ¥400: below ¥380. 400 − 50 − 30.
        shop.refund("b").amount("30.00").gives(-30);
        shop.tier(ANNA, "normal").has(ANNA, 320);
        shop.refund("b").gives(-70);
        shop.has(ANNA, 250);
        shop.refund("b").amount("0.01").refused(ResultCode.REFUND_EXCEEDS_ORIGINAL);
        // 300 are asked back of 250: 50 are owed, and no yuan is left for the lowest tier.
        final Outcome last = shop.refund("a").gives(-300);
        assertEquals(50, last.addedDebtPoints);
        shop.tier(ANNA, "").has(ANNA, 0, 0, 0, 50);
        shop.redeem(ANNA, 1).refused(ResultCode.IN_DEBT);
        shop.accrue(ANNA, "60.00").gives(60);
        shop.tier(ANNA, "normal").has(ANNA, 10);
    }

    @Test
    void aReturnThatNamesNoOrderLeadsIntoDebt() {
        giveBack(ANNA, "10.00").refused(ResultCode.UNKNOWN_MEMBER);
        shop.accrue(ANNA, "5000.00").gives(5_000);
        shop.tier(ANNA, "supreme");
        shop.redeem(ANNA, 4_900).gives(-4_900);
        // ¥199.90 at the base rate: 199 of which 100 are there; ¥4,800.10 of spend are left.
        final Outcome first = giveBack(ANNA, "199.90").gives(-199);
        assertEquals(99, first.addedDebtPoints);
        shop.tier(ANNA, "vip").has(ANNA, 0, 0, 0, 99);
        assertEquals(4_800_10, shop.member(ANNA).lifetimeSpendMinor);
        // Debt goes up to 100,000: 99,901 more; 200,000 − 99,901 are written off. Spend does not fall below 0.
        final Outcome second = giveBack(ANNA, "200000.00").gives(-200_000);
        assertEquals("99901 100099", second.addedDebtPoints + " " + second.writtenOffPoints);
        shop.tier(ANNA, "").has(ANNA, 0, 0, 0, 100_000);
        assertEquals(0, shop.member(ANNA).lifetimeSpendMinor);
    }

    private Step giveBack(final long member, final String amount) {
        return shop.step(CommandType.RETURN_UNREFERENCED).member(member).amount(amount);
    }

    @Test
    void ordersMayComeYearsLateAndEachCountsOnce() {
        final Step late = shop.accrue("o-1", "400.00").member(ANNA).happened("2011-01-04T09:00+08:00");
        late.gives(400);
        shop.tier(ANNA, "senior");
        shop.at("2031-01-01T00:00+08:00");
        assertTrue(late.gives(400).replayed, "known for ever");
        shop.accrue("o-1", "400.01").member(ANNA).refused(ResultCode.IDEMPOTENCY_CONFLICT);
        shop.has(ANNA, 400);
        // Another system may use the same number.
        shop.accrue("o-1", "400.00").source("web").member(ANNA).gives(400);
        shop.has(ANNA, 800);
    }

    @Test
    void twentyThousandPointsAreAllOrNothing() {
        shop.accrue(ANNA, "19999.99").gives(19_999);
        shop.redeem(ANNA, 20_000).refused(ResultCode.INSUFFICIENT_POINTS);
        shop.accrue(ANNA, "1.00").gives(1);
        shop.redeem(ANNA, 20_000).gives(-20_000);
        shop.has(ANNA, 0).tier(ANNA, "supreme");
    }

    private Step redeem(final long member, final String reward) {
        return shop.step(CommandType.REDEEM).member(member).rule(reward);
    }

    @Test
    void theStoveIsForTheSecondTierOn() {
        shop.accrue(BEN, "379.99").gives(379);
        shop.step(CommandType.ADJUST)
                .member(BEN)
                .points(30_000)
                .because("opening balance")
                .accepted();
        redeem(BEN, "stove").refused(ResultCode.TIER_REQUIRED);
        shop.accrue(BEN, "0.01").gives(0);
        redeem(BEN, "stove").gives(-20_000, "0.00");
        shop.has(BEN, 10_379);
        shop.accrue(ANNA, "19999.99").gives(19_999);
        redeem(ANNA, "stove").refused(ResultCode.INSUFFICIENT_POINTS);
        shop.accrue(ANNA, "1.00").gives(1);
        redeem(ANNA, "stove").gives(-20_000);
        assertEquals("stove 100 98 2 0", shop.stock("stove"));
    }

    /** The 8th. */
    @Test
    void memberDayGoodsAreCheaperByTier() {
        shop.accrue(ANNA, "379.00").gives(379);
        redeem(ANNA, "tea").refused(ResultCode.NOT_OFFERED);
        shop.accrue(ANNA, "1.00").gives(1);
        redeem(ANNA, "tea").gives(0, "39.00");
        shop.accrue(ANNA, "1620.00").gives(1_620);
        redeem(ANNA, "tea").gives(0, "35.00");
        redeem(ANNA, "tea").refused(ResultCode.RULE_LIMIT_REACHED);
        shop.at("2026-12-07T23:59:59.999+08:00");
        redeem(ANNA, "tea").refused(ResultCode.NOT_OFFERED);
        shop.at("2026-12-08T00:00+08:00").accrue(ANNA, "3000.00").gives(3_000);
        redeem(ANNA, "tea").gives(0, "29.00");
        shop.has(ANNA, 5_000);
    }

    @Test
    void theTopTierHasFreeShippingOnceAMonthAndANewItemAWeek() {
        shop.accrue("o", "5000.00").member(ANNA).gives(5_000);
        assertEquals("free-shipping 1 1 0; new-item 1 1 200000; price -1 -1 140000", shop.benefits(ANNA));
        benefit("b1", "free-shipping").accepted();
        benefit("b2", "free-shipping").refused(ResultCode.RULE_LIMIT_REACHED);
        benefit("b3", "new-item").accepted();
        benefit("b4", "new-item").refused(ResultCode.RULE_LIMIT_REACHED);
        benefit("b5", "price").accepted();
        // Monday, 9 November.
        shop.at("2026-11-09T00:00+08:00");
        benefit("b6", "new-item").accepted();
        benefit("b7", "free-shipping").refused(ResultCode.RULE_LIMIT_REACHED);
        shop.step(CommandType.RETURN_USE).about("b1").accepted();
        benefit("b8", "free-shipping").accepted();
        shop.at("2026-12-01T00:00+08:00");
        assertEquals("free-shipping 1 1 0; new-item 1 1 200000; price -1 -1 140000", shop.benefits(ANNA));
        // A cent less, and it is the tier below: 10 % and nothing else.
        shop.refund("o").amount("0.01").gives(-1);
        assertEquals("price -1 -1 100000", shop.benefits(ANNA));
        benefit("b9", "free-shipping").refused(ResultCode.NOT_OFFERED);
    }

    private Step benefit(final String document, final String id) {
        return shop.step(CommandType.USE_BENEFIT, document).member(ANNA).rule(id);
    }
}

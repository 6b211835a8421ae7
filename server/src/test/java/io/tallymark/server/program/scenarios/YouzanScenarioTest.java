package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop on a platform: points and cash, another system's movements, a poster that brings followers. */
final class YouzanScenarioTest {
    private static final long ANNA = 1;

    private Scenario shop;

    @BeforeEach
    void open() {
        shop = Scenario.of("youzan", "2026-02-02T10:00+08:00");
        shop.accrue(ANNA, "2000.00").gives(2_000);
    }

    private Step pay(final String document, final String amount, final String cash) {
        return shop.step(CommandType.REDEEM, document)
                .member(ANNA)
                .amount(amount)
                .cash(cash);
    }

    @Test
    void pointsAndCash() {
        final Outcome o = pay("p1", "30.00", "20.00").gives(-1_000);
        assertEquals(1_000, o.valueMinor);
        // 99 points and 1 cent short of a hundred points.
        pay("p2", "20.99", "20.00").refused(ResultCode.BELOW_MINIMUM);
        pay("p3", "21.00", "20.00").gives(-100);
        shop.has(ANNA, 900);
        shop.step(CommandType.REVERSE).about("p1").amount("5.00").gives(500);
        shop.has(ANNA, 1_400);
        shop.step(CommandType.REDEEM, "m").member(ANNA).rule("mug").gives(-500, "9.90");
        assertEquals("mug 200 199 1 0", shop.stock("mug"));
        shop.step(CommandType.REVERSE).about("m").gives(500, "9.90");
        assertEquals("mug 200 200 0 0", shop.stock("mug"));
    }

    @Test
    void aPosterEarnsWhenAFriendFollows() {
        for (int friend = 1; friend <= 3; friend++) {
            shop.step(CommandType.ACTIVITY)
                    .identity("mini-program", "friend-" + friend)
                    .rule("follow")
                    .gives(10);
            shop.step(CommandType.ACTIVITY).member(ANNA).rule("poster").gives(20);
        }
        shop.step(CommandType.ACTIVITY).member(ANNA).rule("poster").refused(ResultCode.RULE_LIMIT_REACHED);
        shop.step(CommandType.ACTIVITY)
                .identity("mini-program", "friend-1")
                .rule("follow")
                .refused(ResultCode.RULE_LIMIT_REACHED);
        shop.at("2026-02-03T00:00+08:00");
        shop.step(CommandType.ACTIVITY).member(ANNA).rule("poster").gives(20);
        shop.has(ANNA, 2_080);
    }

    @Test
    void anotherSystemsMovementsAreKeptInStepEachOnce() {
        final Step up = movement("erp-71", 35);
        up.gives(35);
        // The platform sends what it is not sure of again, and in another order.
        movement("erp-72", -2_000).gives(-2_000);
        assertTrue(up.gives(35).replayed);
        movement("erp-71", 36).refused(ResultCode.IDEMPOTENCY_CONFLICT);
        shop.has(ANNA, 35);
        movement("erp-73", -36).refused(ResultCode.INSUFFICIENT_POINTS);
        shop.has(ANNA, 35);
    }

    private Step movement(final String document, final long points) {
        return shop.step(CommandType.ADJUST, document)
                .source("erp")
                .member(ANNA)
                .points(points)
                .because("in step with the till")
                .reference(document);
    }
}

package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lancôme: counter, marketplace shop and mini-program are one membership; the member day doubles. */
final class LancomeScenarioTest {
    private static final long ANNA = 1;
    private static final String COUNTER = "counter";
    private static final String MARKETPLACE = "marketplace";
    private static final String MINI_PROGRAM = "mini-program";

    private Scenario house;

    @BeforeEach
    void open() {
        house = Scenario.of("lancome", "2026-09-01T10:00+08:00");
        by(CommandType.ENROL, COUNTER).accepted();
        by(CommandType.LINK_IDENTITY, MARKETPLACE).member(ANNA).accepted();
        by(CommandType.LINK_IDENTITY, MINI_PROGRAM).member(ANNA).accepted();
    }

    /** A command of a channel's own system, for Anna as that channel knows her. */
    private Step by(final CommandType type, final String channel) {
        final Step step = house.step(type).identity(channel, "anna@" + channel);
        return type.shape().isKeyed() ? step.source(channel) : step;
    }

    private Step order(final String channel, final String amount) {
        return by(CommandType.ACCRUE, channel).channel(channel).amount(amount);
    }

    @Test
    void ordersOfAllChannelsEarnOnOneBalance() {
        order(COUNTER, "1000.00").gives(1_000);
        house.tier(ANNA, "normal");
        order(MARKETPLACE, "2000.00").gives(2_000);
        // ¥3,000 of two channels together are silver; 99.99 × 1.2 = 119.988.
        house.tier(ANNA, "silver");
        order(MINI_PROGRAM, "99.99").gives(119);
        for (final String channel : new String[] {COUNTER, MARKETPLACE, MINI_PROGRAM}) {
            final Outcome seen = house.ask(by(CommandType.QUERY_MEMBER, channel));
            assertEquals("1 3119", seen.memberId + " " + seen.availablePoints, channel);
        }
        by(CommandType.REDEEM, MARKETPLACE).points(3_000).gives(-3_000);
        by(CommandType.REDEEM, COUNTER).points(120).refused(ResultCode.INSUFFICIENT_POINTS);
        by(CommandType.REDEEM, MINI_PROGRAM).points(119).gives(-119);
        house.has(ANNA, 0);
    }

    @Test
    void whatOneChannelHoldsNoOtherCanSpend() {
        order(COUNTER, "1000.00").gives(1_000);
        final Step basket = house.step(CommandType.HOLD, "basket")
                .source(MINI_PROGRAM)
                .identity(MINI_PROGRAM, "anna@" + MINI_PROGRAM)
                .points(700);
        basket.gives(-700);
        final Outcome seen = house.ask(by(CommandType.QUERY_MEMBER, COUNTER));
        assertEquals("300 700", seen.availablePoints + " " + seen.heldPoints);
        by(CommandType.REDEEM, COUNTER).points(301).refused(ResultCode.INSUFFICIENT_POINTS);
        by(CommandType.HOLD, MARKETPLACE).points(301).refused(ResultCode.INSUFFICIENT_POINTS);
        by(CommandType.REDEEM, COUNTER).points(300).gives(-300);
        // The counter hands the goods out: it captures the mini-program's hold, 200 are released.
        final Step capture = house.step(CommandType.CAPTURE).source(COUNTER).about(MINI_PROGRAM, "basket");
        capture.points(500).gives(-500);
        house.has(ANNA, 200);
        house.step(CommandType.CAPTURE).about(MINI_PROGRAM, "basket").refused(ResultCode.HOLD_CAPTURED);
        house.step(CommandType.VOID).about(COUNTER, "basket").refused(ResultCode.HOLD_NOT_FOUND);
        // A basket that is left behind is free again after its quarter of an hour.
        by(CommandType.HOLD, MARKETPLACE).points(200).gives(-200);
        house.at("2026-09-01T10:14:59.999+08:00").has(ANNA, 0, 0, 200, 0);
        house.at("2026-09-01T10:15+08:00").has(ANNA, 200);
    }

    @Test
    void theMemberDayDoubles() {
        house.at("2026-09-24T23:59:59.999+08:00");
        order(COUNTER, "200.00").gives(200);
        house.at("2026-09-25T00:00+08:00");
        final Outcome day = order(MARKETPLACE, "200.00").gives(400);
        assertEquals("200 0 200", day.basePoints + " " + day.tierPoints + " " + day.campaignPoints);
        assertEquals("member-day-2026", new String(day.rows.text(0), StandardCharsets.UTF_8));
        order(COUNTER, "2600.00").gives(5_200);
        // Silver now: the tier's fifth is of the base, the day doubles the base: 200 + 40 + 200.
        house.tier(ANNA, "silver");
        final Outcome silver = order(MINI_PROGRAM, "200.00").gives(440);
        assertEquals("200 40 200", silver.basePoints + " " + silver.tierPoints + " " + silver.campaignPoints);
        house.at("2026-09-26T00:00+08:00");
        order(COUNTER, "200.00").gives(240);
        house.at("2027-09-25T23:59:59.999+08:00");
        order(COUNTER, "200.00").gives(440);
    }

    @Test
    void anOrderThatArrivesTheNextDayStillCountsAndOnce() {
        house.at("2026-09-26T10:00+08:00");
        final Step late = order(MARKETPLACE, "300.00").happened("2026-09-25T21:30+08:00");
        late.gives(600);
        assertTrue(late.gives(600).replayed, "the platform sends it again");
        order(MARKETPLACE, "300.00").happened("2026-09-26T00:00+08:00").gives(300);
        house.has(ANNA, 900);
        // 30 days after the last second of it.
        house.at("2026-10-25T23:59:59+08:00");
        order(MARKETPLACE, "10.00").happened("2026-09-25T23:59:59+08:00").gives(20);
        order(MARKETPLACE, "10.00").happened("2026-09-25T23:59:58+08:00").refused(ResultCode.EVENT_TOO_OLD);
    }

    @Test
    void samplesEarnNothing() {
        house.at("2026-09-25T12:00+08:00");
        // ¥530, of which a sample sold at ¥30; the other sample is free.
        final Outcome o = order(MARKETPLACE, "530.00")
                .line(1, 1, "500.00", "")
                .sample(2, "30.00")
                .sample(3, "0.00")
                .gives(1_000);
        assertEquals("500 500", o.basePoints + " " + o.campaignPoints);
        // It was paid all the same.
        assertEquals(530_00, house.member(ANNA).lifetimeSpendMinor);
        order(MARKETPLACE, "30.00").sample(1, "30.00").gives(0);
        house.accrue("o", "530.00")
                .member(ANNA)
                .line(1, 2, "500.00", "")
                .sample(2, "30.00")
                .gives(1_000);
        house.refund("o").units(2, 1).gives(0);
        // One of two: base and campaign keep 250 each, on the next day as well.
        house.at("2026-09-26T12:00+08:00").refund("o").units(1, 1).gives(-500);
        house.has(ANNA, 1_500);
        house.refund("o").gives(-500);
        house.has(ANNA, 1_000);
        // The ¥530 and the ¥30 of the others.
        assertEquals(560_00, house.member(ANNA).lifetimeSpendMinor);
    }

    @Test
    void aRefundKeepsToTheRulesOfItsOrder() {
        order(COUNTER, "3000.00").gives(3_000);
        house.at("2026-09-25T12:00+08:00");
        house.accrue("o", "200.00").member(ANNA).gives(440);
        order(COUNTER, "7000.00").gives(15_400);
        house.tier(ANNA, "gold");
        // Half of it, weeks later, by a member who is gold now: 100 + 20 + 100 are kept.
        house.at("2026-11-08T12:00+08:00").refund("o").amount("100.00").gives(-220);
        house.has(ANNA, 18_620);
    }

    @Test
    void pointsLiveToTheEndOfTheNextYear() {
        order(COUNTER, "100.00").gives(100);
        house.at("2026-12-31T23:59:59.999+08:00");
        order(COUNTER, "10.00").gives(10);
        house.at("2027-01-01T00:00+08:00");
        order(COUNTER, "1.00").gives(1);
        house.at("2027-12-31T23:59:59.999+08:00").has(ANNA, 111);
        house.at("2028-01-01T00:00+08:00").has(ANNA, 1);
        house.at("2029-01-01T00:00+08:00").has(ANNA, 0);
    }

    @Test
    void aPausedMemberDayPaysTheBaseOnly() {
        house.at("2026-09-25T12:00+08:00");
        house.step(CommandType.PAUSE).rule("member-day-2026").accepted();
        order(COUNTER, "100.00").gives(100);
        house.step(CommandType.RESUME).rule("member-day-2026").accepted();
        order(COUNTER, "100.00").gives(200);
        house.step(CommandType.PAUSE).rule("redemptions").accepted();
        by(CommandType.REDEEM, COUNTER).points(1).refused(ResultCode.PAUSED);
        house.step(CommandType.RESUME).rule("redemptions").accepted();
        by(CommandType.REDEEM, COUNTER).points(1).gives(-1);
    }

    private Step use(final String channel) {
        return by(CommandType.USE_COUPON, channel)
                .channel(channel)
                .rule("service-voucher")
                .amount("480.00");
    }

    @Test
    void aPurchaseInTheMarketplaceBringsAVoucherForTheCounter() {
        house.at("2026-09-25T12:00+08:00");
        order(COUNTER, "500.00").gives(1_000);
        assertEquals("", house.coupons(ANNA));
        final Outcome o = order(MARKETPLACE, "500.00").gives(1_000);
        assertEquals("member-day-2026 500 0; voucher-2026 0 1", Scenario.rows(o, 0, 3));
        assertEquals("service-voucher 2026-12-24 1/1", house.coupons(ANNA));
        use(MARKETPLACE).refused(ResultCode.NOT_OFFERED);
        use(COUNTER).accepted();
        use(COUNTER).refused(ResultCode.COUPON_NOT_FOUND);
        assertEquals("service-voucher 1 1 0 0 0 48000", house.funnel("service-voucher"));
        house.at("2026-09-26T00:00+08:00");
        order(MARKETPLACE, "500.00").gives(500);
        // One of the day before that comes late brings one still; of samples alone there is none.
        order(MARKETPLACE, "1.00").happened("2026-09-25T23:00+08:00").gives(2);
        order(MARKETPLACE, "30.00")
                .happened("2026-09-25T23:00+08:00")
                .sample(1, "30.00")
                .gives(0);
        assertEquals("service-voucher 2026-12-25 1/1", house.coupons(ANNA));
        house.at("2026-12-26T00:00+08:00");
        use(COUNTER).refused(ResultCode.COUPON_NOT_FOUND);
    }

    @Test
    void theVoucherGoesWithTheOrder() {
        house.at("2026-09-25T12:00+08:00");
        for (final String document : new String[] {"o1", "o2"}) {
            house.accrue(document, "500.00").member(ANNA).channel(MARKETPLACE).gives(1_000);
        }
        use(COUNTER).accepted();
        // The first is used: the earlier grant goes first.
        final Outcome second = house.refund("o2").gives(-1_000);
        assertEquals("campaign/member-day-2026 500 0 0; coupon/service-voucher 0 1 0", Scenario.rows(second, 0, 1, 2));
        final Outcome first = house.refund("o1").gives(-1_000);
        assertEquals("campaign/member-day-2026 500 0 0; coupon/service-voucher 0 0 1", Scenario.rows(first, 0, 1, 2));
        assertEquals("service-voucher 2 1 0 1 0 48000", house.funnel("service-voucher"));
    }
}

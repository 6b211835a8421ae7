package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.Test;

/** Mama100: members by phone number, points pending until the shop has delivered, a bonus for each tier reached. */
final class Mama100ScenarioTest {
    private static final long ANNA = 1;
    private static final String PHONE = "13800000001";

    private final Scenario shop = Scenario.of("mama100", "2026-11-08T10:00+08:00");

    private Step byPhone(final CommandType type, final String number) {
        return shop.step(type).identity("phone", number);
    }

    @Test
    void theTillKnowsMembersByPhone() {
        byPhone(CommandType.QUERY_MEMBER, PHONE).refused(ResultCode.UNKNOWN_MEMBER);
        // A first order enrols under the next number; goods handed over at the till are fulfilled at once.
        final Outcome first =
                shop.accrue("till-1", "268.50").identity("phone", PHONE).gives(268);
        assertEquals(ANNA, first.memberId);
        assertEquals("member", Scenario.tier(first));
        shop.step(CommandType.ACTIVATE_PENDING).about("till-1").gives(268);
        assertEquals(268, shop.ask(byPhone(CommandType.QUERY_MEMBER, PHONE)).availablePoints);
        byPhone(CommandType.REDEEM, PHONE).points(200).gives(-200);
        shop.has(ANNA, 68);
        final Outcome other =
                shop.accrue("till-2", "10.00").identity("phone", "13800000002").gives(10);
        assertEquals(2, other.memberId);
        byPhone(CommandType.LINK_IDENTITY, PHONE).member(2).refused(ResultCode.IDENTITY_TAKEN);
        // The same digits in another channel are somebody else's.
        shop.step(CommandType.REDEEM).identity("card", PHONE).points(1).refused(ResultCode.UNKNOWN_MEMBER);
    }

    @Test
    void aNewPhoneNumber() {
        shop.step(CommandType.ENROL).identity("phone", PHONE).accepted();
        byPhone(CommandType.LINK_IDENTITY, "13900000009").member(ANNA).accepted();
        byPhone(CommandType.UNLINK_IDENTITY, PHONE).member(ANNA).accepted();
        assertEquals(
                ANNA, byPhone(CommandType.ACCRUE, "13900000009").amount("5.00").gives(5).memberId);
        // The old one is free: whoever has it next is a new member.
        assertEquals(2, byPhone(CommandType.ACCRUE, PHONE).amount("5.00").gives(5).memberId);
    }

    @Test
    void anOnlineOrderWaitsForItsDelivery() {
        shop.accrue("web-7", "1000.00").source("web").member(ANNA).gives(1_000);
        shop.has(ANNA, 0, 1_000, 0, 0);
        shop.redeem(ANNA, 1).refused(ResultCode.INSUFFICIENT_POINTS);
        // It never comes by itself. The nearest shop reports it, from its own system.
        shop.at("2026-12-20T10:00+08:00").has(ANNA, 0, 1_000, 0, 0);
        final Step delivered = shop.step(CommandType.ACTIVATE_PENDING, "delivery-1")
                .source("shop-12")
                .about("web", "web-7");
        delivered.gives(1_000);
        shop.has(ANNA, 1_000);
        // Reported once more, it is the same delivery; as another one there is nothing left to deliver.
        assertTrue(delivered.gives(1_000).replayed);
        shop.step(CommandType.ACTIVATE_PENDING).about("web", "web-7").refused(ResultCode.NOT_PENDING);
        shop.step(CommandType.ACTIVATE_PENDING).about("web", "web-8").refused(ResultCode.ORIGINAL_NOT_FOUND);
        shop.has(ANNA, 1_000);
    }

    @Test
    void aCancelledOrderNeverEarns() {
        shop.accrue("w1", "300.00").member(ANNA).gives(300);
        shop.accrue("w2", "80.00").member(ANNA).gives(80);
        shop.step(CommandType.CANCEL_PENDING).about("w1").gives(-300);
        shop.has(ANNA, 0, 80, 0, 0);
        shop.step(CommandType.ACTIVATE_PENDING).about("w1").refused(ResultCode.NOT_PENDING);
        // The money comes back by a refund of its own, which finds no points any more.
        shop.refund("w1").gives(0);
        assertEquals(80_00, shop.member(ANNA).lifetimeSpendMinor);
        shop.step(CommandType.ACTIVATE_PENDING).about("w2").gives(80);
        shop.has(ANNA, 80);
    }

    @Test
    void whatIsRefundedBeforeTheDeliveryIsNotDelivered() {
        shop.accrue("w1", "300.00").member(ANNA).gives(300);
        shop.accrue("w2", "50.00").member(ANNA).gives(50);
        shop.refund("w1").amount("100.50").gives(-101);
        shop.has(ANNA, 0, 249, 0, 0);
        shop.step(CommandType.ACTIVATE_PENDING).about("w1").gives(199);
        shop.has(ANNA, 199, 50, 0, 0);
        // After the delivery the points are in the balance, and go from there.
        shop.refund("w1").gives(-199);
        shop.has(ANNA, 0, 50, 0, 0);
    }

    @Test
    void anUpgradeReturnsPointsOnce() {
        shop.accrue("a", "1999.99").member(ANNA).gives(1_999);
        shop.tier(ANNA, "member");
        // The bonus is there at once, whatever waits.
        assertEquals(200, shop.accrue("b", "0.01").member(ANNA).gives(0).bonusPoints);
        shop.tier(ANNA, "silver").has(ANNA, 200, 1_999, 0, 0);
        assertEquals(1_000, shop.accrue("c", "6000.00").member(ANNA).gives(6_000).bonusPoints);
        shop.tier(ANNA, "gold").has(ANNA, 1_200, 7_999, 0, 0);
        // A cent less undoes gold, and its bonus goes back; regained, it brings none.
        final Outcome refund = shop.refund("b").gives(0);
        assertEquals(-1_000, refund.bonusPoints);
        shop.tier(ANNA, "silver").has(ANNA, 200, 7_999, 0, 0);
        assertEquals(0, shop.accrue("d", "0.01").member(ANNA).gives(0).bonusPoints);
        shop.tier(ANNA, "gold").has(ANNA, 200, 7_999, 0, 0);
    }

    @Test
    void aBonusThatIsSpentIsOwed() {
        // From nothing to gold: 200 + 1,000.
        assertEquals(1_200, shop.accrue("a", "8000.00").member(ANNA).gives(8_000).bonusPoints);
        shop.redeem(ANNA, 1_100).gives(-1_100);
        // 4,000 of the pending points; of the bonus of 1,000 100 are there.
        final Outcome half = shop.refund("a").amount("4000.00").gives(-4_000);
        assertEquals("-1000 900", half.bonusPoints + " " + half.addedDebtPoints);
        shop.tier(ANNA, "silver").has(ANNA, 0, 4_000, 0, 900);
        // The rest of it: silver's 200 are owed too. A new order's delivery repays first.
        assertEquals(-200, shop.refund("a").gives(-4_000).bonusPoints);
        shop.tier(ANNA, "member").has(ANNA, 0, 0, 0, 1_100);
        shop.accrue("b", "1500.00").member(ANNA).gives(1_500);
        shop.has(ANNA, 0, 1_500, 0, 1_100);
        shop.redeem(ANNA, 1).refused(ResultCode.IN_DEBT);
        shop.step(CommandType.ACTIVATE_PENDING).about("b").gives(1_500);
        shop.has(ANNA, 400);
    }

    @Test
    void theDeliveryDoesNotLengthenTheLifeOfPoints() {
        shop.accrue("a", "100.00").member(ANNA).gives(100);
        shop.accrue("b", "40.00").member(ANNA).gives(40);
        shop.at("2027-03-01T10:00+08:00");
        shop.step(CommandType.ACTIVATE_PENDING).about("a").gives(100);
        shop.at("2028-11-30T23:59:59.999+08:00").has(ANNA, 100, 40, 0, 0);
        shop.at("2028-12-01T00:00+08:00").has(ANNA, 0);
    }
}

package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Franchised shops: each order with shop and guide, pools that settle, a coupon's funnel, points that wait for a person. */
final class FranchiseScenarioTest {
    private static final long ANNA = 1;
    private static final long BEN = 2;

    private Scenario shops;

    @BeforeEach
    void open() {
        shops = Scenario.of("franchise", "2026-09-01T10:00+08:00");
    }

    private Step sale(final String document, final long member, final String place, final String amount) {
        final String[] parts = place.split("/");
        return shops.accrue(document, amount)
                .member(member)
                .brand(parts[0])
                .store(parts[0] + "-" + parts[1])
                .staff(parts[2]);
    }

    @Test
    void shopsAndGuidesAreRanked() {
        sale("e1", ANNA, "east/1/lily", "3000.00").gives(300);
        sale("w1", BEN, "west/9/mark", "5000.00").gives(500);
        sale("e2", BEN, "east/1/lily", "150.00").gives(15);
        sale("e3", ANNA, "east/2/nora", "99.99").gives(9);
        // Stores by money; guides by orders of 100 and more.
        assertEquals("west-9 1 0 500000; east-1 2 0 315000; east-2 3 0 9999", shops.board("shops-september"));
        assertEquals("lily 1 0 2; mark 2 0 1", shops.board("guides-september"));
        shops.refund("w1").amount("2000.00").gives(-200);
        shops.refund("e2").gives(-15);
        // The guides are level now: Mark had his one order first.
        assertEquals("west-9 1 0 300000; east-1 2 0 300000; east-2 3 0 9999", shops.board("shops-september"));
        assertEquals("mark 1 0 1; lily 2 0 1", shops.board("guides-september"));
        // A week after the end it is settled.
        shops.at("2026-10-08T00:00+08:00");
        shops.refund("e1").gives(-300);
        assertEquals("west-9 1 0 300000; east-1 2 0 300000; east-2 3 0 9999", shops.board("shops-september"));
    }

    @Test
    void poolsSettleWhatTheyTakeOfEachOther() {
        sale("e", ANNA, "east/1/lily", "5000.00").gives(500);
        sale("c", ANNA, "company/0/amy", "1000.00").gives(100);
        sale("s", ANNA, "staff/0/amy", "200.00").gives(20);
        // By id within a day: company 100, then 260 of the eastern franchisee, spent in the west.
        shops.step(CommandType.REDEEM, "r")
                .member(ANNA)
                .amount("36.00")
                .brand("west")
                .store("west-9")
                .gives(-360);
        // Ten points are a yuan.
        assertEquals("franchisee-west 100 1000 0 0", shops.settlement("company"));
        assertEquals("franchisee-west 260 2600 0 0", shops.settlement("franchisee-east"));
        assertEquals("company 0 0 100 1000; franchisee-east 0 0 260 2600", shops.settlement("franchisee-west"));
        assertEquals("", shops.settlement("staff"));
        // Half of it is brought back: all of it eastern.
        shops.step(CommandType.REVERSE).about("r").amount("18.00").gives(180);
        assertEquals("company 0 0 100 1000; franchisee-east 0 0 80 800", shops.settlement("franchisee-west"));
    }

    @Test
    void aCouponIsFollowedFromTheGrantToTheMoney() {
        for (long member = 1; member <= 20; member++) {
            shops.step(CommandType.ENROL).member(member).accepted();
            shops.step(CommandType.GRANT_COUPON)
                    .member(member)
                    .rule("polish")
                    .because("anniversary")
                    .accepted();
        }
        use("u1", 1, "880.00").accepted();
        use("u2", 1, "20.00").accepted();
        use("u3", 1, "1.00").refused(ResultCode.COUPON_NOT_FOUND);
        use("u4", 2, "300.00").accepted();
        shops.step(CommandType.RETURN_USE).about("u2").accepted();
        // 20 of two uses each; two used, ¥1,180 with them.
        assertEquals("polish 40 2 1 0 0 118000", shops.funnel("polish"));
        shops.step(CommandType.GRANT_COUPON).member(ANNA).rule("polish").refused(ResultCode.RULE_LIMIT_REACHED);
        // Through 28 February: 180 days behind 1 September.
        shops.at("2027-02-28T23:59:59.999+08:00");
        use("u5", 2, "1.00").accepted();
        shops.at("2027-03-01T00:00+08:00");
        use("u6", 3, "1.00").refused(ResultCode.COUPON_NOT_FOUND);
    }

    private Step use(final String document, final long member, final String amount) {
        return shops.step(CommandType.USE_COUPON, document)
                .member(member)
                .rule("polish")
                .amount(amount)
                .store("east-1");
    }

    @Test
    void pointsWaitAtAPhoneNumberUntilThePersonJoins() {
        final Outcome first = shops.step(CommandType.ACCRUE)
                .identity("phone", "13800000000")
                .amount("800.00")
                .brand("east")
                .store("east-1")
                .staff("lily")
                .gives(80);
        final long parked = first.memberId;
        shops.step(CommandType.ACCRUE)
                .identity("phone", "13800000000")
                .amount("200.00")
                .brand("west")
                .gives(20);
        // The person joins by the mini-program, then tells the number: both are one from then on.
        final Outcome joined = shops.step(CommandType.ENROL)
                .identity("mini-program", "union-7")
                .accepted();
        shops.has(joined.memberId, 0);
        shops.step(CommandType.MERGE).member(parked).into(joined.memberId).accepted();
        shops.has(joined.memberId, 100);
        final Outcome known = shops.ask(shops.step(CommandType.QUERY_MEMBER).identity("phone", "13800000000"));
        assertEquals(joined.memberId, known.memberId);
        assertEquals(1_000_00, known.lifetimeSpendMinor);
        // Whose they are has not changed.
        shops.step(CommandType.REDEEM)
                .member(joined.memberId)
                .brand("west")
                .points(90)
                .gives(-90);
        assertEquals("franchisee-west 80 800 0 0", shops.settlement("franchisee-east"));
    }
}

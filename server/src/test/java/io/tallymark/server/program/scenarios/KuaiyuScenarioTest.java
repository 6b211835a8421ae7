package io.tallymark.server.program.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kuaiyu: a flash sale of one day a month, one piece a member, fetched in a shop. */
final class KuaiyuScenarioTest {
    private static final String JACKET = "flash-jacket";

    private Scenario shop;

    @BeforeEach
    void open() {
        shop = Scenario.of("kuaiyu", "2026-10-19T10:00+08:00");
        for (int member = 1; member <= 5; member++) {
            shop.accrue(member, "150.00").gives(150);
        }
        shop.at("2026-10-20T10:00+08:00");
    }

    private Step reserve(final String document, final long member) {
        return shop.step(CommandType.HOLD, document).member(member).rule(JACKET).hours(72);
    }

    private Step buy(final long member) {
        return shop.step(CommandType.REDEEM).member(member).rule(JACKET);
    }

    @Test
    void threePiecesGoToTheFirstThree() {
        for (int member = 1; member <= 3; member++) {
            reserve("r" + member, member).gives(-100, "99.00");
        }
        reserve("r4", 4).refused(ResultCode.OUT_OF_STOCK);
        assertEquals("flash-jacket 3 0 3 0", shop.stock(JACKET));
        // A shop hands the first one out; the second is given up, and the next in line has it.
        shop.step(CommandType.CAPTURE).about("r1").gives(-100, "99.00");
        shop.step(CommandType.VOID).about("r2").gives(100);
        buy(5).gives(-100, "99.00");
        buy(4).refused(ResultCode.OUT_OF_STOCK);
        shop.has(1, 50).has(2, 150).has(3, 50, 0, 100, 0).has(4, 150).has(5, 50);
        assertEquals("flash-jacket 3 0 3 0", shop.stock(JACKET));
    }

    @Test
    void whatIsNotFetchedIsFreeToTheMillisecond() {
        for (int member = 1; member <= 3; member++) {
            reserve("r" + member, member).gives(-100);
        }
        shop.step(CommandType.CAPTURE).about("r1").gives(-100);
        shop.at("2026-10-23T09:59:59.999+08:00").has(2, 50, 0, 100, 0);
        assertEquals("flash-jacket 3 0 3 0", shop.stock(JACKET));
        shop.at("2026-10-23T10:00+08:00").has(2, 150);
        shop.step(CommandType.CAPTURE).about("r3").refused(ResultCode.HOLD_EXPIRED);
        assertEquals("flash-jacket 3 2 1 0", shop.stock(JACKET));
    }

    @Test
    void oneAMemberAndMonthOnItsDayOnly() {
        shop.at("2026-10-19T23:59:59.999+08:00");
        buy(1).refused(ResultCode.NOT_OFFERED);
        shop.at("2026-10-20T00:00+08:00");
        shop.step(CommandType.REDEEM, "bought").member(1).rule(JACKET).gives(-100, "99.00");
        shop.accrue(1, "100.00").gives(100);
        buy(1).refused(ResultCode.RULE_LIMIT_REACHED);
        // Brought back the same day: points, money and piece return, and so does the right to one.
        shop.step(CommandType.REVERSE).about("bought").gives(100, "99.00");
        buy(1).gives(-100, "99.00");
        shop.at("2026-10-21T00:00+08:00");
        buy(2).refused(ResultCode.NOT_OFFERED);
        // Next month two more are put on the shelf.
        shop.step(CommandType.RESTOCK).rule(JACKET).quantity(2).gives(0);
        shop.at("2026-11-20T12:00+08:00");
        buy(1).gives(-100, "99.00");
        assertEquals("flash-jacket 3 3 2 2", shop.stock(JACKET));
        shop.step(CommandType.RESTOCK).rule(JACKET).quantity(-4).refused(ResultCode.LIMIT_EXCEEDED);
    }
}

package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Rules walked by hand, with numbers. */
final class WorkedNumbersTest {
    private static long at(final String localTime) {
        return LocalDateTime.parse(localTime).toInstant(ZoneOffset.ofHours(8)).toEpochMilli();
    }

    private static void balances(final Outcome o, final ResultCode code, final long available, final long debt) {
        assertEquals(code + " " + available + " -" + debt, o.code + " " + o.availablePoints + " -" + o.debtPoints);
    }

    @Test
    void ninetyNineYuanNinetyEarnNinetyNinePoints() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        final Outcome o = desk.apply(Commands.accrue("o1", 7, 9_990));
        assertEquals(99, o.points);
        assertEquals(99, o.basePoints);
        assertEquals(0, o.tierPoints);
        balances(o, ResultCode.ACCEPTED, 99, 0);
        assertEquals("normal", new String(o.tierId, StandardCharsets.US_ASCII));
        assertEquals(0, desk.apply(Commands.accrue("o2", 7, 99)).points);
    }

    @Test
    void anOrderEarnsAtTheTierHeldBeforeItAndLiftsAtOnce() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        final Outcome lifts = desk.apply(Commands.accrue("o1", 7, 500_000));
        assertEquals(5_000, lifts.points);
        assertEquals(2, lifts.tierRank);
        assertEquals("supreme", new String(lifts.tierId, StandardCharsets.US_ASCII));
        final Outcome next = desk.apply(Commands.accrue("o2", 7, 9_990));
        // 99.9 x 1.5 = 149.85, of which 99 are base.
        assertEquals(149, next.points);
        assertEquals(99, next.basePoints);
        assertEquals(50, next.tierPoints);
        final Outcome query = desk.apply(Commands.query(7));
        assertEquals(509_990, query.lifetimeSpendMinor);
        assertEquals(5_149, query.lifetimePoints);
        assertEquals(2, query.lifetimeVisits);
        assertEquals(7, query.memberId);
    }

    @Test
    void aVisitIsNotCountedWhereFlagged() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        desk.apply(Commands.accrue("o1", 7, 100).flags(Command.FLAG_NO_VISIT));
        desk.apply(Commands.accrue("o2", 7, 100));
        assertEquals(1, desk.apply(Commands.query(7)).lifetimeVisits);
    }

    @Test
    void everyCreditRepaysDebtFirst() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        desk.apply(Commands.adjust("a1", 7, 30));
        balances(
                desk.apply(Commands.adjust("a2", 7, -100).flags(Command.FLAG_MAY_GO_BELOW_ZERO)),
                ResultCode.ACCEPTED,
                0,
                70);
        balances(desk.apply(Commands.redeem("r1", 7, 1)), ResultCode.IN_DEBT, 0, 70);
        final Outcome earns = desk.apply(Commands.accrue("o1", 7, 5_000));
        assertEquals(50, earns.points);
        balances(earns, ResultCode.ACCEPTED, 0, 20);
        balances(desk.apply(Commands.adjust("a3", 7, 25)), ResultCode.ACCEPTED, 5, 0);
        final ProgramView totals = desk.ledger.program(0);
        assertEquals(105, totals.issuedPoints());
        assertEquals(100, totals.adjustedDownPoints());
        assertEquals(5, totals.availablePoints());
        assertEquals(0, totals.debtPoints());
    }

    @Test
    void pointsLiveUntilMidnightOfTheirLastDayInTheProgramsOffset() {
        final Desk desk = new Desk();
        desk.nowMs = at("2026-01-31T23:59:59.999");
        desk.publish(Desk.mima().expiry(Expiry.months(1)).build());
        desk.apply(Commands.accrue("o1", 7, 1_000));
        desk.nowMs = at("2026-02-01T00:00:00");
        desk.apply(Commands.accrue("o2", 7, 300));
        desk.nowMs = at("2026-02-28T23:59:59.999");
        desk.apply(Commands.tick(desk.nowMs));
        balances(desk.apply(Commands.query(7)), ResultCode.ACCEPTED, 13, 0);
        desk.nowMs = at("2026-03-01T00:00:00");
        balances(desk.apply(Commands.query(7)), ResultCode.ACCEPTED, 13, 0);
        balances(desk.apply(Commands.redeem("r1", 7, 4)), ResultCode.INSUFFICIENT_POINTS, 3, 0);
        balances(desk.apply(Commands.query(7)), ResultCode.ACCEPTED, 3, 0);
        assertEquals(0, desk.ledger.program(0).expiredPoints(), "neither a query nor a refusal materialises anything");
        desk.apply(Commands.tick(desk.nowMs));
        assertEquals(10, desk.ledger.program(0).expiredPoints());
        balances(desk.apply(Commands.redeem("r2", 7, 3)), ResultCode.ACCEPTED, 0, 0);
    }

    @Test
    void theEarliestExpiryIsTakenFirstAndNeverLast() {
        final Desk desk = new Desk();
        desk.nowMs = at("2026-01-15T12:00:00");
        desk.publish(Desk.mima().build());
        desk.apply(Commands.adjust("a1", 7, 100));
        desk.publish(Desk.mima().expiry(Expiry.months(3)).build());
        desk.apply(Commands.adjust("a2", 7, 20));
        desk.publish(Desk.mima().expiry(Expiry.months(1)).build());
        desk.apply(Commands.adjust("a3", 7, 5));
        balances(desk.apply(Commands.redeem("r1", 7, 10)), ResultCode.ACCEPTED, 115, 0);
        desk.nowMs = at("2026-03-01T00:00:00");
        desk.apply(Commands.tick(desk.nowMs));
        balances(desk.apply(Commands.query(7)), ResultCode.ACCEPTED, 115, 0);
        desk.nowMs = at("2026-05-01T00:00:00");
        balances(desk.apply(Commands.redeem("r2", 7, 1)), ResultCode.ACCEPTED, 99, 0);
        assertEquals(15, desk.ledger.program(0).expiredPoints());
    }

    @Test
    void membersKeepTheirTierWhenThresholdsMove() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        desk.apply(Commands.accrue("o1", 7, 500_000));
        desk.apply(Commands.accrue("o2", 8, 300_000));
        desk.publish(CompiledProgram.builder("mima")
                .currency("CNY")
                .utcOffsetMinutes(480)
                .baseRate(1, 100)
                .addTier("entry", 1, 1_000_000)
                .addTier("normal", 100, 1_000_000)
                .addTier("gold", 200_000, 2_000_000)
                .addTier("supreme", 900_000, 3_000_000)
                .build());
        final Outcome kept = desk.apply(Commands.query(7));
        assertEquals("supreme", new String(kept.tierId, StandardCharsets.US_ASCII));
        assertEquals(4, kept.tierRank);
        final Outcome waits = desk.apply(Commands.query(8));
        assertEquals("normal", new String(waits.tierId, StandardCharsets.US_ASCII));
        final Outcome lifted = desk.apply(Commands.accrue("o3", 8, 100));
        assertEquals(1, lifted.points, "at the tier held before");
        assertEquals("gold", new String(lifted.tierId, StandardCharsets.US_ASCII));
    }

    @Test
    void aKeyLivesItsDaysAndThenIsNewAgain() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        final Outcome first = desk.apply(Commands.accrue("o1", 7, 1_000));
        final long untilMidnight = CompiledProgram.DAY_MS - desk.nowMs % CompiledProgram.DAY_MS;
        desk.afterDays(2).after(untilMidnight - 1);
        final Outcome replay = desk.apply(Commands.accrue("o1", 7, 1_000));
        assertEquals(true, replay.replayed);
        assertEquals(first.sequence, replay.sequence);
        desk.apply(Commands.tick(desk.nowMs));
        desk.after(1);
        final Outcome anew = desk.apply(Commands.accrue("o1", 7, 1_000));
        assertEquals(false, anew.replayed);
        balances(anew, ResultCode.ACCEPTED, 20, 0);
        assertEquals(true, desk.apply(Commands.accrue("o1", 7, 1_000)).replayed);
    }

    @Test
    void publicationsAreRememberedForEver() {
        final Desk desk = new Desk();
        final Command first = Commands.publish("p1", Desk.mima().build());
        assertEquals(1, desk.apply(first).programVersion);
        assertEquals(
                2,
                desk.apply(Commands.publish("p2", Desk.mima().debtLimitPoints(5).build())).programVersion);
        desk.afterDays(1_000).apply(Commands.tick(desk.nowMs));
        final Outcome late = desk.apply(first);
        assertEquals(true, late.replayed);
        assertEquals(1, late.programVersion);
        assertEquals(2, desk.ledger.program(0).version());
    }

    @Test
    void aReplayCarriesPresentBalances() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        final Outcome first = desk.apply(Commands.accrue("o1", 7, 1_000));
        desk.apply(Commands.redeem("r1", 7, 4));
        final Outcome replay = desk.apply(Commands.accrue("o1", 7, 1_000));
        balances(replay, ResultCode.ACCEPTED, 6, 0);
        assertEquals(10, replay.points);
        assertEquals(first.sequence, replay.sequence);
        assertEquals(first.sequence + 1, replay.asOfSequence);
    }

    @Test
    void arithmeticIsExactToTheLimit() {
        final long max = Limits.MAX_VALUE;
        assertEquals(max, EarnRules.floorOfProduct(max, 1_000_000_000_000_000_000L, 1_000_000_000_000_000_000L));
        assertEquals(max - 1, EarnRules.floorOfProduct(max, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L));
        assertEquals(EarnRules.TOO_MANY, EarnRules.floorOfProduct(max, 1_000_000_000_000_000_000L, 1));
        assertEquals(EarnRules.TOO_MANY, EarnRules.floorOfProduct(max, max + 1, max));
        assertEquals(3, EarnRules.floorOfProduct(max, 10, 3 * max + 1));
    }

    @Test
    void brokenOrderIsNotABusinessMatter() {
        final Desk desk = new Desk().publish(Desk.mima().build());
        final Outcome o = new Outcome();
        final Command c = Commands.tick(desk.nowMs);
        assertThrows(IllegalStateException.class, () -> desk.ledger.apply(c, 3, desk.nowMs, o));
        assertThrows(IllegalStateException.class, () -> desk.ledger.apply(c, 2, desk.nowMs - 1, o));
        assertThrows(IllegalStateException.class, () -> desk.ledger.apply(c, 2, Ledger.MAX_TIME_MS + 1, o));
        assertEquals(1, desk.ledger.lastSequence());
    }
}

package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories of redemptions, holds, captures, voids, time-outs, reversals, restocking, merges and versions with
 * another stock. What must be left is counted anew at each step from a plain list of units.
 */
class StockHistoryTest {
    private static final int HISTORIES = 100;
    private static final int STEPS = 80;
    private static final long HOUR_MS = 3_600_000L;
    private static final long OFFSET_MS = 8 * HOUR_MS;
    private static final String[] IDS = {"book", "cup", "tote"};

    /** One unit that somebody took. */
    private static final class Unit {
        int reward;
        long member;
        long day;

        /** Of a hold that is open unless it has timed out; 0: no hold any more. */
        long deadlineMs;

        boolean returned;
        String document;
    }

    private final List<Unit> units = new ArrayList<>();
    private final long[] stock = new long[IDS.length];
    private final long[] restocked = new long[IDS.length];
    private final long[] meaning = new long[6];
    private RewardBench bench;
    private Random random;

    @Test
    void nothingIsSoldTwiceAndNothingIsLost() {
        for (int i = 0; i < HISTORIES; i++) {
            final long seed = 20261122L + i;
            try {
                run(seed, Desk.OPTIONS);
                final StateHash first = bench.desk.ledger.stateHash();
                run(seed, new LedgerOptions(3, 100, 10_000));
                assertEquals(first, bench.desk.ledger.stateHash(), "the same commands, another state");
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private void run(final long seed, final LedgerOptions options) {
        random = new Random(seed);
        units.clear();
        for (int r = 0; r < IDS.length; r++) {
            stock[r] = r == 0 ? -1 : 1 + random.nextInt(4);
            restocked[r] = 0;
        }
        bench = new RewardBench(options, rewards());
        for (int m = 1; m < meaning.length; m++) {
            meaning[m] = m;
            bench.points(m, 100_000);
        }
        for (int step = 0; step < STEPS; step++) {
            bench.desk.after(random.nextInt(4) == 0 ? random.nextInt(30) * HOUR_MS : random.nextInt(3) * 60_000L);
            step();
            for (int r = 0; r < IDS.length; r++) {
                bench.stock(
                        IDS[r],
                        stock[r],
                        stock[r] < 0 ? -1 : Math.max(0, left(r)),
                        taken(r),
                        stock[r] < 0 ? -1 : restocked[r]);
            }
        }
    }

    private Reward[] rewards() {
        return new Reward[] {
            Reward.of("book", Offer.of(3, 10).withLimit(new Limit(Activity.Per.WEEK, 2))),
            Reward.of("cup", Offer.of(0, 20).withStock(stock[1]).withLimit(new Limit(Activity.Per.LIFETIME, 3))),
            Reward.of("tote", Offer.of(7, 0).withStock(stock[2]).withLimit(new Limit(Activity.Per.DAY, 1)))
        };
    }

    private void step() {
        final int r = random.nextInt(IDS.length);
        final int m = 1 + random.nextInt(meaning.length - 1);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> take(r, m, CommandType.REDEEM);
            case 3, 4, 5, 6 -> take(r, m, CommandType.HOLD);
            case 7 -> end(CommandType.CAPTURE);
            case 8 -> end(CommandType.VOID);
            case 9 -> end(CommandType.REVERSE);
            case 10 -> restock(r);
            default -> rare(m);
        }
    }

    private void take(final int r, final int m, final CommandType type) {
        final String document = bench.next();
        final Command c = RewardBench.about(type, document, m, IDS[r]);
        final long ttlMs = type == CommandType.HOLD ? (1 + random.nextInt(600)) * 60_000L : 0;
        final Outcome o = bench.desk.apply(c.ttlMs(ttlMs));
        final ResultCode expected = used(r, meaning[m]) >= (r == 0 ? 2 : r == 1 ? 3 : 1)
                ? ResultCode.RULE_LIMIT_REACHED
                : stock[r] >= 0 && left(r) <= 0 ? ResultCode.OUT_OF_STOCK : ResultCode.ACCEPTED;
        assertEquals(expected, o.code, IDS[r] + " " + o);
        if (expected == ResultCode.ACCEPTED) {
            final Unit unit = new Unit();
            unit.reward = r;
            unit.member = meaning[m];
            unit.day = day();
            unit.deadlineMs = ttlMs == 0 ? 0 : bench.desk.nowMs + ttlMs;
            unit.document = document;
            units.add(unit);
            assertEquals(r == 0 ? 10 : r == 1 ? 20 : 0, o.cashMinor);
        }
    }

    private void end(final CommandType type) {
        final boolean ofHold = type != CommandType.REVERSE;
        final List<Unit> fit = new ArrayList<>();
        for (final Unit unit : units) {
            if (ofHold == (unit.deadlineMs != 0)) {
                fit.add(unit);
            }
        }
        if (fit.isEmpty()) {
            // Queries answer as of the last journaled engine time: something has to be journaled.
            bench.desk.apply(Commands.tick(bench.desk.nowMs));
            return;
        }
        final Unit unit = fit.get(random.nextInt(fit.size()));
        final String document = bench.next();
        final Outcome o =
                bench.desk.apply(Commands.keyed(type, document).put(VarField.ORIGINAL_DOCUMENT_ID, unit.document));
        if (ofHold && (unit.returned || unit.deadlineMs <= bench.desk.nowMs)) {
            assertEquals(unit.returned ? ResultCode.HOLD_VOIDED : ResultCode.HOLD_EXPIRED, o.code);
        } else if (unit.returned) {
            assertEquals(ResultCode.REVERSAL_EXCEEDS_ORIGINAL, o.code);
        } else {
            assertEquals(ResultCode.ACCEPTED, o.code, type + " " + o);
            unit.returned = type != CommandType.CAPTURE;
            if (type == CommandType.CAPTURE) {
                unit.deadlineMs = 0;
                unit.document = document;
            }
        }
    }

    private void restock(final int r) {
        final int quantity = random.nextBoolean() ? 1 + random.nextInt(3) : -1 - random.nextInt(3);
        final ResultCode expected = stock[r] < 0
                ? ResultCode.NOT_OFFERED
                : quantity < 0 && left(r) + quantity < 0 ? ResultCode.LIMIT_EXCEEDED : ResultCode.ACCEPTED;
        bench.expect(expected, bench.restock(IDS[r], quantity));
        restocked[r] += expected == ResultCode.ACCEPTED ? quantity : 0;
    }

    private void rare(final int m) {
        final int other = 1 + random.nextInt(meaning.length - 1);
        if (random.nextInt(3) == 0 && meaning[m] != meaning[other]) {
            bench.expect(
                    ResultCode.ACCEPTED,
                    bench.desk.apply(Commands.keyed(CommandType.MERGE, bench.next())
                            .memberId(m)
                            .otherMemberId(other)));
            final long gone = meaning[m];
            for (int i = 1; i < meaning.length; i++) {
                meaning[i] = meaning[i] == gone ? meaning[other] : meaning[i];
            }
            for (final Unit unit : units) {
                unit.member = unit.member == gone ? meaning[other] : unit.member;
            }
        } else if (random.nextBoolean()) {
            bench.desk.apply(Commands.tick(bench.desk.nowMs));
        } else {
            stock[1] = random.nextInt(6);
            stock[2] = random.nextInt(6);
            bench.publish(rewards());
        }
    }

    private boolean isTaken(final Unit unit) {
        return !unit.returned && (unit.deadlineMs == 0 || unit.deadlineMs > bench.desk.nowMs);
    }

    private long taken(final int r) {
        return units.stream().filter(u -> u.reward == r && isTaken(u)).count();
    }

    private long left(final int r) {
        return stock[r] + restocked[r] - taken(r);
    }

    /** What counts in the period of now: what was returned in the meantime was returned in this period. */
    private long used(final int r, final long member) {
        return units.stream()
                .filter(u -> u.reward == r && u.member == member && isTaken(u) && period(r, u.day) == period(r, day()))
                .count();
    }

    private static long period(final int r, final long day) {
        // 1970-01-01 was a Thursday: 1970-01-05 began a week.
        return r == 0 ? Math.floorDiv(day - 4, 7) : r == 1 ? 0 : day;
    }

    private long day() {
        return Math.floorDiv(bench.desk.nowMs + OFFSET_MS, CompiledProgram.DAY_MS);
    }
}

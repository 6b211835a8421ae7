package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ledger against {@link ReferenceLedger}: the same answer to every command of long random histories. */
final class RandomHistoryTest {
    private static final int HISTORIES = 60;
    private static final int COMMANDS = 6_000;
    private static final long START_MS = 1_790_000_000_000L;
    private static final String[] NAMES = {"alpha", "beta", "gamma", "delta"};
    private static final LedgerOptions OPTIONS = new LedgerOptions(1_000, 1_000_000, 1_000_000);

    @Test
    void everyAnswerIsThatOfTheReference() {
        final long firstSeed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("RandomHistoryTest: seeds from " + firstSeed);
        final Map<ResultCode, Integer> seen = new EnumMap<>(ResultCode.class);
        for (long seed = firstSeed; seed < firstSeed + HISTORIES; seed++) {
            new History(seed, seen).run();
        }
        System.out.println(
                "RandomHistoryTest: " + HISTORIES * COMMANDS + " commands: " + seen + " replayed " + replayed);
        for (final ResultCode code : new ResultCode[] {
            ResultCode.ACCEPTED,
            ResultCode.PROGRAM_INVALID,
            ResultCode.UNKNOWN_PROGRAM,
            ResultCode.IDEMPOTENCY_CONFLICT,
            ResultCode.EVENT_IN_FUTURE,
            ResultCode.EVENT_TOO_OLD,
            ResultCode.UNKNOWN_MEMBER,
            ResultCode.LIMIT_EXCEEDED,
            ResultCode.IN_DEBT,
            ResultCode.INSUFFICIENT_POINTS
        }) {
            assertTrue(seen.getOrDefault(code, 0) > 100, code + " was hardly met: " + seen);
        }
        assertTrue(replayed > 1_000, "hardly anything was replayed: " + replayed);
    }

    private int replayed;

    private final class History {
        private final long seed;
        private final Random random;
        private final Map<ResultCode, Integer> seen;
        private final ReferenceLedger reference = new ReferenceLedger();
        private final Ledger ledger;
        private final Outcome expected = new Outcome();
        private final Outcome actual = new Outcome();
        private long nowMs = START_MS;
        private long sequence;
        private int documents;
        private int made;

        /** Sent again now and then, the same to the last byte. */
        private final Command[] recent = new Command[300];

        History(final long seed, final Map<ResultCode, Integer> seen) {
            this.seed = seed;
            this.seen = seen;
            random = new Random(seed);
            ledger = new Ledger(OPTIONS, seed, ~seed);
        }

        void run() {
            for (int i = 0; i < COMMANDS; i++) {
                final Command c = next();
                if (random.nextInt(4) == 0) {
                    ledger.touch(c);
                }
                reference.apply(c, sequence + 1, nowMs, expected);
                ledger.apply(c, sequence + 1, nowMs, actual);
                final String where = "seed " + seed + " command " + i + " " + c.type() + " " + c.text(VarField.PROGRAM)
                        + " member " + c.memberId() + " amount " + c.amountMinor() + " points " + c.points();
                assertEquals(text(expected), text(actual), where);
                seen.merge(actual.code, 1, Integer::sum);
                replayed += actual.replayed ? 1 : 0;
                sequence += actual.journaled ? 1 : 0;
                assertEquals(sequence, ledger.lastSequence(), where);
                if (i % 8 == 0 || i == COMMANDS - 1) {
                    checkTotals(where);
                }
            }
        }

        private static String text(final Outcome o) {
            return o + (o.journaled ? " journaled" : "") + " lifetime " + o.lifetimeSpendMinor + " " + o.lifetimePoints
                    + " " + o.lifetimeVisits;
        }

        private void checkTotals(final String where) {
            ledger.verifyZeroSum();
            for (int i = 0; i < ledger.programCount(); i++) {
                final ProgramView view = ledger.program(i);
                final ReferenceLedger.Program program = reference.programs.get(view.id());
                assertEquals(program.version, view.version(), where);
                assertEquals(program.members.size(), view.members(), where);
                same(program.issued, view.issuedPoints(), where);
                same(program.redeemed, view.redeemedPoints(), where);
                same(program.adjustedDown, view.adjustedDownPoints(), where);
                same(program.sumOfDebt(), view.debtPoints(), where);
                // Expiry is materialised with a member's next command: only the sum is known before.
                same(
                        program.expired.add(program.sumOfAvailable()),
                        view.expiredPoints() + view.availablePoints(),
                        where);
            }
        }

        private static void same(final BigInteger expected, final long actual, final String where) {
            assertEquals(expected, BigInteger.valueOf(actual), where);
        }

        private Command next() {
            moveTime();
            if (recent[0] != null && random.nextInt(12) == 0) {
                return recent[random.nextInt(Math.min(made, recent.length))];
            }
            final Command c = fresh();
            recent[made++ % recent.length] = c;
            return c;
        }

        private Command fresh() {
            final int dice = random.nextInt(200);
            if (documents < NAMES.length || dice == 0) {
                return publication();
            }
            if (dice == 1) {
                return Commands.tick(nowMs);
            }
            if (dice < 20) {
                return new Command()
                        .reset(CommandType.QUERY_MEMBER)
                        .put(VarField.PROGRAM, program())
                        .memberId(memberId());
            }
            final String document = "d-" + (random.nextInt(8) == 0 ? random.nextInt(documents) : documents++);
            final CommandType type =
                    dice < 110 ? CommandType.ACCRUE : dice < 160 ? CommandType.REDEEM : CommandType.ADJUST;
            final Command c = Commands.keyed(type, program(), document);
            if (random.nextInt(5) == 0) {
                c.put(VarField.CHANNEL, random.nextBoolean() ? "shop" : "app");
            }
            // Few values, so that a document sent again is often the same in all its fields.
            c.memberId(memberId()).eventTimeMs(eventTimeMs());
            if (type == CommandType.ACCRUE) {
                return c.amountMinor(value()).flags(random.nextInt(6) == 0 ? Command.FLAG_NO_VISIT : 0);
            }
            if (type == CommandType.REDEEM) {
                return c.points(value());
            }
            return c.points(random.nextBoolean() ? value() : -value())
                    .flags(random.nextBoolean() ? Command.FLAG_MAY_GO_BELOW_ZERO : 0);
        }

        private void moveTime() {
            final int dice = random.nextInt(400);
            if (dice == 0) {
                nowMs += random.nextInt(40) * CompiledProgram.DAY_MS;
            } else if (dice < 6) {
                // To the very millisecond around a midnight of some offset.
                final long quarter = 15 * 60_000L;
                nowMs = (nowMs / quarter + random.nextInt(96) + 1) * quarter - random.nextInt(2);
            } else if (dice < 60) {
                nowMs += random.nextInt(3_600_000);
            }
        }

        private String program() {
            return random.nextInt(100) == 0 ? "nowhere" : NAMES[random.nextInt(NAMES.length)];
        }

        private long memberId() {
            final int dice = random.nextInt(20);
            return dice == 0 ? Long.MAX_VALUE - random.nextInt(3) : 1 + random.nextInt(12);
        }

        private long value() {
            switch (random.nextInt(12)) {
                case 0:
                    return Limits.MAX_VALUE - random.nextInt(2);
                case 1:
                    return Limits.MAX_VALUE / (2 + random.nextInt(1_000));
                case 2:
                    return 1 + random.nextInt(3);
                case 3:
                case 4:
                    return 100;
                default:
                    return 1 + random.nextInt(20_000);
            }
        }

        private long eventTimeMs() {
            final int tolerance = 300_000;
            switch (random.nextInt(24)) {
                case 0:
                    return nowMs + tolerance + random.nextInt(2);
                case 1:
                    return nowMs - 3 * CompiledProgram.DAY_MS - random.nextInt(2);
                case 2:
                    return random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE + 1;
                case 3:
                    return nowMs - random.nextInt(100_000_000);
                default:
                    return Command.NO_TIME;
            }
        }

        private Command publication() {
            final int which = documents < NAMES.length ? documents : random.nextInt(NAMES.length);
            final String document =
                    "d-" + (random.nextInt(6) == 0 && documents > 0 ? random.nextInt(documents) : documents);
            documents++;
            return Commands.publish(document, rules(which));
        }

        private CompiledProgram rules(final int which) {
            final CompiledProgram.Builder b = CompiledProgram.builder(NAMES[which])
                    .currency("CNY")
                    .utcOffsetMinutes(new int[] {480, 0, -1_080, 345}[which])
                    .enrolUnknownMembers(random.nextInt(4) != 0)
                    .debtLimitPoints(random.nextBoolean() ? 5_000 : Limits.MAX_VALUE);
            if (random.nextBoolean()) {
                b.lateWindowMs(3 * CompiledProgram.DAY_MS).keyDays(random.nextBoolean() ? 4 : 30);
            }
            switch (random.nextInt(5)) {
                case 0:
                    b.baseRate(1 + random.nextInt(1_000_000_000), 1);
                    break;
                case 1:
                    b.baseRate(1 + random.nextInt(1_000), 1 + random.nextInt(1_000));
                    break;
                default:
                    b.baseRate(1, 100);
            }
            switch (random.nextInt(4)) {
                case 0:
                    b.expiry(Expiry.fixed(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(2)));
                    break;
                case 1:
                case 2:
                    b.expiry(Expiry.months(1 + random.nextInt(4)));
                    break;
                default:
                    b.expiry(Expiry.never());
            }
            long threshold = random.nextBoolean() ? 0 : 1 + random.nextInt(10_000);
            for (int tier = 0; tier < 5; tier++) {
                // Republication now and then drops a tier, which is refused, or brings one.
                if (tier < 3 ? random.nextInt(20) != 0 : random.nextInt(6) == 0) {
                    b.addTier("t" + tier, threshold, random.nextBoolean() ? 1_500_000 : 1 + random.nextInt(3_000_000));
                    threshold += 1 + random.nextInt(1_000_000);
                }
            }
            return b.build();
        }
    }
}

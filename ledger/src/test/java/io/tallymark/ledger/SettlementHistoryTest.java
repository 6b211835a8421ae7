package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random histories of points of several issuers against a book of single points kept the slow way: lots and what issuers
 * owe each other are compared after each command.
 */
final class SettlementHistoryTest {
    private static final String[] ISSUERS = {"", "books", "coffee", "shoes"};
    private static final String[] BRANDS = {"", "novel", "bean", "boot"};
    private static final int MEMBERS = 4;

    /** Some points of one issuer and day; held ones are in no list but their hold's. */
    private record Part(int day, int issuer, long points) {}

    private static final class Purse {
        final TreeMap<Long, Long> free = new TreeMap<>();
        long debt;

        static long key(final int day, final int issuer) {
            return (long) day << 8 | issuer;
        }

        long available() {
            return free.values().stream().mapToLong(Long::longValue).sum();
        }

        void credit(final int day, final int issuer, final long points) {
            final long repaid = Math.min(debt, points);
            debt -= repaid;
            if (points > repaid) {
                free.merge(key(day, issuer), points - repaid, Long::sum);
            }
        }

        List<Part> take(final long points) {
            final List<Part> taken = new ArrayList<>();
            long rest = points;
            while (rest > 0 && !free.isEmpty()) {
                final long key = free.firstKey();
                rest -= takeOf(key, rest, taken);
            }
            return taken;
        }

        long takeOf(final long key, final long most, final List<Part> taken) {
            final long there = free.getOrDefault(key, 0L);
            final long points = Math.min(there, most);
            if (points > 0) {
                taken.add(new Part((int) (key >> 8), (int) (key & 0xFF), points));
                free.put(key, there - points);
                free.remove(key, 0L);
            }
            return points;
        }
    }

    private static final class Spent {
        int member;
        int counterpart;
        List<Part> parts;
        long returned;
    }

    private static final class Earned {
        int member;
        int issuer;
        int day;
        long retained;
        boolean gone;
    }

    private final Map<Integer, Purse> purses = new HashMap<>();
    private final Map<Integer, Integer> mergedInto = new HashMap<>();
    private final Map<String, Spent> spent = new HashMap<>();
    private final Map<String, Spent> holds = new HashMap<>();
    private final Map<String, Earned> orders = new HashMap<>();
    private final List<String> spentNames = new ArrayList<>();
    private final List<String> holdNames = new ArrayList<>();
    private final List<String> orderNames = new ArrayList<>();
    private final long[][] owes = new long[ISSUERS.length][ISSUERS.length];
    private final Map<CommandType, Integer> done = new EnumMap<>(CommandType.class);
    private Random random;
    private Desk desk;
    private int document;
    private String name;

    @Test
    void theBooksOfAllIssuersAgree() {
        final long seed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("SettlementHistoryTest: seed " + seed);
        for (int history = 0; history < 40; history++) {
            random = new Random(seed * 1_000 + history);
            run();
        }
        for (final CommandType type : new CommandType[] {
            CommandType.REDEEM,
            CommandType.REVERSE,
            CommandType.HOLD,
            CommandType.CAPTURE,
            CommandType.VOID,
            CommandType.REFUND,
            CommandType.TRANSFER,
            CommandType.MERGE
        }) {
            assertTrue(done.getOrDefault(type, 0) > 20, type + " hardly came: " + done);
        }
    }

    private static CompiledProgram program() {
        final Catalogue.Builder catalogue = Catalogue.builder();
        for (int i = 1; i < ISSUERS.length; i++) {
            catalogue.add(new Issuer(ISSUERS[i], 0, 0, Limit.NONE, 1, 2)).brand(BRANDS[i], ISSUERS[i]);
        }
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(0)
                .keyDays(60)
                .baseRate(1, 100)
                .debtLimitPoints(1_000)
                .transferDailyLimitPoints(1_000_000)
                .expiry(Expiry.fixed(12, 5, 0))
                .catalogue(catalogue.build())
                .build();
    }

    private void run() {
        purses.clear();
        mergedInto.clear();
        spent.clear();
        holds.clear();
        orders.clear();
        spentNames.clear();
        holdNames.clear();
        orderNames.clear();
        for (final long[] row : owes) {
            java.util.Arrays.fill(row, 0);
        }
        desk = new Desk().publish(program());
        for (int member = 1; member <= MEMBERS; member++) {
            desk.apply(Commands.keyed(CommandType.ENROL, "e" + member).memberId(member));
            purses.put(member, new Purse());
        }
        int days = 0;
        for (int step = 0; step < 150; step++) {
            if (random.nextInt(7) == 0 && days < 25) {
                // Few enough in all that no hold's time runs out.
                days++;
                desk.after(CompiledProgram.DAY_MS);
                final int today = today();
                purses.values()
                        .forEach(p ->
                                p.free.headMap(Purse.key(today, 0xFF), true).clear());
            }
            step();
            check();
        }
    }

    private int today() {
        return (int) Math.floorDiv(desk.nowMs + 8 * 3_600_000L, CompiledProgram.DAY_MS);
    }

    private int expiryDay() {
        final LocalDate last = LocalDate.of(2026, 12, 5);
        final boolean isOver = today() > last.toEpochDay();
        return (int) (isOver ? last.plusYears(1) : last).toEpochDay() + 1;
    }

    private void step() {
        name = "d" + ++document;
        final int id = 1 + random.nextInt(MEMBERS);
        final int brand = random.nextInt(BRANDS.length);
        final long points = 1 + random.nextInt(300);
        final int what = random.nextInt(100);
        if (what < 30) {
            accrue(id, brand, points);
        } else if (what < 48) {
            redeem(id, brand, points);
        } else if (what < 58 && !spentNames.isEmpty()) {
            reverse(spentNames.get(random.nextInt(spentNames.size())));
        } else if (what < 68) {
            hold(id, brand, points);
        } else if (what < 78 && !holdNames.isEmpty()) {
            endHold(holdNames.get(random.nextInt(holdNames.size())));
        } else if (what < 88 && !orderNames.isEmpty()) {
            refund(orderNames.get(random.nextInt(orderNames.size())));
        } else if (what < 98) {
            transfer(id, 1 + random.nextInt(MEMBERS), points);
        } else {
            merge(id, 1 + random.nextInt(MEMBERS));
        }
    }

    private int now(final int id) {
        return mergedInto.getOrDefault(id, id);
    }

    private Outcome expect(final ResultCode code, final Command c) {
        final Outcome o = desk.apply(c);
        assertEquals(code, o.code, () -> c.type() + " " + name);
        if (code == ResultCode.ACCEPTED) {
            done.merge(c.type(), 1, Integer::sum);
        }
        return o;
    }

    private Command original(final CommandType type, final String of) {
        return Commands.keyed(type, name).put(VarField.ORIGINAL_DOCUMENT_ID, of);
    }

    private void accrue(final int id, final int brand, final long points) {
        final Earned order = new Earned();
        order.member = id;
        order.issuer = brand;
        order.day = expiryDay();
        order.retained = points;
        purses.get(now(id)).credit(order.day, brand, points);
        orders.put(name, order);
        orderNames.add(name);
        expect(ResultCode.ACCEPTED, Commands.accrue(name, id, points * 100).put(VarField.BRAND, BRANDS[brand]));
    }

    private ResultCode maySpend(final Purse p, final long points) {
        if (p.debt > 0) {
            return ResultCode.IN_DEBT;
        }
        return points > p.available() ? ResultCode.INSUFFICIENT_POINTS : ResultCode.ACCEPTED;
    }

    private void settle(final List<Part> parts, final int counterpart, final int sign) {
        for (final Part part : parts) {
            owes[part.issuer][counterpart] += sign * part.points;
        }
    }

    private void redeem(final int id, final int brand, final long points) {
        final Purse p = purses.get(now(id));
        final ResultCode code = maySpend(p, points);
        if (code == ResultCode.ACCEPTED) {
            keep(spent, spentNames, id, brand, p.take(points));
            settle(spent.get(name).parts, brand, 1);
        }
        expect(code, Commands.redeem(name, id, points).put(VarField.BRAND, BRANDS[brand]));
    }

    private void keep(
            final Map<String, Spent> where,
            final List<String> names,
            final int id,
            final int brand,
            final List<Part> parts) {
        final Spent s = new Spent();
        s.member = id;
        s.counterpart = brand;
        s.parts = parts;
        where.put(name, s);
        names.add(name);
    }

    private void reverse(final String which) {
        final Spent s = spent.get(which);
        long left = s.parts.stream().mapToLong(Part::points).sum() - s.returned;
        final long part = random.nextBoolean() || left <= 1 ? 0 : 1 + random.nextInt((int) left);
        long rest = part == 0 ? left : part;
        final ResultCode code = left == 0 ? ResultCode.REVERSAL_EXCEEDS_ORIGINAL : ResultCode.ACCEPTED;
        long skip = s.returned;
        s.returned += rest;
        for (int i = s.parts.size() - 1; i >= 0; i--) {
            final Part from = s.parts.get(i);
            final long skipped = Math.min(skip, from.points);
            skip -= skipped;
            final long given = Math.min(rest, from.points - skipped);
            rest -= given;
            if (given > 0) {
                settle(List.of(new Part(from.day, from.issuer, given)), s.counterpart, -1);
                giveBack(s.member, from, given);
            }
        }
        expect(code, original(CommandType.REVERSE, which).amountMinor(part));
    }

    private void giveBack(final int id, final Part from, final long points) {
        if (from.day > today()) {
            purses.get(now(id)).credit(from.day, from.issuer, points);
        }
    }

    private void hold(final int id, final int brand, final long points) {
        final Purse p = purses.get(now(id));
        final ResultCode code = maySpend(p, points);
        if (code == ResultCode.ACCEPTED) {
            keep(holds, holdNames, id, brand, p.take(points));
        }
        expect(
                code,
                Commands.keyed(CommandType.HOLD, name)
                        .memberId(id)
                        .points(points)
                        .ttlMs(30 * CompiledProgram.DAY_MS)
                        .put(VarField.BRAND, BRANDS[brand]));
    }

    private void endHold(final String which) {
        final Spent s = holds.get(which);
        holdNames.remove(which);
        final long all = s.parts.stream().mapToLong(Part::points).sum();
        final boolean captures = random.nextInt(3) > 0;
        final long captured = !captures ? 0 : random.nextBoolean() ? all : 1 + random.nextInt((int) all);
        final List<Part> taken = new ArrayList<>();
        final List<Part> released = new ArrayList<>();
        long rest = captured;
        for (final Part part : s.parts) {
            final long of = Math.min(rest, part.points);
            rest -= of;
            if (of > 0) {
                taken.add(new Part(part.day, part.issuer, of));
            }
            if (part.points > of) {
                released.add(0, new Part(part.day, part.issuer, part.points - of));
            }
        }
        released.forEach(part -> giveBack(s.member, part, part.points));
        if (captures) {
            settle(taken, s.counterpart, 1);
            keep(spent, spentNames, s.member, s.counterpart, taken);
            expect(ResultCode.ACCEPTED, original(CommandType.CAPTURE, which).points(captured == all ? 0 : captured));
        } else {
            expect(ResultCode.ACCEPTED, original(CommandType.VOID, which));
        }
    }

    private void refund(final String which) {
        final Earned order = orders.get(which);
        final ResultCode code = order.gone ? ResultCode.REFUND_EXCEEDS_ORIGINAL : ResultCode.ACCEPTED;
        final Purse p = purses.get(now(order.member));
        final List<Part> taken = new ArrayList<>();
        long rest = order.retained;
        rest -= p.takeOf(Purse.key(order.day, order.issuer), rest, taken);
        for (final Part part : p.take(rest)) {
            taken.add(part);
            rest -= part.points;
        }
        settle(taken, order.issuer, 1);
        p.debt += Math.max(0, Math.min(rest, 1_000 - p.debt));
        order.retained = 0;
        order.gone = true;
        expect(code, original(CommandType.REFUND, which));
    }

    private void transfer(final int from, final int to, final long points) {
        final Purse a = purses.get(now(from));
        final Purse b = purses.get(now(to));
        ResultCode code = maySpend(a, points);
        if (a == b) {
            code = ResultCode.SAME_MEMBER;
        } else if (b.debt > 0) {
            code = ResultCode.IN_DEBT;
        }
        if (code == ResultCode.ACCEPTED) {
            a.take(points).forEach(part -> b.credit(part.day, part.issuer, part.points));
        }
        expect(
                code,
                Commands.keyed(CommandType.TRANSFER, name)
                        .memberId(from)
                        .otherMemberId(to)
                        .points(points));
    }

    private void merge(final int from, final int to) {
        final int a = now(from);
        final int b = now(to);
        if (a != b) {
            final Purse gone = purses.get(a);
            final Purse stays = purses.get(b);
            gone.free.forEach((key, points) -> stays.free.merge(key, points, Long::sum));
            stays.debt += gone.debt;
            final long repaid = Math.min(stays.debt, stays.available());
            stays.take(repaid);
            stays.debt -= repaid;
            mergedInto.replaceAll((id, target) -> target == a ? b : target);
            mergedInto.put(a, b);
        }
        expect(
                a == b ? ResultCode.SAME_MEMBER : ResultCode.ACCEPTED,
                Commands.keyed(CommandType.MERGE, name).memberId(from).otherMemberId(to));
    }

    private void check() {
        for (int id = 1; id <= MEMBERS; id++) {
            final Outcome o = desk.apply(query(CommandType.QUERY_EXPIRING).memberId(id));
            final Purse p = purses.get(now(id));
            final StringBuilder mine = new StringBuilder();
            p.free.forEach((key, points) -> mine.append(key >> 8)
                    .append(ISSUERS[(int) (key & 0xFF)])
                    .append(points)
                    .append(' '));
            final StringBuilder theirs = new StringBuilder();
            for (int row = 0; row < o.rows.count(); row++) {
                final long free = o.rows.value(row, 1) - o.rows.value(row, 2);
                if (free > 0) {
                    theirs.append(o.rows.value(row, 0))
                            .append(text(o, row))
                            .append(free)
                            .append(' ');
                }
            }
            assertEquals(mine.toString(), theirs.toString(), () -> "lots after " + name);
            assertEquals(p.debt, o.debtPoints, () -> "debt after " + name);
        }
        for (int issuer = 1; issuer < ISSUERS.length; issuer++) {
            final Outcome o = desk.apply(query(CommandType.QUERY_SETTLEMENT).put(VarField.RULE_ID, ISSUERS[issuer]));
            int row = 0;
            for (int other = 0; other < ISSUERS.length; other++) {
                final long there = owes[issuer][other];
                final long here = owes[other][issuer];
                if (other != issuer && (there != 0 || here != 0)) {
                    assertEquals(ISSUERS[other], text(o, row));
                    assertEquals(there, o.rows.value(row, 0), () -> "owes after " + name);
                    assertEquals(2 * there, o.rows.value(row, 1));
                    assertEquals(here, o.rows.value(row, 2), () -> "owed after " + name);
                    assertEquals(other == 0 ? 0 : 2 * here, o.rows.value(row, 3));
                    row++;
                }
            }
            assertEquals(row, o.rows.count());
        }
    }

    private static String text(final Outcome o, final int row) {
        return new String(o.rows.text(row), StandardCharsets.US_ASCII);
    }

    private static Command query(final CommandType type) {
        return new Command().reset(type).put(VarField.PROGRAM, Commands.PROGRAM);
    }
}

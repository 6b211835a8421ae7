package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Board;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.Referral;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random histories against maps and sorted lists, written from the rules page: who leads which board, and what referrers
 * were given. Points of orders and claws are taken from the outcomes, all else is computed here.
 */
final class BoardHistoryTest {
    private static final long HOUR = 3_600_000L;
    private static final int MEMBERS = 40;
    private static final int HISTORIES = 60;
    private static final int STEPS = 400;
    private static final long REWARD = 1_000_000;

    private Random random;
    private Desk desk;
    private int document;

    // The naive side.
    private CompiledProgram current;
    private final Map<String, Board> known = new TreeMap<>();
    private final Map<String, Boolean> frozen = new HashMap<>();
    private final Map<String, Map<String, long[]>> scores = new HashMap<>();
    private final Map<String, Map<String, String>> gone = new HashMap<>();
    private final Map<Long, Long> mergedInto = new HashMap<>();
    private final Map<Long, Long> referrer = new HashMap<>();
    private final Map<Long, Boolean> ordered = new HashMap<>();
    private final Map<Long, Long> rewards = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();
    private final List<Sale> sales = new ArrayList<>();

    private static final class Sale {
        String document;
        long remaining;
        long paidTo;
        Referral rule;
        final Map<String, String> counted = new TreeMap<>();
    }

    @Test
    void boardsAndRewardsAreThoseOfANaiveLedger() {
        final long seed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("BoardHistoryTest: seed " + seed);
        final int[] seen = new int[4];
        for (int history = 0; history < HISTORIES; history++) {
            random = new Random(seed + history);
            start();
            for (int step = 0; step < STEPS; step++) {
                try {
                    step(seen);
                    if (step % 4 == 3) {
                        compare();
                    }
                } catch (final AssertionError different) {
                    throw new AssertionError("history " + (seed + history) + " step " + step, different);
                }
            }
        }
        assertTrue(seen[0] > 500 && seen[1] > 500 && seen[2] > 100 && seen[3] > 50, Arrays.toString(seen));
    }

    private void start() {
        desk = new Desk();
        for (final Map<?, ?> map :
                List.of(known, frozen, scores, gone, mergedInto, referrer, ordered, rewards, times)) {
            map.clear();
        }
        sales.clear();
        current = null;
        publish();
        for (long id = 1; id <= 3; id++) {
            apply(keyed(CommandType.ENROL).memberId(id));
        }
    }

    /** Without what a desk checks after each command: the state hash has tests of its own. */
    private Outcome apply(final Command c) {
        final Outcome o = new Outcome();
        desk.ledger.apply(c, desk.ledger.lastSequence() + 1, desk.nowMs, o);
        return o;
    }

    private Command keyed(final CommandType type) {
        return Commands.keyed(type, "d" + ++document);
    }

    private boolean chance(final int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void step(final int[] seen) {
        desk.after(random.nextInt(20) * HOUR / 10);
        switch (random.nextInt(20)) {
            case 0 -> publish();
            case 1 -> seen[2] += merge() ? 1 : 0;
            case 2, 3 -> enrol();
            case 4, 5, 6, 7, 8, 9 -> seen[1] += refund(seen) ? 1 : 0;
            default -> seen[0] += sell() ? 1 : 0;
        }
    }

    private void publish() {
        final Catalogue.Builder catalogue = Catalogue.builder();
        for (final Board.By by : Board.By.values()) {
            for (final Board.Score score : Board.Score.values()) {
                if ((score != Board.Score.REGISTRATIONS || by == Board.By.REFERRER) && !chance(4)) {
                    catalogue.add(board((by + "-" + score).toLowerCase(java.util.Locale.ROOT), by, score));
                }
            }
        }
        final Referral.On on = Referral.On.values()[random.nextInt(2)];
        final Limit limit =
                chance(2) ? Limit.NONE : new Limit(Activity.Per.values()[random.nextInt(5)], 1 + random.nextInt(3));
        catalogue.referral(new Referral(on, REWARD, on == Referral.On.FIRST_PURCHASE && chance(2) ? 2_000 : 0, limit));
        final long lateMs = random.nextInt(4) * HOUR;
        final CompiledProgram next = CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(lateMs)
                .keyDays(300)
                .orderDays(1_000)
                .baseRate(1, 100)
                .debtLimitPoints(1_000_000_000L)
                .catalogue(catalogue.build())
                .build();
        boolean valid = true;
        for (final Board board : next.catalogue().boards()) {
            final Board before = known.get(board.id());
            valid &= before == null || before.untilMs() == board.untilMs() || !settled(board.id());
        }
        final ResultCode code = apply(Commands.publish("p" + ++document, next)).code;
        assertEquals(valid ? ResultCode.ACCEPTED : ResultCode.PROGRAM_INVALID, code);
        if (valid) {
            for (final String id : known.keySet()) {
                frozen.put(id, settled(id));
            }
            current = next;
            next.catalogue().boards().forEach(board -> known.put(board.id(), board));
        }
    }

    private Board board(final String id, final Board.By by, final Board.Score score) {
        final Board before = known.get(id);
        final long until =
                before != null && !chance(8) ? before.untilMs() : Desk.NOON_MS + (20 + random.nextInt(400)) * HOUR;
        final Condition when = chance(3) && score != Board.Score.REGISTRATIONS
                ? Condition.builder().minOrderMinor(1_000).build()
                : chance(4) ? Condition.builder().stores("s1", "s2").build() : Condition.ALWAYS;
        return new Board(id, by, score, Desk.NOON_MS + 10 * HOUR, until, when, 1 + random.nextInt(6));
    }

    private boolean settled(final String id) {
        return frozen.getOrDefault(id, false) || desk.nowMs >= known.get(id).untilMs() + current.lateWindowMs();
    }

    private long id() {
        return 1 + random.nextInt(MEMBERS);
    }

    private long now(final long id) {
        long now = id;
        while (mergedInto.containsKey(now)) {
            now = mergedInto.get(now);
        }
        return now;
    }

    private boolean isKnown(final long id) {
        return rewards.containsKey(id) || apply(Commands.query(id)).code == ResultCode.ACCEPTED;
    }

    private void enrol() {
        final long id = id();
        final long by = chance(4) ? 0 : id();
        final String store = store();
        final boolean isNew = !isKnown(id);
        final boolean hasReferrer = by != 0 && isKnown(by);
        final Command c = keyed(CommandType.ENROL).memberId(id).referrerId(by);
        put(c, VarField.STORE, store);
        final Outcome o = apply(c);
        final ResultCode expected = by != 0 && !hasReferrer
                ? ResultCode.UNKNOWN_MEMBER
                : isNew ? ResultCode.ACCEPTED : ResultCode.MEMBER_EXISTS;
        assertEquals(expected, o.code);
        if (expected != ResultCode.ACCEPTED || by == 0) {
            return;
        }
        referrer.put(id, by);
        final Referral rule = current.catalogue().referral();
        if (rule.on() == Referral.On.REGISTRATION) {
            reward(now(by), rule);
        }
        for (final Board board : current.catalogue().boards()) {
            if (board.score() == Board.Score.REGISTRATIONS
                    && counts(board, desk.nowMs, Long.MAX_VALUE, store)
                    && !settled(board.id())) {
                change(board.id(), "m" + now(by), 1, o.sequence);
            }
        }
    }

    private boolean reward(final long to, final Referral rule) {
        final String period = to + " " + rule.limit().per() + " "
                + Periods.startOf(rule.limit().per(), (int) Math.floorDiv(desk.nowMs + 8 * HOUR, 24 * HOUR));
        if (rule.limit().isLimited()
                && times.getOrDefault(period, 0) >= rule.limit().times()) {
            return false;
        }
        if (rule.limit().isLimited()) {
            times.merge(period, 1, Integer::sum);
        }
        rewards.merge(to, rule.points(), Long::sum);
        return true;
    }

    private static boolean counts(final Board board, final long at, final long amount, final String store) {
        return at >= board.fromMs()
                && at < board.untilMs()
                && amount >= board.when().minOrderMinor()
                && (board.when().stores().isEmpty() || board.when().stores().contains(store));
    }

    private void change(final String board, final String who, final long by, final long sequence) {
        final long[] score = scores.computeIfAbsent(board, b -> new TreeMap<>()).computeIfAbsent(who, w -> new long[2]);
        score[0] += by;
        score[1] = sequence;
    }

    private String store() {
        return chance(3) ? "" : "s" + random.nextInt(5);
    }

    private static void put(final Command c, final VarField field, final String text) {
        if (!text.isEmpty()) {
            c.put(field, text);
        }
    }

    private boolean sell() {
        final long id = id();
        if (!isKnown(id) && !chance(6)) {
            enrol();
            return false;
        }
        final long member = now(id);
        final long amount = 1 + random.nextInt(3_000);
        final long at = desk.nowMs - (current.lateWindowMs() == 0 ? 0 : random.nextInt((int) current.lateWindowMs()));
        final String store = store();
        final String staff = chance(2) ? "" : "t" + random.nextInt(3);
        final Sale sale = new Sale();
        sale.document = "o" + ++document;
        sale.remaining = amount;
        final Command c = Commands.accrue(sale.document, id, amount).eventTimeMs(at);
        put(c, VarField.STORE, store);
        put(c, VarField.STAFF, staff);
        final Outcome o = apply(c);
        assertEquals(ResultCode.ACCEPTED, o.code);
        final long by = referrer.containsKey(member) ? now(referrer.get(member)) : 0;
        final Referral rule = current.catalogue().referral();
        if (ordered.put(member, true) == null
                && by != 0
                && by != member
                && rule.on() == Referral.On.FIRST_PURCHASE
                && amount >= rule.minAmountMinor()
                && reward(by, rule)) {
            sale.paidTo = by;
            sale.rule = rule;
        }
        for (final Board board : current.catalogue().boards()) {
            final String who = switch (board.by()) {
                case MEMBER -> "m" + member;
                case STORE -> store;
                case STAFF -> staff;
                case REFERRER -> by == 0 || by == member ? "" : "m" + by;
            };
            final long score = switch (board.score()) {
                case SPEND -> amount;
                case POINTS -> o.points;
                case ORDERS -> 1;
                case REGISTRATIONS -> 0;
            };
            if (!who.isEmpty() && score > 0 && counts(board, at, amount, store) && !settled(board.id())) {
                change(board.id(), who, score, o.sequence);
                sale.counted.put(board.id(), who);
            }
        }
        sales.add(sale);
        return true;
    }

    private boolean refund(final int[] seen) {
        if (sales.isEmpty()) {
            return false;
        }
        final Sale last = sales.get(sales.size() - 1);
        final Sale sale = last.paidTo != 0 && chance(2) ? last : sales.get(random.nextInt(sales.size()));
        if (sale.remaining == 0) {
            return false;
        }
        final long amount = chance(2) ? sale.remaining : 1 + random.nextInt((int) sale.remaining);
        final Outcome o = apply(keyed(CommandType.REFUND)
                .put(VarField.ORIGINAL_DOCUMENT_ID, sale.document)
                .amountMinor(amount));
        assertEquals(ResultCode.ACCEPTED, o.code);
        sale.remaining -= amount;
        final List<String> rows = new ArrayList<>();
        sale.counted.forEach((board, counted) -> {
            String who = counted;
            while (gone.getOrDefault(board, Map.of()).containsKey(who)) {
                who = gone.get(board).get(who);
            }
            final long lost = switch (known.get(board).score()) {
                case SPEND -> amount;
                case POINTS -> -o.points;
                case ORDERS -> sale.remaining == 0 ? 1 : 0;
                case REGISTRATIONS -> 0;
            };
            final long change = Math.min(lost, scores.get(board).get(who)[0]);
            if (change > 0 && !settled(board)) {
                change(board, who, -change, o.sequence);
                final long told = who.startsWith("m") ? now(Long.parseLong(who.substring(1))) : 0;
                rows.add("board/" + board + " 0 0 0 " + -change + " " + told + " 0");
            }
        });
        if (sale.paidTo != 0 && (sale.remaining == 0 || sale.remaining < sale.rule.minAmountMinor())) {
            final long to = now(sale.paidTo);
            rewards.merge(to, -REWARD, Long::sum);
            sale.paidTo = 0;
            rows.add("referrer " + -REWARD + " 0 0 0 " + to + " 0");
            seen[3]++;
        }
        final List<String> told = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            told.add(row(o, i, 6));
        }
        assertEquals(rows, told);
        return true;
    }

    private static String row(final Outcome o, final int row, final int columns) {
        final StringBuilder text = new StringBuilder(new String(o.rows.text(row), StandardCharsets.US_ASCII));
        for (int i = 0; i < columns; i++) {
            text.append(' ').append(o.rows.value(row, i));
        }
        return text.toString();
    }

    private boolean merge() {
        final long from = now(id());
        final long into = now(id());
        if (from == into || !isKnown(from) || !isKnown(into)) {
            return false;
        }
        final Outcome o = apply(keyed(CommandType.MERGE).memberId(from).otherMemberId(into));
        assertEquals(ResultCode.ACCEPTED, o.code);
        known.keySet().stream().filter(id -> !settled(id)).forEach(id -> {
            final Map<String, long[]> board = scores.getOrDefault(id, new TreeMap<>());
            final long[] score = board.remove("m" + from);
            if (score != null) {
                final long[] sum = board.computeIfAbsent("m" + into, w -> new long[2]);
                sum[0] += score[0];
                sum[1] = score[0] > 0 ? o.sequence : sum[1];
                gone.computeIfAbsent(id, g -> new HashMap<>()).put("m" + from, "m" + into);
            }
        });
        mergedInto.put(from, into);
        if (!referrer.containsKey(into) && referrer.containsKey(from)) {
            referrer.put(into, referrer.get(from));
        }
        if (ordered.containsKey(from)) {
            ordered.put(into, true);
        }
        rewards.merge(into, rewards.getOrDefault(from, 0L), Long::sum);
        for (final Map.Entry<String, Integer> used : List.copyOf(times.entrySet())) {
            if (used.getKey().startsWith(from + " ")) {
                times.merge(into + used.getKey().substring(used.getKey().indexOf(' ')), used.getValue(), Integer::sum);
            }
        }
        return true;
    }

    private void compare() {
        known.forEach((id, board) -> {
            final List<String> expected = new ArrayList<>();
            scores.getOrDefault(id, Map.of()).entrySet().stream()
                    .filter(entry -> entry.getValue()[0] > 0)
                    .sorted(Comparator.<Map.Entry<String, long[]>>comparingLong(entry -> -entry.getValue()[0])
                            .thenComparingLong(entry -> entry.getValue()[1]))
                    .limit(board.top())
                    .forEach(entry -> {
                        final String who = entry.getKey();
                        final boolean isMember = who.startsWith("m");
                        final long told = isMember ? now(Long.parseLong(who.substring(1))) : 0;
                        expected.add((isMember ? "" : who) + " " + (expected.size() + 1) + " " + told + " "
                                + entry.getValue()[0] + " " + entry.getValue()[1]);
                    });
            final Outcome o = apply(new Command()
                    .reset(CommandType.QUERY_BOARD)
                    .put(VarField.PROGRAM, Commands.PROGRAM)
                    .put(VarField.RULE_ID, id));
            final List<String> told = new ArrayList<>();
            for (int i = 0; i < o.rows.count(); i++) {
                told.add(row(o, i, 4));
            }
            assertEquals(expected, told, id);
        });
        // Whoever was rewarded has the reward in its balance; debts of members are repaid by it.
        long given = 0;
        for (long id = 1; id <= MEMBERS; id++) {
            if (now(id) == id) {
                given += rewards.getOrDefault(id, 0L);
                final Outcome o = apply(Commands.query(id));
                if (o.code == ResultCode.ACCEPTED) {
                    final long balance = o.availablePoints + o.pendingPoints - o.debtPoints;
                    assertEquals(rewards.getOrDefault(id, 0L), (balance + REWARD / 2) / REWARD * REWARD, "of " + id);
                }
            }
        }
        assertTrue(given >= 0);
        desk.ledger.verifyZeroSum();
    }
}

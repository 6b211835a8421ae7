package io.tallymark.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.ledger.program.Offer;
import io.tallymark.ledger.program.Reward;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random histories of stored value against a purse kept the slow way; the books are recomputed after each command. */
final class StoredValueHistoryTest {
    private static final String[] WALLETS = {"a", "b"};
    private static final int MEMBERS = 5;
    private static final long GIFT = 60;

    private static final class Purse {
        final BigInteger[] principal = {BigInteger.ZERO, BigInteger.ZERO};
        final BigInteger[] gift = {BigInteger.ZERO, BigInteger.ZERO};

        /** Of wallet a: gift of reversed rewards that was not there. */
        BigInteger owed = BigInteger.ZERO;

        boolean frozen;
        boolean closed;
    }

    private static final class Spent {
        int member;
        int wallet;
        BigInteger principal;
        BigInteger gift;
    }

    private final Map<Integer, Purse> purses = new HashMap<>();
    private final Map<Integer, Integer> mergedInto = new HashMap<>();
    private final List<Spent> spent = new ArrayList<>();
    private final List<String> spentNames = new ArrayList<>();
    private final Map<String, Integer> rewarded = new HashMap<>();
    private final Set<String> reversed = new HashSet<>();
    private int paidOwed;
    private final Map<ResultCode, Integer> seen = new EnumMap<>(ResultCode.class);
    private Random random;
    private int document;

    @Test
    void pursesAgree() {
        final long seed = Long.getLong("tallymark.seed", 20_261_122L);
        System.out.println("StoredValueHistoryTest: seed " + seed);
        for (int history = 0; history < 60; history++) {
            random = new Random(seed * 1_000 + history);
            run();
        }
        for (final ResultCode code : new ResultCode[] {
            ResultCode.ACCEPTED,
            ResultCode.MEMBER_CLOSED,
            ResultCode.MEMBER_FROZEN,
            ResultCode.HAS_VALUE,
            ResultCode.LIMIT_EXCEEDED,
            ResultCode.REFUND_EXCEEDS_ORIGINAL,
            ResultCode.REVERSAL_EXCEEDS_ORIGINAL,
            ResultCode.INSUFFICIENT_VALUE
        }) {
            assertTrue(seen.getOrDefault(code, 0) > 10, code + " hardly came: " + seen);
        }
        assertTrue(paidOwed > 10, "what was owed was hardly paid: " + paidOwed);
    }

    private void run() {
        purses.clear();
        mergedInto.clear();
        spent.clear();
        spentNames.clear();
        rewarded.clear();
        reversed.clear();
        final Catalogue.Builder catalogue = Catalogue.builder();
        catalogue.add(new MoneyWallet("a", List.of(new MoneyWallet.TopUp(50, 7), new MoneyWallet.TopUp(400, 90))));
        catalogue.add(new MoneyWallet("b", List.of()));
        catalogue.add(new Reward("gift", Offer.of(1, 0), List.of(), "a", GIFT));
        final Desk desk =
                new Desk().publish(Desk.mima().catalogue(catalogue.build()).build());
        for (int member = 1; member <= MEMBERS; member++) {
            desk.apply(Commands.keyed(CommandType.ENROL, "e" + member).memberId(member));
            desk.apply(Commands.adjust("p" + member, member, 1_000_000));
            purses.put(member, new Purse());
        }
        for (int step = 0; step < 150; step++) {
            step(desk);
        }
    }

    private void step(final Desk desk) {
        final int id = 1 + random.nextInt(MEMBERS);
        final int member = mergedInto.getOrDefault(id, id);
        final Purse p = purses.get(member);
        final int wallet = random.nextInt(2);
        final long amount = random.nextInt(12) == 0 ? Limits.MAX_VALUE - random.nextInt(3) : 1 + random.nextInt(500);
        final String name = "d" + ++document;
        final Command c;
        final ResultCode expected;
        final int what = random.nextInt(120);
        if (what < 30) {
            c = value(CommandType.TOP_UP, name, id, wallet, amount);
            expected = p.closed ? ResultCode.MEMBER_CLOSED : topUp(p, wallet, amount);
        } else if (what < 55) {
            final long all = p.principal[wallet].add(p.gift[wallet]).longValueExact();
            // Gift goes only with the last of the principal.
            final boolean nearlyAll = random.nextInt(3) == 0 && all > 30 && all <= Limits.MAX_VALUE;
            final long spends = nearlyAll ? all - random.nextInt(30) : amount;
            c = value(CommandType.SPEND_VALUE, name, id, wallet, spends);
            expected = open(p, () -> spend(p, member, wallet, spends, name));
        } else if (what < 70) {
            c = value(CommandType.REFUND_VALUE, name, id, wallet, amount);
            expected = open(p, () -> refund(p, wallet, amount));
        } else if (what < 88 && !spent.isEmpty()) {
            final int which = random.nextInt(spent.size());
            final long part = random.nextInt(3) == 0 ? 0 : Math.min(amount, 300);
            c = Commands.keyed(CommandType.REVERSE, name)
                    .amountMinor(part)
                    .put(VarField.ORIGINAL_DOCUMENT_ID, spentNames.get(which));
            expected = reverse(spent.get(which), part);
        } else if (what < 93) {
            c = Commands.keyed(p.frozen ? CommandType.UNFREEZE : CommandType.FREEZE, name)
                    .memberId(id);
            expected = p.closed ? ResultCode.MEMBER_CLOSED : ResultCode.ACCEPTED;
            p.frozen ^= !p.closed;
        } else if (what < 96) {
            c = Commands.keyed(CommandType.CLOSE, name).memberId(id);
            expected = close(p);
        } else if (what < 110) {
            c = Commands.keyed(CommandType.REDEEM, name).memberId(id).put(VarField.RULE_ID, "gift");
            expected = open(p, () -> reward(p, member, name));
        } else if (what < 117 && !rewarded.isEmpty()) {
            final List<String> names = rewarded.keySet().stream().sorted().toList();
            final String which = names.get(random.nextInt(names.size()));
            c = Commands.keyed(CommandType.REVERSE, name).put(VarField.ORIGINAL_DOCUMENT_ID, which);
            expected = reverseReward(which);
        } else {
            final int other = 1 + random.nextInt(MEMBERS);
            c = Commands.keyed(CommandType.MERGE, name).memberId(id).otherMemberId(other);
            expected = merge(member, mergedInto.getOrDefault(other, other));
        }
        final Outcome o = desk.apply(c);
        assertEquals(expected, o.code, () -> c.type() + " " + name + " of " + id);
        seen.merge(expected, 1, Integer::sum);
        for (int i = 1; i <= MEMBERS; i++) {
            check(desk, i);
        }
    }

    private static Command value(
            final CommandType type, final String name, final int member, final int wallet, final long amount) {
        return Commands.keyed(type, name).memberId(member).amountMinor(amount).put(VarField.RULE_ID, WALLETS[wallet]);
    }

    private interface Deed {
        ResultCode run();
    }

    private static ResultCode open(final Purse p, final Deed deed) {
        if (p.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        return p.frozen ? ResultCode.MEMBER_FROZEN : deed.run();
    }

    private static boolean tooMuch(final BigInteger number) {
        return number.compareTo(BigInteger.valueOf(Limits.MAX_VALUE)) > 0;
    }

    private static ResultCode topUp(final Purse p, final int wallet, final long amount) {
        final long gift = wallet == 1 || amount < 50 ? 0 : amount < 400 ? 7 : 90;
        final BigInteger principal = p.principal[wallet].add(BigInteger.valueOf(amount));
        if (tooMuch(principal)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        p.principal[wallet] = principal;
        p.gift[wallet] = p.gift[wallet].add(BigInteger.valueOf(gift));
        return ResultCode.ACCEPTED;
    }

    private ResultCode spend(final Purse p, final int member, final int wallet, final long amount, final String name) {
        final Spent s = new Spent();
        final BigInteger wanted = BigInteger.valueOf(amount);
        s.member = member;
        s.wallet = wallet;
        s.principal = wanted.min(p.principal[wallet]);
        s.gift = wanted.subtract(s.principal);
        if (s.gift.compareTo(p.gift[wallet]) > 0) {
            return ResultCode.INSUFFICIENT_VALUE;
        }
        p.principal[wallet] = p.principal[wallet].subtract(s.principal);
        p.gift[wallet] = p.gift[wallet].subtract(s.gift);
        spent.add(s);
        spentNames.add(name);
        return ResultCode.ACCEPTED;
    }

    private static ResultCode refund(final Purse p, final int wallet, final long amount) {
        final BigInteger wanted = BigInteger.valueOf(amount);
        if (wanted.compareTo(p.principal[wallet]) > 0) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        final BigInteger forfeited = p.gift[wallet].multiply(wanted).divide(p.principal[wallet]);
        p.gift[wallet] = p.gift[wallet].subtract(forfeited);
        p.principal[wallet] = p.principal[wallet].subtract(wanted);
        return ResultCode.ACCEPTED;
    }

    private ResultCode reverse(final Spent s, final long part) {
        final Purse p = purses.get(mergedInto.getOrDefault(s.member, s.member));
        if (p.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final BigInteger rest = s.principal.add(s.gift);
        final BigInteger amount = part == 0 ? rest : BigInteger.valueOf(part);
        if (rest.signum() == 0 || amount.compareTo(rest) > 0) {
            return ResultCode.REVERSAL_EXCEEDS_ORIGINAL;
        }
        final BigInteger gift = amount.min(s.gift);
        final BigInteger principal = amount.subtract(gift);
        if (tooMuch(p.principal[s.wallet].add(principal))) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        s.gift = s.gift.subtract(gift);
        s.principal = s.principal.subtract(principal);
        final BigInteger forfeited = s.wallet == 0 ? gift.min(p.owed) : BigInteger.ZERO;
        paidOwed += forfeited.signum();
        p.owed = p.owed.subtract(forfeited);
        p.gift[s.wallet] = p.gift[s.wallet].add(gift).subtract(forfeited);
        p.principal[s.wallet] = p.principal[s.wallet].add(principal);
        return ResultCode.ACCEPTED;
    }

    private ResultCode reward(final Purse p, final int member, final String name) {
        p.gift[0] = p.gift[0].add(BigInteger.valueOf(GIFT));
        rewarded.put(name, member);
        return ResultCode.ACCEPTED;
    }

    private ResultCode reverseReward(final String name) {
        final int member = rewarded.get(name);
        final Purse p = purses.get(mergedInto.getOrDefault(member, member));
        if (p.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (!reversed.add(name)) {
            return ResultCode.REVERSAL_EXCEEDS_ORIGINAL;
        }
        final BigInteger there = p.gift[0].min(BigInteger.valueOf(GIFT));
        p.gift[0] = p.gift[0].subtract(there);
        p.owed = p.owed.add(BigInteger.valueOf(GIFT)).subtract(there);
        return ResultCode.ACCEPTED;
    }

    private static ResultCode close(final Purse p) {
        if (p.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (p.principal[0].add(p.principal[1]).signum() > 0) {
            return ResultCode.HAS_VALUE;
        }
        p.closed = true;
        p.gift[0] = BigInteger.ZERO;
        p.gift[1] = BigInteger.ZERO;
        p.owed = BigInteger.ZERO;
        return ResultCode.ACCEPTED;
    }

    private ResultCode merge(final int from, final int into) {
        if (from == into) {
            return ResultCode.SAME_MEMBER;
        }
        final Purse a = purses.get(from);
        final Purse b = purses.get(into);
        if (a.closed || b.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        if (a.frozen || b.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        for (int wallet = 0; wallet < 2; wallet++) {
            if (tooMuch(a.principal[wallet].add(b.principal[wallet]))) {
                return ResultCode.LIMIT_EXCEEDED;
            }
        }
        b.owed = b.owed.add(a.owed);
        for (int wallet = 0; wallet < 2; wallet++) {
            b.principal[wallet] = b.principal[wallet].add(a.principal[wallet]);
            b.gift[wallet] = b.gift[wallet].add(a.gift[wallet]);
        }
        mergedInto.replaceAll((id, target) -> target == from ? into : target);
        mergedInto.put(from, into);
        return ResultCode.ACCEPTED;
    }

    private void check(final Desk desk, final int id) {
        final Outcome o = desk.apply(new Command()
                .reset(CommandType.QUERY_WALLETS)
                .put(VarField.PROGRAM, Commands.PROGRAM)
                .memberId(id));
        final Purse p = purses.get(mergedInto.getOrDefault(id, id));
        for (int wallet = 0; wallet < 2; wallet++) {
            assertEquals(WALLETS[wallet], new String(o.rows.text(wallet), StandardCharsets.US_ASCII));
            assertEquals(p.principal[wallet].longValueExact(), o.rows.value(wallet, 0), "principal of " + id);
            assertEquals(p.gift[wallet].longValueExact(), o.rows.value(wallet, 1), "gift of " + id);
        }
    }
}

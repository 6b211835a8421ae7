package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.MoneyWallet;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Money that members have laid in: topped up, spent, given back. */
final class ValueOps {
    private static final BigInteger MOST_ISSUED = BigInteger.valueOf(4_000_000_000_000_000_000L);

    /** What is in a wallet of a member. */
    static final class Value {
        long principal;
        long gift;

        /** Gift that was to be taken back when it was spent. */
        long owedGift;
    }

    /** Where the money of a wallet came from and went to. */
    static final class Books {
        BigInteger in = BigInteger.ZERO;
        BigInteger out = BigInteger.ZERO;
    }

    /** A spending, which can be reversed. */
    static final class Spending {
        final long memberId;
        final String wallet;
        final long recordEnd;
        long principal;
        long gift;

        Spending(final long memberId, final String wallet, final long recordEnd) {
            this.memberId = memberId;
            this.wallet = wallet;
            this.recordEnd = recordEnd;
        }
    }

    /** All wallets that a version listed, in the order of first listing, with their books. */
    final Map<String, Books> wallets = new LinkedHashMap<>();

    final Map<Program.Name, Spending> spendings = new LinkedHashMap<>();

    /** By wallet: what a member has. */
    static final class Purses {
        private final Map<String, Value> values = new TreeMap<>();

        Value of(final String wallet) {
            return values.computeIfAbsent(wallet, k -> new Value());
        }

        boolean hasPrincipal() {
            return values.values().stream().anyMatch(value -> value.principal > 0);
        }
    }

    static MoneyWallet listed(final Program p, final String id) {
        return p.rules.catalogue().moneyWallets().stream()
                .filter(wallet -> wallet.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static boolean tooMuchIn(final Program p, final String wallet, final long more) {
        return Totals.plus(p.values.wallets.get(wallet).in, more).compareTo(MOST_ISSUED) > 0;
    }

    private static void in(final Program p, final String wallet, final long minor) {
        final Books books = p.values.wallets.get(wallet);
        books.in = Totals.plus(books.in, minor);
    }

    private static void out(final Program p, final String wallet, final long minor) {
        final Books books = p.values.wallets.get(wallet);
        books.out = Totals.plus(books.out, minor);
    }

    private static void row(final Request r, final String wallet, final Value value) {
        if (r.o.rows.kind() != RowKind.WALLETS) {
            r.o.rows.begin(RowKind.WALLETS);
        }
        r.o.rows.add(wallet.getBytes(StandardCharsets.UTF_8), value.principal, value.gift, 0, 0, 0, 0);
    }

    static ResultCode topUp(final Request r) {
        final Member m = r.named();
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final MoneyWallet wallet = listed(r.p, r.text(VarField.RULE_ID));
        if (wallet == null) {
            return ResultCode.NOT_OFFERED;
        }
        final long amount = r.c.amountMinor();
        long gift = 0;
        for (final MoneyWallet.TopUp step : wallet.topUps()) {
            gift = step.fromMinor() <= amount ? step.giftMinor() : gift;
        }
        final Value value = m.values.of(wallet.id());
        if (value.principal + amount > Request.LIMIT
                || value.gift + gift > Request.LIMIT
                || tooMuchIn(r.p, wallet.id(), amount + gift)) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        value.principal += amount;
        value.gift += gift;
        in(r.p, wallet.id(), amount + gift);
        r.o.valueMinor = amount;
        row(r, wallet.id(), value);
        return ResultCode.ACCEPTED;
    }

    /** What stands against taking money from a wallet. */
    private static ResultCode open(final Request r, final Member m) {
        if (m == null || m.closed) {
            return m == null ? ResultCode.UNKNOWN_MEMBER : ResultCode.MEMBER_CLOSED;
        }
        if (m.frozen) {
            return ResultCode.MEMBER_FROZEN;
        }
        return listed(r.p, r.text(VarField.RULE_ID)) == null ? ResultCode.NOT_OFFERED : ResultCode.ACCEPTED;
    }

    static ResultCode spend(final Request r) {
        final Member m = r.named();
        final ResultCode open = open(r, m);
        if (open != ResultCode.ACCEPTED) {
            return open;
        }
        final String wallet = r.text(VarField.RULE_ID);
        final Value value = m.values.of(wallet);
        final long amount = r.c.amountMinor();
        if (amount > value.principal + value.gift) {
            return ResultCode.INSUFFICIENT_VALUE;
        }
        final Spending spending = new Spending(m.id, wallet, r.recordEnd());
        spending.principal = Math.min(amount, value.principal);
        spending.gift = amount - spending.principal;
        value.principal -= spending.principal;
        value.gift -= spending.gift;
        out(r.p, wallet, amount);
        r.p.values.spendings.put(r.name(), spending);
        r.o.valueMinor = amount;
        row(r, wallet, value);
        return ResultCode.ACCEPTED;
    }

    static ResultCode refund(final Request r) {
        final Member m = r.named();
        final ResultCode open = open(r, m);
        if (open != ResultCode.ACCEPTED) {
            return open;
        }
        final String wallet = r.text(VarField.RULE_ID);
        final Value value = m.values.of(wallet);
        final long amount = r.c.amountMinor();
        if (amount > value.principal) {
            return ResultCode.REFUND_EXCEEDS_ORIGINAL;
        }
        final long forfeited = SpendingOps.share(value.gift, amount, value.principal);
        value.principal -= amount;
        value.gift -= forfeited;
        out(r.p, wallet, amount + forfeited);
        r.o.valueMinor = amount;
        row(r, wallet, value);
        return ResultCode.ACCEPTED;
    }

    static ResultCode reverse(final Request r, final Spending spending) {
        final Member m = r.p.member(spending.memberId);
        if (m.closed) {
            return ResultCode.MEMBER_CLOSED;
        }
        final long rest = spending.principal + spending.gift;
        final long amount = r.c.amountMinor() == 0 ? rest : r.c.amountMinor();
        if (rest == 0 || amount > rest) {
            return ResultCode.REVERSAL_EXCEEDS_ORIGINAL;
        }
        final long gift = Math.min(amount, spending.gift);
        final long principal = amount - gift;
        final Value value = m.values.of(spending.wallet);
        final long forfeited = Math.min(gift, value.owedGift);
        if (value.principal + principal > Request.LIMIT || value.gift + gift - forfeited > Request.LIMIT) {
            return ResultCode.LIMIT_EXCEEDED;
        }
        spending.gift -= gift;
        spending.principal -= principal;
        value.owedGift -= forfeited;
        value.gift += gift - forfeited;
        value.principal += principal;
        out(r.p, spending.wallet, forfeited - amount);
        r.o.valueMinor = amount;
        row(r, spending.wallet, value);
        return ResultCode.ACCEPTED;
    }

    /** Whether a gift would be too much; of no wallet none is. */
    static boolean tooMuchGift(final Program p, final Member m, final String wallet, final long gift) {
        return !wallet.isEmpty() && (m.values.of(wallet).gift + gift > Request.LIMIT || tooMuchIn(p, wallet, gift));
    }

    static void give(final Program p, final Member m, final String wallet, final long gift) {
        if (!wallet.isEmpty()) {
            m.values.of(wallet).gift += gift;
            in(p, wallet, gift);
        }
    }

    /** As far as it is there; the rest when spent gift comes back. */
    static void takeBack(final Program p, final Member m, final String wallet, final long gift) {
        if (!wallet.isEmpty()) {
            final Value value = m.values.of(wallet);
            final long back = Math.min(gift, value.gift);
            value.gift -= back;
            value.owedGift += gift - back;
            out(p, wallet, back);
        }
    }

    /** Of a member that closes; there is no principal. */
    static void forfeit(final Program p, final Member m) {
        m.values.values.forEach((wallet, value) -> {
            out(p, wallet, value.gift);
            value.gift = 0;
            value.owedGift = 0;
        });
    }

    static boolean tooMuchTogether(final Member into, final Member from) {
        return from.values.values.entrySet().stream().anyMatch(entry -> {
            final Value sum = into.values.of(entry.getKey());
            return sum.principal + entry.getValue().principal > Request.LIMIT
                    || sum.gift + entry.getValue().gift > Request.LIMIT;
        });
    }

    static void merge(final Member into, final Member from) {
        from.values.values.forEach((wallet, value) -> {
            final Value sum = into.values.of(wallet);
            sum.principal += value.principal;
            sum.gift += value.gift;
            sum.owedGift += value.owedGift;
        });
    }

    static void rows(final Request r, final Member m) {
        r.o.rows.begin(RowKind.WALLETS);
        for (final String wallet : r.p.values.wallets.keySet()) {
            final Value value = m.values.of(wallet);
            if (listed(r.p, wallet) != null || value.principal > 0 || value.gift > 0) {
                row(r, wallet, value);
            }
        }
    }

    /** What came in is there, or has gone out. */
    void check(final Collection<Member> members) {
        wallets.forEach((wallet, books) -> {
            BigInteger there = BigInteger.ZERO;
            for (final Member m : members) {
                there = Totals.plus(Totals.plus(there, m.values.of(wallet).principal), m.values.of(wallet).gift);
            }
            if (!books.in.equals(there.add(books.out))) {
                throw new AssertionError("the stored value of the reference does not balance: " + wallet);
            }
        });
    }
}

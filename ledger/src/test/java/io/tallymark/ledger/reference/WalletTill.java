package io.tallymark.ledger.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.WalletBalances;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Wallets of points beside {@code points}, for tests that tell a story. */
final class WalletTill {
    /** A further wallet; where nothing else is said orders earn 1 point per ¥1 there. */
    static final class Maker {
        private final String id;
        private long points = 1;
        private long per = 100;
        private Condition when = Condition.ALWAYS;
        private boolean tierMultiplier;
        private Expiry expiry = Expiry.never();
        private Activation activation = Activation.IMMEDIATE;
        private RefundPolicy refund = new RefundPolicy(RefundPolicy.Claw.DEBT, 1_000, false);
        private boolean redeemable = true;
        private boolean qualifying;

        private Maker(final String id) {
            this.id = id;
        }

        Maker rate(final long newPoints, final long newPer) {
            points = newPoints;
            per = newPer;
            return this;
        }

        Maker when(final Condition condition) {
            when = condition;
            return this;
        }

        Maker tierMultiplier() {
            tierMultiplier = true;
            return this;
        }

        Maker expiry(final Expiry newExpiry) {
            expiry = newExpiry;
            return this;
        }

        Maker activation(final boolean fulfilment, final int afterDays) {
            activation = new Activation(fulfilment, afterDays);
            return this;
        }

        Maker refund(final RefundPolicy.Claw claw, final long debtLimit) {
            refund = new RefundPolicy(claw, debtLimit, false);
            return this;
        }

        Maker unreferenced() {
            refund = new RefundPolicy(refund.claw(), refund.debtLimitPoints(), true);
            return this;
        }

        Maker notRedeemable() {
            redeemable = false;
            return this;
        }

        Maker qualifying() {
            qualifying = true;
            return this;
        }

        PointsWallet make() {
            return new PointsWallet(
                    id, points, per, when, tierMultiplier, expiry, activation, refund, redeemable, qualifying);
        }
    }

    private WalletTill() {}

    static Maker wallet(final String id) {
        return new Maker(id);
    }

    static Catalogue.Builder catalogue(final Maker... wallets) {
        final Catalogue.Builder b = Catalogue.builder();
        for (final Maker wallet : wallets) {
            b.add(wallet.make());
        }
        return b;
    }

    /** 1 point per ¥1 and these wallets. */
    static CompiledProgram.Builder shop(final Maker... wallets) {
        return Till.shop().catalogue(catalogue(wallets).build());
    }

    static Ask in(final Ask ask, final String wallet) {
        return ask.with(VarField.WALLET_ID, wallet);
    }

    /** What moved in each further wallet, and which of them the answer's points are of. */
    static String moved(final Outcome o) {
        final WalletBalances w = o.wallets;
        final List<String> all = new ArrayList<>();
        for (int i = 0; i < w.count(); i++) {
            all.add(new String(w.id(i), StandardCharsets.UTF_8) + " " + w.movedPoints(i)
                    + (w.subject() == i ? "!" : ""));
        }
        return String.join(", ", all);
    }

    /** What a member has in a further wallet: available, pending, held, debt. */
    static void has(
            final Till till,
            final long member,
            final String wallet,
            final long available,
            final long pending,
            final long held,
            final long debt) {
        till.send(Ask.tick(till.nowMs));
        final Outcome o = till.query(member);
        final WalletBalances w = o.wallets;
        int at = 0;
        while (!new String(w.id(at), StandardCharsets.UTF_8).equals(wallet)) {
            at++;
        }
        assertEquals(
                wallet + " available " + available + " pending " + pending + " held " + held + " debt " + debt,
                wallet + " available " + w.availablePoints(at) + " pending " + w.pendingPoints(at) + " held "
                        + w.heldPoints(at) + " debt " + w.debtPoints(at));
        assertEquals(WalletBalances.NONE, w.subject());
    }

    /** The answer to a question about a member, as {@code text: value value …} of each row. */
    static List<String> rows(final Till till, final CommandType type, final long member, final int columns) {
        till.send(Ask.tick(till.nowMs));
        final Outcome o = till.send(Ask.of(type, Till.PROGRAM, "").member(member));
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < o.rows.count(); i++) {
            final StringBuilder row = new StringBuilder(new String(o.rows.text(i), StandardCharsets.UTF_8)).append(':');
            for (int column = 0; column < columns; column++) {
                row.append(' ').append(o.rows.value(i, column));
            }
            rows.add(row.toString());
        }
        return rows;
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.PointsWallet;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;

/**
 * The further wallets of points of one program version, by number from 1 on, see {@link Account}; what concerns
 * {@code points} too answers for number 0. Immutable.
 */
final class WalletRules {
    /** {@link #find}: there is no such wallet. */
    static final int NONE = -1;

    /** How many there are: their numbers are 1 to this. */
    final int count;

    /** Whether what any of them earns depends on lines. */
    final boolean concernLines;

    /** Number of the wallet that the points counter counts. */
    final int qualifying;

    private final CompiledProgram program;
    private final RuleNumbers numbers;
    private final PointsWallet[] wallets;
    private final EarnRules[] rates;
    private final EarnCondition[] conditions;

    /** Prepares a version whose wallets are all that the program ever listed, which publication sees to. */
    WalletRules(final CompiledProgram program, final RuleNumbers numbers) {
        this.program = program;
        this.numbers = numbers;
        wallets = new PointsWallet[Account.WALLETS];
        rates = new EarnRules[Account.WALLETS];
        conditions = new EarnCondition[Account.WALLETS];
        boolean anyConcernsLines = false;
        int counted = Account.POINTS;
        for (final PointsWallet wallet : program.catalogue().pointsWallets()) {
            final int number = numbers.open(wallet.id()) + 1;
            wallets[number] = wallet;
            conditions[number] = new EarnCondition(wallet.when(), program);
            rates[number] = wallet.earns() ? rate(wallet, program) : null;
            anyConcernsLines |= conditions[number].concernsLines();
            counted = wallet.qualifying() ? number : counted;
        }
        count = numbers.count();
        concernLines = anyConcernsLines;
        qualifying = counted;
    }

    private static EarnRules rate(final PointsWallet wallet, final CompiledProgram program) {
        final long[] multiplierMicros =
                wallet.tierMultiplier() ? EarnRules.tierMultipliers(program) : EarnRules.noMultipliers(program);
        return new EarnRules(wallet.ratePoints(), wallet.ratePerMinor(), multiplierMicros);
    }

    /** The wallet that a command names, {@link Account#POINTS} where it names none; {@link #NONE}: there is no such one. */
    int find(final Command c) {
        final int length = c.length(VarField.WALLET_ID);
        if (length == 0) {
            return Account.POINTS;
        }
        final int found = count == 0 ? NONE : numbers.find(c.bytes(), c.offset(VarField.WALLET_ID), length);
        return found < 0 || found >= count ? NONE : found + 1;
    }

    /** The number of a listed wallet, {@link Account#POINTS} for an empty id. */
    int number(final String id) {
        return id.isEmpty() ? Account.POINTS : numbers.find(id) + 1;
    }

    /** Whether points of a wallet can be spent. */
    boolean isRedeemable(final int wallet) {
        return wallet == Account.POINTS || wallets[wallet].redeemable();
    }

    /** The id in ASCII; not to be written to. */
    byte[] id(final int wallet) {
        return numbers.id(wallet - 1);
    }

    /** The id behind {@code wallet/} in ASCII; not to be written to. */
    byte[] label(final int wallet) {
        return numbers.label(wallet - 1);
    }

    /** What orders earn in a further wallet; null: nothing. */
    EarnRules rate(final int wallet) {
        return rates[wallet];
    }

    /** Which lines and orders earn in a further wallet. */
    EarnCondition when(final int wallet) {
        return conditions[wallet];
    }

    RefundPolicy refund(final int wallet) {
        return wallet == Account.POINTS ? program.refund() : wallets[wallet].refund();
    }

    Activation activation(final int wallet) {
        return wallet == Account.POINTS ? program.activation() : wallets[wallet].activation();
    }

    /** The expiry day of points credited to a further wallet on a day of the program; makes objects. */
    int expiryDay(final int wallet, final int localDay) {
        return wallets[wallet].expiry().expiryDay(localDay);
    }
}

package io.tallymark.ledger.reference;

import java.math.BigInteger;
import java.util.Collection;

/** Where all points of a program's wallet came from and went to. */
final class Totals {
    private static final String BROKEN = "the books of the reference do not balance";

    BigInteger issued = BigInteger.ZERO;
    BigInteger writtenOff = BigInteger.ZERO;
    BigInteger redeemed = BigInteger.ZERO;
    BigInteger expired = BigInteger.ZERO;
    BigInteger forfeited = BigInteger.ZERO;
    BigInteger cancelled = BigInteger.ZERO;
    BigInteger clawedBack = BigInteger.ZERO;
    BigInteger adjustedDown = BigInteger.ZERO;

    static BigInteger plus(final BigInteger sum, final long points) {
        return sum.add(BigInteger.valueOf(points));
    }

    /** issued + debt + writtenOff = balances + everything that left, in a wallet. */
    void check(final String wallet, final Collection<Member> members) {
        BigInteger left = issued.add(writtenOff);
        BigInteger right = redeemed.add(expired)
                .add(forfeited)
                .add(cancelled)
                .add(clawedBack)
                .add(adjustedDown);
        for (final Member member : members) {
            final Account account = member.in(wallet);
            left = plus(left, account.debt);
            right = plus(right, account.all());
            if (account.debt < 0 || account.lots.values().stream().anyMatch(l -> l.held < 0 || l.unheld() < 0)) {
                throw new AssertionError("a balance of member " + member.id + " is below 0");
            }
        }
        if (!left.equals(right)) {
            throw new AssertionError(BROKEN + ": " + left + " and " + right);
        }
    }
}

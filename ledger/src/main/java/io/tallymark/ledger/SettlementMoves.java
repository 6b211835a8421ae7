package io.tallymark.ledger;

import java.util.Arrays;

/**
 * What a command adds to the {@link Settlement} of its program, or takes off. A part of the {@link Effect}, filled by plan
 * and booked by commit. One thread.
 */
final class SettlementMoves implements MemberDraft.Taker {
    private final Mark mark;

    int count;
    int[] issuer = new int[4];
    int[] counterpart = new int[4];
    long[] points = new long[4];
    private int taking;

    SettlementMoves() {
        this(new Mark());
    }

    /** @param mark set when something is put in */
    SettlementMoves(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        count = 0;
    }

    /**
     * Points of an account were spent at a counterpart, negative: no longer. Among themselves nobody owes anything, nor
     * for points of further wallets.
     */
    void add(final int account, final int at, final long moved) {
        if (account == at || Account.isFurther(account)) {
            return;
        }
        if (count == points.length) {
            issuer = Arrays.copyOf(issuer, count * 2);
            counterpart = Arrays.copyOf(counterpart, count * 2);
            points = Arrays.copyOf(points, count * 2);
        }
        mark.isSet = true;
        // In points an account is its issuer.
        issuer[count] = account;
        counterpart[count] = at;
        points[count++] = moved;
    }

    /** Adds what a redemption took. */
    void add(final RedemptionDraft r) {
        for (int i = 0; i < r.count; i++) {
            add(r.account[i], r.counterpart, r.partPoints[i]);
        }
    }

    /** Takes points for a counterpart from now on. */
    SettlementMoves with(final int at) {
        taking = at;
        return this;
    }

    @Override
    public void taken(final int expiryDay, final int account, final long moved) {
        add(account, taking, moved);
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The read side of one program: always the state of the moment. Read on the thread that applies commands. Totals speak
 * of materialised state: what expired counts as available until a command of its member comes.
 */
public final class ProgramView {
    private final ProgramState program;

    ProgramView(final ProgramState program) {
        this.program = program;
    }

    /** The program's name. */
    public String id() {
        return program.compiled().name();
    }

    /** The version in force, from 1. */
    public int version() {
        return program.version();
    }

    /** Hash of the version in force. */
    public StateHash canonicalHash() {
        return program.canonicalHash();
    }

    /** The version in force. */
    public CompiledProgram compiled() {
        return program.compiled();
    }

    /** How many members it has. */
    public long members() {
        return program.totals.members;
    }

    /** Points earned and adjusted upwards. */
    public long issuedPoints() {
        return program.totals.issuedPoints;
    }

    /** Points owed by members. */
    public long debtPoints() {
        return program.totals.debtPoints;
    }

    /** Active points that are not held. */
    public long availablePoints() {
        return program.totals.availablePoints;
    }

    /** Points that are not active yet. */
    public long pendingPoints() {
        return program.totals.pendingPoints;
    }

    /** Points that are reserved. */
    public long heldPoints() {
        return program.totals.heldPoints;
    }

    /** Points that claws took back, what became debt or was written off included. */
    public long clawedBackPoints() {
        return program.totals.clawedBackPoints;
    }

    /** Clawed points that nobody owes. */
    public long writtenOffPoints() {
        return program.totals.writtenOffPoints;
    }

    /** Points of members that were closed. */
    public long forfeitedPoints() {
        return program.totals.forfeitedPoints;
    }

    /** Pending points that were cancelled. */
    public long cancelledPoints() {
        return program.totals.cancelledPoints;
    }

    /** The books of its wallets of stored value, those that are listed no longer included, in the order of first listing. */
    public List<StoredValueTotals> storedValue() {
        final ValueTotals totals = program.valueTotals;
        final List<StoredValueTotals> all = new ArrayList<>();
        for (int wallet = 0; wallet < program.moneyWalletNumbers.count(); wallet++) {
            all.add(new StoredValueTotals(
                    new String(program.moneyWalletNumbers.id(wallet), StandardCharsets.US_ASCII),
                    totals.get(wallet, ValueTotals.TOPPED_UP),
                    totals.get(wallet, ValueTotals.GRANTED),
                    totals.get(wallet, ValueTotals.PRINCIPAL),
                    totals.get(wallet, ValueTotals.GIFT),
                    totals.get(wallet, ValueTotals.SPENT),
                    totals.get(wallet, ValueTotals.REFUNDED),
                    totals.get(wallet, ValueTotals.FORFEITED)));
        }
        return all;
    }

    /** The books of its wallet {@code points}. */
    public PointsWalletTotals points() {
        return PointsWalletTotals.of("points", program.totals);
    }

    /** The books of its further wallets of points, in the order of first listing. */
    public List<PointsWalletTotals> furtherWallets() {
        final List<PointsWalletTotals> all = new ArrayList<>();
        for (int wallet = 1; wallet <= program.pointsWalletNumbers.count(); wallet++) {
            final String id = new String(program.pointsWalletNumbers.id(wallet - 1), StandardCharsets.US_ASCII);
            all.add(PointsWalletTotals.of(id, program.totals(wallet)));
        }
        return all;
    }

    /** Points spent. */
    public long redeemedPoints() {
        return program.totals.redeemedPoints;
    }

    /** Points whose life ended. */
    public long expiredPoints() {
        return program.totals.expiredPoints;
    }

    /** Points adjusted downwards, what became debt included. */
    public long adjustedDownPoints() {
        return program.totals.adjustedDownPoints;
    }
}

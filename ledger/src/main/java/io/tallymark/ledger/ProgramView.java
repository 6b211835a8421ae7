package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;

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

    /** Points in lots. */
    public long availablePoints() {
        return program.totals.availablePoints;
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

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.ResultCode;

/**
 * What a command will do: filled by plan, which reads the state only, then carried out by commit. Mutable and reused.
 */
final class Effect {
    /** Engine time at which the command is planned. */
    long timeMs;

    /** UTC day of {@link #timeMs}. */
    long day;

    ResultCode code;

    /** Whether the command takes a sequence; if not, nothing is committed. */
    boolean journaled;

    /** The entry of the key's earlier use, 0: not replayed. */
    int replayOf;

    long keyHigh;
    long keyLow;
    long content;

    /** Null where the command names none that exists. */
    ProgramState program;

    /** Day of {@link #timeMs} in the program. */
    long localDay;

    long memberId;

    /** 0: unknown. */
    int memberSlot;

    // The outcome.
    long points;
    long basePoints;
    int programVersion;

    // What moves, all ≥ 0.
    boolean enrols;
    long issuedPoints;
    long repaidPoints;
    long takenPoints;
    long addedDebtPoints;
    long redeemedPoints;
    long adjustedDownPoints;

    // Of an accrual: the member's counters afterwards.
    boolean counts;
    long spendMinor;
    long earnedPoints;
    long visits;

    /** Of a publication that brings a new version, else null. */
    CompiledProgram publication;

    /** Empties the effect for a command at an engine time. */
    void begin(final long engineTimeMs) {
        timeMs = engineTimeMs;
        day = engineTimeMs / CompiledProgram.DAY_MS;
        code = null;
        journaled = false;
        replayOf = 0;
        program = null;
        memberId = 0;
        memberSlot = 0;
        publication = null;
        clearMovement();
    }

    /** The rules say yes. */
    void accept() {
        code = ResultCode.ACCEPTED;
        journaled = true;
    }

    /** The rules say no: journaled, the key is burned, no balance moves. */
    void reject(final ResultCode why) {
        clearMovement();
        code = why;
        journaled = true;
    }

    /** Answered without a sequence: nothing at all changes. */
    void answer(final ResultCode what) {
        clearMovement();
        code = what;
        journaled = false;
    }

    private void clearMovement() {
        points = 0;
        basePoints = 0;
        programVersion = 0;
        enrols = false;
        issuedPoints = 0;
        repaidPoints = 0;
        takenPoints = 0;
        addedDebtPoints = 0;
        redeemedPoints = 0;
        adjustedDownPoints = 0;
        counts = false;
    }
}

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;

/** A ledger with its sequence and its clock, for tests to speak to. */
final class Desk {
    /** 2026-11-22 06:00 UTC, 14:00 at +08:00. */
    static final long NOON_MS = 1_795_327_200_000L;

    static final LedgerOptions OPTIONS = new LedgerOptions(1_000, 1_000_000, 1_000_000);

    final Ledger ledger;
    long nowMs = NOON_MS;

    Desk() {
        this(OPTIONS);
    }

    Desk(final LedgerOptions options) {
        ledger = new Ledger(options, 11, 22);
    }

    static CompiledProgram.Builder mima() {
        return CompiledProgram.builder(Commands.PROGRAM)
                .currency("CNY")
                .utcOffsetMinutes(480)
                .enrolUnknownMembers(true)
                .lateWindowMs(CompiledProgram.DAY_MS)
                .keyDays(2)
                .baseRate(1, 100)
                .debtLimitPoints(1_000)
                .addTier("normal", 100, 1_000_000)
                .addTier("supreme", 500_000, 1_500_000);
    }

    Desk publish(final CompiledProgram program) {
        final Outcome o = apply(Commands.publish("publish-" + ledger.lastSequence(), program));
        if (o.code != ResultCode.ACCEPTED) {
            throw new AssertionError(o.toString());
        }
        return this;
    }

    Outcome apply(final Command c) {
        final Outcome o = new Outcome();
        final long before = ledger.lastSequence();
        final StateHash stateBefore = ledger.stateHash();
        ledger.apply(c, before + 1, nowMs, o);
        if (!o.journaled && !stateBefore.equals(ledger.stateHash())) {
            throw new AssertionError("took no sequence, but changed the state: " + o);
        }
        if (ledger.lastSequence() != before + (o.journaled ? 1 : 0)) {
            throw new AssertionError("sequence " + before + " became " + ledger.lastSequence() + ": " + o);
        }
        ledger.verifyZeroSum();
        return o;
    }

    Desk after(final long ms) {
        nowMs += ms;
        return this;
    }

    Desk afterDays(final int days) {
        return after(days * CompiledProgram.DAY_MS);
    }
}

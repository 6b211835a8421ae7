package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;

/** All that a ledger remembers, one room per concern. */
final class LedgerState {
    final ProgramRegistry programs = new ProgramRegistry();
    final MemberStore members;
    final KeyStore keys;
    final OrderStore orders;
    final IdentityStore identities = new IdentityStore();

    /** The member that was swept last, see {@link TickHandler}. */
    int sweptSlot;

    /** Of the last journaled command; 0: there was none. */
    long lastSequence;

    /** Of the last journaled command. */
    long engineTimeMs;

    LedgerState(final LedgerOptions options, final long memberHashKey) {
        members = new MemberStore(options.expectedMembers(), options.maxMembers(), memberHashKey);
        keys = new KeyStore(Math.min(options.expectedMembers(), options.maxKeys()), options.maxKeys());
        orders = new OrderStore(keys);
    }

    /** UTC day of the last journaled engine time. */
    long today() {
        return engineTimeMs / CompiledProgram.DAY_MS;
    }
}

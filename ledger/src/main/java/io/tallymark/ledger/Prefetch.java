package io.tallymark.ledger;

import io.tallymark.protocol.Command;

/**
 * Loads what a batch of commands will need before the first of them is applied. Each step is a tight loop of loads
 * that do not wait for each other, so that the misses of many commands overlap; changes nothing.
 */
final class Prefetch {
    private static final int MAX_COMMANDS = 1_024;

    private final LedgerState state;
    private final Fingerprints fingerprints;
    private final long[] keys = new long[MAX_COMMANDS];
    private final int[] members = new int[MAX_COMMANDS];
    private int keyCount;
    private int memberCount;

    /** Keeps the loads from being optimised away. */
    private long sink;

    Prefetch(final LedgerState state, final Fingerprints fingerprints) {
        this.state = state;
        this.fingerprints = fingerprints;
    }

    /** Notes what a command will need. */
    void add(final Command c, final Operation operation, final ProgramState program) {
        if (operation.keyed() && keyCount < MAX_COMMANDS) {
            keys[keyCount++] = fingerprints.key(c).high();
        }
        if (operation.concernsMember() && program != null && memberCount < MAX_COMMANDS) {
            members[memberCount++] = state.members.hash(program.number, c.memberId());
        }
    }

    /** Loads what was noted. */
    void load() {
        if (memberCount == 0 && keyCount == 0) {
            return;
        }
        long sum = 0;
        for (int i = 0; i < memberCount; i++) {
            members[i] = state.members.touchIndex(members[i]);
        }
        for (int i = 0; i < keyCount; i++) {
            sum += state.keys.touch(keys[i]);
        }
        for (int i = 0; i < memberCount; i++) {
            sum += members[i] == 0 ? 0 : state.members.touch(members[i]);
        }
        sum += state.keys.touchExpired(state.today(), Ledger.DELETIONS_PER_COMMAND * keyCount);
        sink += sum;
        keyCount = 0;
        memberCount = 0;
    }

    /** A number without meaning. */
    long sink() {
        return sink;
    }
}

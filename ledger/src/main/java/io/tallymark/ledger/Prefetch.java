package io.tallymark.ledger;

import io.tallymark.protocol.Command;

/**
 * Loads what a batch of commands will need before the first of them is applied. Each step is a tight loop of loads
 * that do not wait for each other, so that the misses of many commands overlap; changes nothing.
 */
final class Prefetch {
    private final LedgerState state;
    private final Fingerprints fingerprints;
    private final int[] members = new int[KeyMemo.MAX_COMMANDS];
    private int memberCount;
    private int memberNext;
    private boolean isLoaded = true;

    /** Keeps the loads from being optimised away. */
    private long sink;

    Prefetch(final LedgerState state, final Fingerprints fingerprints) {
        this.state = state;
        this.fingerprints = fingerprints;
    }

    /** Notes what a command will need. */
    void add(final Command c, final Operation operation, final ProgramState program) {
        if (isLoaded) {
            fingerprints.ahead().clear();
            memberCount = 0;
            memberNext = 0;
            isLoaded = false;
        }
        if (operation.keyed()) {
            fingerprints.keyAhead(c);
        }
        if (operation.concernsMember() && program != null && c.memberId() > 0 && memberCount < members.length) {
            members[memberCount++] = state.members.hash(program.number, c.memberId());
        }
    }

    /**
     * The slot that probably is that of the next member in the order of touching, 0: not known. Who takes it compares
     * the member, so a command that never came after its touch costs time and nothing else.
     */
    int nextMember() {
        return memberNext < memberCount ? members[memberNext++] : 0;
    }

    /** Loads what was noted. */
    void load() {
        if (isLoaded) {
            return;
        }
        isLoaded = true;
        final KeyMemo keys = fingerprints.ahead();
        long sum = state.keys.touchUpcoming(keys.count());
        for (int i = 0; i < memberCount; i++) {
            sum += state.members.touchIndex(members[i]);
        }
        for (int i = 0; i < keys.count(); i++) {
            sum += state.keys.touch(keys.high(i));
        }
        for (int i = 0; i < memberCount; i++) {
            members[i] = state.members.guess(members[i]);
        }
        for (int i = 0; i < memberCount; i++) {
            sum += members[i] == 0 ? 0 : state.members.touch(members[i]);
        }
        for (int i = 0; i < memberCount; i++) {
            sum += members[i] == 0 ? 0 : state.members.touchBlob(members[i]);
        }
        sink += sum;
    }
}

package io.tallymark.ledger;

/** What is computed from the whole state by scan: its hash, and whether the books balance. */
final class Audit {
    private static final long PROGRAM = 1;
    private static final long MEMBER = 2;
    private static final long LOT = 3;
    private static final long KEY = 4;

    private final LedgerState state;

    Audit(final LedgerState state) {
        this.state = state;
    }

    /** The hash of all logical records; keys whose life is over are no part of it. */
    StateHash hash(final long key0, final long key1) {
        final SipHash records = new SipHash(key0, key1);
        final StateHasher programs = new StateHasher(records, PROGRAM);
        for (int i = 0; i < state.programs.count(); i++) {
            hashProgram(state.programs.get(i), programs);
        }
        final StateHasher members = new StateHasher(records, MEMBER);
        final StateHasher lots = new StateHasher(records, LOT);
        for (int slot = 1; slot <= state.members.count(); slot++) {
            hashMember(slot, members, lots);
        }
        final StateHasher keys = new StateHasher(records, KEY);
        state.keys.hashAlive(state.today(), keys);
        final SipHash whole = new SipHash(key0, key1).begin();
        for (final StateHasher kind : new StateHasher[] {programs, members, lots, keys}) {
            whole.word(kind.high()).word(kind.low());
        }
        whole.end();
        return new StateHash(whole.high(), whole.low());
    }

    private static void hashProgram(final ProgramState program, final StateHasher into) {
        final Totals totals = program.totals;
        into.begin(program.number);
        into.word(program.version());
        into.word(program.canonicalHash().high());
        into.word(program.canonicalHash().low());
        into.word(totals.members);
        into.word(totals.issuedPoints);
        into.word(totals.debtPoints);
        into.word(totals.availablePoints);
        into.word(totals.redeemedPoints);
        into.word(totals.expiredPoints);
        into.word(totals.adjustedDownPoints);
        into.add();
    }

    private void hashMember(final int slot, final StateHasher into, final StateHasher lots) {
        final MemberStore members = state.members;
        final long memberId = members.memberId(slot);
        final long program = members.program(slot);
        into.begin(program);
        into.word(memberId);
        into.word(members.tier(slot));
        into.word(members.spendMinor(slot));
        into.word(members.earnedPoints(slot));
        into.word(members.visits(slot));
        into.word(members.debtPoints(slot));
        into.add();
        state.lots.forEach(slot, (points, day) -> {
            lots.begin(program);
            lots.word(memberId);
            lots.word(points);
            lots.word(day);
            lots.add();
        });
    }

    /**
     * Recomputes balances and debts from the members and compares.
     *
     * @throws IllegalStateException naming the program whose books do not balance
     */
    void verifyZeroSum() {
        final int count = state.programs.count();
        final long[] available = new long[count];
        final long[] debt = new long[count];
        final long[] members = new long[count];
        for (int slot = 1; slot <= state.members.count(); slot++) {
            final int program = state.members.program(slot);
            members[program]++;
            debt[program] += state.members.debtPoints(slot);
            available[program] += state.lots.available(slot, Long.MIN_VALUE);
        }
        for (int i = 0; i < count; i++) {
            final ProgramState program = state.programs.get(i);
            final Totals totals = program.totals;
            if (!totals.isZeroSum()
                    || totals.members != members[i]
                    || totals.availablePoints != available[i]
                    || totals.debtPoints != debt[i]) {
                throw new IllegalStateException(
                        "the books of " + program.compiled().name() + " do not balance: " + totals + "; its members: "
                                + members[i] + " with available " + available[i] + ", debt " + debt[i]);
            }
        }
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;

/**
 * The deterministic state machine: members, lots, tiers, keys, programs. It has an answer for every command, and the
 * same commands at the same engine times with the same seed lead to the same outcomes and the same state, whatever
 * the options as long as nothing is refused for CAPACITY.
 *
 * <p>Owned by one thread. Allocates nothing per command once space is prepared, apart from new pages.
 */
public final class Ledger {
    /** The last engine time that is taken: the end of the year 9999. */
    public static final long MAX_TIME_MS = 253_402_300_799_999L;

    /** Expired keys that a journaled command without a key deletes at most: deletion catches up while little happens. */
    private static final int DELETIONS_WITHOUT_KEY = 2;

    private static final int MAX_OPERATION_CODES = 64;

    private final LedgerState state;
    private final Operation[] operations = new Operation[MAX_OPERATION_CODES];
    private final Effect effect = new Effect();
    private final OrderDraft order = new OrderDraft();
    private final Fingerprints fingerprints;
    private final Prefetch prefetch;
    private final Audit audit;
    private final StateHash auditKey;

    /**
     * An empty ledger.
     *
     * @param options  how large it is planned
     * @param seedHigh seed of all keyed hashes, upper half; it comes from the journal
     * @param seedLow  lower half
     */
    public Ledger(final LedgerOptions options, final long seedHigh, final long seedLow) {
        final SipHash seeds = new SipHash(seedLow, seedHigh);
        state = new LedgerState(options, seeds.begin().word(1).end().low());
        fingerprints = new Fingerprints(seeded(seeds, 2), seeded(seeds, 3));
        prefetch = new Prefetch(state, fingerprints);
        audit = new Audit(state);
        seeds.begin().word(4).end();
        auditKey = new StateHash(seeds.high(), seeds.low());
        fillOperations();
    }

    /** The operations: a new one is a handler and a row here. */
    private void fillOperations() {
        final MemberMoves moves = new MemberMoves(state);
        put(CommandType.ACCRUE, new Operation(new AccrueHandler(state, moves), true, true, true));
        put(CommandType.REDEEM, new Operation(new RedeemHandler(moves), true, true, true));
        put(CommandType.ADJUST, new Operation(new AdjustHandler(moves), true, true, true));
        put(CommandType.QUERY_MEMBER, new Operation(new QueryMemberHandler(), true, true, false));
        put(CommandType.PUBLISH_PROGRAM, new Operation(new PublishHandler(state.programs), false, false, true));
        put(CommandType.LIST_PROGRAMS, new Operation(new ListProgramsHandler(), false, false, false));
        put(CommandType.TICK, new Operation(new TickHandler(), false, false, false));
    }

    private void put(final CommandType type, final Operation operation) {
        operations[type.code()] = operation;
    }

    private static SipHash seeded(final SipHash seeds, final long purpose) {
        seeds.begin().word(purpose).end();
        return new SipHash(seeds.low(), seeds.high());
    }

    /**
     * Notes what a command will need, so that the first {@link #apply} after it loads all at once. For every command
     * of a batch, then the batch is applied. Changes no outcome.
     */
    public void touch(final Command c) {
        final Operation operation = operations[c.type().code()];
        if (operation != null && (!operation.keyed() || CommandForm.hasKey(c))) {
            prefetch.add(c, operation, programOf(c));
        }
    }

    /**
     * Decides a command and carries it out: checks everything, then changes what is to change. What takes no sequence
     * changes nothing.
     *
     * @param c            any command
     * @param nextSequence the sequence it takes if it is journaled: the last one plus 1
     * @param engineTimeMs epoch milliseconds, not before the last journaled one
     * @param o            filled; {@link Outcome#journaled} says whether the sequence was taken
     * @throws IllegalStateException if sequence or time are not as said, or the state contradicts itself: a broken
     *                               invariant, after which nothing may be acknowledged
     */
    public void apply(final Command c, final long nextSequence, final long engineTimeMs, final Outcome o) {
        if (nextSequence != state.lastSequence + 1 || engineTimeMs < state.engineTimeMs || engineTimeMs > MAX_TIME_MS) {
            throw outOfOrder(nextSequence, engineTimeMs);
        }
        prefetch.load();
        effect.begin(engineTimeMs);
        final Operation operation = operations[c.type().code()];
        plan(c, operation);
        if (effect.journaled) {
            commit(c, operation, nextSequence);
        }
        report(c, o);
    }

    private void plan(final Command c, final Operation operation) {
        final Effect e = effect;
        final ResultCode form =
                operation == null ? ResultCode.MALFORMED : operation.handler().check(c);
        if (form != ResultCode.ACCEPTED) {
            e.answer(form);
            return;
        }
        e.program = programOf(c);
        if (e.program != null) {
            e.localDay = e.program.localDay(e.timeMs);
        } else if (operation.namesProgram()) {
            e.answer(ResultCode.UNKNOWN_PROGRAM);
            return;
        }
        if (operation.concernsMember()) {
            e.memberId = c.memberId();
            e.memberSlot = state.members.find(prefetch.nextMember(), e.program.number, c.memberId());
        }
        if (!operation.keyed()) {
            operation.handler().plan(c, e);
        } else if (isNewKey(c)) {
            operation.handler().plan(c, e);
            refuseBeyondCapacity();
        }
    }

    /** Looks the key up; a replay and a conflict are answered here. */
    private boolean isNewKey(final Command c) {
        final Effect e = effect;
        fingerprints.key(c);
        e.keyHigh = fingerprints.keyHigh();
        e.keyLow = fingerprints.keyLow();
        e.content = fingerprints.content(c);
        final int entry = state.keys.find(e.keyHigh, e.keyLow, e.day);
        if (entry == 0) {
            return true;
        }
        if (state.keys.content(entry) == e.content) {
            e.answer(ResultCode.ofNumber(state.keys.code(entry)));
            e.replayOf = entry;
        } else {
            e.answer(ResultCode.IDEMPOTENCY_CONFLICT);
        }
        return false;
    }

    private void refuseBeyondCapacity() {
        if (effect.journaled && (state.keys.isFull(effect.day) || effect.enrols && state.members.isFull())) {
            effect.answer(ResultCode.CAPACITY);
        }
    }

    private void commit(final Command c, final Operation operation, final long sequence) {
        final Effect e = effect;
        operation.handler().commit(e);
        if (operation.keyed()) {
            final boolean publishes = c.type() == CommandType.PUBLISH_PROGRAM;
            // An old publication sent again must never bring an old version back.
            final int endDay = publishes ? KeyStore.FOREVER_DAY : e.program.keyEndDay(e.timeMs);
            final int entry = state.keys.add(e.keyHigh, e.keyLow, endDay);
            state.keys.describe(entry, e.content, sequence, e.code.number(), e.points);
            if (publishes) {
                state.orders.saveVersion(entry, e.programVersion);
            } else if (e.counts) {
                saveOrder(c, entry);
            }
        }
        state.lastSequence = sequence;
        state.engineTimeMs = e.timeMs;
        state.keys.deleteSome(e.day, operation.keyed() ? state.keys.deletionsPerAdded(e.day) : DELETIONS_WITHOUT_KEY);
    }

    private void saveOrder(final Command c, final int entry) {
        order.clear();
        order.memberSlot = effect.memberSlot;
        order.version = effect.program.version();
        order.amountMinor = c.amountMinor();
        order.granted.basePoints = effect.basePoints;
        order.granted.tierPoints = effect.points - effect.basePoints;
        order.retainedPoints = effect.points;
        state.orders.save(entry, order);
    }

    private void report(final Command c, final Outcome o) {
        final Effect e = effect;
        o.reset();
        o.code = e.code;
        o.journaled = e.journaled;
        o.asOfSequence = state.lastSequence;
        o.engineTimeMs = state.engineTimeMs;
        if (e.replayOf != 0) {
            reportReplay(c, o);
        } else {
            o.sequence = e.journaled ? state.lastSequence : 0;
            o.points = e.points;
            o.basePoints = e.basePoints;
            o.programVersion = e.programVersion;
        }
        o.tierPoints = c.type() == CommandType.ACCRUE ? o.points - o.basePoints : 0;
        if (e.memberSlot != 0) {
            reportMember(c, o);
        }
    }

    private void reportReplay(final Command c, final Outcome o) {
        final int entry = effect.replayOf;
        o.replayed = true;
        o.sequence = state.keys.sequence(entry);
        o.points = state.keys.points(entry);
        if (c.type() == CommandType.PUBLISH_PROGRAM) {
            o.programVersion = state.orders.version(entry);
        } else if (state.orders.kind(entry) == OrderStore.ORDER) {
            state.orders.load(entry, order);
            o.basePoints = order.granted.basePoints;
        }
    }

    /** Balances as of the last journaled engine time, which is this command's own if it was journaled. */
    private void reportMember(final Command c, final Outcome o) {
        final MemberStore members = state.members;
        final ProgramState program = effect.program;
        final int slot = effect.memberSlot;
        o.availablePoints = state.lots.available(slot, program.localDay(state.engineTimeMs));
        o.debtPoints = members.debtPoints(slot);
        o.tierRank = program.tierRules().rank(members.tier(slot));
        o.tierId = program.tierRules().id(o.tierRank);
        if (c.type() == CommandType.QUERY_MEMBER) {
            o.memberId = c.memberId();
            o.lifetimeSpendMinor = members.spendMinor(slot);
            o.lifetimePoints = members.earnedPoints(slot);
            o.lifetimeVisits = members.visits(slot);
        }
    }

    private ProgramState programOf(final Command c) {
        return state.programs.find(c.bytes(), c.offset(VarField.PROGRAM), c.length(VarField.PROGRAM));
    }

    private IllegalStateException outOfOrder(final long nextSequence, final long engineTimeMs) {
        return new IllegalStateException("sequence " + nextSequence + " at " + engineTimeMs + " does not follow "
                + state.lastSequence + " at " + state.engineTimeMs);
    }

    /** Sequence of the last journaled command; 0: there was none. */
    public long lastSequence() {
        return state.lastSequence;
    }

    /** Engine time of the last journaled command, epoch milliseconds; 0: there was none. */
    public long engineTimeMs() {
        return state.engineTimeMs;
    }

    /** How many members all programs have. */
    public long memberCount() {
        return state.members.count();
    }

    /** How many programs there are. */
    public int programCount() {
        return state.programs.count();
    }

    /**
     * The read side of a program.
     *
     * @param i number in the order of first publication, from 0 to {@link #programCount()} - 1
     */
    public ProgramView program(final int i) {
        if (i < 0 || i >= state.programs.count()) {
            throw new IndexOutOfBoundsException("program " + i + " of " + state.programs.count());
        }
        return new ProgramView(state.programs.get(i));
    }

    /**
     * The hash of the state, by scan: programs with totals, members, lots, living keys. Independent of layout and
     * options; comparable between ledgers of the same seed only.
     */
    public StateHash stateHash() {
        return audit.hash(auditKey.low(), auditKey.high());
    }

    /**
     * Recomputes each program's balances and debts from its members, by scan, and checks that every point issued or
     * owed is somewhere.
     *
     * @throws IllegalStateException naming the program whose books do not balance
     */
    public void verifyZeroSum() {
        audit.verifyZeroSum();
    }

    /** Entries of keys in memory, those included whose life is over but which are not deleted yet. */
    long storedKeys() {
        return state.keys.stored();
    }
}

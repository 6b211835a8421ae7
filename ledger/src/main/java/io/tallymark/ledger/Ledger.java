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
    static final int DELETIONS_WITHOUT_KEY = 2;

    private static final int MAX_OPERATION_CODES = 64;

    private final LedgerState state;
    private final Operation[] operations = new Operation[MAX_OPERATION_CODES];
    private final Effect effect = new Effect();
    private final Fingerprints fingerprints;
    private final TierEngine tiers = new TierEngine();
    private final DueEvents dueEvents = new DueEvents(tiers);
    private final Commit commit;
    private final Prefetch prefetch;
    private final Reports reports;
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
        commit = new Commit(state);
        prefetch = new Prefetch(state, fingerprints);
        reports = new Reports(state, tiers, dueEvents);
        audit = new Audit(state);
        seeds.begin().word(4).end();
        auditKey = new StateHash(seeds.high(), seeds.low());
        fillOperations();
    }

    /** The operations: a new one is a handler and a row, here or in one of the three that follow. */
    private void fillOperations() {
        final Admission admission = new Admission(tiers);
        final Referrals referrals = new Referrals(state, dueEvents);
        final BoardCounting boards = new BoardCounting(referrals);
        final Earning earning = new Earning(tiers, admission, referrals, boards);
        final Originals originals = new Originals(state, fingerprints, dueEvents);
        final Handler accrue = new AccrueHandler(admission, earning);
        final Handler pending = new PendingHandler(originals, admission);
        final Handler pause = new PauseHandler();
        put(CommandType.ACCRUE, accrue);
        put(CommandType.PREVIEW_ACCRUE, new PreviewHandler(accrue));
        put(CommandType.CLAIM, new ClaimHandler(admission, earning, originals));
        put(CommandType.ACTIVITY, new ActivityHandler(admission, tiers));
        put(CommandType.ADJUST, new AdjustHandler(admission));
        put(CommandType.TRANSFER, new TransferHandler(state, admission, dueEvents));
        put(CommandType.REFUND, new RefundHandler(originals, admission, tiers, earning.engine(), referrals, boards));
        put(CommandType.RETURN_UNREFERENCED, new ReturnHandler(admission, tiers));
        put(CommandType.ACTIVATE_PENDING, pending);
        put(CommandType.CANCEL_PENDING, pending);
        put(CommandType.PAUSE, pause);
        put(CommandType.RESUME, pause);
        put(CommandType.PUBLISH_PROGRAM, new PublishHandler(state.programs));
        put(CommandType.TICK, new TickHandler(state, dueEvents));
        fillMembers(admission, new EnrolHandler(state, admission, referrals, boards));
        fillSpending(admission, originals);
        fillQueries(originals);
    }

    private void fillMembers(final Admission admission, final Handler enrol) {
        final Handler identity = new IdentityHandler(state, admission);
        final Handler standing = new StandingHandler(state, admission, dueEvents);
        final Handler tierGrant = new TierGrantHandler(admission, tiers);
        put(CommandType.ENROL, enrol);
        put(CommandType.LINK_IDENTITY, identity);
        put(CommandType.UNLINK_IDENTITY, identity);
        put(CommandType.FREEZE, standing);
        put(CommandType.UNFREEZE, standing);
        put(CommandType.CLOSE, standing);
        put(CommandType.ERASE, standing);
        put(CommandType.MERGE, new MergeHandler(state, admission, dueEvents, tiers));
        put(CommandType.GRANT_TIER, tierGrant);
        put(CommandType.REVOKE_TIER, tierGrant);
    }

    private void fillSpending(final Admission admission, final Originals originals) {
        final Spending spending = new Spending(admission, tiers);
        final Offers offers = new Offers(admission, tiers);
        final CouponUse couponUse = new CouponUse(tiers);
        final RewardCoupons rewardCoupons = new RewardCoupons();
        final Rewards rewards = new Rewards(offers, spending, rewardCoupons, new GiftGrant());
        final Handler redeem = new RedeemHandler(spending, rewards);
        final Handler endHold = new EndHoldHandler(state, originals, admission, spending, rewards);
        final Handler coupon = new CouponHandler(admission, couponUse);
        final Handler pack = new PackHandler(offers, spending, originals, admission, tiers);
        final Handler value = new ValueHandler(admission);
        put(CommandType.REDEEM, redeem);
        put(CommandType.PREVIEW_REDEEM, new PreviewHandler(redeem));
        put(CommandType.HOLD, new HoldHandler(admission, spending, rewards, couponUse));
        put(CommandType.CAPTURE, endHold);
        put(CommandType.VOID, endHold);
        put(CommandType.REVERSE, new ReverseHandler(originals, admission, rewards));
        put(CommandType.RESTOCK, new RestockHandler());
        put(CommandType.DRAW, new DrawHandler(offers, spending, rewardCoupons));
        put(CommandType.GRANT_COUPON, coupon);
        put(CommandType.USE_COUPON, coupon);
        put(CommandType.USE_BENEFIT, new BenefitHandler(admission));
        put(CommandType.RETURN_USE, new ReturnUseHandler(originals, admission));
        put(CommandType.BUY_PACK, pack);
        put(CommandType.REFUND_PACK, pack);
        put(CommandType.TOP_UP, value);
        put(CommandType.SPEND_VALUE, value);
        put(CommandType.REFUND_VALUE, value);
    }

    private void fillQueries(final Originals originals) {
        final Handler query = new QueryHandler(state, tiers);
        final Handler queryRules = new QueryRulesHandler(originals);
        put(CommandType.QUERY_MEMBER, query);
        put(CommandType.QUERY_IDENTITIES, query);
        put(CommandType.QUERY_HOLDS, query);
        put(CommandType.QUERY_PENDING, query);
        put(CommandType.QUERY_EXPIRING, query);
        put(CommandType.QUERY_PROGRESS, query);
        put(CommandType.QUERY_WALLETS, query);
        put(CommandType.QUERY_COUPONS, query);
        put(CommandType.QUERY_BENEFITS, query);
        put(CommandType.QUERY_COUPON, queryRules);
        put(CommandType.QUERY_REWARD, queryRules);
        put(CommandType.QUERY_ORDER, queryRules);
        put(CommandType.QUERY_CAMPAIGN, queryRules);
        put(CommandType.QUERY_SETTLEMENT, queryRules);
        put(CommandType.QUERY_VERSION, queryRules);
        put(CommandType.QUERY_BOARD, new QueryBoardHandler(state));
        put(CommandType.LIST_PROGRAMS, new ListProgramsHandler());
    }

    private void put(final CommandType type, final Handler handler) {
        operations[type.code()] = new Operation(type, handler);
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
        final boolean changes = c.type().changesState();
        effect.begin(changes ? engineTimeMs : state.engineTimeMs, nextSequence, o.rows);
        final Operation operation = operations[c.type().code()];
        plan(c, operation);
        if (effect.journaled) {
            commit.run(c, operation, effect);
        }
        report(c, o);
    }

    private void plan(final Command c, final Operation operation) {
        final Effect e = effect;
        final ResultCode form = operation == null ? ResultCode.MALFORMED : operation.check(c);
        if (form != ResultCode.ACCEPTED) {
            e.answer(form);
            return;
        }
        e.program = operation.namesProgram() ? programOf(c) : null;
        if (e.program != null) {
            e.localDay = e.program.localDay(e.timeMs);
        } else if (operation.needsProgram()) {
            e.answer(ResultCode.UNKNOWN_PROGRAM);
            return;
        }
        if (operation.keyed() && !isNewKey(c)) {
            if (e.replayOf == 0) {
                findMember(c, operation);
            }
            return;
        }
        findMember(c, operation);
        operation.handler().plan(c, e);
        if (operation.keyed() && e.journaled) {
            refuseBeyondCapacity(c);
        }
    }

    /** Finds the member that a command names and brings its image up to the effect's time. */
    private void findMember(final Command c, final Operation operation) {
        final Effect e = effect;
        if (!operation.concernsMember() || e.program == null) {
            return;
        }
        final int slot = c.memberId() > 0
                ? state.members.find(prefetch.nextMember(), e.program.number, c.memberId())
                : state.identities.find(c, e.program);
        if (slot != 0) {
            state.members.load(slot, e.program, e.member);
            dueEvents.advance(e.member, e.timeMs, e.movement);
            e.hasMember = true;
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
            e.isOnRecord = state.keys.metRecordOfGoneKey();
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

    private void refuseBeyondCapacity(final Command c) {
        final Effect e = effect;
        final boolean enrols = e.accepted && e.hasMember && e.member.slot == 0;
        final boolean links = e.accepted && e.linksIdentity;
        if (state.keys.isFull(e.day)
                || enrols && state.members.isFull()
                || links && !state.identities.hasRoom(c, e.program)
                || e.accepted && e.hasMember && !state.members.canSave(e.member)
                || e.accepted && e.hasOther && !state.members.canSave(e.other)) {
            e.answer(ResultCode.CAPACITY);
        }
    }

    private void report(final Command c, final Outcome o) {
        final Effect e = effect;
        o.code = e.code;
        o.sequence = e.journaled ? state.lastSequence : 0;
        o.journaled = e.journaled;
        o.replayed = false;
        o.asOfSequence = state.lastSequence;
        o.engineTimeMs = state.engineTimeMs;
        o.points = e.points;
        o.basePoints = e.basePoints;
        o.tierPoints = e.tierPoints;
        o.campaignPoints = e.campaignPoints;
        o.clippedPoints = e.clippedPoints;
        o.bonusPoints = e.bonusPoints;
        o.addedDebtPoints = e.addedDebtPoints;
        o.writtenOffPoints = e.writtenOffPoints;
        o.valueMinor = e.valueMinor;
        o.cashMinor = e.cashMinor;
        o.programVersion = e.programVersion;
        if (e.replayOf != 0) {
            reports.replay(e, o);
        }
        reports.member(c, e, o);
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

package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;

/**
 * What a command will do: filled by plan, which reads the state and works on images of what it changes, then carried out
 * by commit. Mutable and reused.
 */
final class Effect {
    /** Engine time at which the command is planned: of a query and a preview, that of the last journaled command. */
    long timeMs;

    /** UTC day of {@link #timeMs}. */
    long day;

    /** The sequence that the command takes if it is journaled. */
    long sequence;

    ResultCode code;

    /** Whether the command takes a sequence; if not, nothing is committed. */
    boolean journaled;

    /** Whether it is journaled and was not rejected: its images are saved. */
    boolean accepted;

    /** The entry of the key's earlier use, 0: not replayed. */
    int replayOf;

    long keyHigh;
    long keyLow;
    long content;

    /** Whether there is a record under the command's name although its key is new. */
    boolean isOnRecord;

    /** Null where the command names none that exists. */
    ProgramState program;

    /** Day of {@link #timeMs} in the program. */
    int localDay;

    /** When it happened: at engine time where the command does not say so or says a little later. */
    long eventMs;

    /** Day of {@link #eventMs} in the program. */
    int eventDay;

    /** The member concerned, brought up to {@link #timeMs}; meaningful if {@link #hasMember}. */
    final MemberDraft member = new MemberDraft();

    /** Whether the member is known, or enrols by this. */
    boolean hasMember;

    /** Whether an identity is to be linked to the member. */
    boolean linksIdentity;

    /** The second member: of a transfer, a merge, a referrer; saved if {@link #hasOther}. */
    final MemberDraft other = new MemberDraft();

    boolean hasOther;

    /** Of a merge: the slot of the member that goes. */
    int mergedSlot;

    /** The order that earns or is refunded; saved under {@link #orderEntry} or, if that is 0, under the command's key. */
    final OrderDraft order = new OrderDraft();

    boolean hasOrder;
    int orderEntry;

    /** Whether the order is known under another name than the command's own key: that of the order claimed. */
    boolean claims;

    long claimedHigh;
    long claimedLow;

    /** The redemption made or reversed; saved under {@link #redemptionEntry} or, if that is 0, under the command's key. */
    final RedemptionDraft redemption = new RedemptionDraft();

    boolean hasRedemption;
    int redemptionEntry;

    /** The spending of stored value made or reversed; saved as a redemption is. */
    final ValueDraft spending = new ValueDraft();

    boolean hasSpending;
    int spendingEntry;
    /** The use of a coupon or a benefit, or its return; saved under {@link #useEntry} or, if that is 0, under the key. */
    final UseDraft use = new UseDraft();

    boolean hasUse;
    int useEntry;

    /** What the outcome tells of further wallets. */
    final WalletMoves wallets = new WalletMoves();

    /** Whether more coupons are granted than a member may have. */
    boolean hasTooManyCoupons;

    /** The hold that ends, and as what; 0: none. */
    int holdEntry;

    int holdState;

    /** UTC day up to which the record of a new hold must be kept. */
    int holdEndDay;

    /** Set when anything is put into boards, settlement, stored value or stock: most commands concern none of them. */
    private final Mark extras = new Mark();

    /** What changes on boards. */
    final BoardChanges boards = new BoardChanges(extras);

    /** By how much the program's totals move. */
    final Movement movement = new Movement();

    /** What issuers come to owe each other. */
    final SettlementMoves settles = new SettlementMoves(extras);

    /** By how much its stored value moves. */
    final ValueTotals valueMoves = new ValueTotals(extras);
    /** What happens to the program's stock of something. */
    final StockChange stock = new StockChange(extras);

    /** Stable numbers of campaigns whose budgets change, and by how much. */
    final int[] budgetNumber = new int[Shares.MAX_CAMPAIGNS];

    final long[] budgetPoints = new long[Shares.MAX_CAMPAIGNS];
    int budgetCount;

    // The outcome.
    long points;
    long basePoints;
    long tierPoints;
    long campaignPoints;
    long clippedPoints;
    long bonusPoints;
    long addedDebtPoints;
    long writtenOffPoints;
    long valueMinor;
    long cashMinor;
    int programVersion;

    /** Of queries and explained outcomes; written to by plan only. */
    Rows rows;

    /** Of a publication that brings a new version, else null. */
    CompiledProgram publication;

    /** Empties the effect for a command at an engine time. */
    void begin(final long engineTimeMs, final long nextSequence, final Rows outcomeRows) {
        timeMs = engineTimeMs;
        day = engineTimeMs / CompiledProgram.DAY_MS;
        sequence = nextSequence;
        rows = outcomeRows;
        code = null;
        journaled = false;
        accepted = false;
        replayOf = 0;
        isOnRecord = false;
        program = null;
        hasMember = false;
        publication = null;
        clearMovement();
    }

    /** Sets when it happened; the time was checked. */
    void happened(final Command c) {
        final long stated = c.eventTimeMs();
        eventMs = stated == Command.NO_TIME ? timeMs : Math.min(stated, timeMs);
        eventDay = program.localDay(eventMs);
    }

    /** The rules say yes. */
    void accept() {
        code = ResultCode.ACCEPTED;
        journaled = true;
        accepted = true;
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

    /** A preview's yes: the outcome's numbers stay, nothing changes. */
    void foresee() {
        code = ResultCode.ACCEPTED;
        journaled = false;
        accepted = false;
    }

    void budget(final int number, final long change) {
        if (change != 0) {
            budgetNumber[budgetCount] = number;
            budgetPoints[budgetCount++] = change;
        }
    }

    /** Makes the rows those of what the command led to; there may be some already. */
    void consequences() {
        if (rows.kind() != RowKind.CONSEQUENCES) {
            rows.begin(RowKind.CONSEQUENCES);
        }
    }

    /** Whether anything is in {@link #boards}, {@link #settles}, {@link #valueMoves} or {@link #stock}. */
    boolean hasExtras() {
        return extras.isSet;
    }

    private void clearExtras() {
        boards.clear();
        valueMoves.clear();
        stock.clear();
        settles.clear();
        extras.isSet = false;
    }

    private void clearMovement() {
        accepted = false;
        linksIdentity = false;
        hasOther = false;
        hasOrder = false;
        orderEntry = 0;
        claims = false;
        hasRedemption = false;
        redemptionEntry = 0;
        hasSpending = false;
        spendingEntry = 0;
        hasUse = false;
        useEntry = 0;
        hasTooManyCoupons = false;
        holdEntry = 0;
        holdState = 0;
        holdEndDay = 0;
        movement.clear();
        wallets.clear();
        if (extras.isSet) {
            clearExtras();
        }
        budgetCount = 0;
        points = 0;
        basePoints = 0;
        tierPoints = 0;
        campaignPoints = 0;
        clippedPoints = 0;
        bonusPoints = 0;
        addedDebtPoints = 0;
        writtenOffPoints = 0;
        valueMinor = 0;
        cashMinor = 0;
        programVersion = 0;
        rows.clear();
    }
}

package io.tallymark.protocol;

/**
 * What a command led to. Mutable and reused; filled by the ledger on the writer thread, read by it alone.
 *
 * <p>The fields up to {@link #programVersion} are the outcome proper: journaled, compared on recovery. The rest
 * describes the reply.
 */
public final class Outcome {
    /** Never null after a command was applied. */
    public ResultCode code;

    /** Place in the journal, of the original for a replay; 0: the command took none. */
    public long sequence;

    /** Points of this outcome, signed as the balance moved: earned, spent (negative), adjusted. */
    public long points;

    public long basePoints;
    public long tierPoints;

    /** Of an accrual: the campaigns' part of {@link #points}. */
    public long campaignPoints;

    /** Of an accrual: what caps and budgets took off. */
    public long clippedPoints;

    /** Of a tier reached or undone by this: the upgrade bonus, negative where it was clawed. */
    public long bonusPoints;

    /** Of a claw: what became debt. */
    public long addedDebtPoints;

    /** Of a claw: what was written off. */
    public long writtenOffPoints;

    /** Of a redemption, hold, capture, reversal: the value in minor units that the points stood for; 0: none named. */
    public long valueMinor;

    /** Of a reward, a pack, a sale of points: what is to be paid in money; of their return: what is to be given back. */
    public long cashMinor;

    /** Balances of the member after this outcome; all 0 where no member is concerned. */
    public long availablePoints;

    public long pendingPoints;
    public long heldPoints;
    public long debtPoints;

    /** 1 is the lowest tier; 0: none. */
    public int tierRank;

    /** Of a publication: the version now in force. */
    public int programVersion;

    /** Whether this is the outcome of an earlier command with the same key and content. */
    public boolean replayed;

    /** Whether the command took a sequence and must be journaled. */
    public boolean journaled;

    /** The balances are those after this sequence. */
    public long asOfSequence;

    /** Engine time, epoch milliseconds. */
    public long engineTimeMs;

    /** The tier's id in UTF-8; empty: none. Owned by the program, not to be written to. */
    public byte[] tierId = NO_TIER;

    /** The member concerned as it is known now, also where an identity or a merged id named it; 0: none. */
    public long memberId;

    /** The shares of an accrual's campaigns, or the answer to a query of many rows; else empty. */
    public final Rows rows = new Rows();

    /** Balances of the member in the program's further wallets of points; journaled and compared like the balances. */
    public final WalletBalances wallets = new WalletBalances();

    public long lifetimeSpendMinor;
    public long lifetimePoints;
    public long lifetimeVisits;

    private static final byte[] NO_TIER = new byte[0];

    /** Empties all fields. */
    public void reset() {
        code = null;
        sequence = 0;
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
        availablePoints = 0;
        pendingPoints = 0;
        heldPoints = 0;
        debtPoints = 0;
        tierRank = 0;
        programVersion = 0;
        replayed = false;
        journaled = false;
        asOfSequence = 0;
        engineTimeMs = 0;
        tierId = NO_TIER;
        memberId = 0;
        lifetimeSpendMinor = 0;
        lifetimePoints = 0;
        lifetimeVisits = 0;
        rows.clear();
        wallets.clear();
    }

    /** Whether the journaled part is the same, apart from the sequence. */
    public boolean sameResultAs(final Outcome other) {
        return code == other.code
                && points == other.points
                && basePoints == other.basePoints
                && tierPoints == other.tierPoints
                && campaignPoints == other.campaignPoints
                && clippedPoints == other.clippedPoints
                && bonusPoints == other.bonusPoints
                && addedDebtPoints == other.addedDebtPoints
                && writtenOffPoints == other.writtenOffPoints
                && valueMinor == other.valueMinor
                && cashMinor == other.cashMinor
                && availablePoints == other.availablePoints
                && pendingPoints == other.pendingPoints
                && heldPoints == other.heldPoints
                && debtPoints == other.debtPoints
                && tierRank == other.tierRank
                && programVersion == other.programVersion
                && wallets.equalsIn(other.wallets);
    }

    @Override
    public String toString() {
        return code + " sequence=" + sequence + " points=" + points + " (" + basePoints + "+" + tierPoints
                + "+" + campaignPoints + ", clipped " + clippedPoints + ") bonus=" + bonusPoints + " writtenOff="
                + writtenOffPoints + " value=" + valueMinor + " cash=" + cashMinor + " available=" + availablePoints
                + " pending="
                + pendingPoints + " held=" + heldPoints + " debt="
                + debtPoints + " tier=" + tierRank + " version=" + programVersion + wallets
                + (replayed ? " replayed" : "");
    }
}

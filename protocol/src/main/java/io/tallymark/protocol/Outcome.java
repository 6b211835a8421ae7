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

    /** Of a member query. */
    public long memberId;

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
    }

    /** Whether the journaled part is the same, apart from the sequence. */
    public boolean sameResultAs(final Outcome other) {
        return code == other.code
                && points == other.points
                && basePoints == other.basePoints
                && tierPoints == other.tierPoints
                && availablePoints == other.availablePoints
                && pendingPoints == other.pendingPoints
                && heldPoints == other.heldPoints
                && debtPoints == other.debtPoints
                && tierRank == other.tierRank
                && programVersion == other.programVersion;
    }

    @Override
    public String toString() {
        return code + " sequence=" + sequence + " points=" + points + " (" + basePoints + "+" + tierPoints
                + ") available=" + availablePoints + " pending=" + pendingPoints + " held=" + heldPoints + " debt="
                + debtPoints + " tier=" + tierRank + " version=" + programVersion + (replayed ? " replayed" : "");
    }
}

package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One reply as read from the wire by {@link ReplyDecoder}. Mutable and reused: what is to outlive the next decode must
 * be copied. Fields that a reply of this {@link #kind} does not have are 0 or empty. Not thread-safe.
 */
public final class Reply {
    /** Which of the replies this is. */
    public enum Kind {
        /** The outcome of a keyed command or a preview, or the rows that were asked for. */
        COMMAND,
        /** The answer to a member query. */
        MEMBER,
        /** Refused before the ledger saw it. */
        ERROR,
        /** The answer to a listing of programs. */
        PROGRAMS
    }

    /** Null until something was decoded. */
    public Kind kind;

    /** Of the request; {@link CommandDecoder#NO_CORRELATION} in an error whose request could not be read so far. */
    public long correlationId;

    /** Null for a number that this version does not know, see {@link #codeNumber}. */
    public ResultCode code;

    /** The code as it came. */
    public int codeNumber;

    /** What the reply promises about everything it saw; null in an error. */
    public Durability durability;

    /** Place in the journal, of the original for a replay; 0: the request took none. */
    public long sequence;

    /** The balances are those after this sequence. */
    public long asOfSequence;

    /** Epoch milliseconds. */
    public long engineTimeMs;

    /** Points of this outcome, signed as the balance moved. */
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

    /** Of a redemption, hold, capture, reversal: the value in minor units; 0: none named. */
    public long valueMinor;

    /** Of a reward, a pack, a sale of points: what is to be paid in money; of their return: what is to be given back. */
    public long cashMinor;

    public long availablePoints;
    public long pendingPoints;
    public long heldPoints;
    public long debtPoints;

    /** Of a publication: the version now in force. */
    public int programVersion;

    /** Whether this is the outcome of an earlier request with the same key and content. */
    public boolean replayed;

    /** The member as it is known now; 0: none is concerned. */
    public long memberId;

    /** The shares of an accrual, or what a query asked for. */
    public final ReplyRows rows = new ReplyRows();

    /** The member's balances in the further wallets of its program. */
    public final ReplyWallets wallets = new ReplyWallets();

    public long lifetimeSpendMinor;
    public long lifetimePoints;
    public long lifetimeVisits;

    /** Of an error: when to send the same request again; 0: never unchanged. */
    public int retryAfterMs;

    /** Of a listing. */
    public List<ProgramSummary> programs = List.of();

    /** The tier's id, or an error's sentence: UTF-8 in the first {@link #textLength} bytes. */
    final byte[] text = new byte[255];

    int textLength;

    private byte[] lastTierBytes = new byte[0];
    private String lastTier = "";

    /** Empties all fields. */
    public void reset() {
        kind = null;
        correlationId = CommandDecoder.NO_CORRELATION;
        code = null;
        codeNumber = 0;
        durability = null;
        sequence = 0;
        asOfSequence = 0;
        engineTimeMs = 0;
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
        programVersion = 0;
        replayed = false;
        memberId = 0;
        rows.clear();
        wallets.clear();
        lifetimeSpendMinor = 0;
        lifetimePoints = 0;
        lifetimeVisits = 0;
        retryAfterMs = 0;
        programs = List.of();
        textLength = 0;
    }

    /** The tier's id; empty: none. Allocates only when it differs from that of the call before. */
    public String tier() {
        if (kind != Kind.COMMAND && kind != Kind.MEMBER) {
            return "";
        }
        if (!Arrays.equals(text, 0, textLength, lastTierBytes, 0, lastTierBytes.length)) {
            lastTierBytes = Arrays.copyOf(text, textLength);
            lastTier = new String(lastTierBytes, StandardCharsets.UTF_8);
        }
        return lastTier;
    }

    /** Bytes of the tier's id in UTF-8; 0: none. */
    public int tierLength() {
        return kind == Kind.COMMAND || kind == Kind.MEMBER ? textLength : 0;
    }

    /** One byte of the tier's id. */
    public byte tierByte(final int index) {
        return text[index];
    }

    /** An error's sentence, which names the field; else empty. Allocates. */
    public String detail() {
        return kind == Kind.ERROR ? new String(text, 0, textLength, StandardCharsets.UTF_8) : "";
    }

    /** Makes this the error that the caller itself found: no reply, a broken connection. */
    public void error(final long id, final ResultCode errorCode, final int retryMs, final String sentence) {
        reset();
        kind = Kind.ERROR;
        correlationId = id;
        code = errorCode;
        codeNumber = errorCode.number();
        retryAfterMs = retryMs;
        final byte[] bytes = sentence.getBytes(StandardCharsets.UTF_8);
        textLength = Math.min(bytes.length, text.length);
        System.arraycopy(bytes, 0, text, 0, textLength);
    }

    @Override
    public String toString() {
        return kind + " " + (code == null ? Integer.toString(codeNumber) : code.name())
                + " correlation=" + Long.toUnsignedString(correlationId)
                + " sequence=" + sequence + " points=" + points + " available=" + availablePoints
                + (replayed ? " replayed" : "") + (kind == Kind.ERROR ? ": " + detail() : "");
    }
}

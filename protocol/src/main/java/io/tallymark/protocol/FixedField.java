package io.tallymark.protocol;

/**
 * The fixed fields of commands in their canonical order: that of a message's block on the wire, of a journal record and
 * of the content hash. New ones are appended.
 */
public enum FixedField {
    /** The member concerned, positive; 0: an identity stands for it. */
    MEMBER_ID("memberId", Long.BYTES),
    /** The second member of a transfer or a merge, positive. */
    OTHER_MEMBER_ID("otherMemberId", Long.BYTES),
    /** An amount of money in minor units; 0: not named. */
    AMOUNT_MINOR("amountMinor", Long.BYTES),
    /** The part of {@link #AMOUNT_MINOR} that is paid in money; 0: none. */
    CASH_MINOR("cashMinor", Long.BYTES),
    /** Points; 0: not named. */
    POINTS("points", Long.BYTES),
    /** When it happened, epoch milliseconds, or {@link Command#NO_TIME}. */
    EVENT_TIME("eventTimeMs", Long.BYTES),
    /** When it ends, epoch milliseconds, or {@link Command#NO_TIME}. */
    UNTIL("untilMs", Long.BYTES),
    /** How long it lasts in milliseconds; 0: the default. */
    TTL_MS("ttlMs", Long.BYTES),
    /** Year × 10,000 + month × 100 + day; 0: not named. */
    BIRTHDAY("birthday", Integer.BYTES),
    /** A version of a program; 0: not named. */
    VERSION("version", Integer.BYTES),
    /** The FLAG bits that the command knows, from bit 0 on, see {@link CommandShape#flags}. */
    FLAGS("flags", Byte.BYTES),
    /** How many, signed; 0: not named. */
    QUANTITY("quantity", Integer.BYTES),
    /** The member who brought a new one, positive; 0: nobody. */
    REFERRER_ID("referrerId", Long.BYTES),
    /**
     * 64 random bits for a draw. They are put into the command where it enters, so no request carries them and they are
     * no part of its content; they are journaled, so that the same journal gives the same prizes.
     */
    RANDOM_BITS("randomBits", 0);

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final FixedField[] ALL = values();

    private final String wireName;
    private final int wireBytes;

    FixedField(final String wireName, final int wireBytes) {
        this.wireName = wireName;
        this.wireBytes = wireBytes;
    }

    /** The name in the wire schema and in what is said about a field of a message. */
    public String wireName() {
        return wireName;
    }

    /** Bytes in a message's block; 0: no message carries it. */
    public int wireBytes() {
        return wireBytes;
    }

    /** The field with this ordinal, without copying an array. */
    public static FixedField of(final int ordinal) {
        return ALL[ordinal];
    }
}

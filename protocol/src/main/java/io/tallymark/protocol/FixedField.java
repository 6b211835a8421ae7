package io.tallymark.protocol;

/**
 * The fixed fields of commands in their canonical order: that of a message's block on the wire, of a journal record and
 * of the content hash. New ones are appended.
 */
public enum FixedField {
    /** The member concerned, positive; 0: an identity stands for it. */
    MEMBER_ID(Long.BYTES),
    /** The second member of a transfer or a merge, positive. */
    OTHER_MEMBER_ID(Long.BYTES),
    /** An amount of money in minor units; 0: not named. */
    AMOUNT_MINOR(Long.BYTES),
    /** The part of {@link #AMOUNT_MINOR} that is paid in money; 0: none. */
    CASH_MINOR(Long.BYTES),
    /** Points; 0: not named. */
    POINTS(Long.BYTES),
    /** When it happened, epoch milliseconds, or {@link Command#NO_TIME}. */
    EVENT_TIME(Long.BYTES),
    /** When it ends, epoch milliseconds, or {@link Command#NO_TIME}. */
    UNTIL(Long.BYTES),
    /** How long it lasts in milliseconds; 0: the default. */
    TTL_MS(Long.BYTES),
    /** Year × 10,000 + month × 100 + day; 0: not named. */
    BIRTHDAY(Integer.BYTES),
    /** A version of a program; 0: not named. */
    VERSION(Integer.BYTES),
    /** The FLAG bits that the command knows, from bit 0 on, see {@link CommandShape#flags}. */
    FLAGS(Byte.BYTES);

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final FixedField[] ALL = values();

    private final int wireBytes;

    FixedField(final int wireBytes) {
        this.wireBytes = wireBytes;
    }

    /** Bytes in a message's block. */
    public int wireBytes() {
        return wireBytes;
    }

    /** The field with this ordinal, without copying an array. */
    public static FixedField of(final int ordinal) {
        return ALL[ordinal];
    }
}

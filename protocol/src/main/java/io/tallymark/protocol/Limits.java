package io.tallymark.protocol;

/** Bounds that every room keeps to. Amounts are in minor units of the program's currency, points are whole. */
public final class Limits {
    /** Largest amount and largest number of points, in a command and in a balance. */
    public static final long MAX_VALUE = 1_000_000_000_000_000L;

    /** Most lines of one order. */
    public static final int MAX_LINES = 1_000;

    /** Longest document id, in bytes 0x21 to 0x7E. */
    public static final int MAX_DOCUMENT_ID_BYTES = 64;

    /** Longest source (the calling system's name), in bytes 0x21 to 0x7E. */
    public static final int MAX_SOURCE_BYTES = 32;

    /** Longest program name: lower-case letters, digits and hyphens. */
    public static final int MAX_PROGRAM_BYTES = 32;

    /** Longest free text (channel, store, staff, SKU, reason …), in bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 64;

    /** Longest outside identity, in bytes of UTF-8. */
    public static final int MAX_EXTERNAL_ID_BYTES = 128;

    /** Longest hold. */
    public static final long MAX_TTL_MS = 30L * 24 * 60 * 60 * 1_000;

    /** Highest version of a program. */
    public static final int MAX_VERSION = 65_535;

    /** Last millisecond of the year 9999, in UTC: the latest time. */
    public static final long MAX_TIME_MS = 253_402_300_799_999L;

    /** Most bytes that the variable parts of one command take, see {@link Command}. */
    public static final int MAX_COMMAND_BYTES = 128 * 1024;

    /** Longest frame on the wire, header included. */
    public static final int MAX_FRAME_BYTES = 256 * 1024;

    /** Most messages of one frame on the wire. */
    public static final int MAX_FRAME_MESSAGES = 2_048;

    /** An event this far ahead of engine time counts as now; further ahead it is refused. */
    public static final long FUTURE_TOLERANCE_MS = 5 * 60 * 1_000L;

    /** Largest quantity of one restocking, and of all of one rule together. */
    public static final int MAX_QUANTITY = 1_000_000_000;

    private Limits() {}
}

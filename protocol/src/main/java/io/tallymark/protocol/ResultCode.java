package io.tallymark.protocol;

/**
 * Every answer the engine can give. Numbers are fixed and never reused. Where several apply to one command, the one
 * declared first here is given: the order of declaration is the precedence.
 */
public enum ResultCode {
    ACCEPTED(0, Kind.ACCEPTED, "accepted"),

    // Malformed: refused at the gateway, never journaled.
    UNSUPPORTED_VERSION(101, Kind.MALFORMED, "the schema id or version is not spoken here"),
    UNKNOWN_TEMPLATE(102, Kind.MALFORMED, "no such request"),
    FRAME_TOO_LARGE(103, Kind.MALFORMED, "the frame is longer than allowed"),
    MALFORMED(100, Kind.MALFORMED, "a field is missing or not of its form"),
    VALUE_OUT_OF_RANGE(104, Kind.MALFORMED, "an amount or a number of points is outside its range"),
    TOO_MANY_LINES(105, Kind.MALFORMED, "an order has at most 1,000 lines"),
    AMOUNT_MISMATCH(106, Kind.MALFORMED, "the line amounts do not sum to the order's amount"),
    PROGRAM_INVALID(107, Kind.MALFORMED, "the program cannot be read or is contradictory"),

    // Overload and the state of the house: refused at the door with a time to retry after, never journaled.
    BUSY(200, Kind.OVERLOAD, "the engine is full; send the same request again later"),
    SHUTTING_DOWN(201, Kind.OVERLOAD, "the engine is stopping"),
    CLOCK_UNCONFIRMED(202, Kind.OVERLOAD, "the clock jumped; an operator must confirm it"),
    CAPACITY(203, Kind.OVERLOAD, "the planned capacity for members or keys is reached"),
    QUARANTINED(204, Kind.OVERLOAD, "this very command stopped the engine before and is refused until it is examined"),
    TIMED_OUT(205, Kind.OVERLOAD, "no reply in time: the outcome is unknown, send the same request again"),
    DISCONNECTED(206, Kind.OVERLOAD, "the connection broke: the outcome is unknown, send the same request again"),

    // Business rejections: results.
    UNKNOWN_PROGRAM(300, Kind.REJECTED, "no such program"),
    VERSION_CONFLICT(301, Kind.REJECTED, "another version of the program is in force"),
    IDEMPOTENCY_CONFLICT(310, Kind.REJECTED, "this document id came before with different content"),
    EVENT_IN_FUTURE(320, Kind.REJECTED, "the event lies more than five minutes ahead"),
    EVENT_TOO_OLD(321, Kind.REJECTED, "the event lies before the program's late window"),
    UNKNOWN_MEMBER(330, Kind.REJECTED, "no such member"),
    MEMBER_EXISTS(331, Kind.REJECTED, "there is such a member already"),
    IDENTITY_TAKEN(332, Kind.REJECTED, "the identity belongs to another member"),
    IDENTITY_UNKNOWN(333, Kind.REJECTED, "the member has no such identity"),
    SAME_MEMBER(334, Kind.REJECTED, "both are the same member"),
    MEMBER_CLOSED(340, Kind.REJECTED, "the member is closed"),
    MEMBER_FROZEN(345, Kind.REJECTED, "the member is frozen"),
    PAUSED(347, Kind.REJECTED, "redemptions are paused"),
    NOT_OFFERED(348, Kind.REJECTED, "the program has no such rule"),
    TIER_REQUIRED(349, Kind.REJECTED, "a higher tier is asked for"),
    ORIGINAL_NOT_FOUND(350, Kind.REJECTED, "what the request is about is not known"),
    HOLD_NOT_FOUND(351, Kind.REJECTED, "no such hold"),
    HOLD_EXPIRED(352, Kind.REJECTED, "the hold's time has run out"),
    HOLD_CAPTURED(353, Kind.REJECTED, "the hold was captured"),
    HOLD_VOIDED(354, Kind.REJECTED, "the hold was voided"),
    NOT_PENDING(355, Kind.REJECTED, "no points of the order are pending"),
    ALREADY_ACCRUED(356, Kind.REJECTED, "the order has earned already"),
    HAS_HOLDS(357, Kind.REJECTED, "the member has open holds"),
    HAS_VALUE(359, Kind.REJECTED, "the member has stored value"),
    COUPON_NOT_FOUND(366, Kind.REJECTED, "the member has no such coupon with a use left"),
    ALREADY_RETURNED(358, Kind.REJECTED, "the use was returned before"),
    LIMIT_EXCEEDED(360, Kind.REJECTED, "the result would exceed 10^15, or the debt limit"),
    REFUND_EXCEEDS_ORIGINAL(361, Kind.REJECTED, "more than remains of the order"),
    OVER_CAPTURE(362, Kind.REJECTED, "more than is held"),
    REVERSAL_EXCEEDS_ORIGINAL(363, Kind.REJECTED, "more than remains of the redemption"),
    RULE_LIMIT_REACHED(364, Kind.REJECTED, "the limit of the rule is reached"),
    BELOW_MINIMUM(365, Kind.REJECTED, "fewer points than the rule asks for"),
    OUT_OF_STOCK(370, Kind.REJECTED, "nothing is left of it"),
    IN_DEBT(380, Kind.REJECTED, "the member owes points"),
    INSUFFICIENT_POINTS(390, Kind.REJECTED, "the available points do not suffice"),
    INSUFFICIENT_VALUE(391, Kind.REJECTED, "the stored value does not suffice");

    /** What a caller does about it. */
    public enum Kind {
        /** Done. */
        ACCEPTED,
        /** The request itself is wrong: mend it. */
        MALFORMED,
        /** Send the same request again later. */
        OVERLOAD,
        /** The rules say no. */
        REJECTED
    }

    private static final ResultCode[] BY_NUMBER = new ResultCode[512];

    static {
        for (final ResultCode code : values()) {
            if (BY_NUMBER[code.number] != null) {
                throw new IllegalStateException(code + " has the number of " + BY_NUMBER[code.number]);
            }
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;
    private final Kind kind;
    private final String meaning;

    ResultCode(final int number, final Kind kind, final String meaning) {
        this.number = number;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The fixed number, as on the wire and in the journal. */
    public int number() {
        return number;
    }

    /** What a caller does about it. */
    public Kind kind() {
        return kind;
    }

    /** One clause for people. */
    public String meaning() {
        return meaning;
    }

    /** The code of a number, or null where there is none. */
    public static ResultCode ofNumber(final int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}

package io.tallymark.server.load;

/** Why a row cannot become a line of an order. Where several apply, the one declared first is named. */
public enum UnusableReason {
    /** The row cannot be cut into fields: an unclosed quote, text behind a closing one, far too long. */
    UNREADABLE("unreadable row"),
    /** Fewer columns than the mapping asks for. */
    TOO_FEW_COLUMNS("too few columns"),
    NO_ORDER_ID("no order id"),
    /** Not 1 to 64 characters 0x21 to 0x7E. */
    BAD_ORDER_ID("bad order id"),
    NO_MEMBER("no member"),
    /** Not a positive whole number. */
    BAD_MEMBER("bad member id"),
    BAD_TIME("bad time"),
    /** Not a whole number, or beyond 2^31 - 1. */
    BAD_QUANTITY("bad quantity"),
    NEGATIVE_QUANTITY("negative quantity"),
    ZERO_QUANTITY("zero quantity"),
    /** Not a decimal number. */
    BAD_AMOUNT("bad amount"),
    /** Not a whole number of minor units. */
    TOO_PRECISE_AMOUNT("amount with more than two decimals"),
    NEGATIVE_AMOUNT("negative amount"),
    ZERO_AMOUNT("zero amount"),
    /** The row's or the order's amount would exceed 10^15 minor units. */
    AMOUNT_TOO_LARGE("amount too large"),
    /** A SKU, category or channel of more than 64 bytes, or with a control character. */
    BAD_TEXT("bad text"),
    /** The rows before it, with the same order id, name another member. */
    OTHER_MEMBER("another member than its order"),
    /** The rows before it, with the same order id, name another channel. */
    OTHER_CHANNEL("another channel than its order"),
    /** The order already has as many lines, or as many bytes of them, as one may have. */
    ORDER_TOO_LARGE("order too large");

    private final String label;

    UnusableReason(final String label) {
        this.label = label;
    }

    /** A few words for people. */
    public String label() {
        return label;
    }
}

package io.tallymark.server.load;

/** One row of an orders file, read and checked. Mutable and reused. */
final class OrderRow {
    long lineNumber;

    /** Null: the row could not be read that far. */
    String orderId;

    long memberId;
    long eventTimeMs;
    long amountMinor;
    int quantity;
    String sku;
    String category;
    String channel;
    /** Whether the row says more than an amount, so that a single line is worth sending as a line. */
    boolean detailed;

    /** Why the row would be unusable in an order that sells something; null: it sells. Amounts are absolute. */
    UnusableReason returnReason;

    /** What was found where {@link #returnReason} is not null. */
    String returnDetail;

    /** Whether something comes back. */
    boolean isReturn() {
        return returnReason != null;
    }
}

package io.tallymark.client;

/**
 * One line of a refund: some of its quantity, or some of its amount; the other of the two is 0.
 *
 * @param number      of the order's line; rising within the refund
 * @param quantity    at least 1, or 0
 * @param amountMinor at least 1 in minor units, or 0
 */
public record RefundLine(int number, int quantity, long amountMinor) {
    /** So many pieces of a line. */
    public static RefundLine byQuantity(final int number, final int quantity) {
        return new RefundLine(number, quantity, 0);
    }

    /** So much of a line's amount. */
    public static RefundLine byAmount(final int number, final long amountMinor) {
        return new RefundLine(number, 0, amountMinor);
    }
}

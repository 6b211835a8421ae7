package io.tallymark.client;

/**
 * One line of an order.
 *
 * @param number      1 to 65,535, rising within the order
 * @param quantity    at least 1
 * @param amountMinor after discounts, in minor units
 * @param discounted  not sold at the full price
 * @param sample      a sample, never earns
 */
public record OrderLine(
        int number,
        int quantity,
        long amountMinor,
        String sku,
        String category,
        String brand,
        boolean discounted,
        boolean sample) {
    /** A line at the full price. */
    public static OrderLine of(final int number, final int quantity, final long amountMinor, final String sku) {
        return new OrderLine(number, quantity, amountMinor, sku, "", "", false, false);
    }
}

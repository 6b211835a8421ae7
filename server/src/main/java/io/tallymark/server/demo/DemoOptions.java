package io.tallymark.server.demo;

import io.tallymark.protocol.Durability;

/**
 * How large the demonstration is.
 *
 * @param orders     documents of the member day
 * @param members    the population that orders are drawn from
 * @param seed       of the story
 * @param durability the server's
 */
record DemoOptions(int orders, int members, long seed, Durability durability) {
    static final int MIN_ORDERS = 1_000;
    static final int MAX_ORDERS = 5_000_000;
    static final int MAX_MEMBERS = 1_000_000;

    private static final double ORDERS_PER_S = 12_500;
    private static final double MIN_SECONDS = 2;

    /** How long the posting takes: at the default size 16 s, whose peak two cores serve with ease. */
    double daySeconds() {
        return Math.max(MIN_SECONDS, orders / ORDERS_PER_S);
    }
}

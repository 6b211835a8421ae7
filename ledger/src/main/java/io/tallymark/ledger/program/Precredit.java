package io.tallymark.ledger.program;

/**
 * Points on a card that become active with the first purchase.
 *
 * @param id     stable over the program's versions; of one namespace with activities
 * @param points how many
 * @param wallet the wallet that they go into; empty: {@code points}
 */
public record Precredit(String id, long points, String wallet) {
    /** Into the wallet {@code points}. */
    public Precredit(final String id, final long points) {
        this(id, points, "");
    }
}

package io.tallymark.ledger.program;

/**
 * Points on a card that become active with the first purchase.
 *
 * @param id     stable over the program's versions; of one namespace with activities
 * @param points how many
 */
public record Precredit(String id, long points) {}

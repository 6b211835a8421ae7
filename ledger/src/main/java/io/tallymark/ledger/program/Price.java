package io.tallymark.ledger.program;

/**
 * What something costs.
 *
 * @param points    0: none
 * @param cashMinor in minor units, paid outside; 0: none
 */
public record Price(long points, long cashMinor) {}

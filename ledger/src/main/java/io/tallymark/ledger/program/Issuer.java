package io.tallymark.ledger.program;

/**
 * Whose points they are.
 *
 * @param id           stable over the program's versions
 * @param importPoints points for {@link #importPer} of what the partner counts; 0: nothing is imported
 * @param importPer    0 with {@link #importPoints}
 * @param importLimit  how often a member may import
 * @param settlePoints points that are worth {@link #settleMinor} in settlement; 0: not said
 * @param settleMinor  0 with {@link #settlePoints}
 */
public record Issuer(
        String id, long importPoints, long importPer, Limit importLimit, long settlePoints, long settleMinor) {}

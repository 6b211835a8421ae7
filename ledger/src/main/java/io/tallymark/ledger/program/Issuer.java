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
        String id, long importPoints, long importPer, Limit importLimit, long settlePoints, long settleMinor) {
    /** Both rates are in lowest terms. */
    public Issuer {
        final long ofImport = Fraction.gcd(importPoints, importPer);
        importPoints /= ofImport;
        importPer /= ofImport;
        final long ofSettlement = Fraction.gcd(settlePoints, settleMinor);
        settlePoints /= ofSettlement;
        settleMinor /= ofSettlement;
    }
}

package io.tallymark.ledger;

/**
 * The books of a wallet of points of one program, as far as it is materialised: always {@code issued + debt +
 * writtenOff = available + pending + held + redeemed + expired + forfeited + cancelled + clawedBack + adjustedDown}.
 *
 * @param wallet the wallet's id
 */
public record PointsWalletTotals(
        String wallet,
        long issuedPoints,
        long debtPoints,
        long writtenOffPoints,
        long availablePoints,
        long pendingPoints,
        long heldPoints,
        long redeemedPoints,
        long expiredPoints,
        long forfeitedPoints,
        long cancelledPoints,
        long clawedBackPoints,
        long adjustedDownPoints) {
    static PointsWalletTotals of(final String wallet, final Totals totals) {
        return new PointsWalletTotals(
                wallet,
                totals.issuedPoints,
                totals.debtPoints,
                totals.writtenOffPoints,
                totals.availablePoints,
                totals.pendingPoints,
                totals.heldPoints,
                totals.redeemedPoints,
                totals.expiredPoints,
                totals.forfeitedPoints,
                totals.cancelledPoints,
                totals.clawedBackPoints,
                totals.adjustedDownPoints);
    }
}

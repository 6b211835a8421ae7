package io.tallymark.ledger;

/**
 * The books of a further wallet of points of one program, as far as it is materialised: always {@code issued + debt +
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
        long adjustedDownPoints) {}

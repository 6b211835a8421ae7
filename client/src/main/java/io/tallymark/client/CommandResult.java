package io.tallymark.client;

import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a request, or what a preview or a query of rows found. A business rejection is an outcome too.
 *
 * @param code             null for a code that this client does not know
 * @param sequence         place in the journal, of the original for a replay; 0: the request took none
 * @param asOfSequence     the balances are those after this sequence
 * @param memberId         the member as it is known now, also where an identity or a merged id named it; 0: none
 * @param points           signed as the balance moved
 * @param campaignPoints   of an accrual: the campaigns' part of the points
 * @param clippedPoints    of an accrual: what caps and budgets took off
 * @param bonusPoints      of a tier reached or undone: its bonus, negative where it was clawed
 * @param addedDebtPoints  of a claw: what became debt
 * @param writtenOffPoints of a claw: what was written off
 * @param valueMinor       of a redemption, hold, capture or reversal: the value in minor units; 0: none named
 * @param cashMinor        of a reward, a pack, a sale of points: to be paid in money; of their return: to be given back
 * @param tier             empty: none
 * @param programVersion   of a publication: the version now in force
 * @param replayed         whether this is the outcome of an earlier request with the same key and content
 * @param durability       what holds for everything that the reply saw
 * @param rowKind          what the rows are; null for a kind that this client does not know
 * @param rowsCut          whether there are more rows than these
 * @param rows             the shares of an accrual, or what was asked for
 * @param wallet           the wallet that the points, and what became debt of them or was written off, are of: mostly
 *                         {@code points}
 * @param wallets          the balances in the further wallets of the program; those above are of {@code points}
 */
public record CommandResult(
        ResultCode code,
        long sequence,
        long asOfSequence,
        long engineTimeMs,
        long memberId,
        long points,
        long basePoints,
        long tierPoints,
        long campaignPoints,
        long clippedPoints,
        long bonusPoints,
        long addedDebtPoints,
        long writtenOffPoints,
        long valueMinor,
        long cashMinor,
        long availablePoints,
        long pendingPoints,
        long heldPoints,
        long debtPoints,
        String tier,
        int programVersion,
        boolean replayed,
        Durability durability,
        RowKind rowKind,
        boolean rowsCut,
        List<ResultRow> rows,
        String wallet,
        List<WalletResult> wallets) {

    static CommandResult of(final Reply reply) {
        return new CommandResult(
                reply.code,
                reply.sequence,
                reply.asOfSequence,
                reply.engineTimeMs,
                reply.memberId,
                reply.points,
                reply.basePoints,
                reply.tierPoints,
                reply.campaignPoints,
                reply.clippedPoints,
                reply.bonusPoints,
                reply.addedDebtPoints,
                reply.writtenOffPoints,
                reply.valueMinor,
                reply.cashMinor,
                reply.availablePoints,
                reply.pendingPoints,
                reply.heldPoints,
                reply.debtPoints,
                reply.tier(),
                reply.programVersion,
                reply.replayed,
                reply.durability,
                reply.rows.kind(),
                reply.rows.isCut(),
                rowsOf(reply),
                WalletResult.subjectOf(reply),
                WalletResult.allOf(reply));
    }

    private static List<ResultRow> rowsOf(final Reply reply) {
        if (reply.rows.count() == 0) {
            return List.of();
        }
        final List<ResultRow> rows = new ArrayList<>(reply.rows.count());
        for (int i = 0; i < reply.rows.count(); i++) {
            rows.add(ResultRow.of(reply.rows, i));
        }
        return List.copyOf(rows);
    }

    /** Whether it was done. */
    public boolean isAccepted() {
        return code == ResultCode.ACCEPTED;
    }
}

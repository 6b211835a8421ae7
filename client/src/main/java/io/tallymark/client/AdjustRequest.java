package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;

/**
 * An operator corrects a balance.
 *
 * @param source         the calling system
 * @param documentId     the document's number there: the same again takes no effect
 * @param points         above 0 is issued, below 0 is taken
 * @param eventTimeMs    when it happened, or {@link Command#NO_TIME}: now
 * @param mayGoBelowZero what the balance lacks becomes debt
 * @param reference      what it refers to; may be empty
 * @param wallet         the wallet of points that is corrected; empty: {@code points}
 */
public record AdjustRequest(
        String program,
        String source,
        String documentId,
        long memberId,
        long points,
        long eventTimeMs,
        boolean mayGoBelowZero,
        String reason,
        String operatorId,
        String reference,
        String wallet) {

    /** A correction now that does not go below zero. */
    public static AdjustRequest of(
            final String program,
            final String source,
            final String documentId,
            final long memberId,
            final long points,
            final String reason,
            final String operatorId) {
        return new AdjustRequest(
                program, source, documentId, memberId, points, Command.NO_TIME, false, reason, operatorId, "", "");
    }

    /** The same of another wallet of points. */
    public AdjustRequest withWallet(final String id) {
        return new AdjustRequest(
                program,
                source,
                documentId,
                memberId,
                points,
                eventTimeMs,
                mayGoBelowZero,
                reason,
                operatorId,
                reference,
                id);
    }

    Command toCommand() {
        final Command command = Requests.keyed(CommandType.ADJUST, 0, program, source, documentId)
                .memberId(memberId)
                .points(points)
                .eventTimeMs(eventTimeMs)
                .flags(mayGoBelowZero ? Command.FLAG_MAY_GO_BELOW_ZERO : 0);
        Requests.text(command, VarField.REASON, reason);
        Requests.text(command, VarField.OPERATOR_ID, operatorId);
        Requests.text(command, VarField.REFERENCE, reference);
        return Requests.text(command, VarField.WALLET_ID, wallet);
    }
}

package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;

/**
 * A member spends points, all or nothing.
 *
 * @param source      the calling system
 * @param documentId  the document's number there: the same again takes no effect
 * @param eventTimeMs when it happened, or {@link Command#NO_TIME}: now
 * @param wallet      the wallet of points that it is taken from; empty: {@code points}
 */
public record RedeemRequest(
        String program,
        String source,
        String documentId,
        long memberId,
        long points,
        long eventTimeMs,
        String channel,
        String store,
        String staff,
        String wallet) {

    /** A redemption now. */
    public static RedeemRequest of(
            final String program,
            final String source,
            final String documentId,
            final long memberId,
            final long points) {
        return new RedeemRequest(program, source, documentId, memberId, points, Command.NO_TIME, "", "", "", "");
    }

    /** The same from another wallet of points. */
    public RedeemRequest withWallet(final String id) {
        return new RedeemRequest(program, source, documentId, memberId, points, eventTimeMs, channel, store, staff, id);
    }

    Command toCommand() {
        final Command command = Requests.keyed(CommandType.REDEEM, 0, program, source, documentId)
                .memberId(memberId)
                .points(points)
                .eventTimeMs(eventTimeMs);
        Requests.place(command, channel, store, staff);
        return Requests.text(command, VarField.WALLET_ID, wallet);
    }
}

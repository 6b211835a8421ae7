package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;

/**
 * A member spends points, all or nothing.
 *
 * @param source      the calling system
 * @param documentId  the document's number there: the same again takes no effect
 * @param eventTimeMs when it happened, or {@link Command#NO_TIME}: now
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
        String staff) {

    /** A redemption now. */
    public static RedeemRequest of(
            final String program,
            final String source,
            final String documentId,
            final long memberId,
            final long points) {
        return new RedeemRequest(program, source, documentId, memberId, points, Command.NO_TIME, "", "", "");
    }

    Command toCommand() {
        final Command command = Requests.keyed(CommandType.REDEEM, 0, program, source, documentId)
                .memberId(memberId)
                .points(points)
                .eventTimeMs(eventTimeMs);
        return Requests.place(command, channel, store, staff);
    }
}

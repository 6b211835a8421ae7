package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.util.List;

/**
 * An order that earns points.
 *
 * @param source      the calling system
 * @param documentId  the order's number there: the same again takes no effect
 * @param amountMinor in minor units; the sum of the lines where there are any
 * @param eventTimeMs when it happened, or {@link Command#NO_TIME}: now
 * @param lines       none: the order is one line
 * @param isVisit     whether the order counts as a visit
 */
public record AccrueRequest(
        String program,
        String source,
        String documentId,
        long memberId,
        long amountMinor,
        long eventTimeMs,
        List<OrderLine> lines,
        String channel,
        String store,
        String staff,
        boolean isVisit) {

    /** An order of one line, now. */
    public static AccrueRequest of(
            final String program,
            final String source,
            final String documentId,
            final long memberId,
            final long amountMinor) {
        return new AccrueRequest(
                program, source, documentId, memberId, amountMinor, Command.NO_TIME, List.of(), "", "", "", true);
    }

    public AccrueRequest at(final long timeMs) {
        return new AccrueRequest(
                program, source, documentId, memberId, amountMinor, timeMs, lines, channel, store, staff, isVisit);
    }

    public AccrueRequest withLines(final List<OrderLine> value) {
        return new AccrueRequest(
                program,
                source,
                documentId,
                memberId,
                amountMinor,
                eventTimeMs,
                List.copyOf(value),
                channel,
                store,
                staff,
                isVisit);
    }

    public AccrueRequest withPlace(final String newChannel, final String newStore, final String newStaff) {
        return new AccrueRequest(
                program,
                source,
                documentId,
                memberId,
                amountMinor,
                eventTimeMs,
                lines,
                newChannel,
                newStore,
                newStaff,
                isVisit);
    }

    Command toCommand() {
        final int linesLength = Requests.linesLength(lines);
        final Command command = Requests.keyed(CommandType.ACCRUE, linesLength, program, source, documentId)
                .memberId(memberId)
                .amountMinor(amountMinor)
                .eventTimeMs(eventTimeMs)
                .flags(isVisit ? 0 : Command.FLAG_NO_VISIT);
        Requests.place(command, channel, store, staff);
        if (!lines.isEmpty()) {
            command.put(VarField.LINES, Requests.lines(lines), 0, linesLength).lineCount(lines.size());
        }
        return command;
    }
}

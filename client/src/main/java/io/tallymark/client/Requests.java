package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns what application developers write into commands. */
final class Requests {
    /** More than the server takes, so that it is the server that says what is too long. */
    private static final int ROOM_BYTES = 256 * 1024;

    private Requests() {}

    static Command keyed(final CommandType type, final String program, final String source, final String documentId) {
        final Command command = new Command();
        if (type == CommandType.PUBLISH_PROGRAM) {
            command.lend(new UnsafeBuffer(new byte[ROOM_BYTES]));
        } else {
            command.lend(new UnsafeBuffer(new byte[4 * 1024]));
        }
        command.reset(type);
        text(command, VarField.PROGRAM, program);
        text(command, VarField.SOURCE, source);
        return text(command, VarField.DOCUMENT_ID, documentId);
    }

    static Command member(final String program, final long memberId) {
        return text(new Command().reset(CommandType.QUERY_MEMBER).memberId(memberId), VarField.PROGRAM, program);
    }

    static Command programs() {
        return new Command().reset(CommandType.LIST_PROGRAMS);
    }

    static Command place(final Command command, final String channel, final String store, final String staff) {
        text(command, VarField.CHANNEL, channel);
        text(command, VarField.STORE, store);
        return text(command, VarField.STAFF, staff);
    }

    static Command text(final Command command, final VarField field, final String text) {
        return text.isEmpty() ? command : command.put(field, text);
    }

    static Command lines(final Command command, final List<OrderLine> lines) {
        if (lines.isEmpty()) {
            return command;
        }
        final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
        int at = 0;
        for (final OrderLine line : lines) {
            final int flags = (line.discounted() ? OrderLines.DISCOUNTED : 0) | (line.sample() ? OrderLines.SAMPLE : 0);
            at = OrderLines.putFixed(encoded, at, line.number(), line.quantity(), line.amountMinor(), flags);
            at = text(encoded, at, line.sku());
            at = text(encoded, at, line.category());
            at = text(encoded, at, line.brand());
        }
        return withRoom(command, at).put(VarField.LINES, encoded, 0, at).lineCount(lines.size());
    }

    private static int text(final ExpandableArrayBuffer target, final int offset, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 254) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes is longer than the wire can say");
        }
        return OrderLines.putText(target, offset, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** The same command in a buffer with this many more bytes. */
    private static Command withRoom(final Command command, final int more) {
        final Command larger = new Command();
        larger.lend(new UnsafeBuffer(new byte[command.bytesLength() + more]));
        larger.reset(command.type())
                .memberId(command.memberId())
                .amountMinor(command.amountMinor())
                .eventTimeMs(command.eventTimeMs())
                .flags(command.flags());
        for (int i = 0; i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            if (command.length(field) > 0) {
                larger.put(field, command.bytes(), command.offset(field), command.length(field));
            }
        }
        return larger;
    }
}

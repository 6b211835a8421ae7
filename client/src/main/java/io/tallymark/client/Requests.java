package io.tallymark.client;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns what application developers write into commands. */
final class Requests {
    /** Room for all texts, each longer than the server takes, so that it is the server that says what is too long. */
    private static final int TEXT_BYTES = 4 * 1024;

    private Requests() {}

    /** A command with its key and room for its texts and so many bytes more. */
    static Command keyed(
            final CommandType type,
            final int moreBytes,
            final String program,
            final String source,
            final String documentId) {
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[TEXT_BYTES + moreBytes]));
        command.reset(type);
        text(command, VarField.PROGRAM, program);
        text(command, VarField.SOURCE, source);
        return text(command, VarField.DOCUMENT_ID, documentId);
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

    /** Order lines in their canonical form. */
    static ExpandableArrayBuffer lines(final List<OrderLine> lines) {
        final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
        int at = 0;
        for (final OrderLine line : lines) {
            final int flags = (line.discounted() ? OrderLines.DISCOUNTED : 0) | (line.sample() ? OrderLines.SAMPLE : 0);
            at = OrderLines.putFixed(encoded, at, line.number(), line.quantity(), line.amountMinor(), flags);
            at = lineText(encoded, at, line.sku());
            at = lineText(encoded, at, line.category());
            at = lineText(encoded, at, line.brand());
        }
        return encoded;
    }

    /** Bytes of {@link #lines}. */
    static int linesLength(final List<OrderLine> lines) {
        int length = 0;
        for (final OrderLine line : lines) {
            length += Varint.size(line.number()) + Varint.size(line.quantity()) + Varint.size(line.amountMinor()) + 1;
            for (final String text : List.of(line.sku(), line.category(), line.brand())) {
                length += 1 + text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return length;
    }

    private static int lineText(final ExpandableArrayBuffer target, final int offset, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 254) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes is longer than the wire can say");
        }
        return OrderLines.putText(target, offset, new UnsafeBuffer(bytes), 0, bytes.length);
    }
}

package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.IdentityHashes;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes commands, fields in any order. */
final class Ask {
    static final String SOURCE = "pos";

    private final CommandType type;
    private final Map<VarField, byte[]> texts = new EnumMap<>(VarField.class);
    private final Map<FixedField, Long> numbers = new EnumMap<>(FixedField.class);
    private byte[] lines = new byte[0];
    private int lineCount;

    private Ask(final CommandType type) {
        this.type = type;
    }

    static Ask of(final CommandType type, final String program, final String documentId) {
        final Ask ask = new Ask(type).with(VarField.PROGRAM, program);
        if (!type.shape().isKeyed()) {
            return ask;
        }
        ask.with(VarField.SOURCE, SOURCE).with(VarField.DOCUMENT_ID, documentId);
        // What an operation cannot do without and most tests do not care about.
        if (type.shape().requires(VarField.REASON)) {
            ask.with(VarField.REASON, "service").with(VarField.OPERATOR_ID, "op-1");
        }
        return ask;
    }

    static Command publish(final String documentId, final CompiledProgram program, final int replacedVersion) {
        return of(CommandType.PUBLISH_PROGRAM, program.name(), documentId)
                .with(VarField.COMPILED_PROGRAM, program.encode())
                .with(FixedField.VERSION, replacedVersion)
                .make();
    }

    static Command tick(final long timeMs) {
        return new Command().reset(CommandType.TICK).eventTimeMs(timeMs);
    }

    /** The same once more, for changes. */
    static Ask copyOf(final Command c) {
        final Ask ask = new Ask(c.type());
        for (final FixedField field : FixedField.values()) {
            ask.with(field, c.get(field));
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            if (c.length(field) > 0) {
                ask.with(field, bytes(c, field));
            }
        }
        if (c.length(VarField.LINES) > 0) {
            ask.lines = ask.texts.remove(VarField.LINES);
            ask.lineCount = c.lineCount();
        }
        return ask;
    }

    private static byte[] bytes(final Command c, final VarField field) {
        final byte[] bytes = new byte[c.length(field)];
        c.bytes().getBytes(c.offset(field), bytes);
        return bytes;
    }

    /** The identity that another command named. */
    Ask identityOf(final Command c) {
        return with(VarField.IDENTITY_CHANNEL, bytes(c, VarField.IDENTITY_CHANNEL))
                .with(VarField.IDENTITY, bytes(c, VarField.IDENTITY));
    }

    Ask with(final VarField field, final String text) {
        return with(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Ask with(final VarField field, final byte[] bytes) {
        texts.put(field, bytes);
        return this;
    }

    Ask with(final FixedField field, final long value) {
        numbers.put(field, value);
        return this;
    }

    Ask member(final long id) {
        return with(FixedField.MEMBER_ID, id);
    }

    Ask amount(final long minor) {
        return with(FixedField.AMOUNT_MINOR, minor);
    }

    Ask points(final long points) {
        return with(FixedField.POINTS, points);
    }

    Ask at(final long eventMs) {
        return with(FixedField.EVENT_TIME, eventMs);
    }

    Ask about(final String documentId) {
        return with(VarField.ORIGINAL_DOCUMENT_ID, documentId);
    }

    Ask rule(final String id) {
        return with(VarField.RULE_ID, id);
    }

    /** An identity by a number, as the newest key makes it, or as older keys do too. */
    Ask identity(final String channel, final int number, final int newestKey, final int keys) {
        final byte[] entries = new byte[keys * IdentityHashes.ENTRY_BYTES];
        for (int i = 0; i < keys; i++) {
            final int at = i * IdentityHashes.ENTRY_BYTES;
            entries[at] = (byte) (newestKey - i);
            entries[at + 1] = (byte) (newestKey - i);
            entries[at + 2] = (byte) number;
            entries[at + 3] = (byte) channel.hashCode();
            entries[at + 16] = (byte) (number * 7);
        }
        return with(VarField.IDENTITY_CHANNEL, channel).with(VarField.IDENTITY, entries);
    }

    Ask line(final int number, final long quantity, final long amountMinor) {
        return line(number, quantity, amountMinor, 0, "", "", "");
    }

    Ask line(
            final int number,
            final long quantity,
            final long amountMinor,
            final int flags,
            final String sku,
            final String category,
            final String brand) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[lines.length + 300]);
        buffer.putBytes(0, lines);
        int at = OrderLines.putFixed(buffer, lines.length, number, (int) quantity, amountMinor, flags);
        for (final String text : new String[] {sku, category, brand}) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            at = OrderLines.putText(buffer, at, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        lines = new byte[at];
        buffer.getBytes(0, lines);
        lineCount++;
        return this;
    }

    Command make() {
        int length = lines.length;
        for (final byte[] bytes : texts.values()) {
            length += bytes.length;
        }
        final Command c = new Command();
        if (length > Command.INLINE_BYTES) {
            c.lend(new UnsafeBuffer(new byte[length]));
        }
        c.reset(type);
        if (lines.length > 0) {
            texts.put(VarField.LINES, lines);
        }
        numbers.forEach(c::set);
        texts.forEach((field, bytes) -> {
            if (bytes.length > 0) {
                c.put(field, new UnsafeBuffer(bytes), 0, bytes.length);
            }
        });
        return c.lineCount(lineCount);
    }

    /** A command as a line of a script. */
    static String script(final Command c) {
        final StringBuilder text = new StringBuilder(c.type().toString());
        for (final FixedField field : FixedField.values()) {
            if (c.get(field) != Command.absent(field)) {
                text.append(' ').append(field).append('=').append(c.get(field));
            }
        }
        for (int i = 0; i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            if (c.length(field) == 0) {
                continue;
            }
            text.append(' ').append(field).append('=');
            final byte[] bytes = bytes(c, field);
            if (field == VarField.LINES || field == VarField.IDENTITY || field == VarField.COMPILED_PROGRAM) {
                text.append(java.util.HexFormat.of().formatHex(bytes));
            } else {
                text.append(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }
}

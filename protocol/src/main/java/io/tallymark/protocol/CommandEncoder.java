package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tallymark.protocol.CommandShape.Identity;
import io.tallymark.protocol.CommandShape.Lines;
import io.tallymark.protocol.sbe.AccrueEncoder;
import io.tallymark.protocol.sbe.MessageHeaderEncoder;
import io.tallymark.protocol.sbe.RefundEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes requests for the wire: SBE header and body, as the {@link CommandShape} of the operation lays them out. It
 * sends a command as it is: whether it is well-formed is for the server to say. Allocates nothing; not thread-safe.
 *
 * <p>What a command says of an identity are hashes, which are no part of a request. The identity itself stands beside
 * the command, see {@link ExternalIdentity}.
 */
public final class CommandEncoder {
    private static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int MAX_DATA_BYTES = 254;
    private static final int GROUP_HEADER_BYTES = 4;
    private static final int TEXTS_OF_A_LINE = 3;

    /** A line takes 18 bytes apart from its texts on the wire and at least 7 in a command. */
    private static final int MAX_LINE_GROWTH_BYTES = 11;

    private final Varint.Reader lines = new Varint.Reader();

    /** The most bytes that {@link #encode} writes for a command without an identity. */
    public int maxLength(final Command command) {
        final CommandShape shape = command.type().shape();
        return HEADER_BYTES
                + shape.blockBytes()
                + GROUP_HEADER_BYTES
                + shape.varCount() * Integer.BYTES
                + 2
                + command.bytesLength()
                + command.lineCount() * MAX_LINE_GROWTH_BYTES;
    }

    /** The most bytes that {@link #encode} writes for a command with an identity. */
    public int maxLength(final Command command, final ExternalIdentity identity) {
        return maxLength(command) + identity.wireLength();
    }

    /** As {@link #encode(Command, ExternalIdentity, MutableDirectBuffer, int)} without an identity. */
    public int encode(final Command command, final MutableDirectBuffer buffer, final int offset) {
        return encode(command, null, buffer, offset);
    }

    /**
     * Writes one request with the command's correlation id.
     *
     * @param identity who is meant, beside the member id or instead of it; null: nobody
     * @param buffer   with room for {@link #maxLength}
     * @return the length
     * @throws IllegalArgumentException if the command is no request, has a text of more than 254 bytes, or takes no
     *                                  identity and there is one
     * @throws IndexOutOfBoundsException if the command's lines are cut off
     */
    public int encode(
            final Command command,
            final ExternalIdentity identity,
            final MutableDirectBuffer buffer,
            final int offset) {
        if (CommandDecoder.requestOf(command.type().code()) == null) {
            throw new IllegalArgumentException(command.type() + " is no request");
        }
        final CommandShape shape = command.type().shape();
        int at = block(command, shape, buffer, offset);
        at = shape.lines() == Lines.NONE ? at : lines(command, shape, buffer, at);
        for (int i = 0; i < shape.varCount(); i++) {
            final VarField field = shape.varField(i);
            at = field == VarField.COMPILED_PROGRAM || field == VarField.SOURCE_TEXT
                    ? bytes(command, field, buffer, at)
                    : text(command, field, buffer, at);
        }
        return identity(command, shape, identity, buffer, at) - offset;
    }

    private static int block(
            final Command command, final CommandShape shape, final MutableDirectBuffer buffer, final int offset) {
        buffer.putLong(
                offset,
                shape.blockBytes()
                        | (long) command.type().code() << 16
                        | (long) MessageHeaderEncoder.SCHEMA_ID << 32
                        | (long) MessageHeaderEncoder.SCHEMA_VERSION << 48,
                LITTLE_ENDIAN);
        final int body = offset + HEADER_BYTES;
        // Every message begins with its correlation id.
        putLong(buffer, body, command.correlationId());
        for (int i = 0; i < shape.fixedCount(); i++) {
            final FixedField field = shape.fixedField(i);
            final int at = body + shape.offset(field);
            if (field == FixedField.FLAGS) {
                buffer.putByte(at, (byte) flags(shape, command.flags()));
            } else if (field.wireBytes() == Long.BYTES) {
                putLong(buffer, at, command.get(field));
            } else {
                buffer.putInt(at, (int) command.get(field), LITTLE_ENDIAN);
            }
        }
        return body + shape.blockBytes();
    }

    /** The wire's flags for those of a command: the lowest that the shape knows is bit 0. */
    private static int flags(final CommandShape shape, final int flags) {
        int result = 0;
        int bit = 1;
        for (int known = shape.flags(); known != 0; known &= known - 1) {
            result |= (flags & Integer.lowestOneBit(known)) != 0 ? bit : 0;
            bit <<= 1;
        }
        return result;
    }

    private int lines(
            final Command command, final CommandShape shape, final MutableDirectBuffer buffer, final int offset) {
        final boolean isOrder = shape.lines() == Lines.ORDER;
        final int entryBytes =
                isOrder ? AccrueEncoder.LinesEncoder.sbeBlockLength() : RefundEncoder.LinesEncoder.sbeBlockLength();
        putShort(buffer, offset, entryBytes);
        putShort(buffer, offset + 2, command.lineCount());
        int at = offset + GROUP_HEADER_BYTES;
        if (command.lineCount() == 0) {
            return at;
        }
        lines.wrap(command.bytes(), command.offset(VarField.LINES), command.length(VarField.LINES));
        for (int i = 0; i < command.lineCount(); i++) {
            putShort(buffer, at + AccrueEncoder.LinesEncoder.numberEncodingOffset(), (int) lines.next());
            buffer.putInt(at + AccrueEncoder.LinesEncoder.quantityEncodingOffset(), (int) lines.next(), LITTLE_ENDIAN);
            putLong(buffer, at + AccrueEncoder.LinesEncoder.amountMinorEncodingOffset(), lines.next());
            final byte flags = lines.nextByte();
            if (isOrder) {
                buffer.putByte(at + AccrueEncoder.LinesEncoder.flagsEncodingOffset(), flags);
            }
            at = texts(command, isOrder, buffer, at + entryBytes);
        }
        return at;
    }

    /** The texts of a line, which a refund's line has in a command only, and empty. */
    private int texts(
            final Command command, final boolean isOrder, final MutableDirectBuffer buffer, final int offset) {
        int at = offset;
        for (int text = 0; text < TEXTS_OF_A_LINE; text++) {
            final int length = lines.nextByte() & 0xFF;
            final int from = lines.skip(length);
            if (isOrder) {
                buffer.putByte(at, (byte) length);
                buffer.putBytes(at + 1, command.bytes(), from, length);
                at += 1 + length;
            }
        }
        return at;
    }

    private static int identity(
            final Command command,
            final CommandShape shape,
            final ExternalIdentity identity,
            final MutableDirectBuffer buffer,
            final int offset) {
        final boolean isPresent = identity != null && identity.isPresent();
        if (shape.identity() == Identity.NONE) {
            if (isPresent) {
                throw new IllegalArgumentException(command.type() + " takes no identity");
            }
            return offset;
        }
        if (isPresent) {
            return identity.write(buffer, offset);
        }
        putShort(buffer, offset, 0);
        return offset + 2;
    }

    private static int text(
            final Command command, final VarField field, final MutableDirectBuffer buffer, final int offset) {
        final int length = command.length(field);
        if (length > MAX_DATA_BYTES) {
            throw new IllegalArgumentException(field + ": " + length + " bytes are more than a text may have");
        }
        buffer.putByte(offset, (byte) length);
        if (length > 0) {
            ShortCopy.copy(command.bytes(), command.offset(field), buffer, offset + 1, length);
        }
        return offset + 1 + length;
    }

    private static int bytes(
            final Command command, final VarField field, final MutableDirectBuffer buffer, final int offset) {
        final int length = command.length(field);
        buffer.putInt(offset, length, LITTLE_ENDIAN);
        if (length > 0) {
            buffer.putBytes(offset + Integer.BYTES, command.bytes(), command.offset(field), length);
        }
        return offset + Integer.BYTES + length;
    }

    private static void putLong(final MutableDirectBuffer buffer, final int offset, final long value) {
        buffer.putLong(offset, value, LITTLE_ENDIAN);
    }

    private static void putShort(final MutableDirectBuffer buffer, final int offset, final int value) {
        buffer.putShort(offset, (short) value, LITTLE_ENDIAN);
    }
}

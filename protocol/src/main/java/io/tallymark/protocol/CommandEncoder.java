package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tallymark.protocol.sbe.AccrueEncoder;
import io.tallymark.protocol.sbe.AdjustEncoder;
import io.tallymark.protocol.sbe.ListProgramsEncoder;
import io.tallymark.protocol.sbe.MessageHeaderEncoder;
import io.tallymark.protocol.sbe.PublishProgramEncoder;
import io.tallymark.protocol.sbe.QueryMemberEncoder;
import io.tallymark.protocol.sbe.RedeemEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes requests for the wire: SBE header and body, at the offsets of the generated codecs. It sends a command as it
 * is: whether it is well-formed is for the server to say. Allocates nothing; not thread-safe.
 */
public final class CommandEncoder {
    private static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int MAX_DATA_BYTES = 254;
    private static final int GROUP_HEADER_BYTES = 4;

    /** The longest block and the lengths of the most data, of any request. */
    private static final int MAX_OVERHEAD_BYTES = HEADER_BYTES + AccrueEncoder.BLOCK_LENGTH + GROUP_HEADER_BYTES + 11;

    /** A line takes 18 bytes apart from its texts on the wire and at least 7 in a command. */
    private static final int MAX_LINE_GROWTH_BYTES = 11;

    private final Varint.Reader lines = new Varint.Reader();

    /** The most bytes that {@link #encode} writes for a command. */
    public int maxLength(final Command command) {
        return MAX_OVERHEAD_BYTES + command.bytesLength() + command.lineCount() * MAX_LINE_GROWTH_BYTES;
    }

    /**
     * Writes one request with the command's correlation id.
     *
     * @param buffer with room for {@link #maxLength}
     * @return the length
     * @throws IllegalArgumentException if the command is no request or has a text of more than 254 bytes
     * @throws IndexOutOfBoundsException if the command's lines are cut off
     */
    public int encode(final Command command, final MutableDirectBuffer buffer, final int offset) {
        final int end = switch (command.type()) {
            case ACCRUE -> accrue(command, buffer, offset);
            case REDEEM -> redeem(command, buffer, offset);
            case ADJUST -> adjust(command, buffer, offset);
            case QUERY_MEMBER -> queryMember(command, buffer, offset);
            case PUBLISH_PROGRAM -> publishProgram(command, buffer, offset);
            case LIST_PROGRAMS ->
                header(command, buffer, offset, ListProgramsEncoder.BLOCK_LENGTH, ListProgramsEncoder.TEMPLATE_ID);
            default -> throw new IllegalArgumentException(command.type() + " is no request");
        };
        return end - offset;
    }

    private int accrue(final Command command, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + HEADER_BYTES;
        int at = header(command, buffer, offset, AccrueEncoder.BLOCK_LENGTH, AccrueEncoder.TEMPLATE_ID);
        putLong(buffer, body + AccrueEncoder.memberIdEncodingOffset(), command.memberId());
        putLong(buffer, body + AccrueEncoder.amountMinorEncodingOffset(), command.amountMinor());
        putLong(buffer, body + AccrueEncoder.eventTimeMsEncodingOffset(), command.eventTimeMs());
        buffer.putByte(body + AccrueEncoder.flagsEncodingOffset(), (byte) command.flags());
        at = lines(command, buffer, at);
        at = key(command, buffer, at);
        at = text(command, VarField.CHANNEL, buffer, at);
        at = text(command, VarField.STORE, buffer, at);
        return text(command, VarField.STAFF, buffer, at);
    }

    private int redeem(final Command command, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + HEADER_BYTES;
        int at = header(command, buffer, offset, RedeemEncoder.BLOCK_LENGTH, RedeemEncoder.TEMPLATE_ID);
        putLong(buffer, body + RedeemEncoder.memberIdEncodingOffset(), command.memberId());
        putLong(buffer, body + RedeemEncoder.pointsEncodingOffset(), command.points());
        putLong(buffer, body + RedeemEncoder.eventTimeMsEncodingOffset(), command.eventTimeMs());
        at = key(command, buffer, at);
        at = text(command, VarField.CHANNEL, buffer, at);
        at = text(command, VarField.STORE, buffer, at);
        return text(command, VarField.STAFF, buffer, at);
    }

    private int adjust(final Command command, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + HEADER_BYTES;
        int at = header(command, buffer, offset, AdjustEncoder.BLOCK_LENGTH, AdjustEncoder.TEMPLATE_ID);
        putLong(buffer, body + AdjustEncoder.memberIdEncodingOffset(), command.memberId());
        putLong(buffer, body + AdjustEncoder.pointsEncodingOffset(), command.points());
        putLong(buffer, body + AdjustEncoder.eventTimeMsEncodingOffset(), command.eventTimeMs());
        final boolean mayGoBelowZero = (command.flags() & Command.FLAG_MAY_GO_BELOW_ZERO) != 0;
        buffer.putByte(body + AdjustEncoder.flagsEncodingOffset(), (byte) (mayGoBelowZero ? 1 : 0));
        at = key(command, buffer, at);
        at = text(command, VarField.REASON, buffer, at);
        at = text(command, VarField.OPERATOR_ID, buffer, at);
        return text(command, VarField.REFERENCE, buffer, at);
    }

    private int queryMember(final Command command, final MutableDirectBuffer buffer, final int offset) {
        final int at = header(command, buffer, offset, QueryMemberEncoder.BLOCK_LENGTH, QueryMemberEncoder.TEMPLATE_ID);
        putLong(buffer, offset + HEADER_BYTES + QueryMemberEncoder.memberIdEncodingOffset(), command.memberId());
        return text(command, VarField.PROGRAM, buffer, at);
    }

    private int publishProgram(final Command command, final MutableDirectBuffer buffer, final int offset) {
        int at = header(command, buffer, offset, PublishProgramEncoder.BLOCK_LENGTH, PublishProgramEncoder.TEMPLATE_ID);
        at = key(command, buffer, at);
        at = bytes(command, VarField.COMPILED_PROGRAM, buffer, at);
        return bytes(command, VarField.SOURCE_TEXT, buffer, at);
    }

    private int lines(final Command command, final MutableDirectBuffer buffer, final int offset) {
        final int entryBytes = AccrueEncoder.LinesEncoder.sbeBlockLength();
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
            buffer.putByte(at + AccrueEncoder.LinesEncoder.flagsEncodingOffset(), lines.nextByte());
            at += entryBytes;
            for (int text = 0; text < 3; text++) {
                final int length = lines.nextByte() & 0xFF;
                buffer.putByte(at, (byte) length);
                buffer.putBytes(at + 1, command.bytes(), lines.skip(length), length);
                at += 1 + length;
            }
        }
        return at;
    }

    private static int header(
            final Command command,
            final MutableDirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int templateId) {
        buffer.putLong(
                offset,
                blockLength
                        | (long) templateId << 16
                        | (long) MessageHeaderEncoder.SCHEMA_ID << 32
                        | (long) MessageHeaderEncoder.SCHEMA_VERSION << 48,
                LITTLE_ENDIAN);
        // Every message begins with its correlation id.
        putLong(buffer, offset + HEADER_BYTES, command.correlationId());
        return offset + HEADER_BYTES + blockLength;
    }

    private static int key(final Command command, final MutableDirectBuffer buffer, final int offset) {
        int at = text(command, VarField.PROGRAM, buffer, offset);
        at = text(command, VarField.SOURCE, buffer, at);
        return text(command, VarField.DOCUMENT_ID, buffer, at);
    }

    private static int text(
            final Command command, final VarField field, final MutableDirectBuffer buffer, final int offset) {
        final int length = command.length(field);
        if (length > MAX_DATA_BYTES) {
            throw new IllegalArgumentException(field + ": " + length + " bytes are more than a text may have");
        }
        buffer.putByte(offset, (byte) length);
        if (length > 0) {
            buffer.putBytes(offset + 1, command.bytes(), command.offset(field), length);
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

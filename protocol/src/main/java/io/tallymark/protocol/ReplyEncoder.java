package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tallymark.protocol.sbe.CommandReplyEncoder;
import io.tallymark.protocol.sbe.ErrorReplyEncoder;
import io.tallymark.protocol.sbe.MemberReplyEncoder;
import io.tallymark.protocol.sbe.MessageHeaderEncoder;
import io.tallymark.protocol.sbe.ProgramsReplyEncoder;
import io.tallymark.protocol.sbe.ReplyFlagsEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Writes replies for the wire: SBE header and body, at the offsets of the generated codecs. It keeps no state between
 * calls and allocates nothing for an outcome; still it is used by one thread at a time.
 */
public final class ReplyEncoder {
    /** The longest reply apart from a listing of programs. */
    public static final int MAX_REPLY_BYTES = 512;

    /** The most programs that one listing holds, so that it fits a frame. */
    public static final int MAX_LISTED_PROGRAMS = 4_000;

    private static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int MAX_DATA_BYTES = 254;
    private static final int GROUP_HEADER_BYTES = 4;
    private static final int LISTED_BYTES =
            ProgramsReplyEncoder.ProgramsEncoder.sbeBlockLength() + 1 + Limits.MAX_PROGRAM_BYTES;

    /** The most bytes of a listing of that many programs. */
    public static int maxProgramsBytes(final int programs) {
        return HEADER_BYTES + ProgramsReplyEncoder.BLOCK_LENGTH + GROUP_HEADER_BYTES + programs * LISTED_BYTES;
    }

    /**
     * Writes the reply to a command that the ledger saw: a MemberReply for a member query, else a CommandReply.
     *
     * @param buffer with room for {@link #MAX_REPLY_BYTES}
     * @return the length
     */
    public int encodeOutcome(
            final Command command,
            final Outcome outcome,
            final Durability durability,
            final MutableDirectBuffer buffer,
            final int offset) {
        return command.type() == CommandType.QUERY_MEMBER
                ? encodeMember(command, outcome, durability, buffer, offset)
                : encodeCommand(command, outcome, durability, buffer, offset);
    }

    /**
     * Writes the reply to a request that the ledger did not see.
     *
     * @param correlationId of the request, or {@link CommandDecoder#NO_CORRELATION}
     * @param code          why
     * @param retryAfterMs  0: do not retry unchanged
     * @param detail        a sentence that names the field; cut after 254 bytes
     * @param buffer        with room for {@link #MAX_REPLY_BYTES}
     * @return the length
     */
    public int encodeError(
            final long correlationId,
            final ResultCode code,
            final int retryAfterMs,
            final String detail,
            final MutableDirectBuffer buffer,
            final int offset) {
        final int body = header(buffer, offset, ErrorReplyEncoder.BLOCK_LENGTH, ErrorReplyEncoder.TEMPLATE_ID);
        putLong(buffer, body + ErrorReplyEncoder.correlationIdEncodingOffset(), correlationId);
        putShort(buffer, body + ErrorReplyEncoder.codeEncodingOffset(), code.number());
        buffer.putInt(body + ErrorReplyEncoder.retryAfterMsEncodingOffset(), retryAfterMs, LITTLE_ENDIAN);
        final int data = body + ErrorReplyEncoder.BLOCK_LENGTH;
        return putText(buffer, data, detail) - offset;
    }

    /**
     * Writes the answer to a listing of programs.
     *
     * @param programs at most {@link #MAX_LISTED_PROGRAMS}
     * @param buffer   with room for {@link #maxProgramsBytes}
     * @return the length
     */
    public int encodePrograms(
            final long correlationId,
            final long asOfSequence,
            final Durability durability,
            final List<ProgramSummary> programs,
            final MutableDirectBuffer buffer,
            final int offset) {
        if (programs.size() > MAX_LISTED_PROGRAMS) {
            throw new IllegalArgumentException(programs.size() + " programs do not fit one listing");
        }
        final int body = header(buffer, offset, ProgramsReplyEncoder.BLOCK_LENGTH, ProgramsReplyEncoder.TEMPLATE_ID);
        putLong(buffer, body + ProgramsReplyEncoder.correlationIdEncodingOffset(), correlationId);
        putLong(buffer, body + ProgramsReplyEncoder.asOfSequenceEncodingOffset(), asOfSequence);
        buffer.putByte(body + ProgramsReplyEncoder.durabilityEncodingOffset(), (byte) durability.code());
        final int entryBytes = ProgramsReplyEncoder.ProgramsEncoder.sbeBlockLength();
        int at = body + ProgramsReplyEncoder.BLOCK_LENGTH;
        putShort(buffer, at, entryBytes);
        putShort(buffer, at + 2, programs.size());
        at += GROUP_HEADER_BYTES;
        for (final ProgramSummary program : programs) {
            putShort(buffer, at + ProgramsReplyEncoder.ProgramsEncoder.versionEncodingOffset(), program.version());
            putLong(
                    buffer,
                    at + ProgramsReplyEncoder.ProgramsEncoder.canonicalHashHighEncodingOffset(),
                    program.hashHigh());
            putLong(
                    buffer,
                    at + ProgramsReplyEncoder.ProgramsEncoder.canonicalHashLowEncodingOffset(),
                    program.hashLow());
            putLong(buffer, at + ProgramsReplyEncoder.ProgramsEncoder.membersEncodingOffset(), program.members());
            at = putText(buffer, at + entryBytes, program.program());
        }
        return at - offset;
    }

    private static int encodeCommand(
            final Command command,
            final Outcome outcome,
            final Durability durability,
            final MutableDirectBuffer buffer,
            final int offset) {
        final int body = header(buffer, offset, CommandReplyEncoder.BLOCK_LENGTH, CommandReplyEncoder.TEMPLATE_ID);
        putLong(buffer, body + CommandReplyEncoder.correlationIdEncodingOffset(), command.correlationId());
        putLong(buffer, body + CommandReplyEncoder.sequenceEncodingOffset(), outcome.sequence);
        putLong(buffer, body + CommandReplyEncoder.asOfSequenceEncodingOffset(), outcome.asOfSequence);
        putLong(buffer, body + CommandReplyEncoder.engineTimeMsEncodingOffset(), outcome.engineTimeMs);
        putLong(buffer, body + CommandReplyEncoder.pointsEncodingOffset(), outcome.points);
        putLong(buffer, body + CommandReplyEncoder.basePointsEncodingOffset(), outcome.basePoints);
        putLong(buffer, body + CommandReplyEncoder.tierPointsEncodingOffset(), outcome.tierPoints);
        putLong(buffer, body + CommandReplyEncoder.availablePointsEncodingOffset(), outcome.availablePoints);
        putLong(buffer, body + CommandReplyEncoder.pendingPointsEncodingOffset(), outcome.pendingPoints);
        putLong(buffer, body + CommandReplyEncoder.heldPointsEncodingOffset(), outcome.heldPoints);
        putLong(buffer, body + CommandReplyEncoder.debtPointsEncodingOffset(), outcome.debtPoints);
        putShort(buffer, body + CommandReplyEncoder.codeEncodingOffset(), outcome.code.number());
        putShort(buffer, body + CommandReplyEncoder.programVersionEncodingOffset(), outcome.programVersion);
        buffer.putByte(
                body + CommandReplyEncoder.flagsEncodingOffset(),
                outcome.replayed ? ReplyFlagsEncoder.replayed((byte) 0, true) : 0);
        buffer.putByte(body + CommandReplyEncoder.durabilityEncodingOffset(), (byte) durability.code());
        final int data = body + CommandReplyEncoder.BLOCK_LENGTH;
        return putBytes(buffer, data, outcome.tierId, outcome.tierId.length) - offset;
    }

    private static int encodeMember(
            final Command command,
            final Outcome outcome,
            final Durability durability,
            final MutableDirectBuffer buffer,
            final int offset) {
        final int body = header(buffer, offset, MemberReplyEncoder.BLOCK_LENGTH, MemberReplyEncoder.TEMPLATE_ID);
        putLong(buffer, body + MemberReplyEncoder.correlationIdEncodingOffset(), command.correlationId());
        putLong(buffer, body + MemberReplyEncoder.memberIdEncodingOffset(), command.memberId());
        putLong(buffer, body + MemberReplyEncoder.asOfSequenceEncodingOffset(), outcome.asOfSequence);
        putLong(buffer, body + MemberReplyEncoder.asOfEngineTimeMsEncodingOffset(), outcome.engineTimeMs);
        putLong(buffer, body + MemberReplyEncoder.availablePointsEncodingOffset(), outcome.availablePoints);
        putLong(buffer, body + MemberReplyEncoder.pendingPointsEncodingOffset(), outcome.pendingPoints);
        putLong(buffer, body + MemberReplyEncoder.heldPointsEncodingOffset(), outcome.heldPoints);
        putLong(buffer, body + MemberReplyEncoder.debtPointsEncodingOffset(), outcome.debtPoints);
        putLong(buffer, body + MemberReplyEncoder.lifetimeSpendMinorEncodingOffset(), outcome.lifetimeSpendMinor);
        putLong(buffer, body + MemberReplyEncoder.lifetimePointsEncodingOffset(), outcome.lifetimePoints);
        putLong(buffer, body + MemberReplyEncoder.lifetimeVisitsEncodingOffset(), outcome.lifetimeVisits);
        putShort(buffer, body + MemberReplyEncoder.codeEncodingOffset(), outcome.code.number());
        buffer.putByte(body + MemberReplyEncoder.durabilityEncodingOffset(), (byte) durability.code());
        final int data = body + MemberReplyEncoder.BLOCK_LENGTH;
        return putBytes(buffer, data, outcome.tierId, outcome.tierId.length) - offset;
    }

    private static int header(
            final MutableDirectBuffer buffer, final int offset, final int blockLength, final int templateId) {
        buffer.putLong(
                offset,
                blockLength
                        | (long) templateId << 16
                        | (long) MessageHeaderEncoder.SCHEMA_ID << 32
                        | (long) MessageHeaderEncoder.SCHEMA_VERSION << 48,
                LITTLE_ENDIAN);
        return offset + HEADER_BYTES;
    }

    private static void putLong(final MutableDirectBuffer buffer, final int offset, final long value) {
        buffer.putLong(offset, value, LITTLE_ENDIAN);
    }

    private static void putShort(final MutableDirectBuffer buffer, final int offset, final int value) {
        buffer.putShort(offset, (short) value, LITTLE_ENDIAN);
    }

    private static int putText(final MutableDirectBuffer buffer, final int offset, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_DATA_BYTES);
        // Never cut within a character.
        while (length < bytes.length && length > 0 && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        return putBytes(buffer, offset, bytes, length);
    }

    private static int putBytes(
            final MutableDirectBuffer buffer, final int offset, final byte[] bytes, final int length) {
        buffer.putByte(offset, (byte) length);
        buffer.putBytes(offset + 1, bytes, 0, length);
        return offset + 1 + length;
    }
}

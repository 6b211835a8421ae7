package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tallymark.protocol.sbe.CommandReplyEncoder;
import io.tallymark.protocol.sbe.CommandReplyEncoder.WalletsEncoder;
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
    /** The most rows of a reply that is no answer to a query of rows: the shares of an accrual. */
    public static final int MAX_SHARE_ROWS = 64;

    /** The most rows of an answer to a query, but to those that may have {@link Rows#MAX_ROWS}. */
    public static final int MAX_QUERY_ROWS = 256;

    /** The longest reply apart from answers to queries of rows and a listing of programs. */
    public static final int MAX_REPLY_BYTES = 11 * 1024;

    /** The most programs that one listing holds, so that it fits a frame. */
    public static final int MAX_LISTED_PROGRAMS = 4_000;

    private static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int MAX_DATA_BYTES = 254;
    private static final int GROUP_HEADER_BYTES = 4;
    private static final int MAX_ROW_TEXT_BYTES = 96;
    private static final int ROW_BYTES = CommandReplyEncoder.RowsEncoder.sbeBlockLength();
    private static final int WALLET_BYTES = WalletsEncoder.sbeBlockLength();
    private static final int LISTED_BYTES =
            ProgramsReplyEncoder.ProgramsEncoder.sbeBlockLength() + 1 + Limits.MAX_PROGRAM_BYTES;

    /** The most bytes of the reply to a command of this type, apart from a listing of programs. */
    public static int maxReplyBytes(final CommandType type) {
        return MAX_REPLY_BYTES + (maxRows(type) - MAX_SHARE_ROWS) * (ROW_BYTES + 1 + MAX_ROW_TEXT_BYTES);
    }

    /** A board is as long as its program says, and a member may have as many coupons. */
    private static int maxRows(final CommandType type) {
        return switch (type) {
            case QUERY_IDENTITIES,
                    QUERY_HOLDS,
                    QUERY_PENDING,
                    QUERY_EXPIRING,
                    QUERY_PROGRESS,
                    QUERY_ORDER,
                    QUERY_CAMPAIGN,
                    QUERY_VERSION,
                    QUERY_REWARD,
                    QUERY_COUPON,
                    QUERY_SETTLEMENT,
                    QUERY_BENEFITS,
                    QUERY_WALLETS -> MAX_QUERY_ROWS;
            case QUERY_BOARD, QUERY_COUPONS -> Rows.MAX_ROWS;
            default -> MAX_SHARE_ROWS;
        };
    }

    /** The most bytes of a listing of that many programs. */
    public static int maxProgramsBytes(final int programs) {
        return HEADER_BYTES + ProgramsReplyEncoder.BLOCK_LENGTH + GROUP_HEADER_BYTES + programs * LISTED_BYTES;
    }

    /**
     * Writes the reply to a command that the ledger saw: a MemberReply for a member query, else a CommandReply.
     *
     * <p>Rows beyond what the reply may carry are left out, and the reply says so.
     *
     * @param buffer with room for {@link #maxReplyBytes}
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
        putLong(buffer, body + CommandReplyEncoder.memberIdEncodingOffset(), outcome.memberId);
        putLong(buffer, body + CommandReplyEncoder.pointsEncodingOffset(), outcome.points);
        putLong(buffer, body + CommandReplyEncoder.basePointsEncodingOffset(), outcome.basePoints);
        putLong(buffer, body + CommandReplyEncoder.tierPointsEncodingOffset(), outcome.tierPoints);
        putLong(buffer, body + CommandReplyEncoder.campaignPointsEncodingOffset(), outcome.campaignPoints);
        putLong(buffer, body + CommandReplyEncoder.clippedPointsEncodingOffset(), outcome.clippedPoints);
        putLong(buffer, body + CommandReplyEncoder.bonusPointsEncodingOffset(), outcome.bonusPoints);
        putLong(buffer, body + CommandReplyEncoder.addedDebtPointsEncodingOffset(), outcome.addedDebtPoints);
        putLong(buffer, body + CommandReplyEncoder.writtenOffPointsEncodingOffset(), outcome.writtenOffPoints);
        putLong(buffer, body + CommandReplyEncoder.valueMinorEncodingOffset(), outcome.valueMinor);
        putLong(buffer, body + CommandReplyEncoder.cashMinorEncodingOffset(), outcome.cashMinor);
        putLong(buffer, body + CommandReplyEncoder.availablePointsEncodingOffset(), outcome.availablePoints);
        putLong(buffer, body + CommandReplyEncoder.pendingPointsEncodingOffset(), outcome.pendingPoints);
        putLong(buffer, body + CommandReplyEncoder.heldPointsEncodingOffset(), outcome.heldPoints);
        putLong(buffer, body + CommandReplyEncoder.debtPointsEncodingOffset(), outcome.debtPoints);
        putShort(buffer, body + CommandReplyEncoder.codeEncodingOffset(), outcome.code.number());
        putShort(buffer, body + CommandReplyEncoder.programVersionEncodingOffset(), outcome.programVersion);
        final Rows rows = outcome.rows;
        final int rowCount = Math.min(rows.count(), maxRows(command.type()));
        byte flags = ReplyFlagsEncoder.replayed((byte) 0, outcome.replayed);
        flags = ReplyFlagsEncoder.rowsCut(flags, rows.isCut() || rowCount < rows.count());
        buffer.putByte(body + CommandReplyEncoder.flagsEncodingOffset(), flags);
        buffer.putByte(body + CommandReplyEncoder.durabilityEncodingOffset(), (byte) durability.code());
        buffer.putByte(body + CommandReplyEncoder.rowKindEncodingOffset(), (byte)
                rows.kind().code());
        final int behindRows = putRows(rows, rowCount, buffer, body + CommandReplyEncoder.BLOCK_LENGTH);
        final int data = putWallets(outcome.wallets, buffer, behindRows);
        return putBytes(buffer, data, outcome.tierId, outcome.tierId.length) - offset;
    }

    private static int putRows(
            final Rows rows, final int rowCount, final MutableDirectBuffer buffer, final int offset) {
        putShort(buffer, offset, ROW_BYTES);
        putShort(buffer, offset + 2, rowCount);
        int at = offset + GROUP_HEADER_BYTES;
        for (int row = 0; row < rowCount; row++) {
            for (int column = 0; column < Rows.COLUMNS; column++) {
                putLong(buffer, at + column * Long.BYTES, rows.value(row, column));
            }
            final byte[] text = rows.text(row);
            at = putBytes(buffer, at + ROW_BYTES, text, cut(text, MAX_ROW_TEXT_BYTES));
        }
        return at;
    }

    /** The group is the same in both replies that have it. */
    private static int putWallets(final WalletBalances wallets, final MutableDirectBuffer buffer, final int offset) {
        putShort(buffer, offset, WALLET_BYTES);
        putShort(buffer, offset + 2, wallets.count());
        int at = offset + GROUP_HEADER_BYTES;
        for (int i = 0; i < wallets.count(); i++) {
            putLong(buffer, at + WalletsEncoder.movedPointsEncodingOffset(), wallets.movedPoints(i));
            putLong(buffer, at + WalletsEncoder.availablePointsEncodingOffset(), wallets.availablePoints(i));
            putLong(buffer, at + WalletsEncoder.pendingPointsEncodingOffset(), wallets.pendingPoints(i));
            putLong(buffer, at + WalletsEncoder.heldPointsEncodingOffset(), wallets.heldPoints(i));
            putLong(buffer, at + WalletsEncoder.debtPointsEncodingOffset(), wallets.debtPoints(i));
            final boolean isSubject = i == wallets.subject();
            buffer.putByte(at + WalletsEncoder.subjectEncodingOffset(), (byte) (isSubject ? 1 : 0));
            final byte[] id = wallets.id(i);
            at = putBytes(buffer, at + WALLET_BYTES, id, id.length);
        }
        return at;
    }

    private static int encodeMember(
            final Command command,
            final Outcome outcome,
            final Durability durability,
            final MutableDirectBuffer buffer,
            final int offset) {
        final int body = header(buffer, offset, MemberReplyEncoder.BLOCK_LENGTH, MemberReplyEncoder.TEMPLATE_ID);
        putLong(buffer, body + MemberReplyEncoder.correlationIdEncodingOffset(), command.correlationId());
        putLong(
                buffer,
                body + MemberReplyEncoder.memberIdEncodingOffset(),
                outcome.memberId == 0 ? command.memberId() : outcome.memberId);
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
        final int data = putWallets(outcome.wallets, buffer, body + MemberReplyEncoder.BLOCK_LENGTH);
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
        return putBytes(buffer, offset, bytes, cut(bytes, MAX_DATA_BYTES));
    }

    /** The length of a text that may have so many bytes; never cut within a character. */
    private static int cut(final byte[] text, final int mostBytes) {
        int length = Math.min(text.length, mostBytes);
        while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private static int putBytes(
            final MutableDirectBuffer buffer, final int offset, final byte[] bytes, final int length) {
        buffer.putByte(offset, (byte) length);
        buffer.putBytes(offset + 1, bytes, 0, length);
        return offset + 1 + length;
    }
}

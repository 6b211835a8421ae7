package io.tallymark.protocol;

import io.tallymark.protocol.sbe.CommandReplyDecoder;
import io.tallymark.protocol.sbe.CommandReplyDecoder.WalletsDecoder;
import io.tallymark.protocol.sbe.ErrorReplyDecoder;
import io.tallymark.protocol.sbe.MemberReplyDecoder;
import io.tallymark.protocol.sbe.MessageHeaderDecoder;
import io.tallymark.protocol.sbe.ProgramsReplyDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Reads replies from the wire. Replies of a later schema version are read as far as they are known here. Allocates
 * nothing after warm-up but for a listing of programs; not thread-safe.
 */
public final class ReplyDecoder {
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;

    private static final int MAX_TEXT_BYTES = 255;

    private final WireCursor cursor = new WireCursor();

    /**
     * Reads one reply.
     *
     * @param offset of the SBE header
     * @param length of the message, header included; the buffer holds that many bytes
     * @throws IllegalArgumentException if the bytes are no reply; the target is then of no defined content
     */
    public void decode(final DirectBuffer buffer, final int offset, final int length, final Reply into) {
        if (length < HEADER_BYTES) {
            throw noReply("shorter than its header");
        }
        final int blockLength = unsigned(buffer, offset);
        final int templateId = unsigned(buffer, offset + 2);
        final int version = unsigned(buffer, offset + 6);
        if (unsigned(buffer, offset + 4) != MessageHeaderDecoder.SCHEMA_ID || version < 1) {
            throw noReply("of another schema or version");
        }
        cursor.wrap(
                buffer,
                offset + HEADER_BYTES,
                offset + length,
                blockLength,
                version > MessageHeaderDecoder.SCHEMA_VERSION);
        into.reset();
        switch (templateId) {
            case CommandReplyDecoder.TEMPLATE_ID -> command(into);
            case MemberReplyDecoder.TEMPLATE_ID -> member(into);
            case ErrorReplyDecoder.TEMPLATE_ID -> error(into);
            case ProgramsReplyDecoder.TEMPLATE_ID -> programs(into);
            default -> throw noReply("of unknown template " + templateId);
        }
        if (!cursor.atEnd()) {
            throw noReply("with bytes behind its last field");
        }
    }

    private void command(final Reply into) {
        block(CommandReplyDecoder.BLOCK_LENGTH);
        into.kind = Reply.Kind.COMMAND;
        into.correlationId = cursor.blockLong(CommandReplyDecoder.correlationIdEncodingOffset());
        into.sequence = cursor.blockLong(CommandReplyDecoder.sequenceEncodingOffset());
        into.asOfSequence = cursor.blockLong(CommandReplyDecoder.asOfSequenceEncodingOffset());
        into.engineTimeMs = cursor.blockLong(CommandReplyDecoder.engineTimeMsEncodingOffset());
        into.memberId = cursor.blockLong(CommandReplyDecoder.memberIdEncodingOffset());
        into.points = cursor.blockLong(CommandReplyDecoder.pointsEncodingOffset());
        into.basePoints = cursor.blockLong(CommandReplyDecoder.basePointsEncodingOffset());
        into.tierPoints = cursor.blockLong(CommandReplyDecoder.tierPointsEncodingOffset());
        into.campaignPoints = cursor.blockLong(CommandReplyDecoder.campaignPointsEncodingOffset());
        into.clippedPoints = cursor.blockLong(CommandReplyDecoder.clippedPointsEncodingOffset());
        into.bonusPoints = cursor.blockLong(CommandReplyDecoder.bonusPointsEncodingOffset());
        into.addedDebtPoints = cursor.blockLong(CommandReplyDecoder.addedDebtPointsEncodingOffset());
        into.writtenOffPoints = cursor.blockLong(CommandReplyDecoder.writtenOffPointsEncodingOffset());
        into.valueMinor = cursor.blockLong(CommandReplyDecoder.valueMinorEncodingOffset());
        into.cashMinor = cursor.blockLong(CommandReplyDecoder.cashMinorEncodingOffset());
        into.availablePoints = cursor.blockLong(CommandReplyDecoder.availablePointsEncodingOffset());
        into.pendingPoints = cursor.blockLong(CommandReplyDecoder.pendingPointsEncodingOffset());
        into.heldPoints = cursor.blockLong(CommandReplyDecoder.heldPointsEncodingOffset());
        into.debtPoints = cursor.blockLong(CommandReplyDecoder.debtPointsEncodingOffset());
        code(into, CommandReplyDecoder.codeEncodingOffset());
        into.programVersion = cursor.blockShort(CommandReplyDecoder.programVersionEncodingOffset());
        final int flags = cursor.blockByte(CommandReplyDecoder.flagsEncodingOffset());
        into.replayed = (flags & 1) != 0;
        into.durability = durability(CommandReplyDecoder.durabilityEncodingOffset());
        final int rowKind = cursor.blockByte(CommandReplyDecoder.rowKindEncodingOffset());
        into.rows.begin(RowKind.ofCode(rowKind), (flags & 2) != 0);
        rows(into.rows);
        wallets(into.wallets);
        text(into);
    }

    private void rows(final ReplyRows into) {
        final int count = cursor.nextGroup(CommandReplyDecoder.RowsDecoder.sbeBlockLength());
        final int entryLength = cursor.entryLength();
        if (count < 0) {
            throw noReply("whose rows have other dimensions");
        }
        for (int row = 0; row < count; row++) {
            if (!cursor.nextEntry(entryLength)) {
                throw noReply("that ends within its rows");
            }
            into.add();
            for (int column = 0; column < Rows.COLUMNS; column++) {
                into.value(column, cursor.blockLong(column * Long.BYTES));
            }
            if (!cursor.nextText(0, MAX_TEXT_BYTES)) {
                throw noReply("that ends within a text");
            }
            into.text(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
        }
    }

    private void wallets(final ReplyWallets into) {
        final int count = cursor.nextGroup(WalletsDecoder.sbeBlockLength());
        final int entryLength = cursor.entryLength();
        if (count < 0) {
            throw noReply("whose wallets have other dimensions");
        }
        for (int i = 0; i < count; i++) {
            if (!cursor.nextEntry(entryLength)) {
                throw noReply("that ends within its wallets");
            }
            into.add(
                    cursor.blockLong(WalletsDecoder.movedPointsEncodingOffset()),
                    cursor.blockLong(WalletsDecoder.availablePointsEncodingOffset()),
                    cursor.blockLong(WalletsDecoder.pendingPointsEncodingOffset()),
                    cursor.blockLong(WalletsDecoder.heldPointsEncodingOffset()),
                    cursor.blockLong(WalletsDecoder.debtPointsEncodingOffset()));
            if (cursor.blockByte(WalletsDecoder.subjectEncodingOffset()) != 0) {
                into.subject(i);
            }
            if (!cursor.nextText(0, MAX_TEXT_BYTES)) {
                throw noReply("that ends within a text");
            }
            into.id(cursor.buffer(), cursor.dataOffset(), cursor.dataLength());
        }
    }

    private void member(final Reply into) {
        block(MemberReplyDecoder.BLOCK_LENGTH);
        into.kind = Reply.Kind.MEMBER;
        into.correlationId = cursor.blockLong(MemberReplyDecoder.correlationIdEncodingOffset());
        into.memberId = cursor.blockLong(MemberReplyDecoder.memberIdEncodingOffset());
        into.asOfSequence = cursor.blockLong(MemberReplyDecoder.asOfSequenceEncodingOffset());
        into.engineTimeMs = cursor.blockLong(MemberReplyDecoder.asOfEngineTimeMsEncodingOffset());
        into.availablePoints = cursor.blockLong(MemberReplyDecoder.availablePointsEncodingOffset());
        into.pendingPoints = cursor.blockLong(MemberReplyDecoder.pendingPointsEncodingOffset());
        into.heldPoints = cursor.blockLong(MemberReplyDecoder.heldPointsEncodingOffset());
        into.debtPoints = cursor.blockLong(MemberReplyDecoder.debtPointsEncodingOffset());
        into.lifetimeSpendMinor = cursor.blockLong(MemberReplyDecoder.lifetimeSpendMinorEncodingOffset());
        into.lifetimePoints = cursor.blockLong(MemberReplyDecoder.lifetimePointsEncodingOffset());
        into.lifetimeVisits = cursor.blockLong(MemberReplyDecoder.lifetimeVisitsEncodingOffset());
        code(into, MemberReplyDecoder.codeEncodingOffset());
        into.durability = durability(MemberReplyDecoder.durabilityEncodingOffset());
        wallets(into.wallets);
        text(into);
    }

    private void error(final Reply into) {
        block(ErrorReplyDecoder.BLOCK_LENGTH);
        into.kind = Reply.Kind.ERROR;
        into.correlationId = cursor.blockLong(ErrorReplyDecoder.correlationIdEncodingOffset());
        code(into, ErrorReplyDecoder.codeEncodingOffset());
        into.retryAfterMs = cursor.blockInt(ErrorReplyDecoder.retryAfterMsEncodingOffset());
        text(into);
    }

    private void programs(final Reply into) {
        block(ProgramsReplyDecoder.BLOCK_LENGTH);
        into.kind = Reply.Kind.PROGRAMS;
        into.correlationId = cursor.blockLong(ProgramsReplyDecoder.correlationIdEncodingOffset());
        into.asOfSequence = cursor.blockLong(ProgramsReplyDecoder.asOfSequenceEncodingOffset());
        into.durability = durability(ProgramsReplyDecoder.durabilityEncodingOffset());
        into.code = ResultCode.ACCEPTED;
        final int count = cursor.nextGroup(ProgramsReplyDecoder.ProgramsDecoder.sbeBlockLength());
        final int entryLength = cursor.entryLength();
        if (count < 0) {
            throw noReply("whose programs have other dimensions");
        }
        final List<ProgramSummary> programs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!cursor.nextEntry(entryLength)) {
                throw noReply("that ends within its programs");
            }
            final int version = cursor.blockShort(ProgramsReplyDecoder.ProgramsDecoder.versionEncodingOffset());
            final long high = cursor.blockLong(ProgramsReplyDecoder.ProgramsDecoder.canonicalHashHighEncodingOffset());
            final long low = cursor.blockLong(ProgramsReplyDecoder.ProgramsDecoder.canonicalHashLowEncodingOffset());
            final long members = cursor.blockLong(ProgramsReplyDecoder.ProgramsDecoder.membersEncodingOffset());
            text(into);
            final String name = new String(into.text, 0, into.textLength, StandardCharsets.UTF_8);
            programs.add(new ProgramSummary(name, version, high, low, members));
        }
        into.programs = List.copyOf(programs);
    }

    private void block(final int knownBlockLength) {
        if (!cursor.hasBlock(knownBlockLength)) {
            throw noReply("whose block is not that of its template and version");
        }
    }

    private void code(final Reply into, final int blockOffset) {
        into.codeNumber = cursor.blockShort(blockOffset);
        into.code = ResultCode.ofNumber(into.codeNumber);
    }

    private Durability durability(final int blockOffset) {
        final int code = cursor.blockByte(blockOffset);
        if (code == Durability.FSYNC.code()) {
            return Durability.FSYNC;
        }
        return code == Durability.PAGE_CACHE.code() ? Durability.PAGE_CACHE : null;
    }

    private void text(final Reply into) {
        if (!cursor.nextText(0, into.text.length)) {
            throw noReply("that ends within a text");
        }
        into.textLength = cursor.dataLength();
        if (into.textLength > 0) {
            cursor.buffer().getBytes(cursor.dataOffset(), into.text, 0, into.textLength);
        }
    }

    private static int unsigned(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static IllegalArgumentException noReply(final String why) {
        return new IllegalArgumentException("a message " + why);
    }
}

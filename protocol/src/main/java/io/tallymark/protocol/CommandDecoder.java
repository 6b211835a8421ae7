package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tallymark.protocol.sbe.AccrueDecoder;
import io.tallymark.protocol.sbe.AdjustDecoder;
import io.tallymark.protocol.sbe.ListProgramsDecoder;
import io.tallymark.protocol.sbe.MessageHeaderDecoder;
import io.tallymark.protocol.sbe.PublishProgramDecoder;
import io.tallymark.protocol.sbe.QueryMemberDecoder;
import io.tallymark.protocol.sbe.RedeemDecoder;
import org.agrona.DirectBuffer;

/**
 * Turns a request from the wire into a {@link Command}. Whether a request is malformed is decided here and only here:
 * a command that this class accepts keeps every bound of {@link Limits}.
 *
 * <p>It reads the fields at the offsets of the generated codecs, but not through their cursors, because every length
 * must be known to lie within the message before anything at it is touched. Whatever the bytes are, it throws nothing;
 * an accepted request costs no allocation.
 *
 * <p>Where several faults apply, the code declared first in {@link ResultCode} is given.
 *
 * <p>Versions: a message of a later schema version may have a longer block and more variable data behind what is known
 * here; both are skipped. Unknown flags are refused, since to ignore one might change what the request means.
 *
 * <p>Not thread-safe: one for each event loop.
 */
public final class CommandDecoder {
    /** The correlation id of a message that could not be read so far. */
    public static final long NO_CORRELATION = 0xFFFF_FFFF_FFFF_FFFFL;

    /** Longest compiled program. */
    public static final int MAX_COMPILED_BYTES = 64 * 1024;

    /** Longest source text of a program. */
    public static final int MAX_SOURCE_TEXT_BYTES = 60 * 1024;

    private static final int SCHEMA_ID = MessageHeaderDecoder.SCHEMA_ID;
    private static final int SCHEMA_VERSION = MessageHeaderDecoder.SCHEMA_VERSION;
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int CORRELATION_BYTES = Long.BYTES;

    /** 9999-12-31T23:59:59.999Z. */
    private static final long MAX_EVENT_TIME_MS = 253_402_300_799_999L;

    /** What the request with the least overhead spends on it: header, correlation id, member id, one length byte. */
    private static final int LEAST_OVERHEAD_BYTES = HEADER_BYTES + 8 + 8 + 1;

    private final WireCursor cursor = new WireCursor();
    private final LinesDecoder lines = new LinesDecoder(cursor);

    private Command into;
    private long correlationId = NO_CORRELATION;
    private ResultCode refusal;
    private String detail = "";

    /**
     * The most {@link Command} bytes that a message of this length can decode to: beyond
     * {@link Command#INLINE_BYTES} the command needs a lent buffer.
     */
    public static int maxCommandBytes(final int messageLength) {
        // A line takes up to 20 bytes where it took 18 on the wire, the rest takes fewer than it took.
        final int content = Math.max(0, messageLength - LEAST_OVERHEAD_BYTES);
        return content + Math.min(2 * Limits.MAX_LINES, content / 9);
    }

    /**
     * The correlation id of a message that is refused unread, or {@link #NO_CORRELATION} where there is none: every
     * message of the schema begins with it.
     */
    public static long peekCorrelationId(final DirectBuffer buffer, final int offset, final int length) {
        final boolean readable = length >= HEADER_BYTES + CORRELATION_BYTES
                && (buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF) >= CORRELATION_BYTES
                && (buffer.getShort(offset + 4, LITTLE_ENDIAN) & 0xFFFF) == SCHEMA_ID;
        return readable ? buffer.getLong(offset + HEADER_BYTES, LITTLE_ENDIAN) : NO_CORRELATION;
    }

    /**
     * Decodes and validates one request.
     *
     * @param buffer of any kind
     * @param offset of the SBE header
     * @param length of the message, header included; the buffer holds that many bytes
     * @param target reset and filled; of no defined content after a refusal. It is to have a lent buffer where
     *               {@link #maxCommandBytes} says so, of {@link Limits#MAX_COMMAND_BYTES} at least
     * @return {@link ResultCode#ACCEPTED} or a code of the kind {@link ResultCode.Kind#MALFORMED}
     */
    public ResultCode decode(final DirectBuffer buffer, final int offset, final int length, final Command target) {
        correlationId = NO_CORRELATION;
        refusal = ResultCode.ACCEPTED;
        detail = "";
        into = target;
        if (length < HEADER_BYTES) {
            return refuse(ResultCode.MALFORMED, "message: shorter than its header");
        }
        final int blockLength = buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
        final int templateId = buffer.getShort(offset + 2, LITTLE_ENDIAN);
        final int schemaId = buffer.getShort(offset + 4, LITTLE_ENDIAN) & 0xFFFF;
        final int version = buffer.getShort(offset + 6, LITTLE_ENDIAN) & 0xFFFF;
        if (schemaId != SCHEMA_ID) {
            return refuse(ResultCode.UNSUPPORTED_VERSION, "schemaId: not 7401");
        }
        if (blockLength >= CORRELATION_BYTES && length >= HEADER_BYTES + CORRELATION_BYTES) {
            correlationId = buffer.getLong(offset + HEADER_BYTES, LITTLE_ENDIAN);
        }
        if (version < 1) {
            return refuse(ResultCode.UNSUPPORTED_VERSION, "version: below 1");
        }
        cursor.wrap(buffer, offset + HEADER_BYTES, offset + length, blockLength, version > SCHEMA_VERSION);
        switch (templateId) {
            case AccrueDecoder.TEMPLATE_ID:
                accrue();
                break;
            case RedeemDecoder.TEMPLATE_ID:
                redeem();
                break;
            case AdjustDecoder.TEMPLATE_ID:
                adjust();
                break;
            case QueryMemberDecoder.TEMPLATE_ID:
                queryMember();
                break;
            case PublishProgramDecoder.TEMPLATE_ID:
                publishProgram();
                break;
            case ListProgramsDecoder.TEMPLATE_ID:
                if (begin(CommandType.LIST_PROGRAMS, ListProgramsDecoder.BLOCK_LENGTH)) {
                    end();
                }
                break;
            default:
                return refuse(ResultCode.UNKNOWN_TEMPLATE, "templateId: not that of a request");
        }
        return refusal;
    }

    /** The correlation id of the last message, or {@link #NO_CORRELATION} where it could not be read so far. */
    public long correlationId() {
        return correlationId;
    }

    /** A sentence that names the field of the last refusal; empty after an accepted message. */
    public String detail() {
        return detail;
    }

    private void accrue() {
        if (!begin(CommandType.ACCRUE, AccrueDecoder.BLOCK_LENGTH)) {
            return;
        }
        final long amountMinor = cursor.blockLong(AccrueDecoder.amountMinorEncodingOffset());
        final int flags = cursor.blockByte(AccrueDecoder.flagsEncodingOffset());
        if (!member(AccrueDecoder.memberIdEncodingOffset())
                || !eventTime(AccrueDecoder.eventTimeMsEncodingOffset())
                || !flags(flags, Command.FLAG_NO_VISIT)) {
            return;
        }
        into.amountMinor(amountMinor);
        final ResultCode linesCode = lines.check(amountMinor);
        if (linesCode == ResultCode.MALFORMED) {
            refuse(linesCode, lines.detail());
            return;
        }
        if (!key()
                || !text(VarField.CHANNEL, "channel")
                || !text(VarField.STORE, "store")
                || !text(VarField.STAFF, "staff")
                || !end()) {
            return;
        }
        if (amountMinor < 1 || amountMinor > Limits.MAX_VALUE) {
            refuse(ResultCode.VALUE_OUT_OF_RANGE, "amountMinor: not 1 to 10^15");
        } else if (linesCode != ResultCode.ACCEPTED) {
            refuse(linesCode, lines.detail());
        } else if (!lines.copyTo(into)) {
            refuse(ResultCode.FRAME_TOO_LARGE, "lines: longer than a command may be");
        }
    }

    private void redeem() {
        if (!begin(CommandType.REDEEM, RedeemDecoder.BLOCK_LENGTH)) {
            return;
        }
        final long points = cursor.blockLong(RedeemDecoder.pointsEncodingOffset());
        into.points(points);
        if (member(RedeemDecoder.memberIdEncodingOffset())
                && eventTime(RedeemDecoder.eventTimeMsEncodingOffset())
                && key()
                && text(VarField.CHANNEL, "channel")
                && text(VarField.STORE, "store")
                && text(VarField.STAFF, "staff")
                && end()
                && (points < 1 || points > Limits.MAX_VALUE)) {
            refuse(ResultCode.VALUE_OUT_OF_RANGE, "points: not 1 to 10^15");
        }
    }

    private void adjust() {
        if (!begin(CommandType.ADJUST, AdjustDecoder.BLOCK_LENGTH)) {
            return;
        }
        final long points = cursor.blockLong(AdjustDecoder.pointsEncodingOffset());
        final int flags = cursor.blockByte(AdjustDecoder.flagsEncodingOffset());
        into.points(points);
        // On the wire the flag is bit 0 of its own set; in a command all flags share one word.
        if (member(AdjustDecoder.memberIdEncodingOffset())
                && eventTime(AdjustDecoder.eventTimeMsEncodingOffset())
                && flags(flags, 1)
                && key()
                && requiredText(VarField.REASON, "reason")
                && requiredText(VarField.OPERATOR_ID, "operatorId")
                && text(VarField.REFERENCE, "reference")
                && end()) {
            into.flags(flags == 0 ? 0 : Command.FLAG_MAY_GO_BELOW_ZERO);
            if (points == 0 || points < -Limits.MAX_VALUE || points > Limits.MAX_VALUE) {
                refuse(ResultCode.VALUE_OUT_OF_RANGE, "points: 0 or beyond 10^15");
            }
        }
    }

    private void queryMember() {
        if (begin(CommandType.QUERY_MEMBER, QueryMemberDecoder.BLOCK_LENGTH)
                && member(QueryMemberDecoder.memberIdEncodingOffset())
                && program()) {
            end();
        }
    }

    private void publishProgram() {
        if (begin(CommandType.PUBLISH_PROGRAM, PublishProgramDecoder.BLOCK_LENGTH)
                && key()
                && compiledProgram()
                && sourceText()) {
            end();
        }
    }

    private boolean begin(final CommandType type, final int knownBlockLength) {
        into.reset(type);
        into.correlationId(correlationId);
        if (!cursor.hasBlock(knownBlockLength)) {
            return fail("blockLength: not that of this message and version");
        }
        if (correlationId == NO_CORRELATION) {
            return fail("correlationId: 2^64-1 is reserved");
        }
        return true;
    }

    private boolean end() {
        return cursor.atEnd() || fail("message: bytes behind its last field");
    }

    private boolean member(final int blockOffset) {
        final long memberId = cursor.blockLong(blockOffset);
        into.memberId(memberId);
        return memberId > 0 || fail("memberId: not positive");
    }

    private boolean eventTime(final int blockOffset) {
        final long eventTimeMs = cursor.blockLong(blockOffset);
        into.eventTimeMs(eventTimeMs);
        return eventTimeMs >= 0 && eventTimeMs <= MAX_EVENT_TIME_MS
                || eventTimeMs == Command.NO_TIME
                || fail("eventTimeMs: not in the years 1970 to 9999");
    }

    private boolean flags(final int flags, final int known) {
        into.flags(flags);
        return (flags & ~known) == 0 || fail("flags: unknown bits");
    }

    private boolean key() {
        return program() && source() && documentId();
    }

    private boolean program() {
        if (!cursor.nextText(1, Limits.MAX_PROGRAM_BYTES)
                || !Texts.isProgramName(cursor.buffer(), cursor.dataOffset(), cursor.dataLength())) {
            return fail("program: not 1 to 32 characters a-z, 0-9, hyphen");
        }
        return store(VarField.PROGRAM);
    }

    private boolean source() {
        if (!cursor.nextText(1, Limits.MAX_SOURCE_BYTES)
                || !Texts.isVisibleAscii(cursor.buffer(), cursor.dataOffset(), cursor.dataLength())) {
            return fail("source: not 1 to 32 bytes 0x21 to 0x7E");
        }
        return store(VarField.SOURCE);
    }

    private boolean documentId() {
        if (!cursor.nextText(1, Limits.MAX_DOCUMENT_ID_BYTES)
                || !Texts.isVisibleAscii(cursor.buffer(), cursor.dataOffset(), cursor.dataLength())) {
            return fail("documentId: not 1 to 64 bytes 0x21 to 0x7E");
        }
        return store(VarField.DOCUMENT_ID);
    }

    private boolean text(final VarField field, final String name) {
        if (!cursor.nextText(0, Limits.MAX_TEXT_BYTES)
                || !Texts.isPlainUtf8(cursor.buffer(), cursor.dataOffset(), cursor.dataLength())) {
            return fail(name + ": not at most 64 bytes of UTF-8 without control characters");
        }
        return cursor.dataLength() == 0 || store(field);
    }

    private boolean requiredText(final VarField field, final String name) {
        return text(field, name) && (cursor.dataLength() > 0 || fail(name + ": required"));
    }

    private boolean compiledProgram() {
        return cursor.nextBytes(1, MAX_COMPILED_BYTES)
                ? store(VarField.COMPILED_PROGRAM)
                : fail("compiled: not 1 to 65536 bytes");
    }

    private boolean sourceText() {
        if (!cursor.nextBytes(0, MAX_SOURCE_TEXT_BYTES)
                || !Texts.isUtf8Lines(cursor.buffer(), cursor.dataOffset(), cursor.dataLength())) {
            return fail("sourceText: not at most 61440 bytes of UTF-8 text");
        }
        return cursor.dataLength() == 0 || store(VarField.SOURCE_TEXT);
    }

    private boolean store(final VarField field) {
        final int length = cursor.dataLength();
        if (length > into.bytes().capacity() - into.bytesLength()) {
            refuse(ResultCode.FRAME_TOO_LARGE, "message: longer than a command may be");
            return false;
        }
        into.put(field, cursor.buffer(), cursor.dataOffset(), length);
        return true;
    }

    private boolean fail(final String sentence) {
        refuse(ResultCode.MALFORMED, sentence);
        return false;
    }

    private ResultCode refuse(final ResultCode code, final String sentence) {
        refusal = code;
        detail = sentence;
        return code;
    }
}

package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tallymark.protocol.CommandShape.Identity;
import io.tallymark.protocol.CommandShape.Lines;
import io.tallymark.protocol.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * Turns a request from the wire into a {@link Command}. Whether a request is malformed is decided here and only here:
 * a command that this class accepts keeps every bound of {@link Limits}.
 *
 * <p>It is driven by the {@link CommandShape} of the operation and not by the cursors of the generated codecs, because
 * every length must be known to lie within the message before anything at it is touched. Everything is checked before
 * anything is copied. Whatever the bytes are, it throws nothing; an accepted request costs no allocation.
 *
 * <p>What can be said in two ways becomes one command: an original source that is the own source is left out, and so is
 * the wallet {@code points}.
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
    public static final int MAX_COMPILED_BYTES = VarChecks.MAX_COMPILED_BYTES;

    /** Longest source text of a program. */
    public static final int MAX_SOURCE_TEXT_BYTES = VarChecks.MAX_SOURCE_TEXT_BYTES;

    private static final int SCHEMA_ID = MessageHeaderDecoder.SCHEMA_ID;
    private static final int SCHEMA_VERSION = MessageHeaderDecoder.SCHEMA_VERSION;
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int CORRELATION_BYTES = Long.BYTES;

    /** What the request with the least overhead spends on it: header, correlation id, one length byte. */
    private static final int LEAST_OVERHEAD_BYTES = HEADER_BYTES + CORRELATION_BYTES + 1;

    /** What an external id of one byte grows by when it becomes hashes. */
    private static final int MAX_IDENTITY_GROWTH_BYTES = IdentityHashes.MAX_BYTES - 1;

    private final WireCursor cursor = new WireCursor();
    private final FixedChecks fixed = new FixedChecks(cursor);
    private final VarChecks texts = new VarChecks(cursor);
    private final LinesDecoder lines = new LinesDecoder(cursor);
    private final IdentityDecoder identity;

    private Command into;
    private CommandShape shape;
    private long correlationId = NO_CORRELATION;
    private ResultCode refusal;
    private String detail = "";

    /** A decoder that takes no identities: they are malformed. */
    public CommandDecoder() {
        this(null);
    }

    /** A decoder that makes hashes of identities; of one thread, as the hasher is. Null: it takes none. */
    public CommandDecoder(final IdentityHasher hasher) {
        identity = new IdentityDecoder(cursor, hasher);
    }

    /**
     * The most {@link Command} bytes that a message of this length can decode to: beyond
     * {@link Command#INLINE_BYTES} the command needs a lent buffer.
     */
    public static int maxCommandBytes(final int messageLength) {
        final int content = Math.max(0, messageLength - LEAST_OVERHEAD_BYTES);
        return content + linesGrowth(content) + MAX_IDENTITY_GROWTH_BYTES;
    }

    /** As {@link #maxCommandBytes(int)} for a message that is there: less, because it says what it is. */
    public static int maxCommandBytes(final DirectBuffer buffer, final int offset, final int length) {
        final CommandType type = length < HEADER_BYTES ? null : requestOf(buffer.getShort(offset + 2, LITTLE_ENDIAN));
        if (type == null) {
            return 0;
        }
        final CommandShape shape = type.shape();
        final int content = Math.max(0, length - HEADER_BYTES - shape.blockBytes() - shape.varCount());
        final int linesGrowth = shape.lines() == Lines.NONE ? 0 : linesGrowth(content);
        // An external id ends the message and does not end with 0; its absence is a length of 0 there.
        final boolean mayHaveIdentity = shape.identity() != Identity.NONE
                && (buffer.getByte(offset + length - 1) != 0
                        || (buffer.getShort(offset + 6, LITTLE_ENDIAN) & 0xFFFF) > SCHEMA_VERSION);
        return content + linesGrowth + (mayHaveIdentity ? MAX_IDENTITY_GROWTH_BYTES : 0);
    }

    /** A line takes up to 2 bytes more than the 14 or more that it took on the wire, the rest takes fewer. */
    private static int linesGrowth(final int contentBytes) {
        return Math.min(2 * Limits.MAX_LINES, contentBytes / 7);
    }

    /** The request of a template id, or null where there is none. */
    static CommandType requestOf(final int templateId) {
        final CommandType type = CommandType.ofCode(templateId);
        return type == CommandType.NONE || type == CommandType.TICK ? null : type;
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
        final CommandType type = requestOf(templateId);
        if (type == null) {
            return refuse(ResultCode.UNKNOWN_TEMPLATE, "templateId: not that of a request");
        }
        cursor.wrap(buffer, offset + HEADER_BYTES, offset + length, blockLength, version > SCHEMA_VERSION);
        request(type);
        return refusal;
    }

    /** The correlation id of the last message, or {@link #NO_CORRELATION} where it could not be read so far. */
    public long correlationId() {
        return correlationId;
    }

    /** A sentence that names the field of the last refusal, never its content; empty after an accepted message. */
    public String detail() {
        return detail;
    }

    private void request(final CommandType type) {
        shape = type.shape();
        into.reset(type);
        into.correlationId(correlationId);
        if (!cursor.hasBlock(shape.blockBytes())) {
            refuse(ResultCode.MALFORMED, "blockLength: not that of this message and version");
            return;
        }
        if (correlationId == NO_CORRELATION) {
            refuse(ResultCode.MALFORMED, "correlationId: 2^64-1 is reserved");
            return;
        }
        if (!fixed.read(shape, into)) {
            refuse(ResultCode.MALFORMED, fixed.malformed());
            return;
        }
        final ResultCode linesCode = lines();
        if (linesCode == ResultCode.MALFORMED) {
            refuse(linesCode, lines.detail());
            return;
        }
        if (!variable()) {
            return;
        }
        if (shape.has(FixedField.CASH_MINOR) && !isSpending()) {
            refuse(ResultCode.MALFORMED, fixed.malformed());
        } else if (fixed.outOfRange() != null) {
            refuse(ResultCode.VALUE_OUT_OF_RANGE, fixed.outOfRange());
        } else if (linesCode != ResultCode.ACCEPTED) {
            refuse(linesCode, lines.detail());
        } else {
            fill();
        }
    }

    private ResultCode lines() {
        return shape.lines() == Lines.NONE ? ResultCode.ACCEPTED : lines.check(shape.lines(), into.amountMinor());
    }

    private boolean isSpending() {
        // The lengths that the texts keep of a field that this shape does not have are those of another message.
        final boolean mayHaveCoupon = (shape.varMask() & 1 << VarField.COUPON_ID.ordinal()) != 0;
        return fixed.isSpending(
                texts.length(VarField.RULE_ID) > 0,
                mayHaveCoupon && texts.length(VarField.COUPON_ID) > 0,
                texts.length(VarField.WALLET_ID) > 0);
    }

    private boolean variable() {
        if (!texts.check(shape)) {
            refuse(ResultCode.MALFORMED, texts.detail());
            return false;
        }
        if (shape.identity() != Identity.NONE && !identity.check(shape.identity(), into.memberId())) {
            refuse(ResultCode.MALFORMED, identity.detail());
            return false;
        }
        if (!cursor.atEnd()) {
            refuse(ResultCode.MALFORMED, "message: bytes behind its last field");
            return false;
        }
        return true;
    }

    /** Copies what has been found good, in the order of a command, which is not that of the wire. */
    private void fill() {
        boolean hasLinesLeft = shape.lines() != Lines.NONE;
        boolean fits = true;
        for (int i = 0; fits && i < shape.varCount(); i++) {
            final VarField field = shape.varField(i);
            if (hasLinesLeft && field.ordinal() > VarField.LINES.ordinal()) {
                hasLinesLeft = false;
                fits = lines.copyTo(into);
            }
            fits = fits && texts.copyTo(field, into);
        }
        if (hasLinesLeft) {
            fits = fits && lines.copyTo(into);
        }
        if (shape.identity() != Identity.NONE) {
            fits = fits && identity.copyTo(into, texts.offset(VarField.PROGRAM), texts.length(VarField.PROGRAM));
        }
        if (!fits) {
            refuse(ResultCode.FRAME_TOO_LARGE, "message: longer than a command may be");
        }
    }

    private ResultCode refuse(final ResultCode code, final String sentence) {
        refusal = code;
        detail = sentence;
        return code;
    }
}

package io.tallymark.gateway.http;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Texts;
import io.tallymark.protocol.VarField;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds the texts of one body until all are there: a body names them in any order, a command has them in that of
 * {@link VarField}. The bounds are those of {@link io.tallymark.protocol.CommandDecoder}. Not thread-safe.
 */
final class JsonTexts {
    private static final int MAX_BYTES = Limits.MAX_TEXT_BYTES;
    private static final int REFUSED = -1;

    /** No text is longer than any other may be. */
    static {
        if (Limits.MAX_DOCUMENT_ID_BYTES > MAX_BYTES || Limits.MAX_SOURCE_BYTES > MAX_BYTES) {
            throw new ExceptionInInitializerError("texts of a body are staged in " + MAX_BYTES + " bytes each");
        }
    }

    private final UnsafeBuffer staged = new UnsafeBuffer(new byte[VarField.COUNT * MAX_BYTES]);
    private final int[] lengths = new int[VarField.COUNT];

    void clear() {
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = 0;
        }
    }

    /** Takes one text; false if it is not of the field's form. */
    boolean take(final VarField field, final char[] chars, final int offset, final int length) {
        final int at = field.ordinal() * MAX_BYTES;
        final int bytes = encode(chars, offset, length, staged, at, MAX_BYTES);
        if (bytes == REFUSED) {
            return false;
        }
        lengths[field.ordinal()] = bytes;
        return switch (field) {
            case SOURCE -> bytes > 0 && bytes <= Limits.MAX_SOURCE_BYTES && Texts.isVisibleAscii(staged, at, bytes);
            case DOCUMENT_ID ->
                bytes > 0 && bytes <= Limits.MAX_DOCUMENT_ID_BYTES && Texts.isVisibleAscii(staged, at, bytes);
            case REASON, OPERATOR_ID -> bytes > 0 && Texts.isPlainUtf8(staged, at, bytes);
            default -> Texts.isPlainUtf8(staged, at, bytes);
        };
    }

    /** What {@link #take} wants of a field, for people. */
    static String form(final VarField field) {
        return switch (field) {
            case SOURCE -> "not 1 to 32 characters 0x21 to 0x7E";
            case DOCUMENT_ID -> "not 1 to 64 characters 0x21 to 0x7E";
            case REASON, OPERATOR_ID -> "not 1 to 64 bytes of UTF-8 without control characters";
            default -> "not at most 64 bytes of UTF-8 without control characters";
        };
    }

    /** Puts the texts from one field up to another into a command; an empty one is an absent one. */
    void putInto(final Command command, final VarField first, final VarField last) {
        for (int i = first.ordinal(); i <= last.ordinal(); i++) {
            if (lengths[i] > 0) {
                command.put(VarField.of(i), staged, i * MAX_BYTES, lengths[i]);
            }
        }
    }

    /**
     * Encodes UTF-16 as UTF-8.
     *
     * @return the bytes written, or -1 if they are more than {@code most} or a surrogate stands alone
     */
    static int encode(
            final char[] chars,
            final int offset,
            final int length,
            final UnsafeBuffer into,
            final int intoOffset,
            final int most) {
        if (length > most) {
            return REFUSED;
        }
        int at = intoOffset;
        final int limit = intoOffset + most;
        for (int i = offset, end = offset + length; i < end; i++) {
            final char c = chars[i];
            if (c < 0x80) {
                if (at == limit) {
                    return REFUSED;
                }
                into.putByte(at++, (byte) c);
                continue;
            }
            int codePoint = c;
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == end || !Character.isLowSurrogate(chars[i + 1])) {
                    return REFUSED;
                }
                codePoint = Character.toCodePoint(c, chars[++i]);
            }
            final int more = codePoint < 0x800 ? 1 : codePoint < 0x1_0000 ? 2 : 3;
            if (limit - at <= more) {
                return REFUSED;
            }
            into.putByte(at++, (byte) (0xFF << (7 - more) | codePoint >> 6 * more));
            for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
                into.putByte(at++, (byte) (0x80 | codePoint >> shift & 0x3F));
            }
        }
        return at - intoOffset;
    }
}

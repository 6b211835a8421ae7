package io.tallymark.gateway.http;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Texts;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds the texts of one request until all are there: a body names them in any order, a command has them in that of
 * {@link VarField}. The bounds are those of {@link io.tallymark.protocol.CommandDecoder}. In the place of
 * {@link VarField#IDENTITY} stands the external id as the caller sent it. Not thread-safe.
 */
final class JsonTexts {
    /** Room for each: that of the longest. */
    private static final int MAX_BYTES = Limits.MAX_EXTERNAL_ID_BYTES;

    private static final int REFUSED = -1;

    private final byte[] room = new byte[VarField.COUNT * MAX_BYTES];
    private final UnsafeBuffer staged = new UnsafeBuffer(room);
    private final int[] lengths = new int[VarField.COUNT];

    void clear() {
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = 0;
        }
    }

    /** Takes one text; false if it is not of the field's form. */
    boolean take(final VarField field, final char[] chars, final int offset, final int length) {
        final int bytes = encode(chars, offset, length, staged, offset(field), MAX_BYTES);
        return bytes != REFUSED && keep(field, bytes);
    }

    /** As {@link #take(VarField, char[], int, int)} of bytes that are to be UTF-8. */
    boolean take(final VarField field, final byte[] bytes, final int offset, final int length) {
        if (length > MAX_BYTES) {
            return false;
        }
        System.arraycopy(bytes, offset, room, offset(field), length);
        return keep(field, length);
    }

    /** What {@link #take} wants of a field, for people. */
    static String form(final VarField field) {
        return switch (field) {
            case PROGRAM -> "not 1 to 32 characters a-z, 0-9, hyphen";
            case SOURCE, ORIGINAL_SOURCE -> "not 1 to 32 characters 0x21 to 0x7E";
            case DOCUMENT_ID, ORIGINAL_DOCUMENT_ID -> "not 1 to 64 characters 0x21 to 0x7E";
            case RULE_ID, COUPON_ID, WALLET_ID, WAY, IDENTITY_CHANNEL ->
                "not 1 to 64 bytes of UTF-8 without control characters";
            case IDENTITY -> "not 1 to 128 bytes of UTF-8 without control characters";
            default -> "not at most 64 bytes of UTF-8 without control characters";
        };
    }

    /** Bytes of a text; 0: it is absent. */
    int length(final VarField field) {
        return lengths[field.ordinal()];
    }

    /** A text; empty where it is absent. Allocates. */
    String text(final VarField field) {
        final byte[] copy = new byte[length(field)];
        staged.getBytes(offset(field), copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** Where the texts are. */
    UnsafeBuffer bytes() {
        return staged;
    }

    /** Where a text begins in {@link #bytes}. */
    static int offset(final VarField field) {
        return field.ordinal() * MAX_BYTES;
    }

    /** Puts one text into a command, unless it is absent. */
    void putInto(final Command command, final VarField field) {
        if (lengths[field.ordinal()] > 0) {
            command.put(field, staged, offset(field), lengths[field.ordinal()]);
        }
    }

    private boolean keep(final VarField field, final int bytes) {
        lengths[field.ordinal()] = bytes;
        final int at = offset(field);
        return switch (field) {
            case PROGRAM -> bytes > 0 && bytes <= Limits.MAX_PROGRAM_BYTES && Texts.isProgramName(staged, at, bytes);
            case SOURCE, ORIGINAL_SOURCE ->
                bytes > 0 && bytes <= Limits.MAX_SOURCE_BYTES && Texts.isVisibleAscii(staged, at, bytes);
            case DOCUMENT_ID, ORIGINAL_DOCUMENT_ID ->
                bytes > 0 && bytes <= Limits.MAX_DOCUMENT_ID_BYTES && Texts.isVisibleAscii(staged, at, bytes);
            case IDENTITY -> bytes > 0 && Texts.isPlainUtf8(staged, at, bytes);
            case RULE_ID, COUPON_ID, WALLET_ID, WAY, IDENTITY_CHANNEL ->
                bytes > 0 && bytes <= Limits.MAX_TEXT_BYTES && Texts.isPlainUtf8(staged, at, bytes);
            default -> bytes <= Limits.MAX_TEXT_BYTES && Texts.isPlainUtf8(staged, at, bytes);
        };
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

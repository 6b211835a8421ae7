package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Whole numbers of a body. Fractions and exponents are other tokens, so they never come here. */
final class JsonNumbers {
    static final String NOT_WHOLE = "not a whole number without fraction or exponent";

    /** A magnitude beyond 64 bits, which is outside every range. */
    private static final long BEYOND = Long.MIN_VALUE;

    private static final int MAX_ID_DIGITS = 19;

    private JsonNumbers() {}

    /** The present whole number; one of more than 64 bits is the smallest, which is in no range either. */
    static long value(final JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> BEYOND;
        };
    }

    /** The present token as a number of 1 to {@code most}; 0 if it is not one. */
    static long bounded(final JsonParser parser, final JsonToken token, final long most) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return 0;
        }
        final long value = value(parser);
        return value >= 1 && value <= most ? value : 0;
    }

    /** The present token as a positive id, which may be a number or a string of digits; 0 if it is not one. */
    static long id(final JsonParser parser, final JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return bounded(parser, token, Long.MAX_VALUE);
        }
        final char[] chars = parser.getTextCharacters();
        final int offset = parser.getTextOffset();
        final int length = parser.getTextLength();
        if (length < 1 || length > MAX_ID_DIGITS || chars[offset] == '0') {
            return 0;
        }
        long value = 0;
        for (int i = offset; i < offset + length; i++) {
            if (chars[i] < '0' || chars[i] > '9') {
                return 0;
            }
            value = value * 10 + chars[i] - '0';
        }
        // 19 digits overflow once at most, and then the sign is set.
        return Math.max(value, 0);
    }
}

package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tallymark.protocol.Limits;
import java.io.IOException;
import java.time.LocalDate;
import org.agrona.AsciiEncoding;

/** Writes the values that JSON has no form of its own for. Allocates nothing but for days. Not thread-safe. */
final class JsonScalars {
    private static final int MAX_LONG_CHARS = 20;

    private final Rfc3339 time = new Rfc3339();
    private final byte[] ascii = new byte[Math.max(MAX_LONG_CHARS, Rfc3339.FORMATTED_CHARS)];

    /** A number that JavaScript could not hold, as text; not negative. */
    void numberText(final JsonGenerator json, final SerializedString name, final long value) throws IOException {
        json.writeFieldName(name);
        numberText(json, value);
    }

    /** As {@link #numberText(JsonGenerator, SerializedString, long)} behind a name that is written. */
    void numberText(final JsonGenerator json, final long value) throws IOException {
        final int digits = AsciiEncoding.digitCount(value);
        long rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            ascii[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        json.writeRawUTF8String(ascii, 0, digits);
    }

    /** Epoch milliseconds as in RFC 3339; null where they are no time of the years 1970 to 9999. */
    void time(final JsonGenerator json, final long epochMs) throws IOException {
        if (epochMs < 0 || epochMs > Limits.MAX_TIME_MS) {
            json.writeNull();
            return;
        }
        time.format(epochMs, ascii, 0);
        json.writeRawUTF8String(ascii, 0, Rfc3339.FORMATTED_CHARS);
    }

    /** A day from 1970-01-01 as {@code YYYY-MM-DD}; null: never. */
    static void day(final JsonGenerator json, final long epochDay) throws IOException {
        // One less: with the first purchase, which is no date either.
        if (epochDay >= Integer.MAX_VALUE - 1) {
            json.writeNull();
        } else {
            json.writeString(LocalDate.ofEpochDay(epochDay).toString());
        }
    }

    /** A whole number. */
    static void value(final JsonGenerator json, final SerializedString name, final long value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(value);
    }
}

package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Texts;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the JSON body of an accrual, a redemption or an adjustment into a {@link Command}, or says where it is wrong.
 * A body that it takes gives the command that the binary front makes of the same request; the bounds are those of
 * {@link io.tallymark.protocol.CommandDecoder}, and where several faults apply, the code declared first in
 * {@link ResultCode} is given, with the place of its first occurrence.
 *
 * <p>A good body costs no allocation after warm-up. Not thread-safe: one for each event loop.
 */
final class JsonRequestReader {
    /** Room that the variable parts of a command need while it is read. */
    static final int COMMAND_BYTES = JsonLines.MAX_BYTES + VarField.COUNT * Limits.MAX_TEXT_BYTES;

    private static final int MAX_DETAIL_CHARS = 160;
    private static final long MAX_EVENT_TIME_MS = 253_402_300_799_999L;

    private final JsonInput input = new JsonInput();
    private final Refusal refusal = new Refusal();
    private final JsonTexts texts = new JsonTexts();
    private final JsonLines lines = new JsonLines(input, refusal);
    private final UnsafeBuffer bodyView = new UnsafeBuffer(new byte[0]);

    private CommandType type;
    private JsonParser parser;
    private long memberId;
    private long amountMinor;
    private long points;
    private long eventTimeMs;
    private int flags;

    /**
     * Reads one body.
     *
     * @param bodyType      ACCRUE, REDEEM or ADJUST
     * @param program       the program's name as it stands in the path, checked
     * @param programLength its bytes
     * @param body          UTF-8, from index 0 on; not kept
     * @param length        its bytes
     * @param into          reset and filled where the body is accepted; with a lent buffer of {@link #COMMAND_BYTES}
     * @return the fault, of the code ACCEPTED where there is none; valid until the next call
     */
    Refusal read(
            final CommandType bodyType,
            final DirectBuffer program,
            final int programLength,
            final byte[] body,
            final int length,
            final Command into) {
        type = bodyType;
        clear();
        if (isJsonObject(body, length)) {
            document(body, trimmed(body, length));
        }
        if (refusal.code() == ResultCode.ACCEPTED) {
            fill(program, programLength, into);
        }
        return refusal;
    }

    private void clear() {
        refusal.clear();
        texts.clear();
        lines.clear();
        memberId = 0;
        amountMinor = 0;
        points = 0;
        eventTimeMs = Command.NO_TIME;
        flags = 0;
    }

    private boolean isJsonObject(final byte[] body, final int length) {
        int first = 0;
        while (first < length && isBlank(body[first])) {
            first++;
        }
        if (first == length || body[first] != '{') {
            return malformed("", first == length ? "body: empty" : "body: not a JSON object");
        }
        // The parser takes overlong forms and encoded surrogates for characters.
        bodyView.wrap(body, 0, length);
        return Texts.isPlainUtf8(bodyView, 0, length)
                || Texts.isUtf8Lines(bodyView, 0, length)
                || malformed("", "body: not UTF-8, or with control characters");
    }

    /** Without the blanks at the end, so that the parser is at the end when the object is. */
    private static int trimmed(final byte[] body, final int length) {
        int end = length;
        while (isBlank(body[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(final byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void document(final byte[] body, final int length) {
        boolean whole = false;
        try {
            parser = input.begin(body, length);
            input.next();
            whole = members();
        } catch (final JsonProcessingException e) {
            malformed(parser.getParsingContext().pathAsPointer().toString(), "body: " + sentenceOf(e));
        } catch (final IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        } finally {
            if (!whole) {
                input.discard();
            }
        }
    }

    /** Reads all members; false if the parser is not at the end of the body then. */
    private boolean members() throws IOException {
        int seen = 0;
        JsonToken token = input.next();
        while (token == JsonToken.FIELD_NAME) {
            final JsonField field = JsonField.of(parser.currentName(), type);
            if (field == null || (seen & field.bit()) != 0) {
                return malformed(
                        parser.getParsingContext().pathAsPointer().toString(),
                        field == null ? "body: unknown member" : field.memberName() + ": doubled");
            }
            seen |= field.bit();
            if (!value(field)) {
                return false;
            }
            token = input.next();
        }
        if (token == null) {
            return malformed("", "body: ends too early");
        }
        if (!input.isAtEnd()) {
            return malformed("", "body: more behind the object");
        }
        final JsonField missing = JsonField.firstMissing(type, seen);
        if (missing != null) {
            malformedAt(missing, "required");
        } else if (type == CommandType.ACCRUE) {
            lines.checkSum(amountMinor);
        }
        return true;
    }

    private boolean value(final JsonField field) throws IOException {
        final JsonToken token = input.next();
        if (token == null) {
            return malformedAt(field, "the body ends before its value");
        }
        return switch (field) {
            case MEMBER_ID -> {
                memberId = JsonNumbers.id(parser, token);
                yield memberId > 0 || malformedAt(field, "not a positive 64-bit integer, as a number or a string");
            }
            case AMOUNT_MINOR -> {
                amountMinor = wholeNumber(token);
                yield token == JsonToken.VALUE_NUMBER_INT
                        ? inRange(amountMinor >= 1 && amountMinor <= Limits.MAX_VALUE, field, "not 1 to 10^15")
                        : malformedAt(field, JsonNumbers.NOT_WHOLE);
            }
            case POINTS -> points(token);
            case EVENT_TIME -> eventTime(token);
            case VISIT -> flag(token, field, token == JsonToken.VALUE_FALSE ? Command.FLAG_NO_VISIT : 0);
            case MAY_GO_BELOW_ZERO ->
                flag(token, field, token == JsonToken.VALUE_TRUE ? Command.FLAG_MAY_GO_BELOW_ZERO : 0);
            case LINES -> token == JsonToken.START_ARRAY ? lines.read(parser) : malformedAt(field, "not an array");
            default -> text(token, field);
        };
    }

    private long wholeNumber(final JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT ? JsonNumbers.value(parser) : 0;
    }

    private boolean points(final JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return malformedAt(JsonField.POINTS, JsonNumbers.NOT_WHOLE);
        }
        points = JsonNumbers.value(parser);
        return type == CommandType.ADJUST
                ? inRange(
                        points != 0 && points >= -Limits.MAX_VALUE && points <= Limits.MAX_VALUE,
                        JsonField.POINTS,
                        "0 or beyond 10^15")
                : inRange(points >= 1 && points <= Limits.MAX_VALUE, JsonField.POINTS, "not 1 to 10^15");
    }

    private boolean eventTime(final JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            eventTimeMs = Rfc3339.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            if (eventTimeMs >= 0 && eventTimeMs <= MAX_EVENT_TIME_MS) {
                return true;
            }
        }
        return malformedAt(JsonField.EVENT_TIME, "not a date-time of RFC 3339 in the years 1970 to 9999");
    }

    private boolean flag(final JsonToken token, final JsonField field, final int bit) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            return malformedAt(field, "neither true nor false");
        }
        flags |= bit;
        return true;
    }

    private boolean text(final JsonToken token, final JsonField field) throws IOException {
        return token == JsonToken.VALUE_STRING
                        && texts.take(
                                field.text(),
                                parser.getTextCharacters(),
                                parser.getTextOffset(),
                                parser.getTextLength())
                || malformedAt(field, JsonTexts.form(field.text()));
    }

    private void fill(final DirectBuffer program, final int programLength, final Command into) {
        into.reset(type)
                .memberId(memberId)
                .amountMinor(amountMinor)
                .points(points)
                .eventTimeMs(eventTimeMs)
                .flags(flags)
                .put(VarField.PROGRAM, program, 0, programLength);
        texts.putInto(into, VarField.SOURCE, VarField.REFERENCE);
        lines.putInto(into);
    }

    private boolean inRange(final boolean isInRange, final JsonField field, final String sentence) {
        if (!isInRange) {
            refusal.offer(
                    ResultCode.VALUE_OUT_OF_RANGE, "/" + field.memberName(), field.memberName() + ": " + sentence);
        }
        return true;
    }

    private boolean malformedAt(final JsonField field, final String sentence) {
        return malformed("/" + field.memberName(), field.memberName() + ": " + sentence);
    }

    private boolean malformed(final String pointer, final String sentence) {
        refusal.offer(ResultCode.MALFORMED, pointer, sentence);
        return false;
    }

    private static String sentenceOf(final JsonProcessingException e) {
        final String message = e.getOriginalMessage();
        return message.length() <= MAX_DETAIL_CHARS ? message : message.substring(0, MAX_DETAIL_CHARS);
    }
}

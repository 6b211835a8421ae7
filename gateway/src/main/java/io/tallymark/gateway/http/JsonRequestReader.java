package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ExternalIdentity;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Texts;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns a path and a JSON body into a {@link Command}, or says where the body is wrong. What a body has is said by the
 * route's {@link BodyMembers}. A body that it takes gives the command that the binary front makes of the same request;
 * the bounds are those of {@link io.tallymark.protocol.CommandDecoder}, and where several faults apply, the code
 * declared first in {@link ResultCode} is given, with the place of its first occurrence.
 *
 * <p>A good body costs no allocation after warm-up. Not thread-safe: one for each event loop.
 */
final class JsonRequestReader {
    /** Room that the variable parts of a command need while it is read. */
    static final int COMMAND_BYTES = JsonLines.MAX_BYTES + VarField.COUNT * Limits.MAX_TEXT_BYTES;

    private static final int MAX_DETAIL_CHARS = 160;
    private static final int EXTERNAL_ID = 1;
    private static final int IDENTITY_CHANNEL = 2;

    private final JsonInput input = new JsonInput();
    private final Refusal refusal = new Refusal();
    private final JsonTexts texts = new JsonTexts();
    private final JsonLines lines = new JsonLines(input, refusal);
    private final UnsafeBuffer bodyView = new UnsafeBuffer(new byte[0]);
    private final ExternalIdentity identity = new ExternalIdentity();
    private final long[] numbers = new long[FixedField.COUNT];
    private final PlainBody plain = new PlainBody(texts, numbers);

    private BodyMembers members;
    private CommandType type;
    private JsonParser parser;
    private int flags;

    /**
     * Reads one request with a JSON body.
     *
     * @param route  with {@link Route#members}
     * @param target its path, without fault
     * @param body   holds the body, UTF-8; not kept
     * @param offset where it begins there
     * @param length its bytes
     * @param into   reset and filled where the body is accepted; with a lent buffer of {@link #COMMAND_BYTES}
     * @return the fault, of the code ACCEPTED where there is none; valid until the next call
     */
    Refusal read(
            final Route route,
            final RequestTarget target,
            final byte[] body,
            final int offset,
            final int length,
            final Command into) {
        members = route.members();
        clear(route.command());
        if (plain.read(body, offset, offset + length, members)) {
            flags = plain.flags();
            checkTogether(plain.seen());
        } else {
            parse(body, offset, length);
        }
        if (refusal.code() == ResultCode.ACCEPTED) {
            fill(target, into);
        }
        return refusal;
    }

    /** Makes the command of a request without body; {@code into} is reset and filled. */
    void read(final Route route, final RequestTarget target, final Command into) {
        clear(route.command());
        fill(target, into);
    }

    /** Who the last request meant beside its member id or instead of it; the taker of it clears it. */
    ExternalIdentity identity() {
        return identity;
    }

    private void clear(final CommandType newType) {
        type = newType;
        refusal.clear();
        texts.clear();
        lines.clear();
        flags = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Command.absent(FixedField.of(i));
        }
    }

    private void parse(final byte[] body, final int offset, final int length) {
        clear(type);
        if (isJsonObject(body, offset, length)) {
            document(body, offset, trimmed(body, offset + length));
        }
    }

    private boolean isJsonObject(final byte[] body, final int offset, final int length) {
        final int end = offset + length;
        int first = offset;
        while (first < end && isBlank(body[first])) {
            first++;
        }
        if (first == end || body[first] != '{') {
            return malformed("", first == end ? "body: empty" : "body: not a JSON object");
        }
        // The parser takes overlong forms and encoded surrogates for characters.
        bodyView.wrap(body, offset, length);
        return Texts.isPlainUtf8(bodyView, 0, length)
                || Texts.isUtf8Lines(bodyView, 0, length)
                || malformed("", "body: not UTF-8, or with control characters");
    }

    /** The end without the blanks before it, so that the parser is at the end when the object is. */
    private static int trimmed(final byte[] body, final int behind) {
        int end = behind;
        while (isBlank(body[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(final byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void document(final byte[] body, final int offset, final int end) {
        boolean whole = false;
        try {
            parser = input.begin(body, offset, end);
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
        long seen = 0;
        JsonToken token = input.next();
        while (token == JsonToken.FIELD_NAME) {
            final JsonField field = JsonField.of(parser.currentName());
            if (field == null || !members.knows(field) || (seen & field.mask()) != 0) {
                final boolean doubled = field != null && (seen & field.mask()) != 0;
                return malformed(
                        parser.getParsingContext().pathAsPointer().toString(),
                        doubled ? field.memberName() + ": doubled" : "body: unknown member");
            }
            seen |= field.mask();
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
        checkTogether(seen);
        return true;
    }

    /** Notes what is missing, and what does not go together. */
    private void checkTogether(final long seen) {
        final JsonField missing = members.firstMissing(seen);
        if (missing != null) {
            malformedAt(missing, "required");
            return;
        }
        if (members.needsMember()) {
            final boolean hasIdentity = (seen & JsonField.IDENTITY.mask()) != 0;
            if ((seen & JsonField.MEMBER_ID.mask()) == 0) {
                if (!hasIdentity) {
                    malformedAt(JsonField.MEMBER_ID, "required, or identity");
                }
            } else if (hasIdentity) {
                malformedAt(JsonField.IDENTITY, "beside memberId");
            }
        }
        if (type.shape().has(FixedField.CASH_MINOR)) {
            checkPrice(seen);
        }
        final long amountMinor = number(FixedField.AMOUNT_MINOR);
        if (type.shape().lines() == CommandShape.Lines.ORDER) {
            lines.checkSum(amountMinor);
        } else if (!lines.isEmpty() && (seen & JsonField.AMOUNT_MINOR.mask()) != 0) {
            malformedAt(JsonField.LINES, "beside amountMinor");
        }
    }

    /** What is spent is named in points, as an amount of which a part may be cash, or as a reward. */
    private void checkPrice(final long seen) {
        final boolean inPoints = (seen & JsonField.POINTS.mask()) != 0;
        final boolean asAmount = (seen & JsonField.AMOUNT_MINOR.mask()) != 0;
        final long cashMinor = number(FixedField.CASH_MINOR);
        final boolean isReward = (seen & JsonField.REWARD.mask()) != 0;
        if (!inPoints && !asAmount && !isReward && (seen & JsonField.COUPON.mask()) == 0) {
            malformedAt(JsonField.POINTS, "required, or amountMinor, or reward");
        } else if (isReward && (inPoints || asAmount)) {
            malformedAt(JsonField.REWARD, "beside points or amountMinor");
        } else if (inPoints && asAmount) {
            malformedAt(JsonField.AMOUNT_MINOR, "beside points");
        } else if (!inPoints && !asAmount && namesFurtherWallet()) {
            malformedAt(JsonField.WALLET, isReward ? "beside reward" : "without points or amountMinor");
        } else if (cashMinor != 0 && !asAmount) {
            malformedAt(JsonField.CASH_MINOR, "without amountMinor");
        } else if (cashMinor != 0 && cashMinor >= number(FixedField.AMOUNT_MINOR)) {
            malformedAt(JsonField.CASH_MINOR, "not below amountMinor");
        }
    }

    /** Whether it names a wallet other than {@code points}, which is as good as none. */
    private boolean namesFurtherWallet() {
        final int length = texts.length(VarField.WALLET_ID);
        return length > 0 && !Texts.isPointsWallet(texts.bytes(), JsonTexts.offset(VarField.WALLET_ID), length);
    }

    private boolean value(final JsonField field) throws IOException {
        final JsonToken token = input.next();
        if (token == null) {
            return malformedAt(field, "the body ends before its value");
        }
        return switch (field.form()) {
            case TEXT -> text(token, field);
            case ID -> {
                final long id = JsonNumbers.id(parser, token);
                set(field, id);
                yield id > 0 || malformedAt(field, "not a positive 64-bit integer, as a number or a string");
            }
            case NUMBER -> number(token, field);
            case TIME -> time(token, field);
            case DATE -> date(token, field);
            case FLAG -> flag(token, field);
            case IDENTITY ->
                token == JsonToken.START_OBJECT
                        ? readIdentity()
                        : malformedAt(field, "not an object of channel, externalId");
            case LINES ->
                token == JsonToken.START_ARRAY
                        ? lines.read(parser, type.shape().lines())
                        : malformedAt(field, "not an array");
        };
    }

    private boolean number(final JsonToken token, final JsonField field) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return malformedAt(field, JsonNumbers.NOT_WHOLE);
        }
        final long value = JsonNumbers.value(parser);
        set(field, value);
        return switch (field) {
            case TTL_MS ->
                value >= 1 && value <= Limits.MAX_TTL_MS
                        || malformedAt(field, "not 1 to 2592000000, which are 30 days");
            case QUANTITY ->
                inRange(
                        value != 0 && value >= -Limits.MAX_QUANTITY && value <= Limits.MAX_QUANTITY,
                        field,
                        "0 or beyond 10^9");
            case CASH_MINOR -> inRange(value >= 0 && value <= Limits.MAX_VALUE, field, "not 0 to 10^15");
            case POINTS ->
                type == CommandType.ADJUST
                        ? inRange(
                                value != 0 && value >= -Limits.MAX_VALUE && value <= Limits.MAX_VALUE,
                                field,
                                "0 or beyond 10^15")
                        : inRange(value >= 1 && value <= Limits.MAX_VALUE, field, "not 1 to 10^15");
            default -> inRange(value >= 1 && value <= Limits.MAX_VALUE, field, "not 1 to 10^15");
        };
    }

    private boolean time(final JsonToken token, final JsonField field) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            final long timeMs =
                    Rfc3339.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            set(field, timeMs);
            if (timeMs >= 0 && timeMs <= Limits.MAX_TIME_MS) {
                return true;
            }
        }
        return malformedAt(field, "not a date-time of RFC 3339 in the years 1970 to 9999");
    }

    private boolean date(final JsonToken token, final JsonField field) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            final int date =
                    Rfc3339.parseDate(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            set(field, date);
            if (date > 0) {
                return true;
            }
        }
        return malformedAt(field, "not a date YYYY-MM-DD of the years 1900 to 9999");
    }

    private boolean flag(final JsonToken token, final JsonField field) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            return malformedAt(field, "neither true nor false");
        }
        flags |= field.flagOf(token == JsonToken.VALUE_TRUE);
        return true;
    }

    private boolean text(final JsonToken token, final JsonField field) throws IOException {
        final VarField of = field.text(type);
        if (token == JsonToken.VALUE_STRING && takeText(of)) {
            return texts.length(of) > 0 || !members.requires(field) || malformedAt(field, "empty");
        }
        return malformedAt(field, JsonTexts.form(of));
    }

    private boolean takeText(final VarField field) throws IOException {
        return texts.take(field, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    /** Reads the two members of an identity. */
    private boolean readIdentity() throws IOException {
        int seen = 0;
        JsonToken token = input.next();
        while (token == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            final int bit = name.equals("channel") ? IDENTITY_CHANNEL : name.equals("externalId") ? EXTERNAL_ID : 0;
            if (bit == 0 || (seen & bit) != 0) {
                return malformed(
                        parser.getParsingContext().pathAsPointer().toString(),
                        bit == 0 ? "identity: unknown member" : "identity: doubled member");
            }
            seen |= bit;
            final VarField field = bit == EXTERNAL_ID ? VarField.IDENTITY : VarField.IDENTITY_CHANNEL;
            if (input.next() != JsonToken.VALUE_STRING || !takeText(field)) {
                return malformedInIdentity(bit, JsonTexts.form(field));
            }
            token = input.next();
        }
        if (token == null) {
            return malformed(JsonField.IDENTITY.pointer(), "body: ends too early");
        }
        return seen == (IDENTITY_CHANNEL | EXTERNAL_ID)
                || malformedInIdentity((seen & IDENTITY_CHANNEL) == 0 ? IDENTITY_CHANNEL : EXTERNAL_ID, "required");
    }

    private boolean malformedInIdentity(final int bit, final String sentence) {
        final String name = bit == EXTERNAL_ID ? "externalId" : "channel";
        return malformed("/identity/" + name, "identity." + name + ": " + sentence);
    }

    private void fill(final RequestTarget target, final Command into) {
        into.reset(type);
        for (int i = 0; i < numbers.length; i++) {
            into.set(FixedField.of(i), numbers[i]);
        }
        into.flags(flags);
        target.putNumbersInto(into);
        for (int i = 0; i < VarField.COUNT; i++) {
            final VarField field = VarField.of(i);
            if (field == VarField.LINES) {
                lines.putInto(into);
            } else if (field != VarField.IDENTITY_CHANNEL && field != VarField.IDENTITY) {
                (target.texts().length(field) > 0 ? target.texts() : texts).putInto(into, field);
            }
        }
        if (identity.isPresent()) {
            identity.clear();
        }
        fillIdentity(target.texts());
        fillIdentity(texts);
    }

    private void fillIdentity(final JsonTexts from) {
        if (from.length(VarField.IDENTITY) > 0) {
            identity.channel(
                            from.bytes(),
                            JsonTexts.offset(VarField.IDENTITY_CHANNEL),
                            from.length(VarField.IDENTITY_CHANNEL))
                    .externalId(from.bytes(), JsonTexts.offset(VarField.IDENTITY), from.length(VarField.IDENTITY));
        }
    }

    private long number(final FixedField field) {
        return numbers[field.ordinal()];
    }

    private void set(final JsonField field, final long value) {
        numbers[field.number().ordinal()] = value;
    }

    private boolean inRange(final boolean isInRange, final JsonField field, final String sentence) {
        if (!isInRange) {
            refusal.offer(ResultCode.VALUE_OUT_OF_RANGE, field.pointer(), field.memberName() + ": " + sentence);
        }
        return true;
    }

    private boolean malformedAt(final JsonField field, final String sentence) {
        return malformed(field.pointer(), field.memberName() + ": " + sentence);
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

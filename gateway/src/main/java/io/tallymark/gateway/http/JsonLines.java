package io.tallymark.gateway.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.Texts;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the lines of an order or of a refund into their canonical form. Up to {@link Limits#MAX_LINES} are kept; those behind are
 * only checked. Not thread-safe.
 */
final class JsonLines {
    /** The most bytes that the lines of one order take here; what a command may hold is less. */
    static final int MAX_BYTES = Limits.MAX_LINES * (OrderLines.MAX_FIXED_BYTES + 3 * Limits.MAX_TEXT_BYTES);

    private static final int MAX_NUMBER = 65_535;

    private static final int NUMBER = 0;
    private static final int QUANTITY = 1;
    private static final int AMOUNT_MINOR = 2;
    private static final int FULL_PRICE = 3;
    private static final int SAMPLE = 4;
    private static final int SKU = 5;
    private static final int CATEGORY = 6;
    private static final int BRAND = 7;
    private static final int UNKNOWN = -1;

    private final JsonInput input;
    private final Refusal refusal;
    private final UnsafeBuffer lines = new UnsafeBuffer(new byte[MAX_BYTES]);
    private final UnsafeBuffer texts = new UnsafeBuffer(new byte[3 * Limits.MAX_TEXT_BYTES]);
    private final int[] textLengths = new int[3];

    private JsonParser parser;
    private boolean refund;
    private int count;
    private int length;
    private int lastNumber;
    private long sumMinor;

    private int number;
    private int quantity;
    private long amountMinor;
    private int flags;

    JsonLines(final JsonInput input, final Refusal refusal) {
        this.input = input;
        this.refusal = refusal;
    }

    void clear() {
        count = 0;
        length = 0;
        lastNumber = 0;
        sumMinor = 0;
    }

    /**
     * Reads the array whose first bracket was just read, up to its last.
     *
     * @param kind of an order: with amounts; of a refund: numbers with a quantity or an amount
     * @return false if a line is malformed; the refusal then says where. Faults of lower precedence are noted there too
     */
    boolean read(final JsonParser from, final CommandShape.Lines kind) throws IOException {
        parser = from;
        refund = kind == CommandShape.Lines.REFUND;
        JsonToken token = input.next();
        while (token == JsonToken.START_OBJECT) {
            if (!line()) {
                return false;
            }
            token = input.next();
        }
        if (token == JsonToken.END_ARRAY) {
            if (count > Limits.MAX_LINES) {
                refusal.offer(ResultCode.TOO_MANY_LINES, "/lines", "lines: more than " + Limits.MAX_LINES);
            }
            return true;
        }
        return malformed("/lines/" + count, token == null ? "body: ends too early" : "lines: not all are objects");
    }

    /** Whether any line was read. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Notes a fault if there are lines and their amounts are not this sum. */
    void checkSum(final long orderAmountMinor) {
        if (count > 0 && sumMinor != orderAmountMinor) {
            refusal.offer(ResultCode.AMOUNT_MISMATCH, "/amountMinor", "lines.amountMinor: the sum is not amountMinor");
        }
    }

    void putInto(final Command command) {
        command.lineCount(count);
        if (count > 0) {
            command.put(VarField.LINES, lines, 0, length);
        }
    }

    private boolean line() throws IOException {
        number = lastNumber + 1;
        quantity = refund ? 0 : 1;
        amountMinor = 0;
        flags = 0;
        for (int i = 0; i < textLengths.length; i++) {
            textLengths[i] = 0;
        }
        int seen = 0;
        JsonToken token = input.next();
        while (token == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            final int known = fieldOf(name);
            final int field = refund && known > AMOUNT_MINOR ? UNKNOWN : known;
            if (field == UNKNOWN || (seen & 1 << field) != 0) {
                return malformed(
                        parser.getParsingContext().pathAsPointer().toString(),
                        field == UNKNOWN ? "lines: unknown member" : "lines: doubled member");
            }
            seen |= 1 << field;
            if (!value(field, name)) {
                return false;
            }
            token = input.next();
        }
        if (token == null) {
            return malformed("/lines/" + count, "body: ends too early");
        }
        if (!hasNeeded(seen)) {
            return false;
        }
        if (number <= lastNumber || number > MAX_NUMBER) {
            return malformedAt("number", "not 1 to 65535, each once, rising");
        }
        lastNumber = number;
        keep();
        return true;
    }

    private boolean hasNeeded(final int seen) {
        final boolean hasAmount = (seen & 1 << AMOUNT_MINOR) != 0;
        if (!refund) {
            return hasAmount || malformedAt("amountMinor", "required");
        }
        if ((seen & 1 << NUMBER) == 0) {
            return malformedAt("number", "required");
        }
        final boolean hasQuantity = (seen & 1 << QUANTITY) != 0;
        return hasAmount != hasQuantity
                || malformedAt("quantity", hasAmount ? "beside amountMinor" : "required, or amountMinor");
    }

    private boolean value(final int field, final String name) throws IOException {
        final JsonToken token = input.next();
        return switch (field) {
            case NUMBER -> {
                number = (int) JsonNumbers.bounded(parser, token, MAX_NUMBER);
                yield number > 0 || malformedAt(name, "not 1 to 65535, each once, rising");
            }
            case QUANTITY -> {
                quantity = (int) JsonNumbers.bounded(parser, token, Integer.MAX_VALUE);
                yield quantity > 0 || malformedAt(name, "not a whole number of 1 to 2147483647");
            }
            case AMOUNT_MINOR -> amount(token, name);
            case FULL_PRICE -> flag(token, name, token == JsonToken.VALUE_FALSE ? OrderLines.DISCOUNTED : 0);
            case SAMPLE -> flag(token, name, token == JsonToken.VALUE_TRUE ? OrderLines.SAMPLE : 0);
            default -> text(token, field - SKU, name);
        };
    }

    private boolean amount(final JsonToken token, final String name) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return malformedAt(name, JsonNumbers.NOT_WHOLE);
        }
        amountMinor = JsonNumbers.value(parser);
        final int least = refund ? 1 : 0;
        if (amountMinor < least || amountMinor > Limits.MAX_VALUE) {
            refusal.offer(
                    ResultCode.VALUE_OUT_OF_RANGE,
                    "/lines/" + count + "/amountMinor",
                    "lines.amountMinor: not " + least + " to 10^15");
            amountMinor = 0;
        }
        return true;
    }

    private boolean flag(final JsonToken token, final String name, final int bit) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            return malformedAt(name, "neither true nor false");
        }
        flags |= bit;
        return true;
    }

    private boolean text(final JsonToken token, final int index, final String name) throws IOException {
        final int at = index * Limits.MAX_TEXT_BYTES;
        if (token == JsonToken.VALUE_STRING) {
            final int bytes = JsonTexts.encode(
                    parser.getTextCharacters(),
                    parser.getTextOffset(),
                    parser.getTextLength(),
                    texts,
                    at,
                    Limits.MAX_TEXT_BYTES);
            if (bytes >= 0 && Texts.isPlainUtf8(texts, at, bytes)) {
                textLengths[index] = bytes;
                return true;
            }
        }
        return malformedAt(name, "not at most 64 bytes of UTF-8 without control characters");
    }

    private void keep() {
        sumMinor += amountMinor;
        if (count++ >= Limits.MAX_LINES) {
            return;
        }
        int at = OrderLines.putFixed(lines, length, number, quantity, amountMinor, flags);
        for (int i = 0; i < textLengths.length; i++) {
            at = OrderLines.putText(lines, at, texts, i * Limits.MAX_TEXT_BYTES, textLengths[i]);
        }
        length = at;
    }

    private boolean malformedAt(final String name, final String sentence) {
        return malformed("/lines/" + count + "/" + name, "lines." + name + ": " + sentence);
    }

    private boolean malformed(final String pointer, final String sentence) {
        refusal.offer(ResultCode.MALFORMED, pointer, sentence);
        return false;
    }

    private static int fieldOf(final String name) {
        return switch (name) {
            case "number" -> NUMBER;
            case "quantity" -> QUANTITY;
            case "amountMinor" -> AMOUNT_MINOR;
            case "fullPrice" -> FULL_PRICE;
            case "sample" -> SAMPLE;
            case "sku" -> SKU;
            case "category" -> CATEGORY;
            case "brand" -> BRAND;
            default -> UNKNOWN;
        };
    }
}

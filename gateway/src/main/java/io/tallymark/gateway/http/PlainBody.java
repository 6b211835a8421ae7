package io.tallymark.gateway.http;

import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;

/**
 * Reads the body of a request where it is what nearly all of them are: one object of texts without escapes, whole
 * numbers, times and flags, all of it ASCII and without fault. Any other body is not refused but left to the JSON parser,
 * which knows the rest and finds out what is wrong; so a body that is taken here must be taken there with the same
 * values. Not thread-safe.
 */
final class PlainBody {
    private static final int NONE = -1;

    /** So many digits always fit 64 bits. */
    private static final int MAX_DIGITS = 18;

    private static final int MAX_TIME_CHARS = 40;
    private static final int SLOTS = 128;
    private static final JsonField[] FIELDS = new JsonField[SLOTS];
    private static final byte[][] NAMES = new byte[SLOTS][];

    static {
        for (int i = 0; i < JsonField.count(); i++) {
            final byte[] name = JsonField.of(i).memberName().getBytes(StandardCharsets.US_ASCII);
            int slot = slot(name, 0, name.length);
            while (NAMES[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            NAMES[slot] = name;
            FIELDS[slot] = JsonField.of(i);
        }
    }

    private final JsonTexts texts;
    private final long[] numbers;
    private final char[] time = new char[MAX_TIME_CHARS];

    private byte[] bytes;
    private int end;
    private long number;
    private long seen;
    private int flags;

    /**
     * A reader into these.
     *
     * @param numbers by the ordinal of {@link FixedField}
     */
    PlainBody(final JsonTexts texts, final long[] numbers) {
        this.texts = texts;
        this.numbers = numbers;
    }

    /**
     * Reads a body.
     *
     * @return false if it is not plain or has a fault; what was filled is to be cleared then
     */
    boolean read(final byte[] body, final int offset, final int behind, final BodyMembers members) {
        bytes = body;
        end = behind;
        seen = 0;
        flags = 0;
        int at = mark(offset, '{');
        while (at != NONE) {
            at = member(at, members);
            if (at == NONE) {
                return false;
            }
            final int next = mark(at, ',');
            if (next == NONE) {
                at = mark(at, '}');
                return at != NONE && blanks(at) == end;
            }
            at = next;
        }
        return false;
    }

    /** The bits of the members that were read. */
    long seen() {
        return seen;
    }

    /** The FLAG bits that they set. */
    int flags() {
        return flags;
    }

    /** Reads a name, a colon and a value; returns what is behind, or NONE. */
    private int member(final int from, final BodyMembers members) {
        final int name = mark(from, '"');
        final int nameEnd = name == NONE ? NONE : textEnd(name);
        if (nameEnd == NONE) {
            return NONE;
        }
        final JsonField field = field(name, nameEnd);
        final int colon = mark(nameEnd + 1, ':');
        if (field == null || colon == NONE || !members.knows(field) || (seen & field.mask()) != 0) {
            return NONE;
        }
        seen |= field.mask();
        final int at = blanks(colon);
        return switch (field.form()) {
            case TEXT -> text(field.text(members.type()), at);
            case ID -> id(field, at);
            case NUMBER -> number(field, at);
            case TIME, DATE -> time(field, at);
            case FLAG -> flag(field, at);
            case IDENTITY, LINES -> NONE;
        };
    }

    private int text(final VarField field, final int from) {
        final int start = mark(from, '"');
        final int behind = start == NONE ? NONE : textEnd(start);
        return behind != NONE && behind > start && texts.take(field, bytes, start, behind - start) ? behind + 1 : NONE;
    }

    private int id(final JsonField field, final int from) {
        final int quoted = mark(from, '"');
        final int digitsEnd = digits(quoted == NONE ? from : quoted);
        if (digitsEnd == NONE) {
            return NONE;
        }
        numbers[field.number().ordinal()] = number;
        if (quoted == NONE) {
            return digitsEnd;
        }
        return digitsEnd < end && bytes[digitsEnd] == '"' ? digitsEnd + 1 : NONE;
    }

    private int number(final JsonField field, final int from) {
        final int behind = digits(from);
        if (behind == NONE || number > most(field)) {
            return NONE;
        }
        numbers[field.number().ordinal()] = number;
        return behind;
    }

    private static long most(final JsonField field) {
        return switch (field) {
            case TTL_MS -> Limits.MAX_TTL_MS;
            case QUANTITY -> Limits.MAX_QUANTITY;
            default -> Limits.MAX_VALUE;
        };
    }

    private int time(final JsonField field, final int from) {
        final int start = mark(from, '"');
        final int behind = start == NONE ? NONE : textEnd(start);
        final int length = behind - start;
        if (behind == NONE || length > MAX_TIME_CHARS) {
            return NONE;
        }
        for (int i = 0; i < length; i++) {
            time[i] = (char) bytes[start + i];
        }
        final boolean isDate = field.form() == JsonField.Form.DATE;
        final long value = isDate ? Rfc3339.parseDate(time, 0, length) : Rfc3339.parse(time, 0, length);
        numbers[field.number().ordinal()] = value;
        return value >= (isDate ? 1 : 0) && value <= Limits.MAX_TIME_MS ? behind + 1 : NONE;
    }

    private int flag(final JsonField field, final int from) {
        final boolean isTrue = isWord(from, "true");
        if (!isTrue && !isWord(from, "false")) {
            return NONE;
        }
        flags |= field.flagOf(isTrue);
        return from + (isTrue ? 4 : 5);
    }

    private boolean isWord(final int from, final String word) {
        boolean is = end - from >= word.length();
        for (int i = 0; is && i < word.length(); i++) {
            is = bytes[from + i] == word.charAt(i);
        }
        return is;
    }

    /** Reads a positive number without sign, leading 0, fraction and exponent; returns what is behind, or NONE. */
    private int digits(final int from) {
        long value = 0;
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - from < MAX_DIGITS) {
            value = value * 10 + bytes[at++] - '0';
        }
        number = value;
        // Whatever else belongs to the number is neither a quote nor a mark between members, and ends this.
        return at == from || bytes[from] == '0' ? NONE : at;
    }

    /** Where the text that starts here ends, at its quote; NONE if it has more than ASCII as it stands. */
    private int textEnd(final int from) {
        int at = from;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] < ' ' || bytes[at] == '\\' || bytes[at] == 0x7F) {
                return NONE;
            }
            at++;
        }
        return at < end ? at : NONE;
    }

    /** Moves over blanks and one mark; NONE if it is not there. */
    private int mark(final int from, final char mark) {
        final int at = blanks(from);
        return at < end && bytes[at] == mark ? at + 1 : NONE;
    }

    private int blanks(final int from) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private JsonField field(final int from, final int to) {
        int slot = from == to ? 0 : slot(bytes, from, to);
        while (NAMES[slot] != null) {
            if (isName(NAMES[slot], from, to)) {
                return FIELDS[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    private boolean isName(final byte[] name, final int from, final int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(final byte[] source, final int from, final int to) {
        return (source[from] * 7 + source[to - 1] * 31 + (to - from) * 13) & SLOTS - 1;
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;

/**
 * The form that the ledger relies on. Commands are checked at the edge; this is the second lock, so that the ledger
 * has an answer for every command whatever its numbers.
 */
final class CommandForm {
    private static final int MAX_LINE_NUMBER = 65_535;
    private static final int LINE_FLAGS = OrderLines.DISCOUNTED | OrderLines.SAMPLE;
    private static final int LINE_TEXTS = 3;

    private CommandForm() {}

    /** Whether a program is named. */
    static boolean namesProgram(final Command c) {
        return isWithin(c.length(VarField.PROGRAM), 1, Limits.MAX_PROGRAM_BYTES);
    }

    /** Whether the parts of the key are there. */
    static boolean hasKey(final Command c) {
        return namesProgram(c)
                && isWithin(c.length(VarField.SOURCE), 1, Limits.MAX_SOURCE_BYTES)
                && isWithin(c.length(VarField.DOCUMENT_ID), 1, Limits.MAX_DOCUMENT_ID_BYTES);
    }

    /** Checks what all commands about one member's points share. */
    static ResultCode ofMovement(final Command c, final int knownFlags) {
        final boolean holds = hasKey(c)
                && c.memberId() > 0
                && (c.flags() & ~knownFlags) == 0
                && (c.bytesLength() == keyBytes(c) || hasTexts(c));
        return holds ? ResultCode.ACCEPTED : ResultCode.MALFORMED;
    }

    /** Bytes of the parts of the key. */
    static int keyBytes(final Command c) {
        return c.length(VarField.PROGRAM) + c.length(VarField.SOURCE) + c.length(VarField.DOCUMENT_ID);
    }

    private static boolean hasTexts(final Command c) {
        return c.length(VarField.CHANNEL) <= Limits.MAX_TEXT_BYTES
                && c.length(VarField.STORE) <= Limits.MAX_TEXT_BYTES
                && c.length(VarField.STAFF) <= Limits.MAX_TEXT_BYTES
                && c.length(VarField.REASON) <= Limits.MAX_TEXT_BYTES
                && c.length(VarField.OPERATOR_ID) <= Limits.MAX_TEXT_BYTES
                && c.length(VarField.REFERENCE) <= Limits.MAX_TEXT_BYTES
                && c.length(VarField.COMPILED_PROGRAM) == 0
                && c.length(VarField.SOURCE_TEXT) == 0;
    }

    /** Whether a number is 1 to 10^15. */
    static boolean isValue(final long value) {
        return isWithin(value, 1, Limits.MAX_VALUE);
    }

    /** Checks the lines of an order against its amount. */
    static ResultCode ofLines(final Command c, final Varint.Reader reader) {
        if (c.lineCount() == 0) {
            return c.length(VarField.LINES) == 0 ? ResultCode.ACCEPTED : ResultCode.MALFORMED;
        }
        if (c.lineCount() < 0 || c.length(VarField.LINES) == 0) {
            return ResultCode.MALFORMED;
        }
        if (c.lineCount() > Limits.MAX_LINES) {
            return ResultCode.TOO_MANY_LINES;
        }
        reader.wrap(c.bytes(), c.offset(VarField.LINES), c.length(VarField.LINES));
        try {
            return readLines(c, reader);
        } catch (final IndexOutOfBoundsException linesEndTooEarly) {
            return ResultCode.MALFORMED;
        }
    }

    private static ResultCode readLines(final Command c, final Varint.Reader reader) {
        long sum = 0;
        long before = 0;
        boolean inRange = true;
        for (int line = 0; line < c.lineCount(); line++) {
            final long number = reader.next();
            if (number <= before || number > MAX_LINE_NUMBER || !isWithin(reader.next(), 1, Integer.MAX_VALUE)) {
                return ResultCode.MALFORMED;
            }
            before = number;
            final long amountMinor = reader.next();
            inRange &= isWithin(amountMinor, 0, Limits.MAX_VALUE);
            sum += inRange ? amountMinor : 0;
            if ((reader.nextByte() & ~LINE_FLAGS) != 0 || !skipTexts(reader)) {
                return ResultCode.MALFORMED;
            }
        }
        if (reader.remaining() != 0) {
            return ResultCode.MALFORMED;
        }
        if (!inRange) {
            return ResultCode.VALUE_OUT_OF_RANGE;
        }
        return sum == c.amountMinor() ? ResultCode.ACCEPTED : ResultCode.AMOUNT_MISMATCH;
    }

    private static boolean skipTexts(final Varint.Reader reader) {
        for (int text = 0; text < LINE_TEXTS; text++) {
            final int length = reader.nextByte() & 0xFF;
            if (length > Limits.MAX_TEXT_BYTES) {
                return false;
            }
            reader.skip(length);
        }
        return true;
    }

    private static boolean isWithin(final long value, final long min, final long max) {
        return value >= min && value <= max;
    }
}

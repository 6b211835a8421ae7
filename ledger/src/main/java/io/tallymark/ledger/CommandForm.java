package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.IdentityHashes;
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
    private static final int TEXTS = ~(1 << VarField.LINES.ordinal()
            | 1 << VarField.COMPILED_PROGRAM.ordinal()
            | 1 << VarField.SOURCE_TEXT.ordinal()
            | 1 << VarField.IDENTITY.ordinal());
    private static final int KEY_FIELDS =
            1 << VarField.PROGRAM.ordinal() | 1 << VarField.SOURCE.ordinal() | 1 << VarField.DOCUMENT_ID.ordinal();

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

    /** Checks a command against the shape of its operation. */
    static ResultCode ofShape(final Command c) {
        final CommandShape shape = c.type().shape();
        final boolean holds = (!shape.isKeyed() || hasKey(c))
                && (c.present() & ~shape.varMask()) == 0
                && (c.flags() & ~shape.flags()) == 0
                && (c.present() == KEY_FIELDS && shape.requiredVarMask() == KEY_FIELDS || hasTexts(c, shape))
                && namesMember(c, shape);
        return holds ? ResultCode.ACCEPTED : ResultCode.MALFORMED;
    }

    private static boolean hasTexts(final Command c, final CommandShape shape) {
        for (int i = 0; i < VarField.COUNT; i++) {
            final int length = c.length(VarField.of(i));
            if ((TEXTS & 1 << i) != 0 && length > Limits.MAX_TEXT_BYTES
                    || (shape.requiredVarMask() & 1 << i) != 0 && length == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean namesMember(final Command c, final CommandShape shape) {
        final boolean byId = c.memberId() > 0;
        return switch (shape.identity()) {
            case NONE -> c.memberId() >= 0;
            case INSTEAD_OF_MEMBER -> byId != hasIdentity(c) && c.memberId() >= 0;
            case REQUIRED -> byId && hasIdentity(c);
            case OPTIONAL -> c.memberId() >= 0 && (c.length(VarField.IDENTITY) == 0 || hasIdentity(c));
        };
    }

    private static boolean hasIdentity(final Command c) {
        final int length = c.length(VarField.IDENTITY);
        return length > 0
                && c.length(VarField.IDENTITY_CHANNEL) > 0
                && length % IdentityHashes.ENTRY_BYTES == 0
                && length <= IdentityHashes.MAX_ENTRIES * IdentityHashes.ENTRY_BYTES;
    }

    /** Bytes of the parts of the key. */
    static int keyBytes(final Command c) {
        return c.length(VarField.PROGRAM) + c.length(VarField.SOURCE) + c.length(VarField.DOCUMENT_ID);
    }

    /** Whether a number is 1 to 10^15. */
    static boolean isValue(final long value) {
        return isWithin(value, 1, Limits.MAX_VALUE);
    }

    /** ACCEPTED or VALUE_OUT_OF_RANGE for a number that must be 1 to 10^15. */
    static ResultCode ofValue(final long value) {
        return isValue(value) ? ResultCode.ACCEPTED : ResultCode.VALUE_OUT_OF_RANGE;
    }

    /** As {@link #ofValue}, for a number that may be absent, which is 0. */
    static ResultCode ofOptionalValue(final long value) {
        return value == 0 ? ResultCode.ACCEPTED : ofValue(value);
    }

    /** Points, an amount of which a part may be cash, or a rule: what is spent. A hold of a coupon may name none. */
    static ResultCode ofSpending(final Command c) {
        final boolean byAmount = c.amountMinor() != 0;
        final boolean byPoints = c.points() != 0;
        final boolean byRule = c.length(VarField.RULE_ID) > 0;
        if (c.length(VarField.WALLET_ID) > 0 && (byRule || !byAmount && !byPoints)) {
            return ResultCode.MALFORMED;
        }
        if (!byAmount && !byPoints && (byRule || c.length(VarField.COUPON_ID) > 0)) {
            return c.cashMinor() == 0 ? ResultCode.ACCEPTED : ResultCode.MALFORMED;
        }
        final boolean isCashPart = c.cashMinor() == 0 || byAmount && c.cashMinor() < c.amountMinor();
        if (byRule || byAmount == byPoints || !isCashPart) {
            return ResultCode.MALFORMED;
        }
        final boolean isInRange = isValue(byAmount ? c.amountMinor() : c.points())
                && ofOptionalValue(c.cashMinor()) == ResultCode.ACCEPTED;
        return isInRange ? ResultCode.ACCEPTED : ResultCode.VALUE_OUT_OF_RANGE;
    }

    /** Checks the lines of an order against its amount. */
    static ResultCode ofLines(final Command c, final Varint.Reader reader) {
        if (c.lineCount() == 0) {
            return c.length(VarField.LINES) == 0 ? ResultCode.ACCEPTED : ResultCode.MALFORMED;
        }
        return readable(c, reader, true);
    }

    /** Checks the lines of a refund: each with a quantity or an amount. */
    static ResultCode ofRefundLines(final Command c, final Varint.Reader reader) {
        if (c.lineCount() == 0) {
            return c.length(VarField.LINES) == 0 ? ofOptionalValue(c.amountMinor()) : ResultCode.MALFORMED;
        }
        return c.amountMinor() != 0 ? ResultCode.MALFORMED : readable(c, reader, false);
    }

    private static ResultCode readable(final Command c, final Varint.Reader reader, final boolean ofOrder) {
        if (c.lineCount() < 0 || c.length(VarField.LINES) == 0) {
            return ResultCode.MALFORMED;
        }
        if (c.lineCount() > Limits.MAX_LINES) {
            return ResultCode.TOO_MANY_LINES;
        }
        reader.wrap(c.bytes(), c.offset(VarField.LINES), c.length(VarField.LINES));
        try {
            return readLines(c, reader, ofOrder);
        } catch (final IndexOutOfBoundsException linesEndTooEarly) {
            return ResultCode.MALFORMED;
        }
    }

    private static ResultCode readLines(final Command c, final Varint.Reader reader, final boolean ofOrder) {
        long sum = 0;
        long before = 0;
        boolean inRange = true;
        for (int line = 0; line < c.lineCount(); line++) {
            final long number = reader.next();
            final long quantity = reader.next();
            if (number <= before
                    || number > MAX_LINE_NUMBER
                    || !isWithin(quantity, ofOrder ? 1 : 0, Integer.MAX_VALUE)) {
                return ResultCode.MALFORMED;
            }
            before = number;
            final long amountMinor = reader.next();
            inRange &= isWithin(amountMinor, 0, Limits.MAX_VALUE);
            sum += inRange ? amountMinor : 0;
            if ((reader.nextByte() & ~LINE_FLAGS) != 0
                    || !skipTexts(reader)
                    || !ofOrder && (quantity > 0) == (amountMinor != 0)) {
                return ResultCode.MALFORMED;
            }
        }
        if (reader.remaining() != 0) {
            return ResultCode.MALFORMED;
        }
        if (!inRange) {
            return ResultCode.VALUE_OUT_OF_RANGE;
        }
        return !ofOrder || sum == c.amountMinor() ? ResultCode.ACCEPTED : ResultCode.AMOUNT_MISMATCH;
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

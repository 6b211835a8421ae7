package io.tallymark.server.load;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.Limits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;

/** Reads and checks the fields of a row. Money is exact: decimal text to minor units, never a float. Not thread-safe. */
final class RowParser {
    private static final int MAX_NUMBER_LENGTH = 40;
    private static final int MINOR_DIGITS = 2;
    private static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(Limits.MAX_VALUE);

    /** 9999-12-31T23:59:59.999Z, the last time that the wire takes; the first is that of 1970. */
    private static final long MAX_EVENT_TIME_MS = 253_402_300_799_999L;

    private final BoundColumns columns;
    private final EventTimes times;
    private final Returns returns;
    private String detail;

    /**
     * @param times   how event times are written; null: they are not taken from the file
     * @param returns whether rows of negative sign are usable
     */
    RowParser(final BoundColumns columns, final EventTimes times, final Returns returns) {
        this.columns = columns;
        this.times = times;
        this.returns = returns;
    }

    /** Fills the row; null, or why the row is unusable, and then {@link #detail()} says more. */
    UnusableReason parse(final List<String> fields, final long lineNumber, final OrderRow row) {
        row.lineNumber = lineNumber;
        row.orderId = null;
        row.returnReason = null;
        detail = "";
        if (fields.size() < columns.width()) {
            detail = fields.size() + " of " + columns.width();
            return UnusableReason.TOO_FEW_COLUMNS;
        }
        UnusableReason reason = parseOrderId(fields, row);
        reason = reason != null ? reason : parseMember(fields, row);
        reason = reason != null ? reason : parseTime(fields, row);
        reason = reason != null ? reason : parseQuantity(fields, row);
        reason = reason != null ? reason : parseAmount(fields, row);
        return reason != null ? reason : parseTexts(fields, row);
    }

    /** What is wrong with the row parsed last: the text found, mostly. */
    String detail() {
        return detail;
    }

    private UnusableReason parseOrderId(final List<String> fields, final OrderRow row) {
        final int index = columns.index(OrderField.ORDER_ID);
        final String id = index == BoundColumns.LINE_NUMBER
                ? Long.toString(row.lineNumber)
                : fields.get(index).strip();
        if (id.isEmpty()) {
            return UnusableReason.NO_ORDER_ID;
        }
        row.orderId = id;
        if (id.length() > Limits.MAX_DOCUMENT_ID_BYTES || !id.chars().allMatch(c -> c >= 0x21 && c <= 0x7E)) {
            return unusable(UnusableReason.BAD_ORDER_ID, id);
        }
        return null;
    }

    private UnusableReason parseMember(final List<String> fields, final OrderRow row) {
        final String text = text(fields, OrderField.MEMBER_ID);
        if (text.isEmpty()) {
            return UnusableReason.NO_MEMBER;
        }
        row.memberId = wholeNumber(text, Long.MAX_VALUE);
        return row.memberId > 0 ? null : unusable(UnusableReason.BAD_MEMBER, text);
    }

    private UnusableReason parseTime(final List<String> fields, final OrderRow row) {
        row.eventTimeMs = Command.NO_TIME;
        if (times == null) {
            return null;
        }
        final String text = text(fields, OrderField.EVENT_TIME);
        try {
            row.eventTimeMs = times.parse(text);
            final boolean onTheWire = row.eventTimeMs >= 0 && row.eventTimeMs <= MAX_EVENT_TIME_MS;
            return onTheWire ? null : unusable(UnusableReason.BAD_TIME, text);
        } catch (final DateTimeException e) {
            return unusable(UnusableReason.BAD_TIME, text);
        }
    }

    private UnusableReason parseQuantity(final List<String> fields, final OrderRow row) {
        row.quantity = 1;
        row.detailed = columns.index(OrderField.QUANTITY) != BoundColumns.ABSENT;
        if (!row.detailed) {
            return null;
        }
        final String text = text(fields, OrderField.QUANTITY);
        final boolean negative = text.startsWith("-");
        final long quantity = wholeNumber(negative ? text.substring(1) : text, Integer.MAX_VALUE);
        if (quantity < 0) {
            return unusable(UnusableReason.BAD_QUANTITY, text);
        }
        if (quantity == 0) {
            return unusable(UnusableReason.ZERO_QUANTITY, text);
        }
        row.quantity = (int) quantity;
        return negative ? comesBack(UnusableReason.NEGATIVE_QUANTITY, text, row) : null;
    }

    private UnusableReason parseAmount(final List<String> fields, final OrderRow row) {
        BigDecimal amount = BigDecimal.ONE;
        for (int i = 0; i < columns.amountFactorCount(); i++) {
            final String text = fields.get(columns.amountFactor(i)).strip();
            if (!isDecimal(text)) {
                return unusable(UnusableReason.BAD_AMOUNT, text);
            }
            amount = amount.multiply(new BigDecimal(text));
        }
        if (amount.signum() == 0) {
            return UnusableReason.ZERO_AMOUNT;
        }
        if (amount.signum() < 0) {
            final UnusableReason reason = comesBack(UnusableReason.NEGATIVE_AMOUNT, amount.toPlainString(), row);
            if (reason != null) {
                return reason;
            }
        }
        final BigDecimal minor = amount.abs().movePointRight(MINOR_DIGITS).stripTrailingZeros();
        if (minor.scale() > 0) {
            return unusable(UnusableReason.TOO_PRECISE_AMOUNT, amount.toPlainString());
        }
        if (minor.compareTo(MAX_AMOUNT) > 0) {
            return unusable(UnusableReason.AMOUNT_TOO_LARGE, amount.toPlainString());
        }
        row.amountMinor = minor.longValueExact();
        return null;
    }

    private UnusableReason parseTexts(final List<String> fields, final OrderRow row) {
        row.sku = text(fields, OrderField.SKU);
        row.category = text(fields, OrderField.CATEGORY);
        row.channel = text(fields, OrderField.CHANNEL);
        row.detailed |= !row.sku.isEmpty() || !row.category.isEmpty();
        if (!isText(row.sku)) {
            return unusable(UnusableReason.BAD_TEXT, "sku " + row.sku);
        }
        if (!isText(row.category)) {
            return unusable(UnusableReason.BAD_TEXT, "category " + row.category);
        }
        return isText(row.channel) ? null : unusable(UnusableReason.BAD_TEXT, "channel " + row.channel);
    }

    /** A row of negative sign: null where it is usable, and then the row remembers what speaks against a sale. */
    private UnusableReason comesBack(final UnusableReason reason, final String found, final OrderRow row) {
        unusable(reason, found);
        if (returns == Returns.UNUSABLE) {
            return reason;
        }
        if (row.returnReason == null) {
            row.returnReason = reason;
            row.returnDetail = detail;
        }
        detail = "";
        return null;
    }

    private UnusableReason unusable(final UnusableReason reason, final String found) {
        final String printable = found.replaceAll("\\p{Cntrl}", "?");
        detail = "'" + (printable.length() <= 80 ? printable : printable.substring(0, 77) + "...") + "'";
        return reason;
    }

    private String text(final List<String> fields, final OrderField field) {
        final int index = columns.index(field);
        return index < 0 ? "" : fields.get(index).strip();
    }

    /** -1 where the text is no whole number up to the bound. */
    private static long wholeNumber(final String text, final long max) {
        if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            final int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (max - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** An optional sign, digits, and optionally a point and digits: no exponent, no separators. */
    private static boolean isDecimal(final String text) {
        final int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int point = -1;
        for (int i = start; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        final int digits = text.length() - start - (point < 0 ? 0 : 1);
        return digits > 0 && text.length() <= MAX_NUMBER_LENGTH && point != start && point != text.length() - 1;
    }

    private static boolean isText(final String text) {
        if (text.length() * 3 > Limits.MAX_TEXT_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_TEXT_BYTES) {
            return false;
        }
        return text.chars().noneMatch(Character::isISOControl);
    }
}

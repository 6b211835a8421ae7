package io.tallymark.server.load;

import io.tallymark.server.Suggestion;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which column of a file holds which field, as written on the command line: {@code field=Column,…}, where a column is a
 * header's name, a number from 1 on in a file without a header, {@code #line} (the line number, for the order id) or a
 * product {@code A*B} (for the amount). With a header, a field that is not mapped is taken from the column of its own
 * name where there is one. Immutable.
 */
public final class ColumnMapping {
    /** The line number stands for the column. */
    static final String LINE_NUMBER = "#line";

    private final Map<OrderField, List<String>> factors;
    private final boolean hasHeader;

    private ColumnMapping(final Map<OrderField, List<String>> factors, final boolean hasHeader) {
        this.factors = factors;
        this.hasHeader = hasHeader;
    }

    /**
     * Reads the mapping; an empty text means the canonical header.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static ColumnMapping parse(final String text) {
        final Map<OrderField, List<String>> factors = new EnumMap<>(OrderField.class);
        boolean numbers = false;
        boolean names = false;
        for (final String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            final int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + part + "' in --columns is not of the form field=Column");
            }
            final OrderField field = fieldOf(part.substring(0, equals).strip());
            final List<String> columns = Arrays.stream(
                            part.substring(equals + 1).split("\\*", -1))
                    .map(String::strip)
                    .toList();
            checkColumns(field, columns);
            if (factors.put(field, columns) != null) {
                throw new IllegalArgumentException("--columns maps " + field.header() + " twice");
            }
            for (final String column : columns) {
                final boolean number = isNumber(column);
                numbers |= number;
                names |= !number && !column.equals(LINE_NUMBER);
            }
        }
        if (numbers && names) {
            throw new IllegalArgumentException(
                    "--columns mixes numbers and names: numbers are for files without a header, names for files with one");
        }
        return new ColumnMapping(factors, !numbers);
    }

    /** Whether the first row of the file names its columns. */
    public boolean hasHeader() {
        return hasHeader;
    }

    /**
     * Finds the columns.
     *
     * @param header    the first row; ignored where there is none
     * @param needsTime whether the event time comes from the file
     * @throws IllegalArgumentException with a sentence for people
     */
    BoundColumns bind(final List<String> header, final boolean needsTime) {
        final int[] indexes = new int[OrderField.values().length];
        Arrays.fill(indexes, BoundColumns.ABSENT);
        int[] amountFactors = new int[0];
        for (final OrderField field : OrderField.values()) {
            final List<String> columns = factors.get(field);
            if (columns == null) {
                indexes[field.ordinal()] = hasHeader ? header.indexOf(field.header()) : BoundColumns.ABSENT;
            } else {
                final int[] found =
                        columns.stream().mapToInt(c -> indexOf(c, header)).toArray();
                indexes[field.ordinal()] = found[0];
                amountFactors = field == OrderField.AMOUNT ? found : amountFactors;
            }
            final boolean required = field.required() || field == OrderField.EVENT_TIME && needsTime;
            if (required && indexes[field.ordinal()] == BoundColumns.ABSENT) {
                throw new IllegalArgumentException(missing(field, header));
            }
        }
        if (amountFactors.length == 0) {
            amountFactors = new int[] {indexes[OrderField.AMOUNT.ordinal()]};
        }
        return new BoundColumns(indexes, amountFactors);
    }

    private static OrderField fieldOf(final String name) {
        final OrderField field = OrderField.ofHeader(name);
        if (field == null) {
            final List<String> known =
                    Arrays.stream(OrderField.values()).map(OrderField::header).toList();
            throw new IllegalArgumentException("--columns names no field '" + name + "'" + Suggestion.among(name, known)
                    + "; there are " + String.join(", ", known));
        }
        return field;
    }

    private static void checkColumns(final OrderField field, final List<String> columns) {
        if (columns.contains("")) {
            throw new IllegalArgumentException("--columns gives no column for " + field.header());
        }
        if (columns.contains("0")) {
            throw new IllegalArgumentException("--columns counts columns from 1");
        }
        if (columns.size() > 1 && field != OrderField.AMOUNT) {
            throw new IllegalArgumentException("only amount can be a product of columns, not " + field.header());
        }
        if (columns.contains(LINE_NUMBER) && field != OrderField.ORDER_ID) {
            throw new IllegalArgumentException("only orderId can be " + LINE_NUMBER + ", not " + field.header());
        }
    }

    private static boolean isNumber(final String column) {
        return !column.isEmpty() && column.length() <= 4 && column.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private int indexOf(final String column, final List<String> header) {
        if (column.equals(LINE_NUMBER)) {
            return BoundColumns.LINE_NUMBER;
        }
        if (!hasHeader) {
            return Integer.parseInt(column) - 1;
        }
        final int index = header.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("the file has no column '" + column + "'"
                    + Suggestion.among(column, header) + "; its header is " + String.join(", ", header));
        }
        return index;
    }

    private String missing(final OrderField field, final List<String> header) {
        final String where = hasHeader
                ? "the header (" + String.join(", ", header) + ") has no column " + field.header()
                : "--columns maps no column to " + field.header();
        return where + "; map one with --columns " + field.header() + "=…"
                + (field == OrderField.EVENT_TIME ? ", or give --time now" : "");
    }
}

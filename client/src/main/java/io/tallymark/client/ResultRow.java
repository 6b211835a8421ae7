package io.tallymark.client;

import io.tallymark.protocol.ReplyRows;

/**
 * One row of a reply; {@link io.tallymark.protocol.RowKind} says what its numbers and its text are.
 *
 * @param text empty: none
 */
public record ResultRow(String text, long first, long second, long third, long fourth, long fifth, long sixth) {
    static ResultRow of(final ReplyRows rows, final int row) {
        return new ResultRow(
                rows.text(row),
                rows.value(row, 0),
                rows.value(row, 1),
                rows.value(row, 2),
                rows.value(row, 3),
                rows.value(row, 4),
                rows.value(row, 5));
    }

    /** A number by its column, 0 to 5. */
    public long value(final int column) {
        return switch (column) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> fourth;
            case 4 -> fifth;
            case 5 -> sixth;
            default -> throw new IndexOutOfBoundsException("a row has no column " + column);
        };
    }
}

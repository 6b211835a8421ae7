package io.tallymark.protocol;

import java.util.Arrays;

/**
 * Rows of numbers with a text each, as replies carry them: the shares of campaigns, pending lots, holds … What the
 * numbers mean is said by {@link RowKind}. Mutable, reused, grows up to {@link #MAX_ROWS}; one thread.
 */
public final class Rows {
    /** Numbers of one row. */
    public static final int COLUMNS = 6;

    /** Most rows of one reply; what is beyond is left out and {@link #isCut} says so. */
    public static final int MAX_ROWS = 1_000;

    private static final int FIRST_ROWS = 16;

    private static final byte[] NO_TEXT = new byte[0];

    private long[] values = new long[FIRST_ROWS * COLUMNS];
    private byte[][] texts = new byte[FIRST_ROWS][];
    private RowKind kind = RowKind.NONE;
    private int count;
    private boolean cut;

    /** Empties the rows. */
    public void clear() {
        kind = RowKind.NONE;
        count = 0;
        cut = false;
    }

    /** Says what the rows are. */
    public void begin(final RowKind newKind) {
        clear();
        kind = newKind;
    }

    /** What the rows are. */
    public RowKind kind() {
        return kind;
    }

    /** Adds a row; the text is not copied and not to be written to, null: none. */
    public void add(
            final byte[] text,
            final long first,
            final long second,
            final long third,
            final long fourth,
            final long fifth,
            final long sixth) {
        if (count == MAX_ROWS) {
            cut = true;
            return;
        }
        if (count == texts.length) {
            final int rows = Math.min(MAX_ROWS, 4 * count);
            values = Arrays.copyOf(values, rows * COLUMNS);
            texts = Arrays.copyOf(texts, rows);
        }
        final int at = count * COLUMNS;
        values[at] = first;
        values[at + 1] = second;
        values[at + 2] = third;
        values[at + 3] = fourth;
        values[at + 4] = fifth;
        values[at + 5] = sixth;
        texts[count++] = text == null ? NO_TEXT : text;
    }

    /** Says that there are more rows than a reply can carry. */
    public void cut() {
        cut = true;
    }

    /** Whether rows were left out. */
    public boolean isCut() {
        return cut;
    }

    public int count() {
        return count;
    }

    public long value(final int row, final int column) {
        return values[row * COLUMNS + column];
    }

    /** UTF-8; empty: none. */
    public byte[] text(final int row) {
        return texts[row];
    }
}

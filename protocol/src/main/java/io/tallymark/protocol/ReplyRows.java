package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The rows of a {@link Reply}: numbers with a text each, whose meaning {@link RowKind} tells. Reused, grows to the
 * largest reply seen; not thread-safe.
 */
public final class ReplyRows {
    private RowKind kind = RowKind.NONE;
    private boolean cut;
    private int count;
    private long[] values = new long[0];
    private int[] textEnds = new int[0];
    private byte[] texts = new byte[0];

    /** What the rows are; null for a kind that this version does not know. */
    public RowKind kind() {
        return kind;
    }

    /** Whether there are more rows than the reply carries. */
    public boolean isCut() {
        return cut;
    }

    public int count() {
        return count;
    }

    public long value(final int row, final int column) {
        return values[row * Rows.COLUMNS + column];
    }

    /** Empty: none. Allocates. */
    public String text(final int row) {
        final int start = textStart(row);
        return new String(texts, start, textEnds[row] - start, StandardCharsets.UTF_8);
    }

    /** Bytes of a row's text in UTF-8. */
    public int textLength(final int row) {
        return textEnds[row] - textStart(row);
    }

    /** One byte of a row's text. */
    public byte textByte(final int row, final int index) {
        return texts[textStart(row) + index];
    }

    private int textStart(final int row) {
        return row == 0 ? 0 : textEnds[row - 1];
    }

    void clear() {
        kind = RowKind.NONE;
        cut = false;
        count = 0;
    }

    void begin(final RowKind newKind, final boolean isCut) {
        clear();
        kind = newKind;
        cut = isCut;
    }

    /** Begins a row, whose values and text are to be set. */
    void add() {
        if (count == textEnds.length) {
            final int rows = Math.max(8, 2 * count);
            values = Arrays.copyOf(values, rows * Rows.COLUMNS);
            textEnds = Arrays.copyOf(textEnds, rows);
        }
        count++;
    }

    void value(final int column, final long value) {
        values[(count - 1) * Rows.COLUMNS + column] = value;
    }

    void text(final DirectBuffer source, final int offset, final int length) {
        final int start = textStart(count - 1);
        if (start + length > texts.length) {
            texts = Arrays.copyOf(texts, Math.max(256, 2 * (start + length)));
        }
        source.getBytes(offset, texts, start, length);
        textEnds[count - 1] = start + length;
    }
}

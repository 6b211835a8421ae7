package io.tallymark.server.load;

/** Where in a row the fields stand, counted from 0. Immutable. */
final class BoundColumns {
    /** No column holds the field. */
    static final int ABSENT = -1;

    /** The line number is the field. */
    static final int LINE_NUMBER = -2;

    private final int[] indexes;
    private final int[] amountFactors;
    private final int width;

    /**
     * @param indexes       per {@link OrderField}
     * @param amountFactors the columns whose product is the amount
     */
    BoundColumns(final int[] indexes, final int[] amountFactors) {
        this.indexes = indexes;
        this.amountFactors = amountFactors;
        int max = 0;
        for (final int index : indexes) {
            max = Math.max(max, index + 1);
        }
        for (final int index : amountFactors) {
            max = Math.max(max, index + 1);
        }
        this.width = max;
    }

    /** The column of a field, {@link #ABSENT} or {@link #LINE_NUMBER}. */
    int index(final OrderField field) {
        return indexes[field.ordinal()];
    }

    int amountFactorCount() {
        return amountFactors.length;
    }

    int amountFactor(final int i) {
        return amountFactors[i];
    }

    /** Columns that a row must have at least. */
    int width() {
        return width;
    }
}

package io.tallymark.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Counts the rows that are left out, names the first of them, and writes all of them down if asked to. */
public final class UnusableRows implements OrderReader.UnusableRowListener {
    private final Map<UnusableReason, Long> counts = new EnumMap<>(UnusableReason.class);
    private final int named;
    private final Consumer<String> names;
    private final Appendable all;
    private long count;

    /**
     * @param named how many rows are named
     * @param names takes the sentence that names a row
     * @param all   takes a line of CSV for each row; null: nowhere
     */
    public UnusableRows(final int named, final Consumer<String> names, final Appendable all) {
        this.named = named;
        this.names = names;
        this.all = all;
        append("line,reason,found\n");
    }

    @Override
    public void onUnusableRow(final long lineNumber, final UnusableReason reason, final String detail) {
        counts.merge(reason, 1L, Long::sum);
        count++;
        if (count <= named) {
            names.accept("line " + lineNumber + ": " + reason.label() + (detail.isEmpty() ? "" : ": " + detail));
        } else if (count == named + 1L) {
            names.accept("more unusable rows follow; they are counted below");
        }
        append(lineNumber + "," + reason.label() + ",\"" + detail.replace("\"", "\"\"") + "\"\n");
    }

    private void append(final String text) {
        if (all == null) {
            return;
        }
        try {
            all.append(text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many rows were left out. */
    public long count() {
        return count;
    }

    /** How many for which reason. */
    public Map<UnusableReason, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }
}

package io.tallymark.server.load;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Cuts the lines of a file into rows of fields: RFC 4180 with any one-character delimiter, or runs of blanks. Empty
 * lines are skipped. A quoted field may span lines; where its quote is not closed within {@link #MAX_LINES_OF_A_ROW}
 * lines only the line where it opened is lost, not the rest of the file. Not thread-safe.
 */
final class RowSource {
    /** Most lines of the file that one row spans. */
    static final int MAX_LINES_OF_A_ROW = 32;

    private record Line(String text, boolean tooLong) {}

    private final FileLines lines;
    private final CsvReader.CsvReaderBuilder csv;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private long linesTaken;
    private long lineNumber;
    private String problem;

    RowSource(final FileLines lines, final Delimiter delimiter) {
        this.lines = lines;
        this.csv = delimiter.isBlanks()
                ? null
                : CsvReader.builder()
                        .fieldSeparator(delimiter.character())
                        .allowUnclosedQuote(false)
                        .skipEmptyLines(false);
    }

    /**
     * The fields of the next row; empty if {@link #problem()} says why it has none; null at the end of the file.
     */
    List<String> next() throws IOException {
        problem = null;
        while (true) {
            final Line line = ahead.isEmpty() ? read() : ahead.poll();
            if (line == null) {
                return null;
            }
            lineNumber = ++linesTaken;
            if (line.tooLong()) {
                problem = "the line is longer than " + FileLines.MAX_LINE_BYTES + " bytes";
                return List.of();
            }
            if (!line.text().isBlank()) {
                return csv == null ? splitAtBlanks(line.text()) : parse(line.text());
            }
        }
    }

    /** The line of the file where the row given last begins; the first is 1. */
    long lineNumber() {
        return lineNumber;
    }

    /** Why the row given last has no fields; null: it has. */
    String problem() {
        return problem;
    }

    private Line read() throws IOException {
        final String text = lines.next();
        // A carriage return amid a line would end the row for a CSV reader: what follows it would be lost unseen.
        return text == null ? null : new Line(text.replace('\r', ' '), lines.wasTooLong());
    }

    private List<String> parse(final String first) throws IOException {
        List<String> fields = tryParse(first);
        if (fields != null) {
            return fields;
        }
        final StringBuilder text = new StringBuilder(first);
        final Iterator<Line> known = new ArrayList<>(ahead).iterator();
        for (int joined = 1; joined < MAX_LINES_OF_A_ROW; joined++) {
            final Line line = known.hasNext() ? known.next() : lookAhead();
            if (line == null || line.tooLong()) {
                break;
            }
            fields = tryParse(text.append('\n').append(line.text()).toString());
            if (fields != null) {
                for (int i = 0; i < joined; i++) {
                    ahead.remove();
                }
                linesTaken += joined;
                problem = null;
                return fields;
            }
        }
        return List.of();
    }

    private Line lookAhead() throws IOException {
        final Line line = read();
        if (line != null) {
            ahead.add(line);
        }
        return line;
    }

    private List<String> tryParse(final String text) {
        try {
            return csv.ofSingleCsvRecord(text).getFields();
        } catch (final CsvParseException e) {
            if (problem == null) {
                problem = e.getMessage().replaceFirst(" \\(record starting at line.*", "");
            }
            return null;
        }
    }

    private static List<String> splitAtBlanks(final String line) {
        final List<String> fields = new ArrayList<>(8);
        int at = 0;
        while (at < line.length()) {
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
            final int start = at;
            while (at < line.length() && !isBlank(line.charAt(at))) {
                at++;
            }
            if (at > start) {
                fields.add(line.substring(start, at));
            }
        }
        return fields;
    }

    private static boolean isBlank(final char c) {
        return c == ' ' || c == '\t';
    }
}

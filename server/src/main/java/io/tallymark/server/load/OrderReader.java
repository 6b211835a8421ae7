package io.tallymark.server.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the rows of a file into orders, as a stream: consecutive rows with one order id are one order. A row that is
 * unusable is reported and left out, its order is kept without it. Where returns are taken, rows of negative sign are
 * kept apart until their order ends or turns out to sell something: then they are reported after all. Not thread-safe.
 */
public final class OrderReader {
    /** Hears of each row that is left out. */
    public interface UnusableRowListener {
        /**
         * @param lineNumber of the file, from 1
         * @param detail     what was found; may be empty
         */
        void onUnusableRow(long lineNumber, UnusableReason reason, String detail);
    }

    /** A row of a return, as it is reported should its order sell something. */
    private record ReturnedRow(long lineNumber, UnusableReason reason, String detail) {}

    private final FileLines lines;
    private final RowSource rows;
    private final RowParser parser;
    private final UnusableRowListener listener;
    private final OrderRow[] buffers = {new OrderRow(), new OrderRow()};
    private final List<ReturnedRow> returned = new ArrayList<>();
    private OrderRow waiting;
    private int nextBuffer;
    private long rowsRead;

    /**
     * Opens a stream, which the caller closes, and reads the header where there is one.
     *
     * @param times   how event times are written; null: they are not taken from the file
     * @param returns what becomes of rows of negative sign
     * @throws IllegalArgumentException with a sentence for people, if the columns are not there
     */
    public OrderReader(
            final InputStream in,
            final Delimiter delimiter,
            final ColumnMapping mapping,
            final EventTimes times,
            final Returns returns,
            final UnusableRowListener listener)
            throws IOException {
        this.lines = new FileLines(in);
        this.rows = new RowSource(lines, delimiter);
        this.listener = listener;
        List<String> header = List.of();
        if (mapping.hasHeader()) {
            header = rows.next();
            if (header == null || rows.problem() != null) {
                throw new IllegalArgumentException("the file has no header that can be read"
                        + (header == null ? ": it is empty" : ": " + rows.problem()));
            }
            header = header.stream().map(String::strip).toList();
        }
        this.parser = new RowParser(mapping.bind(header, times != null), times, returns);
    }

    /** Fills the next order or return; false at the end of the file. */
    public boolean next(final Order order) throws IOException {
        boolean started = false;
        if (waiting != null) {
            begin(order, waiting);
            waiting = null;
            started = true;
        }
        while (true) {
            final List<String> fields = rows.next();
            if (fields == null) {
                returned.clear();
                return started;
            }
            rowsRead++;
            final OrderRow row = buffers[nextBuffer];
            UnusableReason reason;
            String detail;
            if (rows.problem() != null) {
                row.orderId = null;
                reason = UnusableReason.UNREADABLE;
                detail = rows.problem();
            } else {
                reason = parser.parse(fields, rows.lineNumber(), row);
                detail = parser.detail();
            }
            final boolean another = started && row.orderId != null && !row.orderId.equals(order.orderId());
            if (reason == null && !another) {
                if (started) {
                    reason = add(order, row);
                    detail = row.isReturn() && !order.isReturn() ? row.returnDetail : "order " + order.orderId();
                } else {
                    begin(order, row);
                    started = true;
                }
            }
            if (reason != null) {
                listener.onUnusableRow(rows.lineNumber(), reason, detail);
            } else if (another) {
                waiting = row;
                nextBuffer ^= 1;
            }
            if (another) {
                returned.clear();
                return true;
            }
        }
    }

    private void begin(final Order order, final OrderRow row) {
        order.start(row);
        if (row.isReturn()) {
            returned.add(new ReturnedRow(row.lineNumber, row.returnReason, row.returnDetail));
        }
    }

    /** Adds a row to its order; null, or why it is left out. */
    private UnusableReason add(final Order order, final OrderRow row) {
        if (row.isReturn() && !order.isReturn()) {
            return row.returnReason;
        }
        if (order.isReturn() && !row.isReturn()) {
            // The order sells something: what came back in it is left out, as if nothing had been before this row.
            for (final ReturnedRow earlier : returned) {
                listener.onUnusableRow(earlier.lineNumber(), earlier.reason(), earlier.detail());
            }
            returned.clear();
            begin(order, row);
            return null;
        }
        final UnusableReason reason = order.add(row);
        if (reason == null && row.isReturn()) {
            returned.add(new ReturnedRow(row.lineNumber, row.returnReason, row.returnDetail));
        }
        return reason;
    }

    /** Rows of data so far, usable or not. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Bytes of the file so far. */
    public long bytesRead() {
        return lines.bytesRead();
    }
}

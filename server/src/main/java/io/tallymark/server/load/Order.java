package io.tallymark.server.load;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One order, or one return without its order, collected from its rows. Lines are numbered from 1 in the order of its
 * usable rows. Member, channel and event time are those of the first. Mutable and reused; not thread-safe.
 */
public final class Order {
    /** Kept free for program, source, document id and channel. */
    private static final int OTHER_BYTES = 256;

    private static final int MAX_LINES_BYTES = Limits.MAX_COMMAND_BYTES - OTHER_BYTES;

    private final UnsafeBuffer lines = new UnsafeBuffer(new byte[MAX_LINES_BYTES]);
    private int linesLength;
    /** What the lines may take at most: the server measures an order by this, too. */
    private int linesBound;

    private int lineCount;
    private String orderId;
    private String channel;
    private long firstLineNumber;
    private long memberId;
    private long eventTimeMs;
    private long amountMinor;
    private boolean detailed;
    private boolean isReturn;

    /** Begins an order, or a return, with its first row. */
    void start(final OrderRow row) {
        orderId = row.orderId;
        channel = row.channel;
        firstLineNumber = row.lineNumber;
        memberId = row.memberId;
        eventTimeMs = row.eventTimeMs;
        amountMinor = 0;
        lineCount = 0;
        linesLength = 0;
        linesBound = 0;
        detailed = row.detailed;
        isReturn = row.isReturn();
        final UnusableReason reason = add(row);
        if (reason != null) {
            throw new IllegalStateException("one row is always an order: " + reason);
        }
    }

    /** Adds another row of the same sign; null, or why it cannot be part of this order, which then stays as it was. */
    UnusableReason add(final OrderRow row) {
        if (row.memberId != memberId) {
            return UnusableReason.OTHER_MEMBER;
        }
        if (!row.channel.equals(channel)) {
            return UnusableReason.OTHER_CHANNEL;
        }
        if (row.amountMinor > Limits.MAX_VALUE - amountMinor) {
            return UnusableReason.AMOUNT_TOO_LARGE;
        }
        final byte[] sku = row.sku.getBytes(StandardCharsets.UTF_8);
        final byte[] category = row.category.getBytes(StandardCharsets.UTF_8);
        final int lineBound = OrderLines.MAX_FIXED_BYTES + sku.length + category.length;
        if (lineCount == Limits.MAX_LINES || linesBound + lineBound > MAX_LINES_BYTES) {
            return UnusableReason.ORDER_TOO_LARGE;
        }
        linesBound += lineBound;
        int at = OrderLines.putFixed(lines, linesLength, lineCount + 1, row.quantity, row.amountMinor, 0);
        at = OrderLines.putText(lines, at, new UnsafeBuffer(sku), 0, sku.length);
        at = OrderLines.putText(lines, at, new UnsafeBuffer(category), 0, category.length);
        lines.putByte(at, (byte) 0);
        linesLength = at + 1;
        lineCount++;
        amountMinor += row.amountMinor;
        return null;
    }

    /**
     * Makes the accrual, or the return of the sum. The command's buffer must hold {@link #commandBytes} bytes.
     *
     * @param program the program's name
     * @param source  the calling system's name
     */
    public Command fill(final Command command, final String program, final String source) {
        command.reset(isReturn ? CommandType.RETURN_UNREFERENCED : CommandType.ACCRUE)
                .memberId(memberId)
                .amountMinor(amountMinor)
                .eventTimeMs(eventTimeMs)
                .put(VarField.PROGRAM, program)
                .put(VarField.SOURCE, source)
                .put(VarField.DOCUMENT_ID, orderId);
        if (!channel.isEmpty()) {
            command.put(VarField.CHANNEL, channel);
        }
        if (needsLines()) {
            command.put(VarField.LINES, lines, 0, linesLength).lineCount(lineCount);
        }
        return command;
    }

    /** Upper bound of the bytes that {@link #fill} puts into a command. */
    public int commandBytes() {
        return OTHER_BYTES + (needsLines() ? linesLength : 0);
    }

    /** A single row that says nothing but an amount is an order without lines. */
    private boolean needsLines() {
        return !isReturn && (lineCount > 1 || detailed);
    }

    /** Whether all its rows came back. */
    public boolean isReturn() {
        return isReturn;
    }

    /** The document id. */
    public String orderId() {
        return orderId;
    }

    /** The line of the file where the order begins. */
    public long firstLineNumber() {
        return firstLineNumber;
    }

    public long memberId() {
        return memberId;
    }

    /** Epoch milliseconds, or {@link Command#NO_TIME}. */
    public long eventTimeMs() {
        return eventTimeMs;
    }

    /** The sum of the lines. */
    public long amountMinor() {
        return amountMinor;
    }

    /** Usable rows that became lines. */
    public int lineCount() {
        return lineCount;
    }

    /** Empty: none. */
    public String channel() {
        return channel;
    }
}

package io.tallymark.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tallymark.protocol.CommandShape.Lines;
import io.tallymark.protocol.sbe.AccrueDecoder;
import io.tallymark.protocol.sbe.RefundDecoder;
import org.agrona.DirectBuffer;

/**
 * The lines of an order or of a refund. They stand before the texts on the wire and behind them in a command, so they are checked
 * in passing and copied at the end.
 */
final class LinesDecoder {
    private static final int ORDER_ENTRY_BYTES = AccrueDecoder.LinesDecoder.sbeBlockLength();
    private static final int REFUND_ENTRY_BYTES = RefundDecoder.LinesDecoder.sbeBlockLength();
    private static final int NUMBER = AccrueDecoder.LinesDecoder.numberEncodingOffset();
    private static final int QUANTITY = AccrueDecoder.LinesDecoder.quantityEncodingOffset();
    private static final int AMOUNT_MINOR = AccrueDecoder.LinesDecoder.amountMinorEncodingOffset();
    private static final int FLAGS = AccrueDecoder.LinesDecoder.flagsEncodingOffset();
    private static final int TEXTS = 3;

    /** Most bytes of a refund's line in a command: of its quantity and amount one is 0. */
    private static final int MAX_REFUND_LINE_BYTES = 3 + 1 + 8 + 1 + TEXTS;

    private final WireCursor cursor;
    private Lines kind;
    private String detail = "";
    private int start;
    private int entryLength;
    private int count;
    private int textBytes;
    private boolean amountOutOfRange;
    private long sumMinor;

    LinesDecoder(final WireCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Checks all lines and leaves the cursor behind them.
     *
     * @param amountMinor of the order, or of the refund
     */
    ResultCode check(final Lines linesKind, final long amountMinor) {
        kind = linesKind;
        count = cursor.nextGroup(kind == Lines.ORDER ? ORDER_ENTRY_BYTES : REFUND_ENTRY_BYTES);
        entryLength = cursor.entryLength();
        start = cursor.position();
        textBytes = 0;
        if (count < 0) {
            return malformed("lines: dimensions do not fit this message and version");
        }
        if (count > 0 && kind == Lines.REFUND && amountMinor != 0) {
            return malformed("amountMinor: not beside lines");
        }
        return count == 0 ? ResultCode.ACCEPTED : checkLines(amountMinor);
    }

    /** The sentence of the last refusal. */
    String detail() {
        return detail;
    }

    /** Puts checked lines into a command; false, and nothing put, if they do not fit. */
    boolean copyTo(final Command into) {
        into.lineCount(count);
        if (count == 0) {
            return true;
        }
        final int room = into.bytes().capacity() - into.bytesLength();
        final int lineBytes = kind == Lines.ORDER ? OrderLines.MAX_FIXED_BYTES : MAX_REFUND_LINE_BYTES;
        if (count * lineBytes + textBytes > room) {
            return false;
        }
        final DirectBuffer buffer = cursor.buffer();
        final int first = into.reserve(VarField.LINES, room);
        int to = first;
        int from = start;
        for (int i = 0; i < count; i++) {
            to = OrderLines.putFixed(
                    into.bytes(),
                    to,
                    buffer.getShort(from + NUMBER, LITTLE_ENDIAN) & 0xFFFF,
                    buffer.getInt(from + QUANTITY, LITTLE_ENDIAN),
                    buffer.getLong(from + AMOUNT_MINOR, LITTLE_ENDIAN),
                    kind == Lines.ORDER ? buffer.getByte(from + FLAGS) : 0);
            from += entryLength;
            for (int text = 0; text < TEXTS; text++) {
                final int length = kind == Lines.ORDER ? buffer.getByte(from) : 0;
                to = OrderLines.putText(into.bytes(), to, buffer, from + 1, length);
                from += kind == Lines.ORDER ? 1 + length : 0;
            }
        }
        into.commitReserved(VarField.LINES, to - first);
        return true;
    }

    private ResultCode checkLines(final long amountMinor) {
        sumMinor = 0;
        amountOutOfRange = false;
        int lastNumber = 0;
        for (int i = 0; i < count; i++) {
            if (!cursor.nextEntry(entryLength)) {
                return malformed("lines: the message ends within them");
            }
            final int number = cursor.blockShort(NUMBER);
            if (number <= lastNumber) {
                return malformed("lines.number: not 1 to 65535, each once, rising");
            }
            lastNumber = number;
            final ResultCode code = kind == Lines.ORDER ? checkOrderLine() : checkRefundLine();
            if (code != ResultCode.ACCEPTED) {
                return code;
            }
        }
        if (amountOutOfRange) {
            detail = kind == Lines.ORDER ? "lines.amountMinor: not 0 to 10^15" : "lines.amountMinor: not 1 to 10^15";
            return ResultCode.VALUE_OUT_OF_RANGE;
        }
        if (count > Limits.MAX_LINES) {
            detail = "lines: more than " + Limits.MAX_LINES;
            return ResultCode.TOO_MANY_LINES;
        }
        if (kind == Lines.ORDER && sumMinor != amountMinor) {
            detail = "lines.amountMinor: the sum is not amountMinor";
            return ResultCode.AMOUNT_MISMATCH;
        }
        return ResultCode.ACCEPTED;
    }

    private ResultCode checkRefundLine() {
        final int quantity = cursor.blockInt(QUANTITY);
        final long lineMinor = cursor.blockLong(AMOUNT_MINOR);
        if (quantity < 0) {
            return malformed("lines.quantity: negative");
        }
        if (quantity == 0 == (lineMinor == 0)) {
            return malformed("lines.quantity: not either a quantity or an amountMinor");
        }
        if (lineMinor < 0 || lineMinor > Limits.MAX_VALUE) {
            amountOutOfRange = true;
        }
        return ResultCode.ACCEPTED;
    }

    private ResultCode checkOrderLine() {
        if (cursor.blockInt(QUANTITY) < 1) {
            return malformed("lines.quantity: below 1");
        }
        final long lineMinor = cursor.blockLong(AMOUNT_MINOR);
        if (lineMinor < 0 || lineMinor > Limits.MAX_VALUE) {
            amountOutOfRange = true;
        }
        sumMinor += lineMinor;
        if ((cursor.blockByte(FLAGS) & ~(OrderLines.DISCOUNTED | OrderLines.SAMPLE)) != 0) {
            return malformed("lines.flags: unknown bits");
        }
        for (int text = 0; text < TEXTS; text++) {
            if (!cursor.nextText(0, Limits.MAX_TEXT_BYTES)
                    || !Texts.isPlainUtf8(cursor.buffer(), cursor.dataOffset(), cursor.dataLength())) {
                return malformed(textName(text) + ": not at most 64 bytes of UTF-8 without control characters");
            }
            textBytes += cursor.dataLength();
        }
        return ResultCode.ACCEPTED;
    }

    private static String textName(final int text) {
        return text == 0 ? "lines.sku" : text == 1 ? "lines.category" : "lines.brand";
    }

    private ResultCode malformed(final String sentence) {
        detail = sentence;
        return ResultCode.MALFORMED;
    }
}

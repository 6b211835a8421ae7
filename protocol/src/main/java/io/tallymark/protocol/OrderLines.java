package io.tallymark.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The canonical form of order lines inside a command: what the journal keeps and the content hash reads.
 *
 * <pre>
 * line := number      varint
 *         quantity    varint
 *         amountMinor varint
 *         flags       1 byte    bit 0 discounted, bit 1 sample
 *         sku         length byte, UTF-8
 *         category    length byte, UTF-8
 *         brand       length byte, UTF-8
 * </pre>
 *
 * Varints are unsigned LEB128, see {@link Varint}. Lines follow each other in rising order of number.
 */
public final class OrderLines {
    /** Line flag: not sold at the full price. */
    public static final int DISCOUNTED = 1;

    /** Line flag: a sample, never earns. */
    public static final int SAMPLE = 2;

    /** Most bytes of one line apart from its texts. */
    public static final int MAX_FIXED_BYTES = 3 + 5 + 8 + 1 + 3;

    private OrderLines() {}

    /** Writes what comes before the texts; returns the position behind it. */
    public static int putFixed(
            final MutableDirectBuffer buffer,
            final int offset,
            final int number,
            final int quantity,
            final long amountMinor,
            final int flags) {
        int at = Varint.put(buffer, offset, number);
        at = Varint.put(buffer, at, quantity);
        at = Varint.put(buffer, at, amountMinor);
        buffer.putByte(at, (byte) flags);
        return at + 1;
    }

    /** Writes one text; returns the position behind it. */
    public static int putText(
            final MutableDirectBuffer buffer,
            final int offset,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        buffer.putByte(offset, (byte) length);
        buffer.putBytes(offset + 1, source, sourceOffset, length);
        return offset + 1 + length;
    }
}

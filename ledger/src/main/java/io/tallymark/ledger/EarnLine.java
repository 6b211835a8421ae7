package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.OrderLines;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import org.agrona.DirectBuffer;

/**
 * A cursor over the lines of a command that {@link CommandForm} has accepted; a command without lines has one, of full
 * price and without texts. Mutable and reused; one thread.
 */
final class EarnLine {
    int number;
    int quantity;
    long amountMinor;

    private final Varint.Reader reader = new Varint.Reader();
    private DirectBuffer buffer;
    private int left;
    private int flags;
    private int skuOffset;
    private int skuLength;
    private int categoryOffset;
    private int categoryLength;
    private int brandOffset;
    private int brandLength;
    private boolean whole;

    /** Goes before the first line. */
    void wrap(final Command c) {
        buffer = c.bytes();
        whole = c.lineCount() == 0;
        left = whole ? 1 : c.lineCount();
        if (whole) {
            number = 1;
            quantity = 1;
            amountMinor = c.amountMinor();
            flags = 0;
            skuLength = 0;
            categoryLength = 0;
            brandLength = 0;
        } else {
            reader.wrap(buffer, c.offset(VarField.LINES), c.length(VarField.LINES));
        }
    }

    /** Goes to the next line; false behind the last. */
    boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        if (!whole) {
            number = (int) reader.next();
            quantity = (int) reader.next();
            amountMinor = reader.next();
            flags = reader.nextByte();
            skuLength = reader.nextByte() & 0xFF;
            skuOffset = reader.skip(skuLength);
            categoryLength = reader.nextByte() & 0xFF;
            categoryOffset = reader.skip(categoryLength);
            brandLength = reader.nextByte() & 0xFF;
            brandOffset = reader.skip(brandLength);
        }
        return true;
    }

    boolean discounted() {
        return (flags & OrderLines.DISCOUNTED) != 0;
    }

    boolean sample() {
        return (flags & OrderLines.SAMPLE) != 0;
    }

    boolean skuIsIn(final EarnTexts texts) {
        return texts.contains(buffer, skuOffset, skuLength);
    }

    boolean categoryIsIn(final EarnTexts texts) {
        return texts.contains(buffer, categoryOffset, categoryLength);
    }

    boolean brandIsIn(final EarnTexts texts) {
        return texts.contains(buffer, brandOffset, brandLength);
    }
}

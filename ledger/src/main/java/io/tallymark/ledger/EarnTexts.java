package io.tallymark.ledger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** A set of texts as their UTF-8 bytes, searched without making any object. Immutable. */
final class EarnTexts {
    /** By length, then by byte. */
    private final byte[][] sorted;

    EarnTexts(final List<String> texts) {
        sorted = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .sorted(EarnTexts::compare)
                .toArray(byte[][]::new);
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    /** Whether it holds these bytes; with a length of 0 the buffer is not looked at. */
    boolean contains(final DirectBuffer buffer, final int offset, final int length) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            final int middle = low + high >>> 1;
            final int order = compare(sorted[middle], buffer, offset, length);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private static int compare(final byte[] text, final DirectBuffer buffer, final int offset, final int length) {
        if (text.length != length) {
            return Integer.compare(text.length, length);
        }
        for (int i = 0; i < length; i++) {
            final int order = Byte.compare(text[i], buffer.getByte(offset + i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(final byte[] a, final byte[] b) {
        if (a.length != b.length) {
            return Integer.compare(a.length, b.length);
        }
        for (int i = 0; i < a.length; i++) {
            final int order = Byte.compare(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}

package io.tallymark.ledger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** The ids of the rules of one kind of one version, sorted, with their stable numbers. Immutable. */
final class RuleIds {
    private final byte[][] ids;
    private final int[] numbers;
    private final int[] placeOfNumber;

    /**
     * Numbers what is new.
     *
     * @param sorted  in ascending order
     * @param program what numbers the program's rules of this kind have
     */
    RuleIds(final List<String> sorted, final RuleNumbers program) {
        ids = sorted.stream().map(id -> id.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        numbers = sorted.stream().mapToInt(program::open).toArray();
        placeOfNumber = new int[program.count()];
        for (int place = 0; place < numbers.length; place++) {
            placeOfNumber[numbers[place]] = place + 1;
        }
    }

    /** How many there are; places are below. */
    int count() {
        return ids.length;
    }

    /** The place of an id in this version; negative: it is not listed. */
    int find(final DirectBuffer bytes, final int offset, final int length) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            final int middle = low + high >>> 1;
            final int order = compare(ids[middle], bytes, offset, length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private static int compare(final byte[] id, final DirectBuffer bytes, final int offset, final int length) {
        final int common = Math.min(id.length, length);
        for (int i = 0; i < common; i++) {
            final int order = (id[i] & 0xFF) - (bytes.getByte(offset + i) & 0xFF);
            if (order != 0) {
                return order;
            }
        }
        return id.length - length;
    }

    /** The stable number of a place. */
    int number(final int place) {
        return numbers[place];
    }

    /** The place of a stable number; negative: this version does not list it. */
    int place(final int number) {
        return number < placeOfNumber.length ? placeOfNumber[number] - 1 : -1;
    }

    /** The id of a place in ASCII; not to be written to. */
    byte[] id(final int place) {
        return ids[place];
    }
}

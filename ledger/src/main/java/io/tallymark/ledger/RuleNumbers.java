package io.tallymark.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Stable numbers of the rules of one kind of one program, from 0 in the order in which its versions brought them: what is
 * kept about a rule is kept under its number and survives republication. Cold.
 */
final class RuleNumbers {
    private final List<byte[]> ids = new ArrayList<>();
    private final List<byte[]> labels = new ArrayList<>();
    private final String prefix;

    RuleNumbers() {
        this("");
    }

    /** @param prefix of {@link #label} */
    RuleNumbers(final String prefix) {
        this.prefix = prefix;
    }

    /** How many there are. */
    int count() {
        return ids.size();
    }

    /** The number of an id; negative: it was never named. */
    int find(final String id) {
        final byte[] wanted = id.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < ids.size(); i++) {
            if (Arrays.equals(ids.get(i), wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** The number of an id, a new one where it was never named. */
    int open(final String id) {
        final int found = find(id);
        if (found >= 0) {
            return found;
        }
        ids.add(id.getBytes(StandardCharsets.US_ASCII));
        labels.add((prefix + id).getBytes(StandardCharsets.US_ASCII));
        return ids.size() - 1;
    }

    /** As {@link #find(String)}, of an id in a command; makes no object. */
    int find(final DirectBuffer bytes, final int offset, final int length) {
        for (int i = 0; i < ids.size(); i++) {
            if (Texts.equal(ids.get(i), bytes, offset, length)) {
                return i;
            }
        }
        return -1;
    }

    /** The prefix and the id of a number in ASCII; not to be written to. */
    byte[] label(final int number) {
        return labels.get(number);
    }

    /** The id of a number in ASCII; not to be written to. */
    byte[] id(final int number) {
        return ids.get(number);
    }
}

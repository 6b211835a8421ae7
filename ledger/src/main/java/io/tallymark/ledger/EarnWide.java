package io.tallymark.ledger;

import io.tallymark.protocol.Limits;

/**
 * Unsigned numbers of 512 bits on two preallocated arrays, named by their place. Only what earning needs: multiplied and
 * divided by a positive long, added, compared. Mutable and reused; one thread.
 *
 * <p>Why 512 bits are enough, see {@link EarnPlan}; a number that would not fit is a broken invariant and throws.
 */
final class EarnWide {
    /** Words of 64 bits of a number, the lowest first. */
    static final int WORDS = 8;

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final long[] words;

    /** By number: words in use; those above are unspecified. */
    private final int[] used;

    EarnWide(final int numbers) {
        words = new long[numbers * WORDS];
        used = new int[numbers];
    }

    /** Sets a number to a value of at least 0. */
    void set(final int i, final long value) {
        words[i * WORDS] = value;
        used[i] = value == 0 ? 0 : 1;
    }

    /** Sets a number to another one. */
    void copy(final int i, final EarnWide from, final int j) {
        System.arraycopy(from.words, j * WORDS, words, i * WORDS, from.used[j]);
        used[i] = from.used[j];
    }

    /** Multiplies by a factor of at least 0. */
    void multiply(final int i, final long factor) {
        if (factor == 1) {
            return;
        }
        if (factor == 0) {
            used[i] = 0;
            return;
        }
        final int first = i * WORDS;
        long carry = 0;
        for (int at = first; at < first + used[i]; at++) {
            final long word = words[at];
            final long low = word * factor;
            // The high half of an unsigned word: multiplyHigh takes it for a negative number where its top bit is set.
            final long high = Math.multiplyHigh(word, factor) + (word >> 63 & factor);
            final long sum = low + carry;
            carry = high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
            words[at] = sum;
        }
        extend(i, carry);
    }

    /** Adds another number. */
    void add(final int i, final EarnWide from, final int j) {
        final int first = i * WORDS;
        final int other = j * WORDS;
        while (used[i] < from.used[j]) {
            words[first + used[i]++] = 0;
        }
        long carry = 0;
        for (int at = 0; at < used[i]; at++) {
            final long a = words[first + at];
            final long partial = a + (at < from.used[j] ? from.words[other + at] : 0);
            final long sum = partial + carry;
            carry = Long.compareUnsigned(partial, a) < 0 || Long.compareUnsigned(sum, partial) < 0 ? 1 : 0;
            words[first + at] = sum;
        }
        extend(i, carry);
    }

    /**
     * Divides by 1 to 2^62 − 1, rounding down. Division by a product is division by its factors in turn.
     *
     * @return the remainder
     */
    long divide(final int i, final long divisor) {
        if (divisor == 1) {
            return 0;
        }
        final int first = i * WORDS;
        long remainder = 0;
        for (int at = first + used[i] - 1; at >= first; at--) {
            final long word = words[at];
            if (divisor <= Integer.MAX_VALUE) {
                final long high = remainder << 32 | word >>> 32;
                final long low = high % divisor << 32 | word & LOW_HALF;
                words[at] = high / divisor << 32 | low / divisor;
                remainder = low % divisor;
            } else {
                words[at] = EarnRules.longDivision(remainder, word, divisor);
                remainder = word - words[at] * divisor;
            }
        }
        trim(i);
        return remainder;
    }

    /** Divides by 1 to 2^62 − 1, rounding up. */
    void divideUp(final int i, final long divisor) {
        if (divide(i, divisor) > 0) {
            addOne(i);
        }
    }

    /** Compares two numbers. */
    int compare(final int i, final int j) {
        if (used[i] != used[j]) {
            return Integer.compare(used[i], used[j]);
        }
        for (int at = used[i] - 1; at >= 0; at--) {
            final int order = Long.compareUnsigned(words[i * WORDS + at], words[j * WORDS + at]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The number, or {@link EarnRules#TOO_MANY} above {@link Limits#MAX_VALUE}. */
    long points(final int i) {
        if (used[i] == 0) {
            return 0;
        }
        final long low = words[i * WORDS];
        return used[i] > 1 || low < 0 || low > Limits.MAX_VALUE ? EarnRules.TOO_MANY : low;
    }

    private void addOne(final int i) {
        final int first = i * WORDS;
        for (int at = first; at < first + used[i]; at++) {
            if (++words[at] != 0) {
                return;
            }
        }
        extend(i, 1);
    }

    private void extend(final int i, final long carry) {
        if (carry == 0) {
            return;
        }
        if (used[i] == WORDS) {
            throw new IllegalStateException("a sum of more than 512 bits");
        }
        words[i * WORDS + used[i]++] = carry;
    }

    private void trim(final int i) {
        while (used[i] > 0 && words[i * WORDS + used[i] - 1] == 0) {
            used[i]--;
        }
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * Qualifying counters of a member by bucket, in rising order. A bucket is a month as {@link CivilDays#monthOf} counts
 * them or, from {@link #ANNIVERSARY} on, a year since the member joined. Part of a {@link MemberDraft}; one thread.
 */
final class BucketBook {
    /** Bucket of the first anniversary year; the n-th is n above it. */
    static final int ANNIVERSARY = 1 << 20;

    private final Mark mark;

    int count;
    int[] bucket = new int[16];
    long[] spendMinor = new long[16];
    long[] visits = new long[16];
    long[] points = new long[16];

    /** Orders of which something remains. */
    long[] orders = new long[16];

    BucketBook() {
        this(new Mark());
    }

    /** @param mark set when something is put in */
    BucketBook(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        count = 0;
    }

    /** The place of a bucket; negative: where it would be, as {@link Arrays#binarySearch} says it. */
    int find(final int which) {
        return Arrays.binarySearch(bucket, 0, count, which);
    }

    /** The place of a bucket, which is added empty where it is missing. */
    int open(final int which) {
        final int found = find(which);
        if (found >= 0) {
            return found;
        }
        final int at = -found - 1;
        if (count == bucket.length) {
            bucket = Arrays.copyOf(bucket, count * 2);
            spendMinor = Arrays.copyOf(spendMinor, count * 2);
            visits = Arrays.copyOf(visits, count * 2);
            points = Arrays.copyOf(points, count * 2);
            orders = Arrays.copyOf(orders, count * 2);
        }
        shift(at, at + 1, count - at);
        mark.isSet = true;
        count++;
        bucket[at] = which;
        spendMinor[at] = 0;
        visits[at] = 0;
        points[at] = 0;
        orders[at] = 0;
        return at;
    }

    void remove(final int i) {
        count--;
        shift(i + 1, i, count - i);
    }

    private void shift(final int from, final int to, final int length) {
        System.arraycopy(bucket, from, bucket, to, length);
        System.arraycopy(spendMinor, from, spendMinor, to, length);
        System.arraycopy(visits, from, visits, to, length);
        System.arraycopy(points, from, points, to, length);
        System.arraycopy(orders, from, orders, to, length);
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The open holds of a member by number, each with the lots it took from, in taking order. A hold's number is the sequence
 * of its command. Part of a {@link MemberDraft}; one thread.
 */
final class HoldBook {
    int count;
    long[] number = new long[2];

    long[] deadlineMs = new long[2];

    /** What the points stand for in minor units; 0: no amount was named. */
    long[] valueMinor = new long[2];

    /** The issuer at whose brand it was made: captured points of others are settled with it. */
    int[] counterpart = new int[2];

    /** Where its parts end; they start where those of the hold before end. */
    int[] partsEnd = new int[2];

    int[] partDay = new int[4];
    int[] partIssuer = new int[4];
    long[] partPoints = new long[4];

    void clear() {
        count = 0;
    }

    int partsCount() {
        return count == 0 ? 0 : partsEnd[count - 1];
    }

    int partsStart(final int i) {
        return i == 0 ? 0 : partsEnd[i - 1];
    }

    /** The place of a hold; negative: it is not open. */
    int find(final long holdNumber) {
        for (int i = 0; i < count; i++) {
            if (number[i] == holdNumber) {
                return i;
            }
        }
        return -1;
    }

    /** Whether any is of another issuer's points, or was made at another than the house. */
    boolean isForeign() {
        int any = 0;
        for (int i = 0; i < count; i++) {
            any |= counterpart[i];
        }
        for (int part = 0; part < partsCount(); part++) {
            any |= partIssuer[part];
        }
        return any != 0;
    }

    /** Points of a hold. */
    long points(final int i) {
        long sum = 0;
        for (int part = partsStart(i); part < partsEnd[i]; part++) {
            sum += partPoints[part];
        }
        return sum;
    }

    /** Begins the next hold, with a number above all others; its parts follow by {@link #addPart}. */
    void begin(final long holdNumber, final long deadline, final long value) {
        if (count == number.length) {
            number = Arrays.copyOf(number, count * 2);
            deadlineMs = Arrays.copyOf(deadlineMs, count * 2);
            valueMinor = Arrays.copyOf(valueMinor, count * 2);
            counterpart = Arrays.copyOf(counterpart, count * 2);
            partsEnd = Arrays.copyOf(partsEnd, count * 2);
        }
        number[count] = holdNumber;
        deadlineMs[count] = deadline;
        valueMinor[count] = value;
        counterpart[count] = LotBook.HOUSE;
        partsEnd[count] = partsCount();
        count++;
    }

    /** Adds a part of a lot of the house. */
    void addPart(final int day, final long points) {
        addPart(day, LotBook.HOUSE, points);
    }

    void addPart(final int day, final int issuer, final long points) {
        final int at = partsEnd[count - 1];
        if (at == partDay.length) {
            partDay = Arrays.copyOf(partDay, at * 2);
            partIssuer = Arrays.copyOf(partIssuer, at * 2);
            partPoints = Arrays.copyOf(partPoints, at * 2);
        }
        partDay[at] = day;
        partIssuer[at] = issuer;
        partPoints[at] = points;
        partsEnd[count - 1] = at + 1;
    }

    void remove(final int i) {
        final int start = partsStart(i);
        final int parts = partsEnd[i] - start;
        final int behind = partsCount() - partsEnd[i];
        System.arraycopy(partDay, partsEnd[i], partDay, start, behind);
        System.arraycopy(partIssuer, partsEnd[i], partIssuer, start, behind);
        System.arraycopy(partPoints, partsEnd[i], partPoints, start, behind);
        count--;
        System.arraycopy(number, i + 1, number, i, count - i);
        System.arraycopy(deadlineMs, i + 1, deadlineMs, i, count - i);
        System.arraycopy(valueMinor, i + 1, valueMinor, i, count - i);
        System.arraycopy(counterpart, i + 1, counterpart, i, count - i);
        System.arraycopy(partsEnd, i + 1, partsEnd, i, count - i);
        for (int j = i; j < count; j++) {
            partsEnd[j] -= parts;
        }
    }

    /** Adds the holds of another book; all stay in the order of their numbers. */
    void absorb(final HoldBook from) {
        if (from.count == 0) {
            return;
        }
        // Cold: merges are rare.
        final HoldBook mine = new HoldBook();
        mine.append(this, 0, count);
        clear();
        int other = 0;
        for (int i = 0; i < mine.count; i++) {
            while (other < from.count && from.number[other] < mine.number[i]) {
                append(from, other, other + 1);
                other++;
            }
            append(mine, i, i + 1);
        }
        append(from, other, from.count);
    }

    private void append(final HoldBook from, final int start, final int end) {
        for (int i = start; i < end; i++) {
            begin(from.number[i], from.deadlineMs[i], from.valueMinor[i]);
            counterpart[count - 1] = from.counterpart[i];
            for (int part = from.partsStart(i); part < from.partsEnd[i]; part++) {
                addPart(from.partDay[part], from.partIssuer[part], from.partPoints[part]);
            }
        }
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The open holds of a member by number, each with the lots of one wallet that it took from, in taking order. A hold's number is the sequence
 * of its command. Part of a {@link MemberDraft}; one thread.
 */
final class HoldBook {
    private final Mark mark;

    int count;
    long[] number = new long[2];

    long[] deadlineMs = new long[2];

    /** What the points stand for in minor units; 0: no amount was named. */
    long[] valueMinor = new long[2];

    /** The reward it is for, its stable number plus 1; 0: none. The next three are 0 then. */
    int[] reward = new int[2];

    /** The version that was in force. */
    int[] version = new int[2];

    /** What is to be paid in money beside the points. */
    long[] cashMinor = new long[2];

    /** Day of the program on which it began. */
    int[] day = new int[2];

    /** The coupon of which it reserves a use, its stable number plus 1; 0: none. The next three are 0 then. */
    int[] coupon = new int[2];

    /** The holding from which the use is: the sequence that granted it. */
    long[] couponSequence = new long[2];

    /** The first day on which that can no longer be used. */
    int[] couponDay = new int[2];

    /** All its uses. */
    int[] couponUses = new int[2];

    /** The issuer at whose brand it was made: captured points of others are settled with it. */
    int[] counterpart = new int[2];

    /** Where its parts end; they start where those of the hold before end. */
    int[] partsEnd = new int[2];

    int[] partDay = new int[4];
    int[] partAccount = new int[4];
    long[] partPoints = new long[4];

    HoldBook() {
        this(new Mark());
    }

    /** @param mark set when something is put in */
    HoldBook(final Mark mark) {
        this.mark = mark;
    }

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

    /** The wallet that a hold's points are of; without points {@link Account#POINTS}. */
    int wallet(final int i) {
        return partsStart(i) == partsEnd[i] ? Account.POINTS : Account.wallet(partAccount[partsStart(i)]);
    }

    /** Whether any is of another account's points, or was made at another than the house. */
    boolean isForeign() {
        int any = 0;
        for (int i = 0; i < count; i++) {
            any |= counterpart[i];
        }
        for (int part = 0; part < partsCount(); part++) {
            any |= partAccount[part];
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
            reward = Arrays.copyOf(reward, count * 2);
            version = Arrays.copyOf(version, count * 2);
            cashMinor = Arrays.copyOf(cashMinor, count * 2);
            day = Arrays.copyOf(day, count * 2);
            coupon = Arrays.copyOf(coupon, count * 2);
            couponSequence = Arrays.copyOf(couponSequence, count * 2);
            couponDay = Arrays.copyOf(couponDay, count * 2);
            couponUses = Arrays.copyOf(couponUses, count * 2);
        }
        reward[count] = 0;
        version[count] = 0;
        cashMinor[count] = 0;
        day[count] = 0;
        coupon[count] = 0;
        couponSequence[count] = 0;
        couponDay[count] = 0;
        couponUses[count] = 0;
        number[count] = holdNumber;
        deadlineMs[count] = deadline;
        valueMinor[count] = value;
        counterpart[count] = LotBook.HOUSE;
        partsEnd[count] = partsCount();
        mark.isSet = true;
        count++;
    }

    /** Says of the last hold that it is for a reward. */
    void forReward(final int rewardPlus1, final int inVersion, final long cash, final int onDay) {
        reward[count - 1] = rewardPlus1;
        version[count - 1] = inVersion;
        cashMinor[count - 1] = cash;
        day[count - 1] = onDay;
    }

    /** Says of the last hold that it reserves a use of a coupon. */
    void withCoupon(final int couponPlus1, final long sequence, final int expiryDay, final int uses) {
        coupon[count - 1] = couponPlus1;
        couponSequence[count - 1] = sequence;
        couponDay[count - 1] = expiryDay;
        couponUses[count - 1] = uses;
    }

    /** Whether some hold is for something. */
    boolean hasExtras() {
        for (int i = 0; i < count; i++) {
            if ((reward[i] | coupon[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Adds a part of a lot of the house. */
    void addPart(final int day, final long points) {
        addPart(day, LotBook.HOUSE, points);
    }

    void addPart(final int day, final int account, final long points) {
        final int at = partsEnd[count - 1];
        if (at == partDay.length) {
            partDay = Arrays.copyOf(partDay, at * 2);
            partAccount = Arrays.copyOf(partAccount, at * 2);
            partPoints = Arrays.copyOf(partPoints, at * 2);
        }
        partDay[at] = day;
        partAccount[at] = account;
        partPoints[at] = points;
        partsEnd[count - 1] = at + 1;
    }

    void remove(final int i) {
        final int start = partsStart(i);
        final int parts = partsEnd[i] - start;
        final int behind = partsCount() - partsEnd[i];
        System.arraycopy(partDay, partsEnd[i], partDay, start, behind);
        System.arraycopy(partAccount, partsEnd[i], partAccount, start, behind);
        System.arraycopy(partPoints, partsEnd[i], partPoints, start, behind);
        count--;
        System.arraycopy(number, i + 1, number, i, count - i);
        System.arraycopy(deadlineMs, i + 1, deadlineMs, i, count - i);
        System.arraycopy(valueMinor, i + 1, valueMinor, i, count - i);
        System.arraycopy(counterpart, i + 1, counterpart, i, count - i);
        System.arraycopy(partsEnd, i + 1, partsEnd, i, count - i);
        System.arraycopy(reward, i + 1, reward, i, count - i);
        System.arraycopy(version, i + 1, version, i, count - i);
        System.arraycopy(cashMinor, i + 1, cashMinor, i, count - i);
        System.arraycopy(day, i + 1, day, i, count - i);
        System.arraycopy(coupon, i + 1, coupon, i, count - i);
        System.arraycopy(couponSequence, i + 1, couponSequence, i, count - i);
        System.arraycopy(couponDay, i + 1, couponDay, i, count - i);
        System.arraycopy(couponUses, i + 1, couponUses, i, count - i);
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
            forReward(from.reward[i], from.version[i], from.cashMinor[i], from.day[i]);
            withCoupon(from.coupon[i], from.couponSequence[i], from.couponDay[i], from.couponUses[i]);
            counterpart[count - 1] = from.counterpart[i];
            for (int part = from.partsStart(i); part < from.partsEnd[i]; part++) {
                addPart(from.partDay[part], from.partAccount[part], from.partPoints[part]);
            }
        }
    }
}

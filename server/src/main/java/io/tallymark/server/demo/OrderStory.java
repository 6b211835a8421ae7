package io.tallymark.server.demo;

import java.util.SplittableRandom;

/**
 * All documents of the demonstration in the order in which they are sent: the orders of the member day, then the
 * redemptions, then the attempts of the flash sale, then the orders in whose middle the server is killed. The same seed tells the same story on every JDK.
 * Immutable.
 */
final class OrderStory {
    /** What a redemption asks for, in points: a voucher, a gift, the electric stove. */
    static final long[] GIFT_POINTS = {200, 2_000, 20_000};

    private static final int PER_MILLION = 1_000_000;
    private static final int LATE_PPM = 10_000;
    private static final int DOUBLED_PPM = 10_000;
    private static final int CHANGED_PPM = 1_000;
    private static final int NEGATIVE_PPM = 1_000;
    private static final int UNKNOWN_PROGRAM_PPM = 1_000;
    private static final int AMOUNT_MISMATCH_PPM = 1_000;

    private static final double MEDIAN_AMOUNT_MINOR = 9_000;
    private static final double SIGMA = 0.9;
    private static final long MAX_AMOUNT_MINOR = 5_000_000;
    private static final int MAX_HOURS_LATE = 72;
    private static final int ORDERS_PER_REDEMPTION = 100;
    private static final int MIN_STORM = 100_000;
    private static final int MAX_BUYERS = 3_000;

    /** So many of the buyers try again: one each is all they get. */
    private static final int BUYERS_PER_SECOND_ATTEMPT = 10;

    private final int dayEnd;
    private final int redemptionsEnd;
    private final int buyers;
    private final int saleEnd;
    private final Population population;
    private final Deed[] deeds;
    private final long[] memberIds;
    private final long[] values;
    private final int[] originals;
    private final byte[] hoursLate;

    private OrderStory(final int orders, final int redemptions, final int storm, final Population population) {
        this.population = population;
        dayEnd = orders;
        redemptionsEnd = orders + redemptions;
        buyers = Math.min(MAX_BUYERS, population.size());
        saleEnd = redemptionsEnd + buyers + buyers / BUYERS_PER_SECOND_ATTEMPT;
        final int size = saleEnd + storm;
        deeds = new Deed[size];
        memberIds = new long[size];
        values = new long[size];
        originals = new int[size];
        hoursLate = new byte[size];
    }

    /** Tells a story of so many documents on the member day. */
    static OrderStory tell(final long seed, final int orders, final int members) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Population population = new Population(random.split(), members);
        final OrderStory story = new OrderStory(
                orders, Math.max(1, orders / ORDERS_PER_REDEMPTION), Math.max(MIN_STORM, orders), population);
        for (int i = 0; i < story.dayEnd; i++) {
            story.tellOrder(i, random);
        }
        for (int i = story.dayEnd; i < story.redemptionsEnd; i++) {
            story.put(
                    i,
                    Deed.REDEMPTION,
                    story.population.draw(random),
                    GIFT_POINTS[random.nextInt(GIFT_POINTS.length)],
                    i);
        }
        for (int i = story.saleEnd; i < story.size(); i++) {
            story.put(i, Deed.ORDER, story.population.draw(random), amountMinor(random), i);
        }
        story.tellSale(random);
        return story;
    }

    /** Every buyer once, a few of them once more, in no order. */
    private void tellSale(final SplittableRandom random) {
        final int[] members = new int[population.size()];
        for (int n = 0; n < members.length; n++) {
            final int at = random.nextInt(n + 1);
            members[n] = members[at];
            members[at] = n;
        }
        for (int i = redemptionsEnd; i < saleEnd; i++) {
            final int n = i - redemptionsEnd;
            final int at = redemptionsEnd + random.nextInt(n + 1);
            put(i, Deed.ATTEMPT, memberIds[at], 0, i);
            put(at, Deed.ATTEMPT, Population.id(members[n < buyers ? n : n - buyers]), 0, at);
        }
    }

    private void tellOrder(final int i, final SplittableRandom random) {
        final Deed deed = draw(random);
        final long memberId = population.draw(random);
        final long amountMinor = amountMinor(random);
        if (deed == Deed.DOUBLED || deed == Deed.CHANGED) {
            final int original = i == 0 ? -1 : originals[random.nextInt(i)];
            if (original < 0 || deeds[original] != Deed.ORDER && deeds[original] != Deed.LATE) {
                put(i, Deed.ORDER, memberId, amountMinor, i);
                return;
            }
            final long value = values[original] + (deed == Deed.CHANGED ? 1 : 0);
            put(i, deed, memberIds[original], value, original);
            hoursLate[i] = hoursLate[original];
            return;
        }
        put(i, deed, memberId, deed == Deed.NEGATIVE ? -amountMinor : amountMinor, i);
        if (deed == Deed.LATE) {
            hoursLate[i] = (byte) (1 + random.nextInt(MAX_HOURS_LATE));
        }
    }

    private static Deed draw(final SplittableRandom random) {
        int at = random.nextInt(PER_MILLION);
        if ((at -= LATE_PPM) < 0) {
            return Deed.LATE;
        }
        if ((at -= DOUBLED_PPM) < 0) {
            return Deed.DOUBLED;
        }
        if ((at -= CHANGED_PPM) < 0) {
            return Deed.CHANGED;
        }
        if ((at -= NEGATIVE_PPM) < 0) {
            return Deed.NEGATIVE;
        }
        if ((at -= UNKNOWN_PROGRAM_PPM) < 0) {
            return Deed.UNKNOWN_PROGRAM;
        }
        return at - AMOUNT_MISMATCH_PPM < 0 ? Deed.AMOUNT_MISMATCH : Deed.ORDER;
    }

    /** Log-normal by Box and Muller; StrictMath is the same everywhere. */
    private static long amountMinor(final SplittableRandom random) {
        final double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        final double normal = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
        final long amount = (long) (MEDIAN_AMOUNT_MINOR * StrictMath.exp(SIGMA * normal));
        return Math.max(1, Math.min(MAX_AMOUNT_MINOR, amount));
    }

    private void put(final int i, final Deed deed, final long memberId, final long value, final int original) {
        deeds[i] = deed;
        memberIds[i] = memberId;
        values[i] = value;
        originals[i] = original;
    }

    /** All documents. */
    int size() {
        return deeds.length;
    }

    /** The member day is what comes before. */
    int dayEnd() {
        return dayEnd;
    }

    /** From {@link #dayEnd()} to here points are redeemed. */
    int redemptionsEnd() {
        return redemptionsEnd;
    }

    /** From {@link #redemptionsEnd()} to here is the flash sale; behind it is what the kill interrupts. */
    int saleEnd() {
        return saleEnd;
    }

    /** Members that try to get an item, each of them at least once. */
    int buyers() {
        return buyers;
    }

    int members() {
        return population.size();
    }

    Deed deed(final int i) {
        return deeds[i];
    }

    long memberId(final int i) {
        return memberIds[i];
    }

    /** Amount in minor units; of a redemption: points; of an attempt: nothing. */
    long value(final int i) {
        return values[i];
    }

    /** The document whose number this one carries: itself, but for a doubled or changed one. */
    int original(final int i) {
        return originals[i];
    }

    /** How long before the day it happened; 0: it happens now. */
    int hoursLate(final int i) {
        return hoursLate[i];
    }
}

package io.tallymark.server.demo;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Who orders: members by a Zipf-Mandelbrot law, the weight of rank r being 1 / (r + 100)^0.9, so that a few order
 * hundreds of times and most now and then. The ids do not show the rank. The same seed gives the same members on every
 * JDK.
 */
final class Population {
    private static final double SHIFT = 100;
    private static final double EXPONENT = 0.9;
    private static final long FIRST_ID = 1_000_001;

    private final double[] cumulated;
    private final int[] idOfRank;

    Population(final SplittableRandom random, final int members) {
        cumulated = new double[members];
        idOfRank = new int[members];
        double sum = 0;
        for (int rank = 0; rank < members; rank++) {
            sum += 1 / StrictMath.pow(rank + 1 + SHIFT, EXPONENT);
            cumulated[rank] = sum;
            final int other = random.nextInt(rank + 1);
            idOfRank[rank] = idOfRank[other];
            idOfRank[other] = rank;
        }
    }

    /** A member drawn by weight. */
    long draw(final SplittableRandom random) {
        final double at = random.nextDouble() * cumulated[cumulated.length - 1];
        final int found = Arrays.binarySearch(cumulated, at);
        final int rank = Math.min(cumulated.length - 1, found < 0 ? -found - 1 : found + 1);
        return FIRST_ID + idOfRank[rank];
    }

    /** How many there are. */
    int size() {
        return idOfRank.length;
    }

    /** The id of a member by number from 0 to {@link #size()} - 1. */
    static long id(final int number) {
        return FIRST_ID + number;
    }

    /** The number of a member by id. */
    static int number(final long memberId) {
        return (int) (memberId - FIRST_ID);
    }
}

package io.tallymark.ledger;

import io.tallymark.protocol.Clip;

/**
 * What an order earns, by origin. Campaigns stand in the order in which they ran, by their place in the program
 * version's list. Mutable and reused; one thread.
 */
final class Shares {
    /** Most campaigns of a program version. */
    static final int MAX_CAMPAIGNS = 64;

    long basePoints;
    long tierPoints;
    int count;

    /** Place in {@code CompiledProgram.campaigns()}. */
    final int[] campaign = new int[MAX_CAMPAIGNS];

    /** Granted points, clipped already. */
    final long[] points = new long[MAX_CAMPAIGNS];

    final long[] clipped = new long[MAX_CAMPAIGNS];
    final Clip[] clippedBy = new Clip[MAX_CAMPAIGNS];

    /** What caps took off base and tier share. */
    long clippedBasePoints;

    void clear() {
        basePoints = 0;
        tierPoints = 0;
        clippedBasePoints = 0;
        count = 0;
    }

    void add(final int campaignPlace, final long share) {
        campaign[count] = campaignPlace;
        points[count] = share;
        clipped[count] = 0;
        clippedBy[count] = Clip.NONE;
        count++;
    }

    long campaignPoints() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += points[i];
        }
        return sum;
    }

    long clippedPoints() {
        long sum = clippedBasePoints;
        for (int i = 0; i < count; i++) {
            sum += clipped[i];
        }
        return sum;
    }

    long total() {
        return basePoints + tierPoints + campaignPoints();
    }
}

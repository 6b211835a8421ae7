package io.tallymark.server.demo;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the server said about every member of the population. Written by the client's thread, read when it is done. */
final class Members {
    private final boolean[] known;
    private final long[] availablePoints;
    private final long[] earnedPoints;
    private final long[] spendMinor;
    private final long[] visits;
    private final String[] tiers;
    private int enrolled;

    Members(final int size) {
        known = new boolean[size];
        availablePoints = new long[size];
        earnedPoints = new long[size];
        spendMinor = new long[size];
        visits = new long[size];
        tiers = new String[size];
    }

    /** Takes the answer about one member. */
    void put(final Reply reply, final int n) {
        if (reply.code != ResultCode.ACCEPTED) {
            return;
        }
        known[n] = true;
        enrolled++;
        availablePoints[n] = reply.availablePoints;
        earnedPoints[n] = reply.lifetimePoints;
        spendMinor[n] = reply.lifetimeSpendMinor;
        visits[n] = reply.lifetimeVisits;
        tiers[n] = reply.tier();
    }

    int size() {
        return known.length;
    }

    /** How many have an account. */
    int enrolled() {
        return enrolled;
    }

    boolean isKnown(final int n) {
        return known[n];
    }

    long availablePoints(final int n) {
        return availablePoints[n];
    }

    long earnedPoints(final int n) {
        return earnedPoints[n];
    }

    long spendMinor(final int n) {
        return spendMinor[n];
    }

    long visits(final int n) {
        return visits[n];
    }

    /** Empty: none. */
    String tier(final int n) {
        return tiers[n];
    }

    /** How many hold a tier. */
    long inTier(final String tier) {
        return IntStream.range(0, size())
                .filter(n -> known[n] && tier.equals(tiers[n]))
                .count();
    }

    /** The members with the most points to spend, the richest first. */
    List<Integer> leaders(final int count) {
        return IntStream.range(0, size())
                .filter(n -> known[n])
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(n -> -availablePoints[n])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }
}

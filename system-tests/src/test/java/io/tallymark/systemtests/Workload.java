package io.tallymark.systemtests;

import io.tallymark.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What tills of one shop would send: mostly orders, some redemptions (several beyond the balance), a few corrections,
 * and now and then the same document again. Everything follows from the seed.
 */
final class Workload {
    static final String PROGRAM = "mima";
    static final String SOURCE = "till";
    static final int MEMBERS = 2_000;

    private final long seed;
    private final SplittableRandom random;
    private final List<Sent> sent = new ArrayList<>();
    private int nextNumber;

    Workload(final long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** The next command; every thirtieth or so is one that was sent before. */
    Sent next() {
        if (!sent.isEmpty() && random.nextInt(30) == 0) {
            return sent.get(random.nextInt(sent.size()));
        }
        final long memberId = 1 + random.nextInt(MEMBERS);
        final String documentId = "s" + seed + "-" + nextNumber++;
        final int kind = random.nextInt(100);
        final Sent fresh;
        if (kind < 75) {
            fresh = new Sent(CommandType.ACCRUE, memberId, 1 + random.nextInt(200_000), documentId);
        } else if (kind < 92) {
            fresh = new Sent(CommandType.REDEEM, memberId, 1 + random.nextInt(3_000), documentId);
        } else {
            final long points = 1 + random.nextInt(500);
            fresh = new Sent(CommandType.ADJUST, memberId, random.nextBoolean() ? points : -points, documentId);
        }
        sent.add(fresh);
        return fresh;
    }

    /** All that was handed out, each once, in order. */
    List<Sent> sent() {
        return sent;
    }
}

package io.tallymark.ledger.reference;

/** A tier held in one way. */
final class Grant {
    enum Way {
        EARNED,
        PAID,
        INVITED
    }

    final Way way;
    String tier;
    long fromMs;
    long untilMs;

    /** After a missed settlement the end of the grace; else {@link Days#NEVER_MS}. */
    long graceEndMs = Days.NEVER_MS;

    /** By a soft landing: has no first period. */
    boolean landed;

    Grant(final String tier, final Way way, final long fromMs, final long untilMs) {
        this.tier = tier;
        this.way = way;
        this.fromMs = fromMs;
        this.untilMs = untilMs;
    }

    boolean inGrace() {
        return graceEndMs != Days.NEVER_MS;
    }

    Grant copy() {
        final Grant copy = new Grant(tier, way, fromMs, untilMs);
        copy.graceEndMs = graceEndMs;
        copy.landed = landed;
        return copy;
    }

    /** Of the same tier and way: the later end counts, the earlier start. */
    Grant united(final Grant other) {
        final boolean thisOne = untilMs != other.untilMs
                ? untilMs > other.untilMs
                : !inGrace() || other.inGrace() && graceEndMs >= other.graceEndMs;
        final Grant united = (thisOne ? this : other).copy();
        united.fromMs = Math.min(fromMs, other.fromMs);
        return united;
    }
}

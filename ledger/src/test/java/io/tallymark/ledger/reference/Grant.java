package io.tallymark.ledger.reference;

import java.util.TreeSet;

/** A tier held in one way. */
final class Grant {
    enum Way {
        EARNED,
        PAID,
        INVITED
    }

    final Way way;

    /** As it was called when it was granted. */
    final String tier;

    long fromMs;
    long untilMs;

    /** Of an earned one; what a step down granted has none. */
    long firstPeriodEndMs = Long.MIN_VALUE;

    /** After a missed settlement the end of the grace; else {@link Days#NEVER_MS}. */
    long graceEndMs = Days.NEVER_MS;

    /** Sequence of the purchase of a pack that made it; 0: none did. */
    long purchase;

    /** Tiers whose bonus came with it. */
    final TreeSet<String> bonuses = new TreeSet<>();

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
        copy.firstPeriodEndMs = firstPeriodEndMs;
        copy.graceEndMs = graceEndMs;
        copy.purchase = purchase;
        copy.bonuses.addAll(bonuses);
        return copy;
    }

    /** With one of the same tier and way, of a member that goes into this one's. */
    Grant united(final Grant other) {
        final Grant united = copy();
        if (other.fromMs < fromMs) {
            united.fromMs = other.fromMs;
            united.firstPeriodEndMs = other.firstPeriodEndMs;
        }
        if (other.untilMs > untilMs) {
            united.untilMs = other.untilMs;
            united.graceEndMs = other.graceEndMs;
            united.purchase = other.purchase;
        }
        united.bonuses.addAll(other.bonuses);
        return united;
    }
}

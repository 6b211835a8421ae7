package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Limits;
import java.util.Arrays;

/**
 * What was taken of the rules of one kind of a program, rewards or packs or prizes, by stable number, and what was
 * restocked. The stock itself is the version's. Part of {@link ProgramState}; one thread.
 */
final class Stocks {
    /** Kinds, as the state hash tells them apart. */
    static final int NONE = 0;

    static final int REWARDS = 1;
    static final int PACKS = 2;
    static final int PRIZES = 3;

    /** Due holds that one command pops of a rule whose turn it is: more than it can open. */
    private static final int POPPED = 4;

    /** Stable numbers of the rules. */
    final RuleNumbers numbers = new RuleNumbers();

    private long[] taken = new long[0];
    private long[] restocked = new long[0];

    /** Null as long as nothing was ever held. */
    private StockHolds holds;

    /** Makes room for all numbers; to be called when a version came. */
    void ready() {
        taken = Arrays.copyOf(taken, numbers.count());
        restocked = Arrays.copyOf(restocked, numbers.count());
    }

    /** Redeemed, or held at a time. */
    long taken(final int rule, final long timeMs) {
        return taken[rule] - due(rule, timeMs, Long.MAX_VALUE);
    }

    private long due(final int rule, final long timeMs, final long atMost) {
        return holds == null ? 0 : holds.due(rule, timeMs, atMost);
    }

    /** Added behind the version's stock, or taken away from it. */
    long restocked(final int rule) {
        return restocked[rule];
    }

    /** What is left at a time of a stock; below 0 where a version with a smaller stock came. */
    long left(final int rule, final long stock, final long timeMs) {
        return stock + restocked[rule] - taken(rule, timeMs);
    }

    /**
     * Whether something is left at a time.
     *
     * @param stock of the version in force; {@link CompiledProgram#UNLIMITED}: always
     */
    boolean hasLeft(final int rule, final long stock, final long timeMs) {
        if (stock == CompiledProgram.UNLIMITED) {
            return true;
        }
        final long left = stock + restocked[rule] - taken[rule];
        return left > 0 || holds != null && left + due(rule, timeMs, 1 - left) > 0;
    }

    /** Whether a quantity may be added to what was restocked, or be taken away. */
    boolean canRestock(final int rule, final long stock, final int quantity, final long timeMs) {
        return Math.abs(restocked[rule] + quantity) <= Limits.MAX_QUANTITY
                && (quantity > 0 || left(rule, stock, timeMs) + quantity >= 0);
    }

    /** Takes one, or gives it back. */
    void take(final int rule, final int units) {
        taken[rule] += units;
    }

    void restock(final int rule, final int quantity) {
        restocked[rule] += quantity;
    }

    /** One that was taken is held only. */
    void hold(final int rule, final long number, final long deadlineMs) {
        if (holds == null) {
            holds = new StockHolds();
        }
        holds.add(rule, number, deadlineMs);
    }

    /** A hold ends before its deadline. */
    void endHold(final long number) {
        holds.remove(number);
    }

    /** Whether anything is held. */
    boolean hasHolds() {
        return holds != null && holds.count() > 0;
    }

    /** Gives back what some holds kept that are due: a few of a rule, and of the one whose turn it is. */
    void popDue(final int rule, final long timeMs) {
        taken[rule] -= holds.pop(rule, timeMs, POPPED);
    }

    /** As {@link #popDue(int, long)}, of the rules in turn. */
    void popDue(final long timeMs) {
        popDue(holds.nextRule(), timeMs);
    }

    /** Holds that are open at a time. */
    long openHolds(final long timeMs) {
        long open = hasHolds() ? holds.count() : 0;
        for (int rule = 0; rule < taken.length; rule++) {
            open -= due(rule, timeMs, Long.MAX_VALUE);
        }
        return open;
    }

    /** Adds to a record what was taken and restocked, as it is at a time, whatever was popped. */
    void hash(final int kind, final long timeMs, final StateHasher into) {
        for (int rule = 0; rule < taken.length; rule++) {
            final long nowTaken = taken(rule, timeMs);
            if (nowTaken != 0 || restocked[rule] != 0) {
                into.word(kind);
                into.word(rule);
                into.word(nowTaken);
                into.word(restocked[rule]);
            }
        }
    }

    /** Adds a record for each hold that is open at a time. */
    void hashHolds(final int kind, final int program, final long timeMs, final StateHasher into) {
        if (holds != null) {
            holds.forEachOpen(timeMs, (rule, number, deadlineMs) -> {
                into.begin(program);
                into.word(kind);
                into.word(rule);
                into.word(number);
                into.word(deadlineMs);
                into.add();
            });
        }
    }
}

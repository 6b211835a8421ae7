package io.tallymark.ledger;

/** What one command does to stock: one unit of one rule, or a restocking. Part of an {@link Effect}; one thread. */
final class StockChange {
    private final Mark mark;

    private int kind;
    private int rule;
    private int taken;
    private int restocked;

    /** Number of the hold that begins, 0: none. */
    private long opened;

    private long deadlineMs;

    /** Number of the hold that ends, 0: none. */
    private long ended;

    /** @param mark set when something is put in */
    StockChange(final Mark mark) {
        this.mark = mark;
    }

    void clear() {
        kind = Stocks.NONE;
    }

    private void set(final int ofKind, final int ofRule, final int units) {
        mark.isSet = true;
        kind = ofKind;
        rule = ofRule;
        taken = units;
        restocked = 0;
        opened = 0;
        ended = 0;
    }

    /** One is taken for good. */
    void take(final int ofKind, final int ofRule) {
        set(ofKind, ofRule, 1);
    }

    /** One that was taken comes back. */
    void giveBack(final int ofKind, final int ofRule) {
        set(ofKind, ofRule, -1);
    }

    /** One is held until a deadline. */
    void hold(final int ofKind, final int ofRule, final long number, final long deadline) {
        set(ofKind, ofRule, 1);
        opened = number;
        deadlineMs = deadline;
    }

    /** What is held is taken for good. */
    void capture(final int ofKind, final int ofRule, final long number) {
        set(ofKind, ofRule, 0);
        ended = number;
    }

    /** What is held comes back. */
    void release(final int ofKind, final int ofRule, final long number) {
        set(ofKind, ofRule, -1);
        ended = number;
    }

    /** More, or less, is there. */
    void restock(final int ofKind, final int ofRule, final int quantity) {
        set(ofKind, ofRule, 0);
        restocked = quantity;
    }

    /** Carries it out at an engine time; what is due of the rule's holds comes back first. */
    void commit(final ProgramState program, final long timeMs) {
        if (kind == Stocks.NONE) {
            return;
        }
        final Stocks stocks = program.stocks(kind);
        if (stocks.hasHolds()) {
            stocks.popDue(rule, timeMs);
        }
        stocks.take(rule, taken);
        stocks.restock(rule, restocked);
        if (opened != 0) {
            stocks.hold(rule, opened, deadlineMs);
        }
        if (ended != 0) {
            stocks.endHold(ended);
        }
    }
}

package io.tallymark.ledger;

import java.util.Arrays;

/**
 * The open holds that keep something of a program's stock, by rule in the order of their deadlines: time-outs of members
 * are materialised late, but what they return is there for everybody at its millisecond. A hold leaves when it is
 * captured or voided, or, due, when it is popped. Heaps of slots by rule, an index by number: all in pages or arrays
 * that grow by doubling. One thread.
 *
 * <pre>
 *  long  0  number of the hold   1  deadline, epoch milliseconds   2  rule, place in the rule's heap (low half)
 * </pre>
 */
final class StockHolds {
    private static final int RECORD_LONGS = 3;
    private static final int NUMBER = 0;
    private static final int DEADLINE = 1;
    private static final int WHERE = 2;
    private static final int FIRST_HEAP = 16;

    private final RecordPages nodes = new RecordPages(RECORD_LONGS);
    private final SlotIndex byNumber = new SlotIndex(FIRST_HEAP);
    private int[][] heaps = new int[0][];
    private int[] sizes = new int[0];
    private int highest;
    private int firstFree;
    private int count;
    private int nextRule;

    /** How many there are, those due included that nobody has popped. */
    int count() {
        return count;
    }

    /** Opens a hold. */
    void add(final int rule, final long number, final long deadlineMs) {
        prepare(rule);
        final int node = newNode();
        set(node, NUMBER, number);
        set(node, DEADLINE, deadlineMs);
        final int place = sizes[rule]++;
        if (place == heaps[rule].length) {
            heaps[rule] = Arrays.copyOf(heaps[rule], place * 2);
        }
        put(rule, place, node);
        up(rule, place);
        // Searched first, so that it goes where the search ended.
        byNumber.seek(hash(number));
        byNumber.insert(hash(number), node);
        count++;
    }

    private void prepare(final int rule) {
        if (rule >= heaps.length) {
            heaps = Arrays.copyOf(heaps, rule + 1);
            sizes = Arrays.copyOf(sizes, rule + 1);
        }
        if (heaps[rule] == null) {
            heaps[rule] = new int[FIRST_HEAP];
        }
    }

    private int newNode() {
        final int free = firstFree;
        if (free != 0) {
            firstFree = (int) get(free, NUMBER);
            return free;
        }
        nodes.ensure(++highest);
        return highest;
    }

    /**
     * Ends a hold before its deadline.
     *
     * @throws IllegalStateException if it is not there
     */
    void remove(final long number) {
        for (int node = byNumber.seek(hash(number)); node != 0; node = byNumber.seekNext()) {
            if (get(node, NUMBER) == number) {
                final long where = get(node, WHERE);
                remove((int) (where >>> Integer.SIZE), (int) where);
                return;
            }
        }
        throw new IllegalStateException("hold " + number + " keeps nothing");
    }

    private void remove(final int rule, final int place) {
        final int node = heaps[rule][place];
        final int last = --sizes[rule];
        if (place != last) {
            put(rule, place, heaps[rule][last]);
            up(rule, place);
            down(rule, place);
        }
        byNumber.delete(hash(get(node, NUMBER)), node);
        set(node, NUMBER, firstFree);
        firstFree = node;
        count--;
    }

    /** How many of a rule are due at a time, but not more than asked for. */
    long due(final int rule, final long timeMs, final long atMost) {
        return rule < sizes.length ? due(rule, 0, timeMs, atMost) : 0;
    }

    /** Of a place and what is below it: behind one that is not due none is. */
    private long due(final int rule, final int place, final long timeMs, final long atMost) {
        if (place >= sizes[rule] || atMost <= 0 || get(heaps[rule][place], DEADLINE) > timeMs) {
            return 0;
        }
        final long left = 1 + due(rule, 2 * place + 1, timeMs, atMost - 1);
        return left + due(rule, 2 * place + 2, timeMs, atMost - left);
    }

    /** Removes some of a rule that are due; how many. */
    int pop(final int rule, final long timeMs, final int atMost) {
        int popped = 0;
        while (popped < atMost && rule < sizes.length && sizes[rule] > 0 && get(heaps[rule][0], DEADLINE) <= timeMs) {
            remove(rule, 0);
            popped++;
        }
        return popped;
    }

    /** The rule whose turn it is to be looked at; round and round. */
    int nextRule() {
        nextRule = nextRule + 1 < sizes.length ? nextRule + 1 : 0;
        return nextRule;
    }

    /** What is done with each hold. */
    interface Visitor {
        void visit(int rule, long number, long deadlineMs);
    }

    /** Shows all that are not due at a time, in no order. */
    void forEachOpen(final long timeMs, final Visitor visitor) {
        for (int rule = 0; rule < sizes.length; rule++) {
            for (int place = 0; place < sizes[rule]; place++) {
                final int node = heaps[rule][place];
                if (get(node, DEADLINE) > timeMs) {
                    visitor.visit(rule, get(node, NUMBER), get(node, DEADLINE));
                }
            }
        }
    }

    private void up(final int rule, final int from) {
        int place = from;
        while (place > 0 && isBefore(heaps[rule][place], heaps[rule][(place - 1) / 2])) {
            swap(rule, place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void down(final int rule, final int from) {
        int place = from;
        while (true) {
            int first = place;
            for (int child = 2 * place + 1; child <= 2 * place + 2 && child < sizes[rule]; child++) {
                first = isBefore(heaps[rule][child], heaps[rule][first]) ? child : first;
            }
            if (first == place) {
                return;
            }
            swap(rule, place, first);
            place = first;
        }
    }

    private boolean isBefore(final int a, final int b) {
        final long first = get(a, DEADLINE);
        final long second = get(b, DEADLINE);
        return first != second ? first < second : get(a, NUMBER) < get(b, NUMBER);
    }

    private void swap(final int rule, final int a, final int b) {
        final int node = heaps[rule][a];
        put(rule, a, heaps[rule][b]);
        put(rule, b, node);
    }

    private void put(final int rule, final int place, final int node) {
        heaps[rule][place] = node;
        set(node, WHERE, (long) rule << Integer.SIZE | place);
    }

    private static int hash(final long number) {
        return (int) (number * 0x9E3779B97F4A7C15L >>> Integer.SIZE);
    }

    private long get(final int node, final int field) {
        return nodes.page(node)[nodes.at(node) + field];
    }

    private void set(final int node, final int field, final long value) {
        nodes.page(node)[nodes.at(node) + field] = value;
    }
}

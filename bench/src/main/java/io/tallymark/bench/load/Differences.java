package io.tallymark.bench.load;

import java.util.ArrayList;
import java.util.List;

/** What is not as it must be: all are counted, the first few are named. One thread. */
final class Differences {
    private static final int NAMED = 10;

    private final List<String> named = new ArrayList<>();
    private long count;

    void add(final String sentence) {
        count++;
        if (named.size() < NAMED) {
            named.add(sentence);
        }
    }

    void expect(final String what, final long expected, final long found) {
        if (expected != found) {
            add(what + ": " + expected + " expected, " + found + " found");
        }
    }

    long count() {
        return count;
    }

    /** The first of them, in the order in which they were found. */
    List<String> named() {
        return List.copyOf(named);
    }
}
